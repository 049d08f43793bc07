package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * What is carried from entry to entry saves evaluations, and hides nothing that one entry has and its neighbours not.
 */
class LadderTest {
    /** A function of one entry with its slope at the point, and with what looks like its slope from afar. */
    private record Entry(DoubleUnaryOperator function, double point, double slope, double fromAfar) {
        static Entry of(double point, DoubleUnaryOperator calm, double slope, DoubleUnaryOperator fine, double ofFine) {
            return new Entry(x -> calm.applyAsDouble(x) + fine.applyAsDouble(x - point), point, slope + ofFine, slope);
        }
    }

    private static Entry calm(double x) {
        return Entry.of(x, Math::sin, Math.cos(x), d -> 0, 0);
    }

    private static List<Entry> remarkable(double x) {
        List<Entry> entries = new ArrayList<>();
        for (int digits = 1; digits <= 9; digits++) {
            double width = Math.pow(10, -digits) * 1.7;
            entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> width * Math.tanh(d / width), 1));
            entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> width * Math.sin(d / width), 1));
            entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> d * Math.exp(-d * d / width / width), 1));
            entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> Math.max(0, d + width), 1));
            entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> Math.max(0, d - width), 0));
        }
        entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> Math.abs(d), 0));
        entries.add(Entry.of(x, Math::sin, Math.cos(x), d -> d > 0 ? 1e-9 : 0, 0));
        entries.add(Entry.of(x, v -> 0.5 * v, 0.5, d -> Math.rint(4096 * d) / 4096 - d, -1));
        return entries;
    }

    /** The sum of the functions, of one variable for each entry or of one vector. */
    private static CheckReport check(List<Entry> entries, boolean together, boolean right) {
        Map<String, Value> variables = new LinkedHashMap<>();
        Map<Value, SimpleMatrix> claims = new LinkedHashMap<>();
        Value sum = Value.constant(0);
        int size = together ? entries.size() : 1;
        for (int from = 0; from < entries.size(); from += size) {
            List<Entry> some = entries.subList(from, from + size);
            DMatrixRMaj point = new DMatrixRMaj(1, size);
            SimpleMatrix claimed = new SimpleMatrix(1, size);
            for (int i = 0; i < size; i++) {
                point.data[i] = some.get(i).point;
                claimed.set(0, i, right ? some.get(i).slope : some.get(i).fromAfar);
            }
            Value x = Value.variable("x" + from, point);
            Operation each = Operation.unary(
                    "each",
                    m -> {
                        DMatrixRMaj y = m.copy();
                        for (int i = 0; i < y.data.length; i++) {
                            y.data[i] = some.get(i).function.applyAsDouble(m.data[i]);
                        }
                        return y;
                    },
                    Rule.rule("", (in, y, dy) -> dy));
            variables.put("x" + from, x);
            claims.put(x, claimed);
            sum = sum.plus(each.apply(x).elementSum());
        }
        return GradientCheck.of(variables, sum).against(claims).run();
    }

    @Test
    void calmEntriesNeedFewerEvaluations() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            entries.add(calm(0.1 + i / 40.0));
        }
        CheckReport alone = check(entries, false, true);
        CheckReport together = check(entries, true, true);
        assertTrue(alone.passed() && together.passed(), alone + "\n" + together);
        assertTrue(together.evaluations() < 0.8 * alone.evaluations(), together + "\n" + alone);
    }

    @Test
    void anEntryIsJudgedAmongOthersAsItIsAlone() {
        Random random = new Random(5);
        int undecided = 0;
        int undecidedAlone = 0;
        for (int place : new int[] {1, 2, 7}) {
            for (Entry odd : remarkable(0.4 + random.nextDouble())) {
                List<Entry> entries = new ArrayList<>();
                for (int i = 0; i < 9; i++) {
                    entries.add(i == place ? odd : calm(0.2 + i / 7.0));
                }
                for (boolean right : new boolean[] {true, false}) {
                    CheckedEntry alone = check(entries, false, right).entries().get(place);
                    CheckedEntry among = check(entries, true, right).entries().get(place);
                    String both = alone + "\n" + among;
                    assertFalse(alone.verdict().passes() && among.verdict().refutes(), both);
                    assertFalse(alone.verdict().refutes() && among.verdict().passes(), both);
                    undecided += among.verdict() instanceof Verdict.CannotTell ? 1 : 0;
                    undecidedAlone += alone.verdict() instanceof Verdict.CannotTell ? 1 : 0;
                    boolean isWrong = !right && odd.slope != odd.fromAfar;
                    assertFalse(isWrong && among.verdict() instanceof Verdict.Agree, both);
                }
            }
        }
        // The noise is listened to along another direction, so that a bar may be just wide enough or not.
        assertTrue(Math.abs(undecided - undecidedAlone) <= 3, undecided + " and " + undecidedAlone);
    }
}

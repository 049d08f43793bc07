package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejgrad.laws.Fault;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.laws.Slopes;
import org.ejgrad.laws.Trials;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every usual mistake in every rule of every row's operations is caught by a law.
 *
 * <p>A mistake counts as without effect, and is counted apart, only where value, first and second derivatives are equal
 * to rounding, number by number, on every sample, and first derivatives at every known edge.
 */
@Tag("long")
class PlantedFaultsTest {
    private static final int SAMPLES = 10;

    /** In how many rows one operation, which may be a part of many, is made wrong. */
    private static final int ROWS_PER_OPERATION = 4;

    /** In the order in which a fault is most cheaply caught. */
    private static final List<Law> LAWS = List.of(
            Law.FIRST_DERIVATIVE,
            Law.EDGES,
            Law.SECOND_DERIVATIVE,
            Law.LINEAR_IN_UPSTREAM,
            Law.ADJOINT,
            Law.HESSIAN_SYMMETRIC,
            Law.FROZEN_REPLAY,
            Law.USES_ADD,
            Law.CONSTANTS_FOLD,
            Law.REPEATABLE);

    /** Inputs, a seed, and what the right operation makes of them. */
    private record Sample(List<SimpleMatrix> inputs, long seed, int orders, List<SimpleMatrix> derivatives) {
        static Sample of(OperationCase row, List<SimpleMatrix> inputs, long seed, int orders) {
            return new Sample(inputs, seed, orders, Slopes.derivatives(row.function(), inputs, seed, orders));
        }

        boolean isUnchangedBy(OperationCase wrong) {
            List<SimpleMatrix> changed = Slopes.derivatives(wrong.function(), inputs, seed, orders);
            for (int i = 0; i < changed.size(); i++) {
                SimpleMatrix right = derivatives.get(i);
                double rounding = 1e-13 * Math.max(1, Math.abs(right.elementMaxAbs()));
                for (int j = 0; j < right.getNumElements(); j++) {
                    double a = right.get(j);
                    double b = changed.get(i).get(j);
                    if (Double.compare(a + 0.0, b + 0.0) != 0 && !(Math.abs(a - b) <= rounding)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    @Test
    void everyFaultIsCaught() {
        Map<String, Integer> caught = new TreeMap<>();
        Map<String, Integer> idle = new TreeMap<>();
        List<String> survivors = new ArrayList<>();
        Map<String, Integer> uses = new HashMap<>();
        for (OperationCase row : Cases.ALL) {
            List<Sample> samples = samples(row, SAMPLES);
            assertEquals(Optional.empty(), catcher(row, samples), () -> "no fault is planted in " + row);
            List<Sample> compared = new ArrayList<>(samples);
            compared.addAll(edges(row));
            operations(row, samples).forEach((name, operation) -> {
                if (uses.merge(name, 1, Integer::sum) > ROWS_PER_OPERATION) {
                    return;
                }
                for (int index = 0; index < operation.rules().size(); index++) {
                    int number = index;
                    for (Fault fault : Fault.values()) {
                        if (fault.fits(operation)) {
                            OperationCase wrong = row.withFunction(fault.plant(row.function(), name, index));
                            if (isUnchanged(wrong, compared)) {
                                idle.merge(fault.toString(), 1, Integer::sum);
                                continue;
                            }
                            catcher(wrong, samples)
                                    .or(() -> catcher(wrong, samples(row, 10 * SAMPLES)))
                                    .ifPresentOrElse(
                                            law -> caught.merge(law.toString(), 1, Integer::sum),
                                            () -> survivors.add(where(fault, number, name, row)));
                        }
                    }
                }
            });
        }
        int total = sum(caught);
        System.out.println(
                "planted faults caught: " + total + " " + caught + "; without effect: " + sum(idle) + " " + idle);
        assertEquals(List.of(), survivors);
        assertTrue(total >= 200, "only " + total + " faults were planted");
    }

    private static String where(Fault fault, int rule, String operation, OperationCase row) {
        return fault + " in rule " + rule + " of " + operation + " in " + row;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static boolean isUnchanged(OperationCase wrong, List<Sample> samples) {
        try {
            return samples.stream().allMatch(sample -> sample.isUnchangedBy(wrong));
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** The first law that a row breaks. */
    private static Optional<Law> catcher(OperationCase row, List<Sample> samples) {
        return LAWS.stream()
                .filter(law -> samples.stream()
                        .limit(law == Law.EDGES ? 1 : Integer.MAX_VALUE)
                        .anyMatch(sample -> rejects(law, row, sample)))
                .findFirst();
    }

    private static boolean rejects(Law law, OperationCase row, Sample sample) {
        try {
            law.check(row, sample.inputs(), sample.seed());
            return false;
        } catch (AssertionError | RuntimeException rejected) {
            return true;
        }
    }

    private static List<Sample> samples(OperationCase row, int count) {
        List<Sample> samples = new ArrayList<>();
        Trials.forAll(
                "samples of " + row,
                row.inputs(),
                count,
                (inputs, seed) -> samples.add(Sample.of(row, inputs, seed, row.orders())));
        return samples;
    }

    /** The edges, where only first derivatives are known. */
    private static List<Sample> edges(OperationCase row) {
        return row.edges().stream()
                .map(edge -> Sample.of(row, edge.inputs(), 1, 1))
                .toList();
    }

    private static Map<String, Operation> operations(OperationCase row, List<Sample> samples) {
        Map<String, Operation> found = new LinkedHashMap<>();
        for (Sample sample : samples) {
            List<Value> open = new ArrayList<>();
            open.add(row.function()
                    .apply(sample.inputs().stream()
                            .map(x -> Value.variable("x", x))
                            .toList()));
            while (!open.isEmpty()) {
                Value value = open.remove(open.size() - 1);
                open.addAll(value.inputs());
                if (!value.operation().rules().isEmpty()) {
                    found.putIfAbsent(value.operation().name(), value.operation());
                }
            }
        }
        return found;
    }
}

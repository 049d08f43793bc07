package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A check on several threads, that tells how far it is, and that is stopped. */
class WorkersTest {
    private static final Operation UNDECLARED = Operation.unary(
            "bent",
            x -> Operation.map(x, Math::abs),
            Rule.rule("sign ⊙ dy", (x, y, dy) -> x.sign().elementMult(dy)));

    private static final Operation WRONG = Operation.unary(
            "cube",
            x -> Operation.map(x, v -> v * v * v),
            Rule.rule("2·x² ⊙ dy", (x, y, dy) -> x.square().scale(2).elementMult(dy)));

    private static final Operation THROWING = Operation.unary(
            "throwing",
            x -> {
                for (int i = 100; i < x.getNumElements(); i++) {
                    if (x.data[i] != 0) {
                        throw new IllegalStateException("element " + i);
                    }
                }
                return x.copy();
            },
            Rule.rule("dy", (x, y, dy) -> dy));

    @AfterEach
    void noInterruptionIsLeft() {
        assertFalse(Thread.interrupted());
    }

    private static Value matrix(String label, int rows, int columns, int seed) {
        double[] elements = Matrices.random(rows * columns, seed, 1);
        return Value.variable(label, new DMatrixRMaj(rows, columns, true, elements));
    }

    /** A network of 20·15 + 15 + 15·4 entries. */
    private static Value network() {
        Value x = matrix("x", 6, 20, 1).detached();
        return x.affine(matrix("w", 20, 15, 2), matrix("b", 1, 15, 3))
                .relu()
                .mult(matrix("v", 15, 4, 4))
                .logSoftmax(Per.ROW)
                .mean();
    }

    private static Value manyKinks() {
        Value zeros = Value.variable("z", new DMatrixRMaj(10, 20));
        Value others = Value.variable("o", new DMatrixRMaj(10, 20));
        return zeros.relu().plus(UNDECLARED.apply(others)).plus(zeros.square()).elementSum();
    }

    @Test
    void theReportIsTheSameForAnyNumberOfThreads() {
        List<GradientCheck> checks = List.of(
                GradientCheck.of(network()),
                GradientCheck.of(network()).entries(130),
                GradientCheck.of(network()).directions(70),
                GradientCheck.of(WRONG.apply(network())).directions(2),
                GradientCheck.of(WRONG.apply(matrix("x", 20, 10, 5)).elementSum()),
                GradientCheck.of(manyKinks()),
                GradientCheck.of(
                        List.of(matrix("x", 12, 12, 6)),
                        at -> Value.constant(at.get(0).matrix()).plus(at.get(0)).elementSum()));
        for (GradientCheck check : checks) {
            CheckReport alone = check.run();
            for (int threads : new int[] {2, 3, 16}) {
                CheckReport together = check.threads(threads).run();
                assertEquals(alone.toJsonLines(), together.toJsonLines());
                assertEquals(alone.toString(), together.toString());
            }
        }
        assertEquals(1, checks.get(5).run().notes().size());
    }

    @Test
    void progressIsToldOneByOne() {
        for (int threads : new int[] {1, 4}) {
            List<String> told = new ArrayList<>();
            GradientCheck.of(network())
                    .threads(threads)
                    .progress((done, total) -> told.add(done + " of " + total))
                    .run();
            assertEquals(
                    IntStream.rangeClosed(1, 375).mapToObj(n -> n + " of 375").toList(), told);
        }
    }

    @Test
    void anInterruptedCheckReportsWhatItJudged() {
        CheckReport whole = GradientCheck.of(network()).run();
        Thread caller = Thread.currentThread();
        for (int threads : new int[] {1, 3}) {
            List<Integer> told = new ArrayList<>();
            CheckReport report = GradientCheck.of(network())
                    .threads(threads)
                    .progress((done, total) -> {
                        told.add(done);
                        if (done == 30) {
                            caller.interrupt();
                        }
                    })
                    .run();
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertFalse(report.passed());
            assertFalse(report.refuted());
            assertEquals(375, report.entries().size());
            long judged = report.entries().stream()
                    .filter(entry -> entry.verdict().passes())
                    .count();
            assertTrue(threads == 1 ? judged == 30 : judged >= 30 && judged < 375, judged + " judged");
            assertTrue(told.size() >= 30 && told.size() <= judged, told + " of " + judged);
            for (int i = 0; i < 375; i++) {
                CheckedEntry entry = report.entries().get(i);
                assertEquals(whole.entries().get(i).at(), entry.at());
                assertEquals(whole.entries().get(i).claimed(), entry.claimed());
                assertTrue(
                        entry.verdict().passes()
                                ? entry.numeric() == whole.entries().get(i).numeric()
                                : entry.verdict().detail().startsWith("the check was interrupted"),
                        entry.toString());
            }
            assertTrue(report.toString().contains("The check was interrupted"), report.toString());
        }
    }

    @Test
    void afterAnInterruptionNoMistakeIsSearchedFor() {
        Thread.currentThread().interrupt();
        CheckReport report =
                GradientCheck.of(WRONG.apply(network())).directions(3).run();
        assertTrue(Thread.interrupted());
        assertEquals(3, report.entries().size());
        assertTrue(report.entries().stream().allMatch(entry -> entry.verdict() instanceof Verdict.CannotTell));
        assertTrue(report.diagnosis().isEmpty());
    }

    /** The search for a mistake ends as well: nobody waits for it. */
    @Test
    void anInterruptionEndsTheSearchForAMistake() {
        Thread caller = Thread.currentThread();
        AtomicBoolean isJudged = new AtomicBoolean();
        AtomicInteger after = new AtomicInteger();
        CheckReport report = GradientCheck.ofFunction(
                        x -> {
                            if (isJudged.get() && after.incrementAndGet() == 3) {
                                caller.interrupt();
                            }
                            return Math.sin(x[0]) * x[1] + Math.cos(x[2] * x[3]) + x[0] * x[2];
                        },
                        new double[] {0.3, 0.8, 1.1, 0.2},
                        new double[] {0.8, 0.33, 0.2, -1.3})
                .progress((done, total) -> isJudged.set(done == total))
                .run();
        assertTrue(after.get() < 10, after + " evaluations");
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
        assertTrue(report.refuted());
        assertTrue(report.diagnosis().isEmpty());
        assertTrue(report.toString().contains("The check was interrupted"), report.toString());
        assertTrue(report.toJsonLines().contains("{\"type\":\"note\",\"text\":\"The check was interrupted"));
    }

    @Test
    void anInterruptionThatMeetsTheAnswerOfAProcessEndsTheCheckToo() throws IOException {
        Thread caller = Thread.currentThread();
        String script = """
                n=0
                while read -r word numbers; do
                  n=$((n + 1))
                  if [ $n -gt 100 ]; then echo stalled >&2; exec sleep 100; fi
                  case $word in
                    describe) printf 'protocol 1\\nparameter x 1 12 1 1 1 1 1 1 1 1 1 1 1 1\\nend\\n' ;;
                    value) echo value 1 ;;
                    gradient) echo value 1 gradient 0 0 0 0 0 0 0 0 0 0 0 0 ;;
                  esac
                done
                """;
        try (ForeignProcess process = ForeignProcess.start(
                List.of("sh", "-c", script), ForeignProcess.PATIENCE, remark -> caller.interrupt())) {
            CheckReport report = GradientCheck.ofProcess(process).run();
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            long left = report.entries().stream()
                    .filter(entry -> entry.verdict().detail().startsWith("the check was interrupted"))
                    .count();
            assertTrue(left > 0 && left < 12, report.toString());
            assertTrue(report.toString().contains("The check was interrupted"), report.toString());
        }
    }

    /** A copy of a large function is large: all of them at once would not find room. */
    @Test
    void copiesAreNotKept() {
        Value loss = network();
        Map<Block, Value> none = Map.of();
        TestedFunction function =
                new ReplayedGraph(new Tape(loss), new DMatrixRMaj(1, 1), none, new double[0], new BitSet[0]);
        int places = 64 * 20;
        List<WeakReference<TestedFunction>> copies = new ArrayList<>();
        List<Long> left = new Workers(1, (done, total) -> {}).measure(function, places, (copy, place) -> {
            if (place % 64 == 0) {
                copies.add(new WeakReference<>(copy));
            }
            if (place == places - 1) {
                System.gc();
            }
            return copies.stream().filter(each -> each.get() != null).count();
        });
        assertTrue(left.get(places - 1) < 4, left.get(places - 1) + " of 20 copies");
    }

    @Test
    void theFirstExceptionInTheOrderOfTheEntriesIsThrown() {
        Value loss =
                THROWING.apply(Value.variable("x", new DMatrixRMaj(20, 20))).elementSum();
        for (int threads : new int[] {1, 2, 5}) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> GradientCheck.of(loss).threads(threads).run());
            assertEquals("element 100", thrown.getMessage());
        }
        RuntimeException own = new UnsupportedOperationException("of a listener");
        GradientCheck told = GradientCheck.of(network()).threads(2).progress((done, total) -> {
            throw own;
        });
        assertSame(own, assertThrows(RuntimeException.class, told::run));
    }

    @Test
    void aForeignFunctionIsCalledByOneThread() {
        Set<Thread> callers = new HashSet<>();
        double[] point = new double[300];
        GradientCheck.ofFunction(
                        x -> {
                            callers.add(Thread.currentThread());
                            return x[7] * x[7] + x[299];
                        },
                        point,
                        new double[300])
                .threads(8)
                .run();
        assertEquals(Set.of(Thread.currentThread()), callers);
    }
}

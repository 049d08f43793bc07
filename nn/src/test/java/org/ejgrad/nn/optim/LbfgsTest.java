package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** L-BFGS finds known minima, keeps the Wolfe conditions, and leaves nothing half-done. */
class LbfgsTest {
    private final Parameter x = new Parameter("x", new SimpleMatrix(1, 1, true, -1.2));
    private final Parameter y = new Parameter("y", new SimpleMatrix(1, 1, true, 1.0));

    /** Rosenbrock's valley, (1 − x)² + 100·(y − x²)², lowest at (1, 1). */
    private Value valley() {
        Value off = y.value().minus(x.value().square());
        return Value.constant(1).minus(x.value()).square().plus(off.square().scale(100));
    }

    @Test
    void findsTheEndOfRosenbrocksValley() {
        Lbfgs optimizer = Lbfgs.of(List.of(x, y));
        assertEquals(24.2, optimizer.step(this::valley).lossBefore(), 1e-12);
        optimizer.step(this::valley);
        optimizer.step(this::valley);
        assertEquals(1, x.value().scalar(), 1e-4);
        // The valley's least curvature is 0.4, so this slope is reached 4e-12 from its end at most.
        Lbfgs strict = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 50, 100, 1e-12, 0, 10));
        assertEquals(Lbfgs.End.CONVERGED, strict.step(this::valley).end());
        assertEquals(1, x.value().scalar(), 1e-10);
        assertEquals(1, y.value().scalar(), 1e-10);
    }

    @Test
    void goesTheSameWayUnderOtherNames() {
        Lbfgs.Step plain = Lbfgs.of(List.of(x, y)).step(this::valley);
        SimpleMatrix end = x.value().matrix();
        x.set(new SimpleMatrix(1, 1, true, -1.2));
        y.set(new SimpleMatrix(1, 1, true, 1.0));
        Lbfgs.Step named = Lbfgs.of(List.of(x, y)).step(() -> {
            Value off = y.value().traced().minus(x.value().labelled("across").square());
            return Value.constant(1)
                    .minus(NonFinite.trapping(x.value()))
                    .square()
                    .plus(off.square().scale(100));
        });
        assertEquals(plain, named);
        assertEquals(end.get(0), x.value().scalar());
    }

    @Test
    void minimisesAQuadraticOfManyVariables() {
        int n = 12;
        RandomStream random = new RandomStream(3);
        double[][] factor = new double[n][n];
        for (double[] row : factor) {
            for (int i = 0; i < n; i++) {
                row[i] = random.nextGaussian();
            }
        }
        Value a = Value.constant(factor);
        Value target = Value.constant(new SimpleMatrix(n, 1, true, random(random, n)));
        Parameter w = new Parameter("w", new SimpleMatrix(n, 1));
        Supplier<Value> loss = () -> a.mult(w.value().minus(target)).square().elementSum();
        Lbfgs optimizer = Lbfgs.of(List.of(w), new Lbfgs.Options(1, 400, 1000, 1e-12, 0, 30));
        optimizer.step(loss);
        assertTrue(loss.get().scalar() < 1e-20, "loss " + loss.get().scalar());
    }

    private static double[] random(RandomStream random, int n) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            row[i] = random.nextGaussian();
        }
        return row;
    }

    @Test
    void neverRaisesTheLoss() {
        Lbfgs optimizer = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 1, 1, 0, 0, 5));
        double first = valley().scalar();
        double before = first;
        for (int i = 0; i < 30; i++) {
            assertEquals(before, optimizer.step(this::valley).lossBefore());
            double after = valley().scalar();
            assertTrue(after <= before, before + " → " + after);
            before = after;
        }
        assertTrue(before < 0.01 * first, "after 30 steps " + before);
    }

    /** From x = 1 the first move of a·x²/2 is 1, to its end; it takes off a/2. */
    private Lbfgs.End end(double a, double above, double changeTolerance) {
        x.set(Value.constant(1));
        return Lbfgs.of(List.of(x), new Lbfgs.Options(1, 20, 25, 1e-7, changeTolerance, 5))
                .step(() -> x.value().square().scale(a / 2).plus(Value.constant(above)))
                .end();
    }

    @Test
    void aMoveAsSmallAsTheToleranceEndsAStepAndAChangeMustBeSmaller() {
        assertEquals(Lbfgs.End.SMALL_CHANGE, end(4, 0, 1));
        assertEquals(Lbfgs.End.CONVERGED, end(4, 0, 0.99));
        assertEquals(Lbfgs.End.CONVERGED, end(1, 0, 0.5));
        assertEquals(Lbfgs.End.CONVERGED, end(1, -0.25, 0.5));
        assertEquals(Lbfgs.End.SMALL_CHANGE, end(1, 0, 0.51));
    }

    @Test
    void aResumedRunEndsInTheSameBits() throws ModelFormatException {
        Lbfgs.Options settings = new Lbfgs.Options(1, 3, 10, 0, 0, 4);
        Lbfgs whole = Lbfgs.of(List.of(x, y), settings);
        List<Double> losses = new ArrayList<>();
        NamedMatrices saved = NamedMatrices.empty();
        double savedX = 0;
        double savedY = 0;
        for (int i = 0; i < 6; i++) {
            if (i == 2) {
                saved = Safetensors.fromBytes(Safetensors.toBytes(whole.state()));
                savedX = x.value().scalar();
                savedY = y.value().scalar();
            }
            losses.add(whole.step(this::valley).lossBefore());
        }
        x.set(Value.constant(savedX));
        y.set(Value.constant(savedY));
        Lbfgs resumed = Lbfgs.of(List.of(x, y), settings);
        resumed.restore(saved);
        for (int i = 2; i < 6; i++) {
            assertEquals(losses.get(i), resumed.step(this::valley).lossBefore());
        }
        assertEquals(whole.state(), resumed.state());
    }

    @Test
    void afterAnExceptionEverythingIsAsBefore() {
        Lbfgs optimizer = Lbfgs.of(List.of(x, y));
        optimizer.step(this::valley);
        NamedMatrices state = optimizer.state();
        double at = x.value().scalar();
        AtomicInteger calls = new AtomicInteger();
        IllegalStateException fault = new IllegalStateException("a fault in the loss");
        x.set(Value.constant(at + 0.5));
        assertSame(
                fault,
                assertThrows(
                        IllegalStateException.class,
                        () -> optimizer.step(() -> {
                            if (calls.incrementAndGet() == 4) {
                                throw fault;
                            }
                            return valley();
                        })));
        assertEquals(at + 0.5, x.value().scalar());
        assertEquals(state, optimizer.state());
    }

    @Test
    void aLossThatIsNotFiniteAtTheStartIsRefused() {
        Lbfgs optimizer = Lbfgs.of(List.of(x));
        assertThrows(
                NonFiniteException.class, () -> optimizer.step(() -> x.value().elementLog()));
        assertEquals(-1.2, x.value().scalar());
    }

    /** −ln x + x is not defined below 0, where the first steps of the search may lead. */
    @Test
    void theSearchTurnsBackWhereTheLossIsNotFinite() {
        x.set(Value.constant(3));
        Lbfgs optimizer = Lbfgs.of(List.of(x), new Lbfgs.Options(50, 20, 100, 1e-10, 0, 5));
        optimizer.step(() -> x.value().minus(x.value().elementLog()));
        assertEquals(1, x.value().scalar(), 1e-8);
    }

    /** At the edge of |x − 1| no point is flat, so the search gives up there, with the best it has seen. */
    @Test
    void theBestPointSeenIsKept() {
        List<Double> seen = new ArrayList<>();
        Supplier<Value> edge = () -> {
            Value loss = x.value().minus(1).abs();
            seen.add(loss.scalar());
            return loss;
        };
        Lbfgs.of(List.of(x), new Lbfgs.Options(1, 1, 1, 0, 0, 5)).step(edge);
        double least = seen.stream().mapToDouble(loss -> loss).min().orElseThrow();
        double now = edge.get().scalar();
        assertEquals(least, now);
        assertTrue(now < 0.5 * seen.get(0), "from " + seen.get(0) + " to " + now);
    }

    @Test
    void historyAndEvaluationsAreLimited() {
        AtomicInteger calls = new AtomicInteger();
        Supplier<Value> counted = () -> {
            calls.incrementAndGet();
            return valley();
        };
        Lbfgs optimizer = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 1000, 8, 0, 0, 3));
        optimizer.step(counted);
        assertTrue(calls.get() >= 8 && calls.get() < 8 + 25, calls + " evaluations");
        for (int i = 0; i < 3; i++) {
            optimizer.step(counted);
        }
        assertEquals(2 + 2 * 3, optimizer.state().names().size());
    }

    /** Where a product of gradients overflows the step is refused instead of standing still. */
    @Test
    void gradientsWhoseProductsOverflowAreRefused() {
        for (double scale : new double[] {1e200, 1e154, 1e307}) {
            Lbfgs optimizer = Lbfgs.of(List.of(x));
            Value before = x.value();
            String message = assertThrows(
                            NonFiniteException.class,
                            () -> optimizer.step(
                                    () -> x.value().minus(1).square().scale(scale)))
                    .getMessage();
            assertTrue(message.contains("nothing has been changed"), message);
            assertSame(before, x.value());
            assertEquals(NamedMatrices.empty(), optimizer.state());
        }
    }

    @Test
    void aQuadraticIsMinimisedAtEveryScaleThatItsProductsAllow() {
        for (double scale : new double[] {1e-6, 1, 1e50, 1e140}) {
            x.set(Value.constant(-1.2));
            Lbfgs optimizer = Lbfgs.of(List.of(x), new Lbfgs.Options(1, 50, 100, 0, 0, 5));
            optimizer.step(() -> x.value().minus(1).square().scale(scale));
            assertEquals(1, x.value().scalar(), 1e-7, "at " + scale);
        }
    }

    /** The losses −1/x and tanh are as low as can be at an infinite x, or are −∞ there; nobody can go on from that. */
    @Test
    void noInfiniteParameterIsKept() {
        for (Supplier<Value> loss : List.<Supplier<Value>>of(
                () -> x.value().negative().tanh(),
                () -> x.value().negative(),
                () -> x.value().negative().scale(1e160).elementMult(x.value().abs()))) {
            for (double start : new double[] {-1.2, 1e300, 1.7e308}) {
                x.set(Value.constant(start));
                Lbfgs optimizer = Lbfgs.of(List.of(x), new Lbfgs.Options(1e300, 20, 100, 0, 0, 5));
                try {
                    optimizer.step(loss);
                } catch (NonFiniteException refused) {
                    assertEquals(start, x.value().scalar());
                }
                assertTrue(Double.isFinite(x.value().scalar()), "from " + start);
            }
        }
    }

    @Test
    void aParameterThatSomebodyElseMovesIsNotOverwritten() {
        Lbfgs optimizer = Lbfgs.of(List.of(x, y));
        AtomicInteger calls = new AtomicInteger();
        refused(
                "was given another value meanwhile",
                () -> optimizer.step(() -> {
                    Value loss = valley();
                    if (calls.incrementAndGet() == 3) {
                        y.set(Value.constant(42));
                    }
                    return loss;
                }));
        assertEquals(-1.2, x.value().scalar());
        assertEquals(42, y.value().scalar());
        assertEquals(NamedMatrices.empty(), optimizer.state());
    }

    /** How often the loss is computed, from 0, where it has this slope. */
    private int evaluations(Lbfgs.Options options, UnaryOperator<Value> loss) {
        x.set(Value.constant(0));
        AtomicInteger calls = new AtomicInteger();
        Lbfgs.of(List.of(x), options).step(() -> {
            calls.incrementAndGet();
            return loss.apply(x.value());
        });
        return calls.get();
    }

    @Test
    void aStepEndsAtEachOfItsTolerances() {
        assertEquals(1, evaluations(new Lbfgs.Options(1, 9, 99, 2, 0, 5), x -> x.scale(2)), "slope 2 is small enough");
        assertEquals(0, x.value().scalar());
        assertEquals(1, evaluations(new Lbfgs.Options(1, 9, 99, 0, 0, 5), x -> x.scale(1e-200)), "the product is 0");
        // From 0 straight to 0.1, and a hundredth lower, 0.16 as steep: the next iteration would try more.
        UnaryOperator<Value> bowl = x -> x.minus(0.1)
                .square()
                .plus(x.minus(0.1).square().square().scale(9))
                .plus(5);
        int once = evaluations(new Lbfgs.Options(1, 1, 99, 0, 0.02, 5), bowl);
        assertEquals(once, evaluations(new Lbfgs.Options(1, 9, 99, 0, 0.02, 5), bowl), "the change is small enough");
        assertTrue(once < evaluations(new Lbfgs.Options(1, 9, 99, 0, 1e-5, 5), bowl));
        assertEquals(once, evaluations(new Lbfgs.Options(1, 9, once, 0, 1e-5, 5), bowl), "evaluations");
        // An edge twice as steep, in a bracket half as wide.
        assertEquals(
                7,
                evaluations(
                        new Lbfgs.Options(1, 1, 1, 0, 0.01, 5),
                        x -> x.minus(0.3).abs().scale(2)));
    }

    /** Of the distances 0.1, 1, 0.295, 0.395, 0.310, 0.2994, 0.301 the last but one is the best. */
    @Test
    void theParametersAreLeftAtTheBestDistance() {
        evaluations(new Lbfgs.Options(0.1, 1, 1, 0, 0.01, 5), x -> x.minus(0.3).abs());
        assertEquals(0.29942712455, x.value().scalar(), 1e-9);
    }

    @Test
    void aRunIsResumedAfterItsFirstMoveToo() {
        Lbfgs.Options one = new Lbfgs.Options(1, 1, 9, 0, 0, 5);
        Lbfgs whole = Lbfgs.of(List.of(x, y), one);
        whole.step(this::valley);
        Lbfgs resumed = Lbfgs.of(List.of(x, y), one);
        resumed.restore(whole.state());
        assertEquals(2, whole.state().names().size());
        List<Value> here = List.of(x.value(), y.value());
        whole.step(this::valley);
        double expected = x.value().scalar();
        x.set(here.get(0));
        y.set(here.get(1));
        resumed.step(this::valley);
        assertEquals(expected, x.value().scalar());
        assertEquals(whole.state(), resumed.state());
    }

    @Test
    void badArgumentsAreNamed() {
        refused("no parameters", () -> Lbfgs.of(List.of()));
        refused("given twice", () -> Lbfgs.of(List.of(x, x)));
        refused(
                "there is no gradient of y 1x1",
                () -> Lbfgs.of(List.of(x, y)).step(() -> x.value().square()));
        refused("rate = NaN", () -> new Lbfgs.Options(Double.NaN, 1, 1, 0, 0, 1));
        refused("iterations = 0", () -> new Lbfgs.Options(1, 0, 1, 0, 0, 1));
        refused("evaluations = 0", () -> new Lbfgs.Options(1, 1, 0, 0, 0, 1));
        refused("gradientTolerance = -1.0", () -> new Lbfgs.Options(1, 1, 1, -1, 0, 1));
        refused("changeTolerance = -1.0", () -> new Lbfgs.Options(1, 1, 1, 0, -1, 1));
        refused("history = 0", () -> new Lbfgs.Options(1, 1, 1, 0, 0, 0));
    }

    @Test
    void aStateThatDoesNotFitIsRefused() {
        Lbfgs optimizer = Lbfgs.of(List.of(x, y));
        optimizer.step(this::valley);
        NamedMatrices state = optimizer.state();
        assertThrows(ModelMismatchException.class, () -> Lbfgs.of(List.of(x)).restore(state));
        NamedMatrices wrong =
                NamedMatrices.empty().with("s/0", new SimpleMatrix(1, 2)).with("z", new SimpleMatrix(1, 2));
        ModelMismatchException refusal = assertThrows(ModelMismatchException.class, () -> optimizer.restore(wrong));
        assertTrue(refusal.differences().contains("missing: last/move 1x2"), refusal.toString());
        assertTrue(refusal.differences().contains("unexpected: z 1x2"), refusal.toString());
        assertEquals(state, optimizer.state());
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }

    /** The negative log-likelihood of a linear model with unknown noise: 11 coefficients of columns in other units. */
    private static Supplier<Value> gaussianLikelihood(Parameter coefficients, Parameter logDeviation, double unit) {
        Value x = Value.normal(new Shape(200, 11), 3).elementMult(Value.row(1, 2, 0.5, 1, 3, 1, 0.2, 1, 1, 4, 1));
        Value y = x.mult(Value.normal(new Shape(11, 1), 4))
                .plus(Value.normal(new Shape(200, 1), 5).scale(0.1));
        return () -> {
            Value s = logDeviation.value();
            Value z = y.minus(x.mult(coefficients.value()))
                    .elementMult(s.negative().elementExp());
            return z.square().scale(0.5).plus(s).mean().scale(unit);
        };
    }

    /** Near the end the loss changes by rounding only; in each unit the slopes lead on to the gradient tolerance. */
    @Test
    void aLikelihoodConvergesInEveryUnit() {
        for (double unit : new double[] {1e-3, 1, 200, 1e6}) {
            Parameter w = new Parameter("w", new SimpleMatrix(11, 1));
            Parameter s = new Parameter("s", new SimpleMatrix(1, 1));
            Supplier<Value> loss = gaussianLikelihood(w, s, unit);
            Lbfgs optimizer = Lbfgs.of(List.of(w, s));
            Lbfgs.Step step = optimizer.step(loss);
            int steps = 1;
            while (step.end() != Lbfgs.End.CONVERGED && steps < 30) {
                double before = step.loss();
                step = optimizer.step(loss);
                assertEquals(before, step.lossBefore());
                assertTrue(step.loss() <= before + 16 * Math.ulp(before), step.toString());
                steps++;
            }
            assertEquals(Lbfgs.End.CONVERGED, step.end(), step.toString());
            assertTrue(step.largestSlope() <= 1e-7, step.toString());
        }
    }

    @Test
    void aStepSaysWhyItEnded() {
        AtomicInteger calls = new AtomicInteger();
        Supplier<Value> counted = () -> {
            calls.incrementAndGet();
            return valley();
        };
        Lbfgs.Step step = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 3, 99, 1e-10, 0, 10))
                .step(counted);
        assertEquals(Lbfgs.End.LIMIT, step.end());
        assertEquals(3, step.iterations());
        assertEquals(calls.get(), step.evaluations());
        assertEquals(24.2, step.lossBefore(), 1e-12);
        assertEquals(valley().scalar(), step.loss());
        assertEquals(
                Math.max(
                        Math.abs(valley().gradients().of(x.value()).scalar()),
                        Math.abs(valley().gradients().of(y.value()).scalar())),
                step.largestSlope());
        step = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 99, 99, 0, 0.5, 10)).step(counted);
        assertEquals(Lbfgs.End.SMALL_CHANGE, step.end());
        step = Lbfgs.of(List.of(x, y), new Lbfgs.Options(1, 99, 999, 1e-10, 0, 10))
                .step(counted);
        assertEquals(Lbfgs.End.CONVERGED, step.end());
        assertEquals(0, Lbfgs.of(List.of(x, y)).step(counted).iterations());
    }

    /** The value rises where its slope, a wrong one, falls: no distance is better than none, however often one asks. */
    @Test
    void aLossThatItsSlopeMisleadsEndsInTheSearch() {
        Supplier<Value> misled =
                () -> x.value().negative().plus(x.value().detached().scale(3));
        Lbfgs optimizer = Lbfgs.of(List.of(x));
        for (int i = 0; i < 2; i++) {
            Lbfgs.Step step = optimizer.step(misled);
            assertEquals(Lbfgs.End.LINE_SEARCH, step.end(), step.toString());
            assertEquals(0, step.iterations());
            assertEquals(-1.2, x.value().scalar());
            assertEquals(NamedMatrices.empty(), optimizer.state());
        }
    }
}

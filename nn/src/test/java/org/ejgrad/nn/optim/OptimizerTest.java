package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
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
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every optimizer promises, for each rule; the formulas themselves are checked by the reference figures. */
class OptimizerTest {
    static Stream<UpdateRule> rules() {
        return Stream.of(
                Sgd.rate(0.1),
                Sgd.rate(0.1).momentum(0.9),
                Sgd.rate(0.1).momentum(0.9).nesterov().weightDecay(0.01),
                Sgd.rate(0.1).momentum(0.5).dampening(0.5),
                Sgd.rate(OneCycle.of(0.1, 40).rate())
                        .momentum(OneCycle.of(0.1, 40).momentum()),
                Adam.rate(0.1),
                Adam.rate(0.1).amsgrad().weightDecay(0.01),
                Adam.rate(0.1).betas(Schedules.linear(0.9, 1, 0.9, 10), 0.99),
                AdamW.rate(0.1),
                Adamax.rate(0.1),
                RmsProp.rate(0.05),
                RmsProp.rate(0.05).centered(),
                RmsProp.rate(0.05).momentum(0.5),
                RmsProp.rate(0.05).momentum(0.5).centered().weightDecay(0.01),
                Adagrad.rate(0.5).rateDecay(0.01).initialSum(0.1),
                Adadelta.rate(1));
    }

    @Test
    void aParameterIsSteppedByAllItsUsesUnderWhateverName() {
        Parameter p = parameter("p", 1, 2);
        Value loss = NonFinite.trapping(p.value())
                .square()
                .plus(p.value().labelled("w"))
                .plus(p.value())
                .elementSum();
        Optimizer.of(List.of(p), Sgd.rate(0.125)).step(loss.gradients());
        assertEquals(1 - 0.125 * 4, p.value().get(0, 0));
        assertEquals(2 - 0.125 * 6, p.value().get(0, 1));
    }

    static Parameter parameter(String name, double... row) {
        return new Parameter(name, new SimpleMatrix(1, row.length, true, row));
    }

    /** ½·|x − 1|² of all parameters: its gradient is x − 1. */
    static Value bowl(List<Parameter> parameters) {
        Value sum = Value.constant(0);
        for (Parameter parameter : parameters) {
            sum = sum.plus(parameter.value().minus(1).square().elementSum().scale(0.5));
        }
        return sum;
    }

    /** The gradient of one parameter, whatever its value. */
    static Gradients gradient(Parameter parameter, double... row) {
        Value given = Value.constant(new SimpleMatrix(1, row.length, true, row));
        return parameter.value().elementMult(given).elementSum().gradients();
    }

    static double only(Parameter parameter) {
        return parameter.value().scalar();
    }

    /** Who keeps the elements of a step can change nothing with them. */
    @Test
    void elementsAreOfNoUseAfterTheirStep() {
        List<UpdateRule.Elements> kept = new ArrayList<>();
        UpdateRule rule = new UpdateRule() {
            @Override
            public List<String> buffers() {
                return List.of("seen");
            }

            @Override
            public Step at(long step, double rateFactor) {
                return elements -> {
                    elements.buffer(0, 0, elements.buffer(0, 0) + 1);
                    elements.next(0, 5);
                    kept.add(elements);
                };
            }

            @Override
            public String description() {
                return "keeping";
            }
        };
        Parameter a = parameter("a", 1);
        Optimizer optimizer = Optimizer.of(List.of(a), rule);
        optimizer.step(gradient(a, 7));
        NamedMatrices state = optimizer.state();
        UpdateRule.Elements elements = kept.get(0);
        for (Executable use : List.<Executable>of(
                () -> elements.buffer(0, 0, 77), () -> elements.buffer(0, 0), () -> elements.next(0, 77))) {
            assertEquals(
                    "Elements: the step is made; expected no use after it",
                    assertThrows(IllegalStateException.class, use).getMessage());
        }
        assertEquals(state, optimizer.state());
        assertEquals(1, state.get("a/seen").scalar());
        assertEquals(5, only(a));
    }

    /** The example of the package's description. */
    @Test
    void theExampleWorks() {
        Parameter x = new Parameter("x", new SimpleMatrix(1, 1));
        Schedule rate = Schedules.cosine(0.5, 20, 0);
        Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(rate).momentum(0.5));
        for (int i = 0; i < 20; i++) {
            Value loss = x.value().minus(3).square();
            GradientClipping.Clipped clipped = GradientClipping.byNorm(loss.gradients(), 1);
            optimizer.step(clipped.gradients());
        }
        double close = x.value().scalar();
        assertEquals(3, close, 0.1);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void reachesTheBottomOfABowl(UpdateRule rule) {
        List<Parameter> parameters = List.of(parameter("a", 2, -1), parameter("b", 1.5));
        Optimizer optimizer = Optimizer.of(parameters, rule);
        double before = bowl(parameters).scalar();
        double after = before;
        for (int i = 0; i < 2000 && after > before / 4; i++) {
            optimizer.step(bowl(parameters).gradients());
            after = bowl(parameters).scalar();
        }
        assertTrue(after <= before / 4, rule.description() + ": " + before + " → " + after);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRestoredRunEndsInTheSameBits(UpdateRule rule) throws ModelFormatException {
        NamedMatrices whole = run(rule, 12, 12);
        NamedMatrices resumed = run(rule, 5, 12);
        assertEquals(whole, resumed);
    }

    /** Some steps with random gradients; after some of them everything is saved and taken up by a new optimizer. */
    private static NamedMatrices run(UpdateRule rule, int stop, int steps) throws ModelFormatException {
        List<Parameter> parameters = List.of(parameter("a", 2, -1), parameter("b", 1.5));
        Optimizer optimizer = Optimizer.of(parameters, rule);
        for (int i = 0; i < steps; i++) {
            if (i == stop) {
                NamedMatrices saved = Safetensors.fromBytes(Safetensors.toBytes(optimizer.state()));
                parameters = parameters.stream()
                        .map(old -> new Parameter(old.name(), old.value().matrix()))
                        .toList();
                optimizer = Optimizer.of(parameters, rule);
                optimizer.restore(saved);
                assertEquals(i, optimizer.steps());
            }
            RandomStream random = new RandomStream(7, i);
            optimizer.step(gradient(parameters.get(0), random.nextGaussian(), random.nextGaussian())
                    .plus(gradient(parameters.get(1), random.nextGaussian())));
            optimizer.rateFactor(i < 8 ? 1 : 0.3);
        }
        NamedMatrices all = optimizer.state();
        for (Parameter parameter : parameters) {
            all = all.with(parameter.name(), parameter.value().matrix());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aGradientThatIsNotFiniteChangesNothing(UpdateRule rule) {
        Parameter a = parameter("a", 2, -1);
        Parameter b = parameter("b", 1.5);
        Optimizer optimizer = Optimizer.of(List.of(a, b), rule);
        optimizer.step(bowl(List.of(a, b)).gradients());
        NamedMatrices state = optimizer.state();
        Value before = a.value();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int column = 0; column < 2; column++) {
                Gradients gradients = gradient(a, column == 0 ? bad : 1, column == 1 ? bad : 1)
                        .plus(gradient(b, 1));
                String message = assertThrows(NonFiniteException.class, () -> optimizer.step(gradients))
                        .toString();
                assertTrue(
                        message.contains("the gradient of a 1x2 is " + bad + " at row 0, column " + column), message);
            }
        }
        assertSame(before, a.value());
        assertEquals(state, optimizer.state());
    }

    @Test
    void aParameterWithoutGradientIsNamed() {
        Parameter a = parameter("a", 1);
        Parameter b = parameter("b", 1);
        Optimizer optimizer = Optimizer.of(List.of(a, b), Sgd.rate(0.1));
        refused("there is no gradient of [b]", () -> optimizer.step(gradient(a, 1)));
        assertEquals(1, only(a));
    }

    @Test
    void gradientsOfAnEarlierValueAreRefused() {
        Parameter a = parameter("a", 1);
        Optimizer optimizer = Optimizer.of(List.of(a), Sgd.rate(0.1));
        Gradients gradients = gradient(a, 1);
        optimizer.step(gradients);
        refused("computed before an earlier step", () -> optimizer.step(gradients));
        assertEquals(1, optimizer.steps());
    }

    /**
     * Of threads that computed gradients of the same values only one may step, whether they share an optimizer or not.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threadsCannotLoseAStepUnnoticed(boolean isShared) throws InterruptedException {
        Parameter a = parameter("a", 0);
        Parameter b = parameter("b", 0);
        Optimizer first = Optimizer.of(List.of(a, b), Sgd.rate(1));
        Optimizer second = isShared ? first : Optimizer.of(List.of(b, a), Sgd.rate(1));
        AtomicInteger refusals = new AtomicInteger();
        int tries = 2000;
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = Stream.of(first, second)
                .map(optimizer -> new Thread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException stopped) {
                        return;
                    }
                    for (int i = 0; i < tries; i++) {
                        try {
                            optimizer.step(gradient(a, -1).plus(gradient(b, -1)));
                        } catch (IllegalArgumentException refused) {
                            refusals.incrementAndGet();
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long steps = 2 * tries - refusals.get();
        assertEquals(steps, isShared ? first.steps() : first.steps() + second.steps());
        assertEquals(only(a), only(b), "all parameters or none");
        assertEquals(steps, only(a));
    }

    @Test
    void aStepFromAStaleValueChangesNothing() {
        Parameter a = parameter("a", 1);
        Parameter b = parameter("b", 1);
        Value stale = b.value();
        Value present = a.value();
        b.set(Value.constant(2));
        refused(
                "replaceAll: the parameter b 1x1 was given another value meanwhile",
                () -> Parameter.replaceAll(List.of(
                        new Parameter.Replacement(a, present, Value.constant(7)),
                        new Parameter.Replacement(b, stale, Value.constant(7)))));
        refused(
                "nothing has been changed",
                () -> Parameter.replaceAll(List.of(
                        new Parameter.Replacement(a, present, Value.constant(7)),
                        new Parameter.Replacement(a.within("again"), present, Value.constant(8)))));
        refused(
                "replaceAll: the parameter a is 1x1; given 1x2",
                () -> Parameter.replaceAll(
                        List.of(new Parameter.Replacement(a, present, Value.zeros(new Shape(1, 2))))));
        assertSame(present, a.value());
        assertEquals(2, only(b));
        Parameter.replaceAll(List.of(new Parameter.Replacement(a, present, Value.constant(7))));
        assertEquals(7, only(a));
    }

    @Test
    void groupsMoveByTheirOwnRules() {
        Parameter weight = parameter("weight", 1);
        Parameter bias = parameter("bias", 1);
        Optimizer optimizer = Optimizer.of(List.of(
                new Optimizer.Group(List.of(weight), Sgd.rate(0.5).weightDecay(0.5)),
                new Optimizer.Group(List.of(bias), Sgd.rate(0.25))));
        optimizer.step(gradient(weight, 1).plus(gradient(bias, 1)));
        assertEquals(1 - 0.5 * 1.5, only(weight));
        assertEquals(0.75, only(bias));
        assertEquals(List.of(weight, bias), optimizer.parameters());
    }

    @Test
    void theRateFactorMultipliesEveryRate() {
        Parameter a = parameter("a", 1);
        Optimizer optimizer = Optimizer.of(List.of(a), Sgd.rate(0.5));
        optimizer.rateFactor(0.5);
        optimizer.step(gradient(a, 1));
        assertEquals(0.75, only(a));
        assertEquals(0.5, optimizer.rateFactor());
        refused("rateFactor = 0.0", () -> optimizer.rateFactor(0));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void halfTheRateFactorIsHalfTheStepForEveryRule(UpdateRule rule) {
        double[] moved = new double[2];
        for (int i = 0; i < 2; i++) {
            Parameter a = parameter("a", 2);
            Optimizer optimizer = Optimizer.of(List.of(a), rule);
            optimizer.rateFactor(i == 0 ? 1 : 0.5);
            optimizer.step(gradient(a, 3));
            moved[i] = only(a) - 2;
        }
        assertTrue(moved[0] < 0);
        assertEquals(moved[0] / 2, moved[1], 1e-15);
    }

    @Test
    void aScheduleIsAskedForEveryStep() {
        Parameter a = parameter("a", 0);
        Optimizer optimizer = Optimizer.of(List.of(a), Sgd.rate(step -> step + 1));
        for (int i = 0; i < 3; i++) {
            optimizer.step(gradient(a, 1));
        }
        assertEquals(-(1 + 2 + 3), only(a));
    }

    @Test
    void aScheduleOutOfRangeChangesNothingInAnyGroup() {
        Parameter a = parameter("a", 1);
        Parameter b = parameter("b", 1);
        Optimizer optimizer = Optimizer.of(List.of(
                new Optimizer.Group(List.of(a), Sgd.rate(0.5).momentum(0.5)),
                new Optimizer.Group(List.of(b), Adam.rate(step -> step == 1 ? Double.NaN : 0.1))));
        optimizer.step(gradient(a, 1).plus(gradient(b, 1)));
        NamedMatrices state = optimizer.state();
        refused(
                "learning rate at step 1 = NaN; expected a finite number, at least 0",
                () -> optimizer.step(gradient(a, 1).plus(gradient(b, 1))));
        assertEquals(0.5, only(a));
        assertEquals(state, optimizer.state());
        refused(
                "learning rate at step 0 = -0.125; expected a finite number, at least 0",
                () -> Optimizer.of(List.of(a), Sgd.rate(step -> -0.125)).step(gradient(a, 1)));
        assertEquals(
                "Optimizer[" + optimizer.description() + ", 2 parameters, 1 steps]",
                optimizer.toString(),
                "as many as were made");
    }

    @Test
    void aRuleOfOnesOwnNeedsThreeMethods() {
        UpdateRule signDescent = new UpdateRule() {
            @Override
            public List<String> buffers() {
                return List.of();
            }

            @Override
            public Step at(long step, double rateFactor) {
                return elements -> {
                    for (int i = 0; i < elements.count(); i++) {
                        elements.next(i, elements.parameter(i) - Math.signum(elements.gradient(i)));
                    }
                };
            }

            @Override
            public String description() {
                return "sign descent";
            }
        };
        Parameter a = parameter("a", 1, 1, 1);
        Optimizer.of(List.of(a), signDescent).step(gradient(a, 7, -0.1, 0));
        assertEquals(0, a.value().get(0, 0));
        assertEquals(2, a.value().get(0, 1));
        assertEquals(1, a.value().get(0, 2));
    }

    @Test
    void aStateThatDoesNotFitIsRefusedWithEveryDifference() {
        Parameter a = parameter("a", 1, 2);
        Parameter b = parameter("b", 1);
        Optimizer optimizer = Optimizer.of(List.of(a, b), Sgd.rate(1).momentum(0.5));
        optimizer.step(bowl(List.of(a, b)).gradients());
        NamedMatrices before = optimizer.state();
        NamedMatrices other = NamedMatrices.empty()
                .with("a/momentum", new SimpleMatrix(2, 1))
                .with("c/momentum", new SimpleMatrix(1, 1))
                .withMetadata("steps", "-1");
        ModelMismatchException refusal = assertThrows(ModelMismatchException.class, () -> optimizer.restore(other));
        assertEquals(
                List.of(
                        "a/momentum is 2x1; expected 1x2",
                        "missing: b/momentum 1x1",
                        "unexpected: c/momentum 1x1",
                        "its steps is -1",
                        "its rateFactor is absent"),
                refusal.differences());
        assertEquals(before, optimizer.state());
    }

    static void refused(String message, Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}

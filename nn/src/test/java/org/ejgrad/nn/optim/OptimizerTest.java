package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.NullArguments;
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

    private static Parameter parameter(String name, double... row) {
        return new Parameter(name, new SimpleMatrix(1, row.length, true, row));
    }

    /** ½·|x − 1|² of all parameters: its gradient is x − 1. */
    private static Value bowl(List<Parameter> parameters) {
        Value sum = Value.constant(0);
        for (Parameter parameter : parameters) {
            sum = sum.plus(parameter.value().minus(1).square().elementSum().scale(0.5));
        }
        return sum;
    }

    /** The gradient of one parameter, whatever its value. */
    private static Gradients gradient(Parameter parameter, double... row) {
        Value given = Value.constant(new SimpleMatrix(1, row.length, true, row));
        return parameter.value().elementMult(given).elementSum().gradients();
    }

    private static double only(Parameter parameter) {
        return parameter.value().scalar();
    }

    @Test
    void threeStepsOfGradientDescentByHand() {
        Parameter x = parameter("x", 4);
        Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(0.5));
        for (double expected : new double[] {2.5, 1.75, 1.375}) {
            optimizer.step(bowl(List.of(x)).gradients());
            assertEquals(expected, only(x));
        }
        assertEquals(3, optimizer.steps());
    }

    @Test
    void threeStepsWithMomentumByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(0.25).momentum(0.5));
        double[] velocity = {1, 2.5, 0.25}; // 1; 0.5·1 + 2; 0.5·2.5 − 1
        double[] gradient = {1, 2, -1};
        double expected = 1;
        for (int i = 0; i < 3; i++) {
            optimizer.step(gradient(x, gradient[i]));
            expected -= 0.25 * velocity[i];
            assertEquals(expected, only(x));
        }
    }

    @Test
    void threeStepsOfNesterovByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer =
                Optimizer.of(List.of(x), Sgd.rate(0.25).momentum(0.5).nesterov());
        double[] direction = {1.5, 3.25, -0.875}; // g + 0.5·v for v = 1, 2.5, 0.25
        double[] gradient = {1, 2, -1};
        double expected = 1;
        for (int i = 0; i < 3; i++) {
            optimizer.step(gradient(x, gradient[i]));
            expected -= 0.25 * direction[i];
            assertEquals(expected, only(x));
        }
    }

    /** At the first step m̂/√v̂ is the gradient's sign, so Adam moves by the rate; so it does while gradients agree. */
    @Test
    void stepsOfAdamByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), Adam.rate(0.125).epsilon(0));
        for (double expected : new double[] {0.875, 0.75, 0.625}) {
            optimizer.step(gradient(x, 3));
            assertEquals(expected, only(x), 1e-15);
        }
    }

    @Test
    void stepsOfAdagradByHand() {
        Parameter x = parameter("x", 0);
        Optimizer optimizer = Optimizer.of(List.of(x), Adagrad.rate(1).epsilon(0));
        double expected = 0;
        double sum = 0;
        for (double gradient : new double[] {3, 4, 12}) {
            optimizer.step(gradient(x, gradient));
            sum += gradient * gradient;
            expected -= gradient / Math.sqrt(sum);
            assertEquals(expected, only(x), 1e-15);
        }
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
            Gradients gradients = gradient(a, 1, bad).plus(gradient(b, 1));
            String message = assertThrows(NonFiniteException.class, () -> optimizer.step(gradients))
                    .toString();
            assertTrue(message.contains("the gradient of a 1x2 is " + bad + " at row 0, column 1"), message);
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

    /** Of two threads that computed gradients of the same values only one may step. */
    @Test
    void twoThreadsCannotLoseAStepUnnoticed() throws InterruptedException {
        Parameter a = parameter("a", 0);
        Optimizer optimizer = Optimizer.of(List.of(a), Sgd.rate(1));
        List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
        int tries = 2000;
        CountDownLatch begin = new CountDownLatch(1);
        Runnable training = () -> {
            try {
                begin.await();
                for (int i = 0; i < tries; i++) {
                    try {
                        optimizer.step(gradient(a, -1));
                    } catch (IllegalArgumentException refused) {
                        refusals.add(refused);
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        List<Thread> threads = List.of(new Thread(training), new Thread(training));
        threads.forEach(Thread::start);
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2 * tries - refusals.size(), only(a));
        assertEquals(2 * tries - refusals.size(), optimizer.steps());
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

    /** With a large ε the first step of each rule is easily written down. */
    @Test
    void epsilonStandsWhereTheFormulasSay() {
        double g = 3;
        assertEquals(-0.1 * g / (g + 1), firstStep(Adam.rate(0.1).epsilon(1), g), 1e-15);
        assertEquals(-0.1 * g / (g + 1), firstStep(Adamax.rate(0.1).epsilon(1), g), 1e-15);
        assertEquals(
                -0.1 * g / (Math.sqrt(0.25 * g * g) + 1),
                firstStep(RmsProp.rate(0.1).alpha(0.75).epsilon(1), g),
                1e-15);
        assertEquals(
                -0.1 * g / (Math.sqrt(7 + g * g) + 1),
                firstStep(Adagrad.rate(0.1).initialSum(7).epsilon(1), g),
                1e-15);
        assertEquals(
                -0.1 * g / Math.sqrt(0.5 * g * g + 1),
                firstStep(Adadelta.rate(0.1).rho(0.5).epsilon(1), g),
                1e-15);
    }

    private static double firstStep(UpdateRule rule, double gradient) {
        Parameter a = parameter("a", 0);
        Optimizer.of(List.of(a), rule).step(gradient(a, gradient));
        return only(a);
    }

    @Test
    void theInitialSumOfAdagradCountsOnce() {
        Parameter a = parameter("a", 0);
        Optimizer optimizer =
                Optimizer.of(List.of(a), Adagrad.rate(1).initialSum(7).epsilon(0));
        optimizer.step(gradient(a, 3));
        optimizer.step(gradient(a, 3));
        assertEquals(-3 / 4.0 - 3 / 5.0, only(a), 1e-15);
    }

    @Test
    void adamWDecaysTheParameterItself() {
        Parameter a = parameter("a", 10);
        Optimizer.of(List.of(a), AdamW.rate(Schedule.constant(0.5))).step(gradient(a, 0));
        assertEquals(10 * (1 - 0.5 * 0.01), only(a), 1e-15);
        Parameter b = parameter("b", 10);
        Optimizer.of(List.of(b), Adam.rate(0.5).weightDecay(0.01)).step(gradient(b, 0));
        assertEquals(10 - 0.5, only(b), 1e-6, "within the gradient it is scaled to a whole step");
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
                        elements.next()[i] = elements.parameter()[i] - Math.signum(elements.gradient()[i]);
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
    void theSameParameterOrNameTwiceIsRefused() {
        Parameter a = parameter("a", 1);
        refused("there are no parameters", () -> Optimizer.of(List.of(), Sgd.rate(1)));
        refused("a 1x1 is given twice", () -> Optimizer.of(List.of(a, a), Sgd.rate(1)));
        refused("layer.a 1x1 is given twice", () -> Optimizer.of(List.of(a, a.within("layer")), Sgd.rate(1)));
        refused("two parameters are named \"a\"", () -> Optimizer.of(List.of(a, parameter("a", 2)), Sgd.rate(1)));
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
                        "missing: b/momentum",
                        "unexpected: c/momentum",
                        "its steps is -1",
                        "its rateFactor is absent"),
                refusal.differences());
        assertEquals(before, optimizer.state());
    }

    @Test
    void optionsOutOfRangeAreNamedWithTheirRange() {
        for (double bad : new double[] {Double.NaN, -0.1, Double.POSITIVE_INFINITY, 0}) {
            for (Executable call : List.<Executable>of(
                    () -> Sgd.rate(bad),
                    () -> Adam.rate(bad),
                    () -> AdamW.rate(bad),
                    () -> Adamax.rate(bad),
                    () -> RmsProp.rate(bad),
                    () -> Adagrad.rate(bad),
                    () -> Adadelta.rate(bad))) {
                refused("learning rate = " + bad + "; expected a finite number greater than 0", call);
            }
        }
        for (double bad : new double[] {Double.NaN, -0.1, 1.5, Double.NEGATIVE_INFINITY}) {
            refused(
                    "momentum = " + bad + "; expected a number in [0, 1)",
                    () -> Sgd.rate(1).momentum(bad));
            refused("dampening = " + bad, () -> Sgd.rate(1).dampening(bad));
            refused("beta1 = " + bad, () -> Adam.rate(1).betas(bad, 0.9));
            refused("beta2 = " + bad, () -> Adam.rate(1).betas(0.9, bad));
            refused("beta1 = " + bad, () -> Adamax.rate(1).betas(bad, 0.9));
            refused("beta2 = " + bad, () -> Adamax.rate(1).betas(0.9, bad));
            refused("alpha = " + bad, () -> RmsProp.rate(1).alpha(bad));
            refused("momentum = " + bad, () -> RmsProp.rate(1).momentum(bad));
            refused("rho = " + bad, () -> Adadelta.rate(1).rho(bad));
        }
        for (double bad : new double[] {Double.NaN, -1e-9, Double.POSITIVE_INFINITY}) {
            refused("weightDecay = " + bad, () -> Sgd.rate(1).weightDecay(bad));
            refused("weightDecay = " + bad, () -> Adam.rate(1).weightDecay(bad));
            refused("decoupledDecay = " + bad, () -> Adam.rate(1).decoupledDecay(bad));
            refused("epsilon = " + bad, () -> Adam.rate(1).epsilon(bad));
            refused("weightDecay = " + bad, () -> Adamax.rate(1).weightDecay(bad));
            refused("epsilon = " + bad, () -> Adamax.rate(1).epsilon(bad));
            refused("weightDecay = " + bad, () -> RmsProp.rate(1).weightDecay(bad));
            refused("epsilon = " + bad, () -> RmsProp.rate(1).epsilon(bad));
            refused("rateDecay = " + bad, () -> Adagrad.rate(1).rateDecay(bad));
            refused("weightDecay = " + bad, () -> Adagrad.rate(1).weightDecay(bad));
            refused("initialSum = " + bad, () -> Adagrad.rate(1).initialSum(bad));
            refused("epsilon = " + bad, () -> Adagrad.rate(1).epsilon(bad));
            refused("epsilon = " + bad, () -> Adadelta.rate(1).epsilon(bad));
            refused("weightDecay = " + bad, () -> Adadelta.rate(1).weightDecay(bad));
        }
        refused(
                "expected a momentum above 0 and no dampening",
                () -> Sgd.rate(1).nesterov());
        refused(
                "expected a momentum above 0 and no dampening",
                () -> Sgd.rate(1).momentum(0.5).dampening(0.1).nesterov());
        refused(
                "momentum at step 0 = 1.0; expected a number in [0, 1)",
                () -> Sgd.rate(1).momentum(Schedule.constant(1)).at(0, 1));
    }

    @Test
    void nullIsRefusedByName() {
        Parameter a = parameter("a", 1);
        Map<Class<?>, Object> arguments = Map.ofEntries(
                Map.entry(String.class, "name"),
                Map.entry(List.class, List.of(a)),
                Map.entry(Map.class, Map.of()),
                Map.entry(Gradients.class, gradient(a, 1)),
                Map.entry(NamedMatrices.class, NamedMatrices.empty()),
                Map.entry(Schedule.class, Schedule.constant(0.5)),
                Map.entry(UpdateRule.class, Sgd.rate(0.5)),
                Map.entry(Sgd.class, Sgd.rate(0.5)),
                Map.entry(Adam.class, Adam.rate(0.5)),
                Map.entry(Adamax.class, Adamax.rate(0.5)),
                Map.entry(RmsProp.class, RmsProp.rate(0.5)),
                Map.entry(Adagrad.class, Adagrad.rate(0.5)),
                Map.entry(Adadelta.class, Adadelta.rate(0.5)),
                Map.entry(Plateau.class, Plateau.ofLoss()),
                Map.entry(Optimizer.class, Optimizer.of(List.of(a), Sgd.rate(1))),
                Map.entry(Lbfgs.class, Lbfgs.of(List.of(a))),
                Map.entry(Lbfgs.Settings.class, Lbfgs.Settings.DEFAULT));
        assertEquals(
                List.of(),
                new NullArguments(arguments)
                        .complaints(
                                Optimizer.class,
                                Optimizer.Group.class,
                                Lbfgs.class,
                                Sgd.class,
                                Adam.class,
                                AdamW.class,
                                Adamax.class,
                                RmsProp.class,
                                Adagrad.class,
                                Adadelta.class,
                                Schedule.class,
                                Schedule.Described.class,
                                Schedules.class,
                                OneCycle.class,
                                Cyclic.class,
                                Plateau.class,
                                GradientClipping.class));
    }

    /** A resumed run compares descriptions, so each option must show in them. */
    @Test
    void everyOptionShowsInTheDescription() {
        List<UpdateRule> all = new ArrayList<>(rules().toList());
        all.addAll(List.of(
                Sgd.rate(0.2),
                Sgd.rate(0.1).weightDecay(0.1),
                Adam.rate(0.1).epsilon(0.1),
                Adam.rate(0.1).betas(0.8, 0.999),
                Adam.rate(0.1).betas(0.9, 0.99),
                Adam.rate(0.1).weightDecay(0.1),
                Adamax.rate(0.1).betas(0.8, 0.9),
                Adamax.rate(0.1).epsilon(0.1),
                Adamax.rate(0.1).weightDecay(0.1),
                RmsProp.rate(0.05).alpha(0.5),
                RmsProp.rate(0.05).epsilon(0.5),
                Adagrad.rate(0.5),
                Adagrad.rate(0.5).initialSum(0.1),
                Adagrad.rate(0.5).epsilon(0.1),
                Adagrad.rate(0.5).weightDecay(0.1),
                Adadelta.rate(1).rho(0.5),
                Adadelta.rate(1).epsilon(0.5),
                Adadelta.rate(1).weightDecay(0.5)));
        assertEquals(
                all.size(), all.stream().map(UpdateRule::description).distinct().count());
        assertEquals(
                "Sgd(rate 0.1, momentum 0.0, dampening 0.0, weightDecay 0.0, nesterov false)",
                Optimizer.of(List.of(parameter("a", 1)), Sgd.rate(0.1)).description());
    }

    private static void refused(String message, Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}

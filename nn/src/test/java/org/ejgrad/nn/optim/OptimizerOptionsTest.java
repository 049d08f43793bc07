package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.OptimizerTest.gradient;
import static org.ejgrad.nn.optim.OptimizerTest.parameter;
import static org.ejgrad.nn.optim.OptimizerTest.refused;
import static org.ejgrad.nn.optim.OptimizerTest.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.laws.NullArguments;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.io.NamedMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which parameters and options are refused, and that a description shows every option. */
class OptimizerOptionsTest {
    @Test
    void theSameParameterOrNameTwiceIsRefused() {
        Parameter a = parameter("a", 1);
        refused("there are no parameters", () -> Optimizer.of(List.of(), Sgd.rate(1)));
        refused("a 1x1 is given twice", () -> Optimizer.of(List.of(a, a), Sgd.rate(1)));
        refused("layer.a 1x1 is given twice", () -> Optimizer.of(List.of(a, a.within("layer")), Sgd.rate(1)));
        refused("two parameters are named \"a\"", () -> Optimizer.of(List.of(a, parameter("a", 2)), Sgd.rate(1)));
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
                Map.entry(Lbfgs.Options.class, Lbfgs.Options.DEFAULT));
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
                                Schedule.Constant.class,
                                Schedule.Described.class,
                                Schedules.class,
                                OneCycle.class,
                                Cyclic.class,
                                Plateau.class,
                                GradientClipping.class,
                                GradientClipping.Clipped.class));
        List<Parameter> hole = Arrays.asList(a, null);
        refusedNull("parameters[1]", () -> Optimizer.of(hole, Sgd.rate(1)));
        refusedNull("parameters[1]", () -> Lbfgs.of(hole));
        refusedNull("groups[0]", () -> Optimizer.of(Arrays.asList((Optimizer.Group) null)));
    }

    private static void refusedNull(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    /** An equal constant behaves the same, whichever object it is. */
    @Test
    void aConstantMomentumOfZeroIsNoMomentum() {
        for (Sgd plain : List.of(
                Sgd.rate(0.1),
                Sgd.rate(0.1).momentum(0),
                Sgd.rate(0.1).momentum(-0.0),
                Sgd.rate(0.1).momentum(Schedule.constant(0)))) {
            assertEquals(List.of(), plain.dampening(0.5).buffers());
            refused("expected a momentum above 0", plain::nesterov);
            Parameter a = parameter("a", 1);
            Optimizer optimizer = Optimizer.of(List.of(a), plain.dampening(0.5));
            optimizer.step(gradient(a, 2));
            optimizer.step(gradient(a, 2));
            assertEquals(1 - 0.1 * 2 - 0.1 * 2, a.value().scalar());
        }
        assertEquals(Sgd.rate(0.1), Sgd.rate(Schedule.constant(0.1)));
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
}

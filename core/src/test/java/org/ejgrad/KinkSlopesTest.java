package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.junit.jupiter.api.Test;

/** At every kink the slope is that of smallest magnitude from the one side's to the other's. */
class KinkSlopesTest {
    private static final double STEP = 1e-7;

    private record Kink(String name, UnaryOperator<Value> function, double at) {}

    private static Stream<Kink> kinks() {
        Stream<Kink> fixed = Stream.of(
                new Kink("relu", Value::relu, 0),
                new Kink("relu6", Value::relu6, 0),
                new Kink("relu6", Value::relu6, 6),
                new Kink("hardSigmoid", Value::hardSigmoid, -3),
                new Kink("hardSigmoid", Value::hardSigmoid, 3),
                new Kink("hardSwish", Value::hardSwish, -3),
                new Kink("hardSwish", Value::hardSwish, 3),
                new Kink("selu", Value::selu, 0),
                new Kink("abs", Value::abs, 0),
                new Kink("normF", Value::normF, 0),
                new Kink("norm(1)", x -> x.norm(1), 0),
                new Kink("norm(3)", x -> x.norm(3), 0),
                new Kink("norm(INFINITY)", x -> x.norm(Double.POSITIVE_INFINITY), 0),
                new Kink("singularValues", Value::singularValues, 0));
        Random random = new Random(5);
        return Stream.concat(fixed, random.doubles(200, -3, 3).boxed().flatMap(KinkSlopesTest::withNumber));
    }

    private static Stream<Kink> withNumber(double k) {
        double size = Math.abs(k);
        return Stream.of(
                new Kink("leakyRelu " + k, x -> x.leakyRelu(k), 0),
                new Kink("elu " + k, x -> x.elu(k), 0),
                new Kink("celu " + k, x -> x.celu(k), 0),
                new Kink("maximum " + k, x -> x.maximum(k), k),
                new Kink("minimum " + k, x -> x.minimum(k), k),
                new Kink("maximum of constant " + k, x -> x.maximum(Value.constant(k)), k),
                new Kink("minimum of constant " + k, x -> Value.constant(k).minimum(x), k),
                new Kink("clampOpen " + k, x -> x.clampOpen(k, k + 1), k),
                new Kink("clampOpen " + k, x -> x.clampOpen(k - 1, k), k),
                new Kink("clamp to one number " + k, x -> x.clamp(k, k), k),
                new Kink("threshold " + k, x -> x.threshold(k, k), k),
                new Kink("softshrink " + size, x -> x.softshrink(size), size),
                new Kink("softshrink " + size, x -> x.softshrink(size), -size));
    }

    private static double slope(Kink kink) {
        Value x = Value.variable("x", kink.at);
        Value y = kink.function.apply(x);
        return y.isConstant() ? 0 : y.gradients().orZero(x).scalar();
    }

    private static double value(Kink kink, double step) {
        return kink.function.apply(Value.constant(kink.at + step)).scalar();
    }

    @Test
    void slopesAreTheSmallest() {
        kinks().forEach(kink -> {
            double left = (value(kink, 0) - value(kink, -STEP)) / STEP;
            double right = (value(kink, STEP) - value(kink, 0)) / STEP;
            double smallest = left * right <= 0 ? 0 : Math.abs(left) < Math.abs(right) ? left : right;
            assertEquals(smallest, slope(kink), 1e-5, kink.name + " with slopes " + left + " and " + right);
        });
    }

    @Test
    void theCheckerTakesThemAsDocumented() {
        List<Kink> some = kinks().filter(kink -> !kink.name.startsWith("singular"))
                .limit(60)
                .toList();
        for (Kink kink : some) {
            Value y = kink.function.apply(Value.variable("x", kink.at));
            CheckReport report = GradientCheck.of(y).run();
            assertTrue(!report.refuted(), () -> kink.name + ": " + report);
        }
    }

    @Test
    void secondSlopesAtAKinkAreTheSmallestToo() {
        for (double k : new double[] {-1, 0.5, 1, 2}) {
            for (UnaryOperator<Value> function :
                    List.<UnaryOperator<Value>>of(x -> x.elu(k), x -> x.celu(k), Value::selu, x -> x.leakyRelu(k))) {
                assertEquals(0, second(function, 0));
            }
        }
        assertEquals(0, second(Value::hardSwish, 3));
        assertEquals(0, second(Value::hardSwish, -3));
    }

    private static double second(UnaryOperator<Value> function, double at) {
        return Derivatives.hessian(function, Value.constant(at)).scalar();
    }
}

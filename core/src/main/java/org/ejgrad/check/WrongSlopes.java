package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.check.DeviatingWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/** The formulas that are written in place of the slope s of an elementwise function with input x and output y. */
final class WrongSlopes {
    /** What is passed on, given the input, the output, the right slope and what arrives. */
    @FunctionalInterface
    interface Formula {
        double of(double x, double y, double s, double dy);
    }

    /** One wrong formula, and how it is written. */
    record Wrong(String text, Formula passed) {}

    @FunctionalInterface
    private interface Slope {
        double of(double x, double y, double s);
    }

    private static final List<Wrong> ALL = List.of(
            slope("1 − x²", (x, y, s) -> 1 - x * x),
            slope("1 − y", (x, y, s) -> 1 - y),
            slope("1 − y²", (x, y, s) -> 1 - y * y),
            slope("y·(1 − y)", (x, y, s) -> y * (1 - y)),
            slope("y·(1 + y)", (x, y, s) -> y * (1 + y)),
            slope("x·(1 − x)", (x, y, s) -> x * (1 - x)),
            slope("1 − x", (x, y, s) -> 1 - x),
            slope("y", (x, y, s) -> y),
            slope("−y", (x, y, s) -> -y),
            slope("x", (x, y, s) -> x),
            slope("1 + y", (x, y, s) -> 1 + y),
            slope("1 + x", (x, y, s) -> 1 + x),
            slope("y²", (x, y, s) -> y * y),
            slope("x²", (x, y, s) -> x * x),
            slope("1 + x²", (x, y, s) -> 1 + x * x),
            slope("1 + y²", (x, y, s) -> 1 + y * y),
            slope("1/x", (x, y, s) -> 1 / x),
            slope("1/x²", (x, y, s) -> 1 / (x * x)),
            slope("1/y", (x, y, s) -> 1 / y),
            slope("2x", (x, y, s) -> 2 * x),
            slope("2y", (x, y, s) -> 2 * y),
            slope("1/2x", (x, y, s) -> 0.5 / x),
            slope("y/x", (x, y, s) -> y / x),
            slope("x·y", (x, y, s) -> x * y),
            slope("√(1 − y²)", (x, y, s) -> Math.sqrt(1 - y * y)),
            slope("1 where x > 0, else 0", (x, y, s) -> x > 0 ? 1 : 0),
            slope("1 where x > 0, else −1", (x, y, s) -> Math.signum(x)),
            slope("1 where x > 0, else y", (x, y, s) -> x > 0 ? 1 : y),
            slope("1 where x > 0, else y + 1", (x, y, s) -> x > 0 ? 1 : y + 1),
            slope("1 where x > 0, else eˣ", (x, y, s) -> x > 0 ? 1 : Elementary.exp(x)),
            slope("1 where x > 0, else 0.01", (x, y, s) -> x > 0 ? 1 : 0.01),
            slope("1 where x > 0, else 0.1", (x, y, s) -> x > 0 ? 1 : 0.1),
            slope("1 where x > 0, else 0.2", (x, y, s) -> x > 0 ? 1 : 0.2),
            slope("1 where y > 0, else 0", (x, y, s) -> y > 0 ? 1 : 0),
            slope("1 where |x| < 1, else 0", (x, y, s) -> Math.abs(x) < 1 ? 1 : 0),
            slope("the step, exchanged", (x, y, s) -> x > 0 ? 0 : 1),
            slope("σ(x)", (x, y, s) -> sigmoid(x)),
            slope("σ(−x)", (x, y, s) -> sigmoid(-x)),
            slope("σ(x)·σ(−x)", (x, y, s) -> sigmoid(x) * sigmoid(-x)),
            slope("σ(x)·(1 + σ(−x))", (x, y, s) -> sigmoid(x) * (1 + sigmoid(-x))),
            slope("x·σ(x)", (x, y, s) -> x * sigmoid(x)),
            slope("x·σ(x)·σ(−x)", (x, y, s) -> x * sigmoid(x) * sigmoid(-x)),
            slope("y + σ(x)", (x, y, s) -> y + sigmoid(x)),
            slope("σ(x)·(1 − y)", (x, y, s) -> sigmoid(x) * (1 - y)),
            slope("tanh x", (x, y, s) -> Elementary.tanh(x)),
            slope("1 − tanh² x", (x, y, s) -> 1 - Elementary.tanh(x) * Elementary.tanh(x)),
            slope("1 + tanh² x", (x, y, s) -> 1 + Elementary.tanh(x) * Elementary.tanh(x)),
            slope("1/cosh x", (x, y, s) -> 1 / Elementary.cosh(x)),
            slope("Φ(x)", (x, y, s) -> x == 0 ? 0.5 : Value.constant(x).gelu().scalar() / x),
            slope("its density e^(−x²/2)/√2π", (x, y, s) -> Elementary.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)),
            slope("x·e^(−x²/2)/√2π", (x, y, s) -> x * Elementary.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)),
            slope("e^(−x²)", (x, y, s) -> Elementary.exp(-x * x)),
            slope("eˣ", (x, y, s) -> Elementary.exp(x)),
            slope("e⁻ˣ", (x, y, s) -> Elementary.exp(-x)),
            slope("cos x", (x, y, s) -> Elementary.cos(x)),
            slope("−cos x", (x, y, s) -> -Elementary.cos(x)),
            slope("sin x", (x, y, s) -> Elementary.sin(x)),
            slope("−sin x", (x, y, s) -> -Elementary.sin(x)),
            slope("cosh x", (x, y, s) -> Elementary.cosh(x)),
            slope("sinh x", (x, y, s) -> Elementary.sinh(x)),
            slope("1/(1 + x²)", (x, y, s) -> 1 / (1 + x * x)),
            slope("1/(1 − x²)", (x, y, s) -> 1 / (1 - x * x)),
            slope("1/√(1 − x²)", (x, y, s) -> 1 / Math.sqrt(1 - x * x)),
            slope("1/√(1 + x²)", (x, y, s) -> 1 / Math.sqrt(1 + x * x)),
            slope("1/(1 + |x|)", (x, y, s) -> 1 / (1 + Math.abs(x))),
            slope("1/(1 + |x|)²", (x, y, s) -> Elementary.pow(1 + Math.abs(x), -2)),
            slope("1/√x", (x, y, s) -> 1 / Math.sqrt(x)),
            slope("ln x", (x, y, s) -> Elementary.log(x)),
            slopeOf("x·σ(1.702x)", x -> x.elementMult(x.scale(1.702).sigmoid())),
            slopeOf("GELU by tanh", Value::geluTanh),
            slopeOf("GELU", Value::gelu),
            slopeOf("silu", Value::silu),
            slopeOf("mish", Value::mish),
            slopeOf("elu with α = 1", x -> x.elu(1)),
            slopeOf("selu", Value::selu),
            slopeOf("relu6", Value::relu6),
            slopeOf("hardSigmoid", Value::hardSigmoid),
            slopeOf("hardSwish", Value::hardSwish),
            slopeOf("erf", Value::erf),
            slope("tanh(softplus x)", (x, y, s) -> Elementary.tanh(Elementary.log1p(Elementary.exp(x)))),
            slope("|x|", (x, y, s) -> Math.abs(x)),
            slope("the size of its slope", (x, y, s) -> Math.abs(s)),
            slope("the sign of its slope", (x, y, s) -> Math.signum(s)),
            slope("1 minus its slope", (x, y, s) -> 1 - s),
            slope("1 plus its slope", (x, y, s) -> 1 + s),
            slope("its slope times x", (x, y, s) -> s * x),
            slope("its slope times y", (x, y, s) -> s * y),
            slope("its slope over x", (x, y, s) -> s / x),
            slope("its slope over y", (x, y, s) -> s / y),
            slope("its slope plus y", (x, y, s) -> s + y),
            slope("its slope minus y", (x, y, s) -> s - y),
            slope("the root of its slope", (x, y, s) -> Math.sqrt(s)),
            arriving("only positive gradients were let pass", (s, dy) -> Math.max(dy, 0) * s),
            arriving("only positive gradients were let pass, whatever its slope", (s, dy) -> Math.max(dy, 0)),
            arriving("the gradient that arrives had lost its sign", (s, dy) -> Math.abs(dy) * s),
            arriving("only the sign of what arrives were used", (s, dy) -> Math.signum(dy) * s),
            arriving("what it passes on had lost its sign", (s, dy) -> Math.abs(dy * s)),
            arriving("what it passes on were squared", (s, dy) -> dy * s * dy * s));

    private WrongSlopes() {}

    private static double sigmoid(double v) {
        return 1 / (1 + Elementary.exp(-v));
    }

    private static Wrong slope(String text, Slope slope) {
        return new Wrong("its slope were taken for " + text, (x, y, s, dy) -> dy == 0 ? 0 : dy * slope.of(x, y, s));
    }

    private static Wrong slopeOf(String name, UnaryOperator<Value> function) {
        return slope("that of " + name, (at, y, s) -> {
            Value x = Value.variable("x", at);
            return function.apply(x).gradients().of(x).scalar();
        });
    }

    private static Wrong arriving(String text, DoubleBinaryOperator passed) {
        return new Wrong(text, (x, y, s, dy) -> passed.applyAsDouble(s, dy));
    }

    /** All of them, likely ones first. */
    static List<Wrong> all() {
        return ALL;
    }

    /** Those that may stand with some factor before them, as after a wrong exponent. */
    static List<Wrong> upToFactor() {
        return ALL.stream()
                .filter(wrong -> wrong.text().endsWith(" x") || wrong.text().endsWith(" y"))
                .toList();
    }

    /** The slopes of an operation that acts on each element alone and bends; anything else is refused. */
    static DMatrixRMaj slopes(Tape tape, RuleCall call, Value right) {
        Value ones = Value.ones(call.upstream().shape());
        DMatrixRMaj s = tape.node(call.node())
                .operation()
                .gradient(call.input(), call.inputs(), call.output(), ones)
                .matrix()
                .getDDRM();
        DMatrixRMaj dy = call.upstream().matrix().getDDRM();
        DMatrixRMaj passed = right.matrix().getDDRM();
        boolean fits = s.numRows == dy.numRows && s.numCols == dy.numCols;
        boolean bends = false;
        for (int i = 0; fits && i < dy.getNumElements(); i++) {
            double product = s.data[i] * dy.data[i];
            fits = Math.abs(product - passed.data[i]) <= 1e-12 * Math.abs(product);
            bends |= s.data[i] != s.data[0];
        }
        if (!fits || !bends) {
            throw new IllegalArgumentException("not elementwise, or straight");
        }
        return s;
    }

    /** What is passed on with the slope taken at another matrix. */
    static Value at(Tape tape, RuleCall call, Value other) {
        Operation operation = tape.node(call.node()).operation();
        List<Value> inputs = OtherMistakes.replaced(call, call.input(), other);
        return operation.gradient(call.input(), inputs, operation.apply(inputs.toArray(new Value[0])), call.upstream());
    }

    /** The same where the slope is written with the result, such as 1 − y², of which another matrix takes the place. */
    static Value ofOutput(Tape tape, RuleCall call, Value right, Value other) {
        DMatrixRMaj s = slopes(tape, call, right);
        DMatrixRMaj y = call.output().matrix().getDDRM();
        double largest = Comparison.largest(s);
        Formula formula = ALL.stream()
                .map(Wrong::passed)
                .filter(f -> IntStream.range(0, s.getNumElements())
                        .allMatch(i ->
                                Math.abs(f.of(Double.NaN, y.data[i], Double.NaN, 1) - s.data[i]) <= 1e-12 * largest))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not written with the result"));
        DMatrixRMaj dy = call.upstream().matrix().getDDRM();
        DMatrixRMaj by = BackwardMistakes.fit(other, call.output()).matrix().getDDRM();
        DMatrixRMaj passed = s.copy();
        Arrays.setAll(passed.data, i -> formula.of(Double.NaN, by.data[i], Double.NaN, dy.data[i]));
        return Value.constant(passed);
    }

    /** What a wrong formula passes on. */
    static Value passed(Tape tape, RuleCall call, Value right, Formula formula) {
        DMatrixRMaj s = slopes(tape, call, right);
        DMatrixRMaj x = call.inputs().get(call.input()).matrix().getDDRM();
        DMatrixRMaj y = call.output().matrix().getDDRM();
        DMatrixRMaj dy = call.upstream().matrix().getDDRM();
        DMatrixRMaj result = s.copy();
        for (int i = 0; i < result.getNumElements(); i++) {
            result.data[i] = formula.of(x.data[i], y.data[i], s.data[i], dy.data[i]);
        }
        return Value.constant(result);
    }
}

package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Arithmetic.broadcast;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Calls.refusal;
import static org.ejgrad.Elementwise.binary;
import static org.ejgrad.Elementwise.line;
import static org.ejgrad.Elementwise.lines;
import static org.ejgrad.Operation.Trusted.of;
import static org.ejgrad.Rule.rule;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * What chooses between numbers, element by element: bounds, comparisons, masks. At a kink the slope is the documented
 * one, and the branch not taken gets exactly no gradient.
 */
sealed interface Choices extends Shaped permits Value {
    // spotless:off

    // ---- bounds -----------------------------------------------------------------------------------------------------

    /**
     * Elementwise min(max(x, low), high), with slope 1 from bound to bound, both included unless they are equal; −∞ and ∞
     * for no bound.
     *
     * @throws IllegalArgumentException if low exceeds high or either is NaN
     */
    default Value clamp(double low, double high) {
        requireBounds("clamp", (Value) this, low, high);
        return lines("clamp", List.of(low, high), v -> v < low ? 0 : v <= high ? 1 : 2, "1 where low ≤ x ≤ high",
                line(0, low), low < high ? line(1, 0) : line(0, low), line(0, high)).apply((Value) this);
    }

    /**
     * Elementwise min(max(x, low), high), with slope 1 between the bounds and 0 at them: PyTorch's hardtanh.
     *
     * @throws IllegalArgumentException if low exceeds high or either is NaN
     */
    default Value clampOpen(double low, double high) {
        requireBounds("clampOpen", (Value) this, low, high);
        return lines("clampOpen", List.of(low, high), v -> v <= low ? 0 : v < high ? 1 : 2, "1 where low < x < high",
                line(0, low), line(1, 0), line(0, high)).apply((Value) this);
    }

    /** Elementwise larger of two; at a tie both get half of the gradient, or a value beside a constant none of it. */
    default Value maximum(Value b) {
        double tie = shareAtTie((Value) this, b);
        Operation maximum = binary("maximum", (u, v) -> ElementKernels.zip(u, v, Math::max),
                rule("dy where " + taken("a > b", "a ≥ b", tie), (u, v, y, dy) ->
                        dy.timesOrZero(larger(tie).apply(u, v))),
                rule("dy where " + taken("b > a", "b ≥ a", 1 - tie), (u, v, y, dy) ->
                        dy.timesOrZero(larger(1 - tie).apply(v, u))))
                .pieces(x -> larger(tie).compute(x[0], x[1]), ElementKernels::mix);
        return broadcast(maximum, (Value) this, b);
    }

    /** Elementwise larger of x and k, with slope 0 at a tie. */
    default Value maximum(double k) {
        return lines("maximum", List.of(k), v -> v > k ? 1 : 0, "1 where x > k", line(0, k), line(1, 0))
                .apply((Value) this);
    }

    /** Elementwise smaller of two; at a tie both get half of the gradient, or a value beside a constant none of it. */
    default Value minimum(Value b) {
        double tie = shareAtTie((Value) this, b);
        Operation minimum = binary("minimum", (u, v) -> ElementKernels.zip(u, v, Math::min),
                rule("dy where " + taken("a < b", "a ≤ b", tie), (u, v, y, dy) ->
                        dy.timesOrZero(larger(tie).apply(v, u))),
                rule("dy where " + taken("b < a", "b ≤ a", 1 - tie), (u, v, y, dy) ->
                        dy.timesOrZero(larger(1 - tie).apply(u, v))))
                .pieces(x -> larger(tie).compute(x[1], x[0]), ElementKernels::mix);
        return broadcast(minimum, (Value) this, b);
    }

    /** Elementwise smaller of x and k, with slope 0 at a tie. */
    default Value minimum(double k) {
        return lines("minimum", List.of(k), v -> v < k ? 1 : 0, "1 where x < k", line(0, k), line(1, 0))
                .apply((Value) this);
    }

    // ---- comparisons ------------------------------------------------------------------------------------------------

    Operation GREATER_THAN = comparison("greaterThan", (u, v) -> u > v ? 1 : u <= v ? 0 : Double.NaN);

    /** Elementwise 1 where a &gt; b and 0 elsewhere, a condition for {@link #where}; slope 0, NaN beside NaN. */
    default Value greaterThan(Value b) {
        return broadcast(GREATER_THAN, (Value) this, b);
    }

    /** Elementwise 1 where x &gt; k and 0 elsewhere, a condition for {@link #where}; slope 0, NaN at NaN. */
    default Value greaterThan(double k) {
        return greaterThan(Value.filled(shape(), k));
    }

    Operation LESS_THAN = comparison("lessThan", (u, v) -> u < v ? 1 : u >= v ? 0 : Double.NaN);

    /** Elementwise 1 where a &lt; b and 0 elsewhere, a condition for {@link #where}; slope 0, NaN beside NaN. */
    default Value lessThan(Value b) {
        return broadcast(LESS_THAN, (Value) this, b);
    }

    /** Elementwise 1 where x &lt; k and 0 elsewhere, a condition for {@link #where}; slope 0, NaN at NaN. */
    default Value lessThan(double k) {
        return lessThan(Value.filled(shape(), k));
    }

    // ---- masks ------------------------------------------------------------------------------------------------------

    Operation WHERE = of("where", m -> ElementKernels.where(m[0], m[1], m[2]),
            rule("0", (a, b, c, y, dy) -> Value.zeros(y.shape())),
            rule("dy where 1", (a, b, c, y, dy) -> Choices.GATE.apply(a, dy)),
            rule("dy where 0", (a, b, c, y, dy) -> Choices.GATE.apply(a.negative().plus(1), dy)))
            .columnwise(0, 1, 2).rowwise(0, 1, 2);

    /**
     * Elementwise a where this condition is 1 and b where it is 0; the branch not taken gets exactly no gradient, even
     * if it is infinite or NaN there. All three broadcast to the shape in which they meet.
     *
     * @throws IllegalArgumentException if the shapes do not meet or this has an element other than 0 and 1
     */
    default Value where(Value a, Value b) {
        Value condition = (Value) this;
        requireNonNull(a, "a");
        requireNonNull(b, "b");
        return composed(() -> {
            Shape shape = condition.shape().meet(a.shape()).meet(b.shape());
            return WHERE.apply(condition.broadcastTo(shape), a.broadcastTo(shape), b.broadcastTo(shape));
        }, "where", condition, a, b);
    }

    /**
     * Elementwise k where the mask is 1 and x where it is 0, with gradient 0 where it is filled; k may be infinite.
     *
     * @throws IllegalArgumentException if the shapes do not meet or the mask has an element other than 0 and 1
     */
    default Value maskedFill(Value mask, double k) {
        requireNonNull(mask, "mask");
        return composed(() -> mask.where(Value.filled(Shape.SCALAR, k), (Value) this), "maskedFill", this, mask, k);
    }

    /** b where a > 0, else 0. */
    Operation GATE = binary("gate", ElementKernels::gate,
            rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            rule("dy where a > 0", (a, b, y, dy) -> Choices.GATE.apply(a, dy)))
            .pieces(x -> ElementKernels.positive(x[0]), (d, x) -> ElementKernels.gate(d, x[1]));

    // spotless:on

    /** 1 where a > b, 0 where a < b, the given number at a tie: what a gets of the gradient of the larger of two. */
    static Operation larger(double tie) {
        return comparison("larger", (u, v) -> u > v ? 1 : u < v ? 0 : u == v ? tie : Double.NaN)
                .with(tie)
                .meaning(of -> {
                    Value larger = of.get(0).greaterThan(of.get(1));
                    Value notLess = of.get(0).lessThan(of.get(1)).negative().plus(1);
                    return tie == 0
                            ? larger
                            : tie == 1 ? notLess : larger.scale(1 - tie).plus(notLess.scale(tie));
                });
    }

    /**
     * The place in its group of the largest element of each, the first of equal ones, NaN being the largest: of
     * {@link Per#ROW} a column number for each row.
     *
     * @throws IllegalArgumentException if there is a group without elements
     */
    default int[] argMax(Per per) {
        Value x = (Value) this;
        return composed(() -> IndexKernels.argMax(x.data(), requireNonNull(per, "per")), "argMax", x, per);
    }

    /** A function of two numbers in steps, whose slopes are 0 wherever it has a value. */
    private static Operation comparison(String name, DoubleBinaryOperator step) {
        Rule zero = rule("0", (a, b, y, dy) -> dy.timesOrZero(Functions.FLAT.apply(y)));
        return binary(name, (a, b) -> ElementKernels.zip(a, b, step), zero, zero)
                .pieces(x -> ElementKernels.zip(x[0], x[1], step), (d, x) -> d.copy());
    }

    /** Where all of the gradient goes, and of a tie the share. */
    private static String taken(String strictly, String also, double tie) {
        return tie == 0.5 ? strictly + ", half of it where a = b" : tie == 0 ? strictly : also;
    }

    /** What a gets of the gradient where it equals b: with a constant, a kink of slopes 0 and 1 has slope 0. */
    private static double shareAtTie(Value a, Value b) {
        return a.isConstant() == requireNonNull(b, "b").isConstant() ? 0.5 : b.isConstant() ? 0 : 1;
    }

    private static void requireBounds(String call, Value x, double low, double high) {
        if (!(low <= high)) {
            throw refusal("the low bound must not exceed the high one", call, x, low, high);
        }
    }
}

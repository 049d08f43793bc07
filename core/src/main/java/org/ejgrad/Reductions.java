package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Arithmetic.timesOrZeros;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Calls.refusal;
import static org.ejgrad.Operation.Trusted.binary;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Rule.rule;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums, means, largest elements, norms and sums of exponentials, per row, per column or of all elements: the row with
 * its rule, and under it the method.
 *
 * <p>{@code sumTo} and {@code broadcastTo} are each other's derivative. A result is a column, one number per row, for
 * {@link Per#ROW}, a row for {@link Per#COLUMN} and 1x1 for {@link Per#ALL}, unless it is said to have x's shape.
 */
sealed interface Reductions extends Shaped permits Value {
    // spotless:off

    // ---- sums -------------------------------------------------------------------------------------------------------

    Operation ELEMENT_SUM = sum("elementSum", Per.ALL);

    /** The sum of all elements, 1x1; 0 for an empty value. */
    default Value elementSum() {
        return ELEMENT_SUM.apply((Value) this);
    }

    Family<Per> SUM = Family.perLine(per -> sum("sum", per));

    /** The sum of each group of elements; 0 for an empty one. */
    default Value sum(Per per) {
        return SUM.of(requireNonNull(per, "per")).apply((Value) this);
    }

    private static Operation sum(String name, Per per) {
        return unary(name, x -> Sums.sum(x, per),
                rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));
    }

    Family<Shape> BROADCAST_TO = Family.of(shape -> unary("broadcastTo", x -> ReductionKernels.repeat(x, shape),
            rule("dy summed to x's shape", (x, y, dy) -> dy.sumTo(x.shape()))));

    /**
     * This value repeated along its sizes of 1.
     *
     * @throws IllegalArgumentException if a size of the target is neither this one's nor this one's is 1
     */
    default Value broadcastTo(Shape target) {
        Value x = (Value) this;
        return requireNonNull(target, "target").equals(x.shape()) ? x : BROADCAST_TO.of(target).apply(x);
    }

    /** The same with the target's rows and columns. */
    default Value broadcastTo(int rows, int columns) {
        return composed(() -> broadcastTo(new Shape(rows, columns)), "broadcastTo", this, rows, columns);
    }

    /**
     * The sums of the groups of elements that {@link #broadcastTo(Shape)} would make from the given shape.
     *
     * @throws IllegalArgumentException if a size of the target is neither this one's nor 1
     */
    default Value sumTo(Shape target) {
        Value x = (Value) this;
        if (requireNonNull(target, "target").equals(x.shape())) {
            return x;
        }
        if (!target.broadcastsTo(x.shape())) {
            throw refusal("a " + x.shape() + " matrix does not sum to " + target, "sumTo", x, target);
        }
        return target.isScalar() ? elementSum() : sum(Per.leaving(target));
    }

    // ---- means and spreads ------------------------------------------------------------------------------------------

    Family<Per> MEAN = Family.perLine(per -> average("mean", per, 0));

    /** The mean of all elements, 1x1; of none it is refused. */
    default Value mean() {
        return meanOf(Per.ALL, this);
    }

    /** The mean of each group of elements, of equal ones that element exactly; of none it is refused. */
    default Value mean(Per per) {
        return meanOf(requireNonNull(per, "per"), this, per);
    }

    private Value meanOf(Per per, Object... call) {
        Value x = (Value) this;
        if (per.sizeIn(x.shape()) == 0 && per.resultOf(x.shape()).elements() > 0) {
            throw refusal("mean of 0 elements", "mean", call);
        }
        return MEAN.of(per).apply(x);
    }

    /** The sum of each group of n elements, divided by n − ddof. */
    private static Operation average(String name, Per per, int ddof) {
        return unary(name, x -> Sums.mean(x, per, ddof), rule("dy/n repeated to x's shape", (x, y, dy) ->
                dy.divide(per.sizeIn(x.shape()) - ddof).broadcastTo(x.shape())));
    }

    /** x minus the mean of its group. */
    Family<Per> CENTRE = Family.perLine(per -> unary("centre", x -> Sums.centre(x, per),
            rule("dy minus its mean", (x, y, dy) -> Reductions.CENTRE.of(per).apply(dy))));

    /**
     * The variance of all elements: the sum of the squared distances from the mean, divided by n − ddof; ddof is 0, or
     * 1 for an unbiased estimate.
     *
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    default Value variance(int ddof) {
        return composed(() -> varianceOf(Per.ALL, ddof), "variance", this, ddof);
    }

    /** The {@linkplain #variance(int) variance} of each group of elements. */
    default Value variance(Per per, int ddof) {
        return composed(() -> varianceOf(requireNonNull(per, "per"), ddof), "variance", this, per, ddof);
    }

    /**
     * Squares may overflow where their mean does not: such a group is multiplied by a power of two meanwhile. Where the
     * mean overflows too its gradient need not, and the group stays as it is.
     */
    private Value varianceOf(Per per, int ddof) {
        Value distances = CENTRE.of(per).apply(requireMoreThan(ddof, per));
        Operation average = average("variance", per, ddof).with(per, ddof);
        DMatrixRMaj d = distances.data();
        if (Arrays.stream(d.data, 0, d.getNumElements()).allMatch(v -> Math.abs(v) < 0x1p500)) {
            return average.apply(distances.square());
        }
        DMatrixRMaj means = Sums.mean(ElementKernels.map(d, v -> v * v), per, ddof);
        DMatrixRMaj small = Sums.mean(ElementKernels.map(d, v -> v * 0x1p-40 * (v * 0x1p-40)), per, ddof);
        Value k = Value.adopting(ElementKernels.zip(
                means, small, (v, w) -> Double.isInfinite(v) && w <= Double.MAX_VALUE * 0x1p-80 ? 0x1p-40 : 1));
        return average.apply(distances.elementMult(k).square()).elementDiv(k).elementDiv(k);
    }

    /**
     * The standard deviation of all elements, the root of their {@linkplain #variance(int) variance}, with gradient 0
     * where all elements are equal; neither overflows nor underflows.
     *
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    default Value standardDeviation(int ddof) {
        return composed(() -> deviationOf(Per.ALL, ddof), "standardDeviation", this, ddof);
    }

    /** The {@linkplain #standardDeviation(int) standard deviation} of each group of elements. */
    default Value standardDeviation(Per per, int ddof) {
        return composed(() -> deviationOf(requireNonNull(per, "per"), ddof), "standardDeviation", this, per, ddof);
    }

    private Value deviationOf(Per per, int ddof) {
        return nearOne(requireMoreThan(ddof, per), per, z ->
                NORM.of(per).apply(CENTRE.of(per).apply(z)).divide(Math.sqrt(per.sizeIn(z.shape()) - ddof)));
    }

    private Value requireMoreThan(int ddof, Per per) {
        Value x = (Value) this;
        int size = per.sizeIn(x.shape());
        if (ddof < 0 || (size <= ddof && per.resultOf(x.shape()).elements() > 0)) {
            throw new IllegalArgumentException(
                    "ddof " + ddof + " of " + size + " elements; expected more than ddof, and ddof not negative");
        }
        return x;
    }

    /**
     * f(x) for an f of which f(k·x) = k·f(x): groups of numbers so large or small that f or its slope would lose digits
     * are multiplied by a power of two first.
     */
    private static Value nearOne(Value x, Per per, UnaryOperator<Value> f) {
        return ReductionKernels.factors(x.data(), per)
                .map(Value::adopting)
                .map(k -> f.apply(x.elementMult(k)).elementDiv(k))
                .orElseGet(() -> f.apply(x));
    }

    // ---- the largest and the smallest -------------------------------------------------------------------------------

    Operation ELEMENT_MAX = extreme("elementMax", 1, false, Per.ALL);

    /** The largest element, 1x1; ties share the gradient equally; of none it is refused. */
    default Value elementMax() {
        return ELEMENT_MAX.apply((Value) this);
    }

    Family<Per> MAX = Family.perAxis(per -> extreme("max", 1, false, per));

    /** The largest element of each group; ties share the gradient equally; of none it is refused. */
    default Value max(Per per) {
        return MAX.of(requireNonNull(per, "per")).apply((Value) this);
    }

    Operation ELEMENT_MIN = extreme("elementMin", -1, false, Per.ALL);

    /** The smallest element, 1x1; ties share the gradient equally; of none it is refused. */
    default Value elementMin() {
        return ELEMENT_MIN.apply((Value) this);
    }

    Family<Per> MIN = Family.perAxis(per -> extreme("min", -1, false, per));

    /** The smallest element of each group; ties share the gradient equally; of none it is refused. */
    default Value min(Per per) {
        return MIN.of(requireNonNull(per, "per")).apply((Value) this);
    }

    Family<Per> FIRST_MAX = Family.perAxis(per -> extreme("firstMax", 1, true, per));

    /** The largest element of each group; at a tie the first has the whole gradient; of none it is refused. */
    default Value firstMax(Per per) {
        return FIRST_MAX.of(requireNonNull(per, "per")).apply((Value) this);
    }

    Family<Per> FIRST_MIN = Family.perAxis(per -> extreme("firstMin", -1, true, per));

    /** The smallest element of each group; at a tie the first has the whole gradient; of none it is refused. */
    default Value firstMin(Per per) {
        return FIRST_MIN.of(requireNonNull(per, "per")).apply((Value) this);
    }

    private static Operation extreme(String name, int sign, boolean first, Per per) {
        return unary(name, x -> ReductionKernels.extreme(x, sign, per),
                rule("dy ⊙ share of the ties", (x, y, dy) -> extremeGradient(sign, first, per).apply(x, dy)))
                .pieces(x -> ReductionKernels.shares(x[0], sign, first, per),
                        (d, x) -> ReductionKernels.shared(d, x[0], per));
    }

    /** b of each group ⊙ shares of the elements of a. */
    static Operation extremeGradient(int sign, boolean first, Per per) {
        return binary(sign > 0 ? "max′" : "min′",
                (a, b) -> ReductionKernels.extremeGradient(ReductionKernels.shares(a, sign, first, per), b, per),
                rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
                rule("Σ dy ⊙ share of the ties", (a, b, y, dy) ->
                        dy.timesOrZero(shares(sign, first, per).apply(a)).sumTo(b.shape()))).with(per)
                .pieces(x -> ReductionKernels.shares(x[0], sign, first, per),
                        (d, x) -> ReductionKernels.extremeGradient(d, x[1], per));
    }

    /** 1/k at the k largest (sign 1) or smallest (sign −1) elements of each group, or 1 at the first; 0 elsewhere. */
    static Operation shares(int sign, boolean first, Per per) {
        return unary("shares", x -> ReductionKernels.shares(x, sign, first, per),
                rule("0", (x, y, dy) -> Value.zeros(x.shape()))).with(per)
                .pieces(x -> ReductionKernels.shares(x[0], sign, first, per), (d, x) -> d.copy());
    }

    // ---- norms ------------------------------------------------------------------------------------------------------

    /** √Σx² over each group, scaled so that it neither overflows nor underflows. */
    Family<Per> NORM = Family.perLine(per -> unary("norm", x -> ReductionKernels.norm(x, per),
            rule("dy ⊙ x ⊘ y", (x, y, dy) ->
                    dy.broadcastTo(x.shape()).timesOrZero(x.overOrZero(y.broadcastTo(x.shape()))))));

    /** The Frobenius norm √Σx², 1x1, with gradient 0 at 0; neither overflows nor underflows. */
    default Value normF() {
        return normOf(Per.ALL, 2);
    }

    /** The p-norm of all elements as one vector, see {@link #norm(Per, double)}. */
    default Value norm(double p) {
        return composed(() -> normOf(Per.ALL, p), "norm", this, p);
    }

    /**
     * The p-norm (Σ|x|ᵖ)^(1/p) of each group of elements, with gradient 0 at 0; neither overflows nor underflows.
     *
     * @param p at least 1; infinity gives the largest absolute value, whose ties share the gradient equally
     * @throws IllegalArgumentException if p is below 1 or NaN
     */
    default Value norm(Per per, double p) {
        return composed(() -> normOf(requireNonNull(per, "per"), p), "norm", this, per, p);
    }

    private Value normOf(Per per, double p) {
        Value a = (Value) this;
        if (!(p >= 1)) {
            throw new IllegalArgumentException("expected p of at least 1");
        }
        if (p == 1 || p == Double.POSITIVE_INFINITY) {
            return p == 1 ? a.abs().sumTo(per.resultOf(a.shape())) : a.abs().max(per);
        }
        if (p > 10 && ElementKernels.isFinite(a.data())) {
            return steepNorm(p, per).apply(a);
        }
        Operation norm = p == 2 ? NORM.of(per) : unary("norm", x -> ReductionKernels.norm(x, p, per),
                rule("dy ⊙ sign(x) ⊙ |x ⊘ y|^(p−1)", (x, y, dy) -> dy.broadcastTo(x.shape()).timesOrZero(
                        Functions.sizePowerSlope(1, p, 1).apply(x.overOrZero(y.broadcastTo(x.shape()))))))
                .with(per, p);
        return nearOne(a, per, norm::apply);
    }

    /** m·r with m = max |x|, r = (Σ e^(p·ln(|x|/m)))^(1/p): a large power of a quotient would be noise; at any scale. */
    private static Operation steepNorm(double p, Per per) {
        return unary("norm",
                x -> logs(Value.adopting(x), p, per).logSumExp(per).divide(p).elementExp().elementMult(largest(x, per)).data(),
                rule("dy ⊙ softmax(p·ln |x ⊘ m|) ⊙ m·r ⊘ x", (x, y, dy) -> {
                    Value logs = logs(x, p, per);
                    Value root = logs.logSumExp(per).divide(p).elementExp();
                    Value slope = logs.softmax(per).elementMult(largest(x.data(), per).elementDiv(x)).elementMult(root);
                    Value isAny = x.detached().abs().greaterThan(0);
                    return dy.broadcastTo(x.shape()).timesOrZero(isAny.where(slope, Value.zeros(x.shape())));
                })).with(per, p);
    }

    /** p·ln(|x|/m); −∞ where x is 0. */
    private static Value logs(Value x, double p, Per per) {
        Value m = largest(x.data(), per).maximum(Double.MIN_VALUE);
        return x.abs().minus(m).elementDiv(m).log1p().scale(p);
    }

    private static Value largest(DMatrixRMaj x, Per per) {
        return Value.adopting(ReductionKernels.largest(x, per));
    }

    /**
     * Each group of elements divided by its p-norm, or by epsilon if that is larger; in this shape.
     *
     * @throws IllegalArgumentException if p is below 1 or NaN
     */
    default Value normalize(Per per, double p, double epsilon) {
        Value x = (Value) this;
        requireNonNull(per, "per");
        return composed(() -> ReductionKernels.factors(x.data(), per)
                .map(Value::adopting)
                .map(k -> normalized(x.elementMult(k), per, p, k.scale(epsilon)))
                .orElseGet(() -> normalized(x, per, p, Value.constant(epsilon))), "normalize", x, per, p, epsilon);
    }

    private static Value normalized(Value x, Per per, double p, Value epsilon) {
        return x.elementDiv(((Reductions) x).normOf(per, p).maximum(epsilon));
    }

    // ---- sums of exponentials ---------------------------------------------------------------------------------------

    Family<Per> LOG_SUM_EXP = Family.perLine(per -> unary("logSumExp", x -> ReductionKernels.logSumExp(x, per),
            rule("dy ⊙ softmax(x)", (x, y, dy) -> dy.broadcastTo(x.shape()).timesOrZero(x.softmax(per)))));

    /** ln Σ eˣ of all elements, 1x1, finite for finite elements; −∞ for an empty value. */
    default Value logSumExp() {
        return logSumExp(Per.ALL);
    }

    /** ln Σ eˣ of each group, finite for finite elements; −∞ for an empty group. */
    default Value logSumExp(Per per) {
        return LOG_SUM_EXP.of(requireNonNull(per, "per")).apply((Value) this);
    }

    Family<Per> SOFTMAX = Family.perLine(per -> unary("softmax", x -> ReductionKernels.softmax(x, per),
            rule("y ⊙ (dy − Σ dy ⊙ y)", (x, y, dy) -> Reductions.SOFTMAX_GRADIENT.of(per).apply(y, dy))));

    /** eˣ / Σ eˣ in each group, finite for finite elements; in this shape. */
    default Value softmax(Per per) {
        return SOFTMAX.of(requireNonNull(per, "per")).apply((Value) this);
    }

    /** a ⊙ (b·Σ a − Σ a ⊙ b) over each group: where Σ a is 1 the softmax Jacobian, which is symmetric, times b. */
    Family<Per> SOFTMAX_GRADIENT = Family.perLine(per ->
            binary("softmaxGradient", (a, b) -> ReductionKernels.softmaxGradient(a, b, per),
                rule("dy ⊙ (b·Σ a − Σ a ⊙ b) + Σ dy ⊙ a ⊙ b − b·Σ dy ⊙ a", (a, b, y, dy) ->
                        timesOrZeros(dy, Reductions.DEVIATION.of(per).apply(a, b))
                                .minus(Reductions.DEVIATION.of(per).apply(dy.timesOrZero(a), b))),
                rule("a ⊙ (dy·Σ a − Σ a ⊙ dy)", (a, b, y, dy) -> Reductions.SOFTMAX_GRADIENT.of(per).apply(a, dy))));

    /** b·Σ a − Σ a ⊙ b over each group, with 0 where either is: what b differs by from its mean, weighted by a. */
    Family<Per> DEVIATION = Family.perLine(per ->
            binary("deviation", (a, b) -> ReductionKernels.deviation(a, b, per, true),
                rule("Σ dy ⊙ b − b·Σ dy", (a, b, y, dy) -> Reductions.DEVIATION.of(per).apply(dy, b).negative()),
                rule("dy·Σ a − a·Σ dy", (a, b, y, dy) ->
                        timesOrZeros(dy, a.sum(per)).minus(timesOrZeros(dy.sum(per), a)))));

    Family<Per> LOG_SOFTMAX = Family.perLine(per -> unary("logSoftmax", x -> ReductionKernels.logSoftmax(x, per),
            rule("dy − eʸ·Σ dy", (x, y, dy) -> Reductions.LOG_SOFTMAX_GRADIENT.of(per).apply(y, dy))));

    /** x − ln Σ eˣ in each group, finite for finite elements; in this shape. */
    default Value logSoftmax(Per per) {
        return LOG_SOFTMAX.of(requireNonNull(per, "per")).apply((Value) this);
    }

    /** b − eᵃ·Σ b over each group. */
    Family<Per> LOG_SOFTMAX_GRADIENT = Family.perLine(per ->
            binary("logSoftmaxGradient", (a, b) -> ReductionKernels.logSoftmaxGradient(a, b, per),
                rule("−dy ⊙ eᵃ·Σ b", (a, b, y, dy) ->
                        timesOrZeros(dy, b.sum(per).timesOrZero(a.elementExp())).negative()),
                rule("dy − Σ dy ⊙ eᵃ", (a, b, y, dy) -> dy.minus(dy.timesOrZero(a.elementExp()).sum(per)))));

    /** e⁻ˣ / Σ e⁻ˣ in each group, finite for finite elements; in this shape. */
    default Value softmin(Per per) {
        return ((Value) this).negative().softmax(per);
    }

    // spotless:on
}

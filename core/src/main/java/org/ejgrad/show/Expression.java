package org.ejgrad.show;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * A formula as a tree that knows its shape, made by methods that simplify where the value stays what it is: zeros and
 * ones vanish, factors are multiplied and stand in front, what broadcasts by itself is not repeated first.
 *
 * <p>A difference is a sum with a negative factor, a filled matrix is ones with a factor, a number is 1x1 ones with
 * one.
 */
sealed interface Expression {
    Shape shape();

    /** What it consists of. */
    default List<Expression> parts() {
        return List.of();
    }

    /**
     * A value under its name, or a small matrix written out.
     *
     * @param known the value if it is a constant, of which sums may be written as numbers
     */
    record Name(String text, Shape shape, Optional<Value> known) implements Expression {}

    /** A matrix of ones. */
    record Ones(Shape shape) implements Expression {}

    /** A number times another expression, which is not of this kind. */
    record Scaled(double factor, Expression of) implements Expression {
        @Override
        public Shape shape() {
            return of.shape();
        }

        @Override
        public List<Expression> parts() {
            return List.of(of);
        }
    }

    /** What two expressions are joined by; all but the matrix product broadcast. */
    enum Kind {
        PLUS,
        TIMES,
        OVER,
        PRODUCT,
        POWER
    }

    /** Two expressions, joined. */
    record Joined(Kind kind, Expression left, Expression right, Shape shape) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }
    }

    /** A transpose. */
    record Transposed(Expression of) implements Expression {
        @Override
        public Shape shape() {
            return new Shape(of.shape().columns(), of.shape().rows());
        }

        @Override
        public List<Expression> parts() {
            return List.of(of);
        }
    }

    /** Each element to a power. */
    record Power(Expression of, double exponent) implements Expression {
        @Override
        public Shape shape() {
            return of.shape();
        }

        @Override
        public List<Expression> parts() {
            return List.of(of);
        }
    }

    /** A function of expressions and of parameters. */
    record Call(String function, List<Expression> parts, List<Object> parameters, Shape shape) implements Expression {
        public Call {
            parts = List.copyOf(parts);
            parameters = List.copyOf(parameters);
        }
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------

    static Expression filled(double number, Shape shape) {
        return scaled(number, new Ones(shape));
    }

    static Expression number(double number) {
        return filled(number, Shape.SCALAR);
    }

    /** The number in front. */
    static double factor(Expression e) {
        return e instanceof Scaled scaled ? scaled.factor : 1;
    }

    /** What stands behind the number in front. */
    static Expression rest(Expression e) {
        return e instanceof Scaled scaled ? scaled.of : e;
    }

    private static boolean isZero(Expression e) {
        return factor(e) == 0 && rest(e) instanceof Ones;
    }

    static Expression scaled(double k, Expression e) {
        double factor = factor(e);
        Expression rest = rest(e);
        boolean isExact = k == 0 || factor == 0 || Math.abs(k) == 1 || e == rest || rest instanceof Ones;
        if (!isExact && !(isModest(k) && isModest(factor))) {
            return new Joined(Kind.TIMES, number(k), e, e.shape());
        }
        return k * factor == 1 ? rest : new Scaled(k * factor, rest);
    }

    /** Whether products and sums of such numbers neither overflow nor underflow. */
    private static boolean isModest(double k) {
        return Math.abs(k) >= 0x1p-400 && Math.abs(k) <= 0x1p400;
    }

    static Expression negative(Expression e) {
        return scaled(-1, e);
    }

    // ---- joining ----------------------------------------------------------------------------------------------------

    static Expression plus(Expression a, Expression b) {
        Shape shape = a.shape().meet(b.shape());
        if (isZero(a) || isZero(b)) {
            return repeated(isZero(a) ? b : a, shape);
        }
        if (isRepeat(a) && isRepeat(b) && inner(a).shape().equals(inner(b).shape())) {
            return repeated(plus(inner(a), inner(b)), shape);
        }
        if (isRepeat(a) && b.shape().isScalar()) {
            return repeated(plus(inner(a), b), shape);
        }
        double ka = factor(a);
        double kb = factor(b);
        if (ka < 0 && kb > 0) {
            return plus(b, a);
        }
        if (rest(a).equals(rest(b)) && (isModest(ka + kb) || rest(a) instanceof Ones)) {
            return scaled(ka + kb, rest(a));
        }
        if (known(a).isPresent() && known(b).isPresent()) {
            Value sum = known(a).get().plus(known(b).get());
            if (isUniform(sum)) {
                return filled(sum.get(0, 0), shape);
            }
        }
        if (a instanceof Joined sum && sum.kind == Kind.PLUS && known(b).isPresent()) {
            if (rest(sum.left).equals(rest(b))) {
                return plus(plus(sum.left, b), sum.right);
            }
        }
        if (Math.abs(ka) == Math.abs(kb) && ka != 1) {
            return scaled(ka, plus(rest(a), ka == kb ? rest(b) : negative(rest(b))));
        }
        if (b instanceof Joined sum && sum.kind == Kind.PLUS) {
            return plus(plus(a, sum.left), sum.right);
        }
        return plain(Kind.PLUS, a, b, shape);
    }

    /** The number that a constant, or a multiple of one, is known to be, if it is small. */
    private static Optional<Value> known(Expression e) {
        return rest(e) instanceof Name name
                ? name.known.map(value -> value.detached().scale(factor(e)))
                : Optional.empty();
    }

    static Expression minus(Expression a, Expression b) {
        return plus(a, negative(b));
    }

    static Expression times(Expression a, Expression b) {
        Shape shape = a.shape().meet(b.shape());
        Expression left = rest(a);
        Expression right = rest(b);
        Expression product;
        if (left instanceof Ones || right instanceof Ones) {
            product = repeated(left instanceof Ones ? right : left, shape);
        } else if (isRepeat(left)
                && isRepeat(right)
                && inner(left).shape().equals(inner(right).shape())) {
            product = repeated(times(inner(left), inner(right)), shape);
        } else {
            product = plain(Kind.TIMES, left, right, shape);
        }
        return scaled(factor(a), scaled(factor(b), product));
    }

    static Expression over(Expression a, Expression b) {
        Shape shape = a.shape().meet(b.shape());
        if (b instanceof Ones) {
            return repeated(a, shape);
        }
        if (factor(b) == -1) {
            return negative(over(a, rest(b)));
        }
        boolean isNumber = b.shape().isScalar() && rest(b) instanceof Ones;
        if (isNumber && rest(a) instanceof Ones) {
            return scaled(1 / factor(b), a);
        }
        if (isNumber && factor(a) % factor(b) == 0) {
            return scaled(factor(a) / factor(b), rest(a));
        }
        return scaled(factor(a), plain(Kind.OVER, rest(a), b, shape));
    }

    /** With operands that broadcast by themselves not repeated. */
    private static Expression plain(Kind kind, Expression a, Expression b, Shape shape) {
        Expression left = unrepeated(a, b.shape(), shape);
        return new Joined(kind, left, unrepeated(b, left.shape(), shape), shape);
    }

    private static Expression unrepeated(Expression e, Shape other, Shape shape) {
        Expression rest = rest(e);
        if (!other.equals(shape)) {
            return e;
        }
        if (rest instanceof Ones) {
            return number(factor(e));
        }
        return isRepeat(rest) ? scaled(factor(e), inner(rest)) : e;
    }

    /** The matrix product. */
    static Expression product(Expression a, Expression b) {
        if (a.shape().isScalar() || b.shape().isScalar()) {
            return times(a, b);
        }
        Shape shape = new Shape(a.shape().rows(), b.shape().columns());
        return scaled(factor(a), scaled(factor(b), new Joined(Kind.PRODUCT, rest(a), rest(b), shape)));
    }

    // ---- one operand ------------------------------------------------------------------------------------------------

    static Expression transposed(Expression e) {
        Shape shape = e.shape();
        if (e instanceof Scaled scaled) {
            return scaled(scaled.factor, transposed(scaled.of));
        }
        if (e instanceof Ones) {
            return new Ones(new Shape(shape.columns(), shape.rows()));
        }
        if (e instanceof Joined joined
                && joined.kind == Kind.PRODUCT
                && (joined.left instanceof Transposed || joined.right instanceof Transposed)) {
            return product(transposed(joined.right), transposed(joined.left));
        }
        return e instanceof Transposed transposed ? transposed.of : shape.isScalar() ? e : new Transposed(e);
    }

    static Expression power(Expression e, double exponent) {
        if (isRepeat(e)) {
            return repeated(power(inner(e), exponent), e.shape());
        }
        return exponent == 1 ? e : new Power(e, exponent);
    }

    /** Elements to powers that are elements too. */
    static Expression power(Expression a, Expression b) {
        Shape shape = a.shape().meet(b.shape());
        return rest(b) instanceof Ones ? power(repeated(a, shape), factor(b)) : plain(Kind.POWER, a, b, shape);
    }

    /** A function that is applied to each element. */
    static Expression elementwise(String function, Expression of) {
        return rest(of) instanceof Ones && !of.shape().isScalar()
                ? repeated(call(function, number(factor(of))), of.shape())
                : call(function, of);
    }

    static Expression call(String function, Expression of, Object... parameters) {
        return new Call(function, List.of(of), List.of(parameters), of.shape());
    }

    // ---- repeating and summing --------------------------------------------------------------------------------------

    String REPEAT = "repeat";

    private static boolean isRepeat(Expression e) {
        return e instanceof Call call && call.function.equals(REPEAT);
    }

    private static Expression inner(Expression e) {
        return ((Call) e).parts.get(0);
    }

    static Expression repeated(Expression e, Shape shape) {
        if (e.shape().equals(shape)) {
            return e;
        }
        if (e instanceof Scaled scaled) {
            return scaled(scaled.factor, repeated(scaled.of, shape));
        }
        if (e instanceof Ones) {
            return new Ones(shape);
        }
        return new Call(REPEAT, List.of(isRepeat(e) ? inner(e) : e), List.of(shape), shape);
    }

    /**
     * The sum of groups of elements, with the axis as parameter if there is one; the row sums of one-hot rows are 1.
     */
    static Expression sum(Expression e, List<Object> axis, Shape shape) {
        if (rest(e) instanceof Name name && name.known.isPresent() && !shape.isScalar() && !shape.equals(e.shape())) {
            Value sum = name.known.get().detached().sumTo(shape);
            if (isUniform(sum)) {
                return scaled(factor(e), filled(sum.get(0, 0), shape));
            }
        }
        double size = shape.elements() == 0 ? 0 : (double) e.shape().elements() / shape.elements();
        return grouped("sum", e, axis, shape, size);
    }

    static Expression mean(Expression e, List<Object> axis, Shape shape) {
        return grouped("mean", e, axis, shape, 1);
    }

    /** A function of groups that is linear, and of equal elements a multiple of that element. */
    private static Expression grouped(String name, Expression e, List<Object> axis, Shape shape, double ofOnes) {
        Expression rest = rest(e);
        if (e.shape().equals(shape)) {
            return e;
        }
        if (rest instanceof Ones && e.shape().elements() > 0) {
            return filled(ofOnes * factor(e), shape);
        }
        if (isRepeat(rest) && inner(rest).shape().equals(shape)) {
            return scaled(ofOnes, scaled(factor(e), inner(rest)));
        }
        return scaled(factor(e), new Call(name, List.of(rest), axis, shape));
    }

    // ---- size -------------------------------------------------------------------------------------------------------

    /** How many parts it has, or more than the most if there are more. */
    static int size(Expression e, int most) {
        int size = 1;
        for (Expression part : e.parts()) {
            size += size > most ? 0 : size(part, most - size);
        }
        return size;
    }

    /** Whether a value has elements and all have the same bits. */
    static boolean isUniform(Value value) {
        return value.shape().elements() > 0
                && value.reading(matrix -> Arrays.stream(matrix.data)
                        .allMatch(element ->
                                Double.doubleToLongBits(element) == Double.doubleToLongBits(matrix.data[0])));
    }
}

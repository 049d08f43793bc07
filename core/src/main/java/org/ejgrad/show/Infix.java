package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.show.Expression.Call;
import org.ejgrad.show.Expression.Joined;
import org.ejgrad.show.Expression.Kind;
import org.ejgrad.show.Expression.Name;
import org.ejgrad.show.Expression.Ones;
import org.ejgrad.show.Expression.Power;
import org.ejgrad.show.Expression.Scaled;
import org.ejgrad.show.Expression.Transposed;

/**
 * An expression as text, such as {@code xᵀ·(σ(x·w) − y)/4}, with few parentheses.
 *
 * <p>{@code + −} bind least, then {@code · ⊙ ⊘ /} from left to right, then {@code ᵀ} and powers. {@code ⊙}, {@code ⊘}
 * and powers go element by element; {@code ·} is the matrix product, or a multiplication if one side is 1x1. A matrix
 * product beside {@code ⊙} or {@code ⊘} has parentheses that it does not need.
 */
final class Infix {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int POSTFIX = 3;
    private static final int PRIMARY = 4;

    /** The largest divisor that a factor is shown as. */
    private static final double MOST = 1e6;

    private Infix() {}

    static String of(Expression e) {
        return text(e, SUM);
    }

    /** The text, in parentheses if it binds less than it must where it stands. */
    private static String text(Expression e, int least) {
        String text = bare(e);
        return binding(e) < least ? "(" + text + ")" : text;
    }

    private static int binding(Expression e) {
        if (e instanceof Joined joined) {
            return joined.kind() == Kind.PLUS ? SUM : joined.kind() == Kind.POWER ? POSTFIX : PRODUCT;
        }
        if (e instanceof Scaled scaled) {
            boolean isNumber = scaled.of().equals(new Ones(Shape.SCALAR)) && !(scaled.factor() < 0);
            return isNumber && divisor(scaled.factor()) == 0 ? PRIMARY : PRODUCT;
        }
        return e instanceof Transposed || e instanceof Power ? POSTFIX : PRIMARY;
    }

    private static String bare(Expression e) {
        if (e instanceof Name name) {
            return name.text();
        }
        if (e instanceof Ones ones) {
            return ones.shape().isScalar() ? "1" : "ones(" + ones.shape() + ")";
        }
        if (e instanceof Scaled scaled) {
            return scaled(scaled.factor(), scaled.of());
        }
        if (e instanceof Joined joined) {
            return joined(joined.kind(), joined.left(), joined.right());
        }
        if (e instanceof Transposed transposed) {
            return text(transposed.of(), PRIMARY) + "ᵀ";
        }
        if (e instanceof Power power) {
            return text(power.of(), PRIMARY) + exponent(power.exponent());
        }
        Call call = (Call) e;
        Stream<String> parts = call.parts().stream().map(Infix::of);
        Stream<String> parameters = call.parameters().stream()
                .map(parameter -> parameter instanceof Double number ? number(number) : parameter.toString());
        return call.function() + Stream.concat(parts, parameters).collect(joining(", ", "(", ")"));
    }

    private static String scaled(double factor, Expression of) {
        if (factor < 0) {
            return "−" + (factor == -1 ? text(of, PRODUCT) : scaled(-factor, of));
        }
        int divisor = divisor(factor);
        if (divisor > 0) {
            return text(of, PRODUCT) + "/" + divisor;
        }
        if (factor == 0 && of instanceof Ones && !of.shape().isScalar()) {
            return "zeros(" + of.shape() + ")";
        }
        return of instanceof Ones ones && ones.shape().isScalar()
                ? number(factor)
                : number(factor) + "·" + text(of, PRODUCT);
    }

    /** The whole number by which one divides instead of multiplying with a factor below 1, or 0. */
    private static int divisor(double factor) {
        double divisor = Math.rint(1 / factor);
        return divisor > 1 && divisor <= MOST && 1 / divisor == factor ? (int) divisor : 0;
    }

    private static String joined(Kind kind, Expression left, Expression right) {
        boolean withNumber = left.shape().isScalar() || right.shape().isScalar();
        return switch (kind) {
            case PLUS ->
                Expression.factor(right) < 0
                        ? text(left, SUM) + " − " + text(Expression.negative(right), PRODUCT)
                        : text(left, SUM) + " + " + text(right, PRODUCT);
            case TIMES ->
                withNumber
                        ? text(left, PRODUCT) + "·" + (isNumbers(right) ? bare(right) : text(right, POSTFIX))
                        : elementwise(left, PRODUCT) + " ⊙ " + (isTimes(right) ? bare(right) : text(right, POSTFIX));
            case OVER ->
                right.shape().isScalar()
                        ? text(left, PRODUCT) + "/" + text(right, POSTFIX)
                        : elementwise(left, PRODUCT) + " ⊘ " + text(right, POSTFIX);
            case PRODUCT ->
                (isElementwise(multiplied(left)) ? "(" + bare(left) + ")" : text(left, PRODUCT)) + "·"
                        + (isProduct(right) ? bare(right) : text(right, POSTFIX));
            case POWER -> text(left, PRIMARY) + "^" + text(right, PRIMARY);
        };
    }

    private static String elementwise(Expression e, int least) {
        return isProduct(e) ? "(" + bare(e) + ")" : text(e, least);
    }

    private static boolean isProduct(Expression e) {
        return e instanceof Joined joined && joined.kind() == Kind.PRODUCT;
    }

    /** What a number multiplies or divides. */
    private static Expression multiplied(Expression e) {
        Expression inner = e;
        while (true) {
            if (inner instanceof Scaled scaled) {
                inner = scaled.of();
            } else if (inner instanceof Joined joined
                    && (joined.kind() == Kind.TIMES || joined.kind() == Kind.OVER)
                    && joined.right().shape().isScalar()) {
                inner = joined.left();
            } else {
                return inner;
            }
        }
    }

    /** Whether it can stand behind ⊙ as it is: it is written with ⊙ and does not begin with a multiple. */
    private static boolean isTimes(Expression e) {
        Expression first = e;
        while (isElementwise(first)) {
            first = ((Joined) first).left();
        }
        boolean isMultiple = binding(first) == PRODUCT && !isProduct(first);
        return isElementwise(e) && ((Joined) e).kind() == Kind.TIMES && !isMultiple;
    }

    /** Whether it is a product of two 1x1 values. */
    private static boolean isNumbers(Expression e) {
        return e instanceof Joined joined
                && joined.kind() == Kind.TIMES
                && joined.shape().isScalar();
    }

    /** Whether it is written with ⊙ or ⊘. */
    private static boolean isElementwise(Expression e) {
        return e instanceof Joined joined
                && (joined.kind() == Kind.TIMES || joined.kind() == Kind.OVER)
                && !joined.right().shape().isScalar()
                && !(joined.kind() == Kind.TIMES && joined.left().shape().isScalar());
    }

    private static String exponent(double exponent) {
        if (exponent == 2 || exponent == 3) {
            return exponent == 2 ? "²" : "³";
        }
        return "^" + (exponent < 0 ? "(" + number(exponent) + ")" : number(exponent));
    }

    /** A number that reads back exactly. */
    static String number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
        }
        String digits = Double.toString(Math.abs(number)).toLowerCase(Locale.ROOT);
        return (number < 0 ? "−" : "")
                + (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits.replace(".0e", "e"));
    }
}

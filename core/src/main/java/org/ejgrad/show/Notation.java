package org.ejgrad.show;

import static org.ejgrad.show.Expression.call;
import static org.ejgrad.show.Expression.filled;
import static org.ejgrad.show.Expression.minus;
import static org.ejgrad.show.Expression.number;
import static org.ejgrad.show.Expression.over;
import static org.ejgrad.show.Expression.plus;
import static org.ejgrad.show.Expression.power;
import static org.ejgrad.show.Expression.product;
import static org.ejgrad.show.Expression.repeated;
import static org.ejgrad.show.Expression.scaled;
import static org.ejgrad.show.Expression.sum;
import static org.ejgrad.show.Expression.times;
import static org.ejgrad.show.Expression.transposed;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ejgrad.Family;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.show.Expression.Call;

/**
 * How operations are written: the arithmetic with its signs, what derivative rules apply by names of its own as the
 * formula that it computes, everything else as a function.
 *
 * <p>An operation is known as the row it is, not by its name, which a user's own may bear too.
 */
final class Notation {
    private static final String BACK = "Back";

    private Notation() {}

    /** An operation with its operands as expressions. */
    private record Applied(Operation operation, List<Expression> inputs, Shape shape) {
        Expression a() {
            return inputs.get(0);
        }

        Expression b() {
            return inputs.get(1);
        }

        double number() {
            return (Double) operation.parameters().get(0);
        }

        List<Object> axis() {
            return operation.parameters();
        }

        Expression groups(Expression e) {
            Per per = (Per) axis().get(0);
            int rows = per == Per.ROW ? shape.rows() : 1;
            int columns = per == Per.COLUMN ? shape.columns() : 1;
            return sum(e, axis(), per == Per.ALL ? Shape.SCALAR : new Shape(rows, columns));
        }

        /** A function of which the axis ROW, that of one example per row, goes without saying. */
        Expression named(String function, Expression of) {
            return new Call(function, List.of(of), axis().equals(List.of(Per.ROW)) ? List.of() : axis(), of.shape());
        }
    }

    private record Row(Predicate<Operation> holds, Function<Applied, Expression> written) {}

    private static Row row(Operation row, Function<Applied, Expression> written) {
        return new Row(
                operation ->
                        operation.name().equals(row.name()) && operation.rules().equals(row.rules()),
                written);
    }

    private static Row row(Family<?> family, Function<Applied, Expression> written) {
        return new Row(family::contains, written);
    }

    private static Row unary(Operation row, UnaryOperator<Expression> written) {
        return row(row, applied -> written.apply(applied.a()));
    }

    private static Row binary(Operation row, BiFunction<Expression, Expression, Expression> written) {
        return row(row, applied -> written.apply(applied.a(), applied.b()));
    }

    private static Row named(Operation row, String function) {
        return unary(row, x -> call(function, x));
    }

    private static final List<Row> ROWS = List.of(
            binary(Value.PLUS, Expression::plus),
            row(Value.SHIFT, applied -> plus(applied.a(), number(applied.number()))),
            binary(Value.MINUS, Expression::minus),
            unary(Value.NEGATIVE, Expression::negative),
            row(Value.SCALE, applied -> scaled(applied.number(), applied.a())),
            row(Value.DIVIDE, applied -> over(applied.a(), number(applied.number()))),
            binary(Value.ELEMENT_MULT, Expression::times),
            binary(Value.TIMES_OR_ZERO, Expression::times),
            binary(Value.TIMES_OR_ZEROS, Expression::times),
            binary(Value.ELEMENT_DIV, Expression::over),
            binary(Value.OVER_OR_ZERO, Expression::over),
            new Row(Notation::isSame, Applied::a),
            new Row(Notation::isPowerSlope, Notation::powerSlope),
            new Row(Notation::changesUnits, Notation::shift),
            new Row(Notation::isMovedBack, Notation::movedBack),
            named(Value.COFACTORS, "cofactors"),
            unary(Value.SQUARE, x -> power(x, 2)),
            unary(Value.RECIPROCAL, x -> over(number(1), x)),
            binary(Value.POWER, Expression::power),
            row(Value.POWER_OF, applied -> power(applied.a(), applied.number())),
            named(Value.SQRT, "√"),
            unary(Value.LOG, x -> Expression.elementwise("ln", x)),
            named(Value.SIGMOID, "σ"),
            unary(Value.EXP, Notation::exp),
            binary(Value.SIGMOID_GRADIENT, (a, b) -> times(times(b, call("σ", a)), minus(number(1), call("σ", a)))),
            binary(Value.TANH_GRADIENT, (a, b) -> times(b, tanhSlope(a))),
            unary(Value.TANH_SQUARE, x -> power(call("tanh", x), 2)),
            unary(Value.TANH_BEND, x -> scaled(-2, times(call("tanh", x), tanhSlope(x)))),
            unary(Value.FLAT, x -> filled(0, x.shape())),
            binary(Value.GATE, (a, b) -> times(b, call("step", a))),
            binary(Value.MULT, Expression::product),
            binary(Value.MULT_OR_ZERO, Expression::product),
            binary(Value.MULT_OR_ZEROS, Expression::product),
            binary(Value.MULT_TRANS_A, (a, b) -> product(transposed(a), b)),
            binary(Value.MULT_TRANS_B, (a, b) -> product(a, transposed(b))),
            row(
                    Value.AFFINE,
                    applied -> plus(
                            product(applied.a(), applied.b()), applied.inputs().get(2))),
            unary(Value.TRANSPOSE, Expression::transposed),
            row(Value.ELEMENT_SUM, applied -> sum(applied.a(), List.of(), applied.shape())),
            row(Value.SUM, applied -> sum(applied.a(), applied.axis(), applied.shape())),
            row(
                    Value.MEAN,
                    applied -> Expression.mean(
                            applied.a(),
                            applied.axis().equals(List.of(Per.ALL)) ? List.of() : applied.axis(),
                            applied.shape())),
            new Row(Notation::isAverage, Notation::average),
            row(Value.BROADCAST_TO, applied -> repeated(applied.a(), applied.shape())),
            row(Value.SOFTMAX, applied -> applied.named("softmax", applied.a())),
            row(Value.LOG_SOFTMAX, applied -> applied.named("logSoftmax", applied.a())),
            row(
                    Value.SOFTMAX_GRADIENT,
                    applied -> times(applied.a(), minus(applied.b(), applied.groups(times(applied.a(), applied.b()))))),
            row(
                    Value.DEVIATION,
                    applied -> minus(
                            times(applied.b(), applied.groups(applied.a())),
                            applied.groups(times(applied.a(), applied.b())))),
            row(
                    Value.LOG_SOFTMAX_GRADIENT,
                    applied -> minus(applied.b(), times(exp(applied.a()), applied.groups(applied.b())))));

    /**
     * What gives its input itself: as the beginning of a recorded part, or to keep the slope of a function from
     * outliving its domain, where the function itself is NaN.
     */
    private static boolean isSame(Operation operation) {
        return List.of("input", "nanOutside").contains(operation.name())
                && operation.rules().size() == 1
                && operation.rules().get(0).formula().equals("dy");
    }

    private static boolean isPowerSlope(Operation operation) {
        return operation.name().equals("powerSlope")
                && operation.parameters().size() == 3
                && operation.rules().get(0).formula().equals("dy ⊙ (k·(p − n)·x^(p−n−1))");
    }

    /** k·x^(p−n). */
    private static Expression powerSlope(Applied applied) {
        double p = (Double) applied.axis().get(1);
        int n = (Integer) applied.axis().get(2);
        return scaled(applied.number(), power(applied.a(), p - n));
    }

    /** Whether rows and columns are multiplied by powers of two, as rules do on the way and take back. */
    static boolean changesUnits(Operation operation) {
        return operation.name().equals("shift") && operation.parameters().size() == 2;
    }

    /** Multiplied by the power of two that all elements have, if it is one. */
    private static Expression shift(Applied applied) {
        List<Integer> rows = integers(applied.axis().get(0));
        int[] all = integers(applied.axis().get(1)).stream()
                .flatMapToInt(column -> rows.stream().mapToInt(row -> row + column))
                .distinct()
                .toArray();
        return all.length == 1 && Math.abs(all[0]) < Double.MAX_EXPONENT
                ? scaled(Math.scalb(1.0, all[0]), applied.a())
                : new Call("shift", applied.inputs(), applied.axis(), applied.shape());
    }

    private static boolean isMovedBack(Operation operation) {
        return operation.name().endsWith(BACK)
                && operation.rules().get(0).formula().equals("dy from where it goes");
    }

    /** To take elements from places is linear; its transpose adds them to these places. */
    private static Expression movedBack(Applied applied) {
        String name = applied.operation().name();
        return new Call(
                name.substring(0, name.length() - BACK.length()) + "ᵀ",
                applied.inputs(),
                applied.axis(),
                applied.shape());
    }

    private static List<Integer> integers(Object list) {
        return ((List<?>) list).stream().map(Integer.class::cast).toList();
    }

    /** What a variance makes of squared distances: their sum, divided. */
    private static boolean isAverage(Operation operation) {
        return operation.name().equals("variance") && operation.parameters().size() == 2;
    }

    private static Expression average(Applied applied) {
        double size = (double) applied.a().shape().elements() / applied.shape().elements();
        List<Object> per = applied.axis().subList(0, 1);
        Expression sum = sum(applied.a(), per.equals(List.of(Per.ALL)) ? List.of() : per, applied.shape());
        return over(sum, number(size - ddof(applied.axis())));
    }

    /** By how much an average's divisor is smaller than the number of elements. */
    static int ddof(List<Object> parameters) {
        return parameters.size() == 2 && parameters.get(1) instanceof Integer ddof ? ddof : 0;
    }

    private static Expression tanhSlope(Expression x) {
        return minus(number(1), power(call("tanh", x), 2));
    }

    /** Of a logarithm of softmax the softmax. */
    private static Expression exp(Expression x) {
        return x instanceof Call call && call.function().equals("logSoftmax")
                ? new Call("softmax", call.parts(), call.parameters(), call.shape())
                : call("exp", x);
    }

    /** The formula by which an operation makes a value of these inputs. */
    static Expression of(Value value, List<Expression> inputs) {
        Operation operation = value.operation();
        Optional<Row> known =
                ROWS.stream().filter(row -> row.holds.test(operation)).findFirst();
        return known.map(row -> row.written.apply(new Applied(operation, inputs, value.shape())))
                .orElseGet(() ->
                        new Call(PlainText.line(operation.name()), inputs, operation.parameters(), value.shape()));
    }
}

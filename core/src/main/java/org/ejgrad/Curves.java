package org.ejgrad;

import static org.ejgrad.Operation.map;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The forms that a row for a function of one number takes: smooth, in pieces, in straight pieces, or in steps.
 *
 * <p>In each, the gradient is dy ⊙ slope, with the slope written on {@link Value}s; a zero in dy stays zero whatever
 * the slope.
 */
final class Curves {
    private Curves() {}

    /** y = f(x) with a slope that is a program of x and y. */
    static Operation function(String name, DoubleUnaryOperator f, String formula, BinaryOperator<Value> slope) {
        return unary(name, x -> map(x, f), rule("dy ⊙ " + formula, (x, y, dy) -> dy.times(slope.apply(x, y))));
    }

    /** y = f(piece(x), x): piece numbers the pieces from 0 and says to which a kink belongs. */
    static Operation pieces(
            String name,
            DoubleUnaryOperator piece,
            DoubleBinaryOperator f,
            String formula,
            BinaryOperator<Value> slope) {
        DoubleUnaryOperator decide = v -> Double.isNaN(v) ? v : piece.applyAsDouble(v);
        DoubleBinaryOperator follow = (p, v) -> Double.isNaN(p) ? p : f.applyAsDouble(p, v);
        return function(name, v -> follow.applyAsDouble(decide.applyAsDouble(v), v), formula, slope)
                .piecewise(x -> map(x[0], decide), (d, x) -> Elementwise.zip(d, x[0], follow));
    }

    /** A function in straight pieces, one line for each number that piece returns. */
    static Operation lines(String name, DoubleUnaryOperator piece, String formula, Line... lines) {
        Operation slope = steps(name + "Slope", v -> lines[(int) piece.applyAsDouble(v)].slope());
        return pieces(name, piece, (p, v) -> lines[(int) p].at(v), formula, (x, y) -> slope.apply(x));
    }

    /** One straight piece: slope·x + offset. */
    static Line line(double slope, double offset) {
        return new Line(slope, offset);
    }

    record Line(double slope, double offset) {
        /** A flat piece is flat at ±∞ too. */
        double at(double x) {
            return slope == 0 ? offset : slope * x + offset;
        }
    }

    /** A function in steps, whose slope is 0 wherever it has a value. */
    static Operation steps(String name, DoubleUnaryOperator step) {
        DoubleUnaryOperator decide = v -> Double.isNaN(v) ? v : step.applyAsDouble(v);
        return function(name, decide, "0", (x, y) -> FLAT.apply(x))
                .piecewise(x -> map(x[0], decide), (d, x) -> d.copy());
    }

    /** The slope of a step: 0, but NaN at NaN. */
    static final Operation FLAT = function("flat", v -> Double.isNaN(v) ? v : 0, "0", (x, y) -> y);
}

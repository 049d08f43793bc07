package org.ejgrad;

import static org.ejgrad.Rule.rule;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation.Trusted;
import org.ejml.data.DMatrixRMaj;

/** The forms of operations each element of whose result needs the elements in its own place only; they are trusted. */
final class Elementwise {
    private Elementwise() {}

    static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule rule) {
        return Trusted.unary(name, forward, rule).knowing(Traits.of(0));
    }

    static Operation binary(String name, BinaryOperator<DMatrixRMaj> forward, Rule ruleOfA, Rule ruleOfB) {
        return Trusted.binary(name, forward, ruleOfA, ruleOfB).knowing(Traits.of(0, 1));
    }

    /** y = f(x) with a slope that is a program of x and y. */
    static Operation function(String name, DoubleUnaryOperator f, String formula, BinaryOperator<Value> slope) {
        return unary(
                name,
                x -> ElementKernels.map(x, f),
                rule("dy ⊙ " + factor(formula), (x, y, dy) -> dy.timesOrZero(slope.apply(x, y))));
    }

    /** A formula that is multiplied with, in parentheses if it is written with signs that bind no more than ⊙. */
    private static String factor(String formula) {
        boolean isFactor = formula.contains(" where ") || !formula.matches(".*[·⊘/−½].*") || formula.startsWith("(");
        return isFactor ? formula : "(" + formula + ")";
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
                .pieces(x -> ElementKernels.map(x[0], decide), (d, x) -> ElementKernels.zip(d, x[0], follow));
    }

    /**
     * A function in straight pieces, one line for each number that piece returns; its parameters are its slope's too.
     */
    static Operation lines(
            String name, List<Object> parameters, DoubleUnaryOperator piece, String formula, Line... lines) {
        Operation slope = steps(name + "′", v -> lines[(int) piece.applyAsDouble(v)].slope())
                .with(parameters.toArray());
        return pieces(name, piece, (p, v) -> lines[(int) p].at(v), formula, (x, y) -> slope.apply(x))
                .with(parameters.toArray());
    }

    /** −1, 0 or 1: which side of 0, or 0 itself. */
    static int sign(double v) {
        return v > 0 ? 1 : v < 0 ? -1 : 0;
    }

    /** One straight piece: slope·x + offset. */
    static Line line(double slope, double offset) {
        return new Line(slope, offset, 1);
    }

    /** A function in steps, whose slope is 0 wherever it has a value. */
    static Operation steps(String name, DoubleUnaryOperator step) {
        DoubleUnaryOperator decide = v -> Double.isNaN(v) ? v : step.applyAsDouble(v);
        return function(name, decide, "0", (x, y) -> Functions.FLAT.apply(x))
                .pieces(x -> ElementKernels.map(x[0], decide), (d, x) -> d.copy());
    }

    /** y = f(x) with two derivatives that are functions of their own, and a third that is a program. */
    static Operation smooth(
            String name,
            DoubleUnaryOperator f,
            Slope<Value> first,
            Slope<Value> second,
            String third,
            UnaryOperator<Value> program) {
        Operation bend = function(name + "″", second.f(), third, (x, y) -> program.apply(x));
        Operation plain = function(name + "′", first.f(), second.formula(), (x, y) -> bend.apply(x));
        Operation slope = first.program()
                .map(shown -> plain.meaning(of -> shown.apply(of.get(0))))
                .orElse(plain);
        return function(name, f, first.formula(), (x, y) -> slope.apply(x));
    }
}

package org.ejgrad.examples.experiments;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;
import org.ejgrad.check.NumericalDerivative;

/**
 * A function whose derivative is known, to see how far difference quotients are from it: the error falls with the step
 * until rounding takes over, and drawn against the step it is a V.
 *
 * @param title the function and the point
 * @param lesson what there is to see
 * @param function the function
 * @param x the point
 * @param exact its derivative there
 */
record VCurve(String title, String lesson, DoubleUnaryOperator function, double x, double exact) {
    static final List<VCurve> ALL = List.of(
            new VCurve(
                    "sin x at 1",
                    "The smooth case. Every formula has its best step, and no fixed step suits two of them.",
                    Elementary::sin,
                    1,
                    Elementary.cos(1)),
            new VCurve(
                    "|eˣ − 1| at −0.00001",
                    "A kink nearby. Every step that reaches beyond it gives a wrong slope.",
                    x -> Math.abs(Elementary.expm1(x)),
                    -1e-5,
                    -Elementary.exp(-1e-5)),
            new VCurve(
                    "sin x in float at 1",
                    "Values with seven digits. The usual step of a millionth leaves two digits or none.",
                    x -> (float) Elementary.sin((float) x),
                    1,
                    Elementary.cos(1)),
            new VCurve(
                    "1000000 + sin x at 1",
                    "A large constant eats the digits of a small change: cancellation.",
                    x -> 1e6 + Elementary.sin(x),
                    1,
                    Elementary.cos(1)));

    /** The relative error of a formula at a step. */
    double error(Quotient quotient, double step) {
        return relative(quotient.of(function, x, step));
    }

    /** What the checker measures, choosing its own step. */
    NumericalDerivative measured() {
        return NumericalDerivative.of(function, x);
    }

    double relative(double derivative) {
        return Math.abs(derivative - exact) / Math.abs(exact);
    }
}

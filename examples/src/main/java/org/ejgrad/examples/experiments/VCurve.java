package org.ejgrad.examples.experiments;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;
import org.ejgrad.check.NumericalDerivative;

/**
 * A function whose derivative is known, to see how far difference quotients are from it: the error falls with the step
 * until rounding takes over, and drawn against the step it is a V. What else there is in the function spoils the V, and
 * with it the rules that use one step only.
 *
 * @param title the function and the point
 * @param lesson what there is to see, without a full stop
 * @param function the function
 * @param x the point
 * @param exact the right slope there
 * @param tempting a wrong slope that somebody may well claim
 */
record VCurve(String title, String lesson, DoubleUnaryOperator function, double x, double exact, double tempting) {
    private static final double NARROW = 4e-10;

    static final List<VCurve> USUAL = List.of(
            new VCurve(
                    "sin x at 1",
                    "In the smooth case every formula has its best step, and no fixed step suits two of them",
                    Elementary::sin,
                    1,
                    Elementary.cos(1),
                    1.0005 * Elementary.cos(1)),
            new VCurve(
                    "|eˣ − 1| at −0.00001",
                    "Every step that reaches beyond a kink nearby measures a wrong slope",
                    x -> Math.abs(Elementary.expm1(x)),
                    -1e-5,
                    -Elementary.exp(-1e-5),
                    0),
            new VCurve(
                    "1000000 + sin x at 1",
                    "A large constant eats the digits of a small change, which is called cancellation",
                    x -> 1e6 + Elementary.sin(x),
                    1,
                    Elementary.cos(1),
                    1.0005 * Elementary.cos(1)));

    static final List<VCurve> MISLEADING = List.of(
            new VCurve(
                    "0.3·x + a wave of period 0.000001, at 0.7",
                    "Steps of whole periods never see a wave, which is called aliasing",
                    x -> 0.3 * x + 1e-7 * Elementary.sin(2e6 * Math.PI * x),
                    0.7,
                    0.3 + 0.2 * Math.PI * Elementary.cos(1.4e6 * Math.PI),
                    0.3),
            new VCurve(
                    "x in whole hundredths, at 0.3012",
                    "On a staircase a step of whole stairs sees a ramp, and a shorter one the level ground",
                    x -> Math.rint(100 * x) / 100,
                    0.3012,
                    0,
                    1),
            new VCurve(
                    "x in whole millionths, at 0.3",
                    "Fine stairs are a ramp for all steps of whole stairs, and look like somebody’s rounding",
                    x -> Math.rint(1e6 * x) / 1e6,
                    0.3,
                    0,
                    1),
            new VCurve(
                    "√x by bisection to 0.00001, at 2.3",
                    "Below its tolerance a solver computes another function, with a slope of its own",
                    VCurve::root,
                    2.3,
                    0.5 / Math.sqrt(2.3),
                    root(2.3) / 2.3),
            new VCurve(
                    "0.5·x + a bend of width 0.0000000004, at 0.3",
                    "A feature much narrower than the step stays unseen",
                    x -> 0.5 * x + NARROW * Elementary.tanh((x - 0.3) / NARROW),
                    0.3,
                    1.5,
                    0.5),
            new VCurve(
                    "sin x in float at 1",
                    "Single precision inside leaves small steps two digits or none",
                    x -> (float) Elementary.sin((float) x),
                    1,
                    Elementary.cos(1),
                    0));

    /**
     * The middle of the last interval is a fixed part of the first, [0, x]: until the part changes, it grows like x.
     */
    private static double root(double x) {
        double low = 0;
        double high = x;
        while (high - low > 1e-5) {
            double middle = (low + high) / 2;
            if (middle * middle < x) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The error of a formula at a step. */
    double error(Quotient quotient, double step) {
        return relative(quotient.of(function, x, step));
    }

    /** What the checker measures, choosing its own step; NaN where it finds none. */
    NumericalDerivative measured() {
        return NumericalDerivative.of(function, x);
    }

    /** The error of a slope beside the larger of the two that are claimed, of which one may be 0. */
    double relative(double slope) {
        return relativeBar(slope - exact);
    }

    /** The same of a difference between slopes. */
    double relativeBar(double difference) {
        return Math.abs(difference) / Math.max(Math.abs(exact), Math.abs(tempting));
    }
}

package org.ejgrad.check;

/** A function seen along one line: t ↦ f(x + t·u), where u is one entry's direction or any other. */
@FunctionalInterface
interface LineFunction {
    /** The function at x + t·u; NaN where the function refuses the point. */
    double at(double t);

    /** Says at which steps the function will be asked for next, so that it can be computed at all of them at once. */
    default void expect(double... steps) {}

    /** What was learned along lines like this one. */
    default Ladder ladder() {
        return new Ladder();
    }

    /** The step that the rounded point x + t·u really makes. */
    default double step(double t) {
        return t;
    }

    /** How far the first step goes: about the size of what is varied. */
    default double reach() {
        return 1;
    }

    /** The size of what is varied, where it is one number; features may be as fine as that. */
    default double size() {
        return reach();
    }

    /**
     * How far off noise is listened to besides, where many numbers move at once: the roundings of a long sum are alike
     * at all points so near that it hardly changes.
     */
    default double[] furtherOff() {
        return new double[0];
    }

    /** Whether somebody may have rounded the values to single precision. */
    default boolean maybeSingle() {
        return false;
    }

    /** The least step that rounding of the point leaves some digits. */
    default double least() {
        return 0x1.0p-44;
    }

    /** Makes the least step smaller, where steps are exact however small. */
    default void zoom(double least) {}
}

package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What the checker found out about one entry of a gradient, or about the gradient along one direction.
 *
 * <p>A verdict never rests on a fixed tolerance: each compares the claimed figure with a numerical one that carries its
 * own error bar. Where the bar is too wide to decide, the verdict says so.
 */
public sealed interface Verdict {
    /**
     * {@return whether the gradient is confirmed here: by {@link Agree}, {@link Negligible}, {@link KinkIn}, and an
     * {@link Edge} whose one-sided slope agrees}
     */
    default boolean passes() {
        return this instanceof Agree
                || this instanceof Negligible
                || this instanceof KinkIn
                || (this instanceof Edge edge && edge.agrees());
    }

    /** {@return whether the gradient is refuted here: not by {@link CannotTell}, nor where {@link #passes()}} */
    default boolean refutes() {
        return !passes() && !(this instanceof CannotTell);
    }

    /** {@return the verdict in one or two words, the same in every form of a report, such as {@code cannot-tell}} */
    String name();

    /** {@return what stands behind the verdict, in a few words without a line break, possibly none} */
    String detail();

    /**
     * The figures are equal to within the bar, and the bar is narrow enough to certify it.
     *
     * @param relativeBar the error bar divided by the larger of the two figures
     */
    record Agree(double relativeBar) implements Verdict {
        @Override
        public String name() {
            return "agree";
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /**
     * The figures are equal to within the bar, and the bar is negligible beside the rest of the gradient, though not
     * beside this figure: a zero is confirmed as zero to within the bar.
     *
     * @param bar the error bar
     * @param scale the largest slope in sight, to which the bar was compared
     */
    record Negligible(double bar, double scale) implements Verdict {
        @Override
        public String name() {
            return "agree-small";
        }

        @Override
        public String detail() {
            return "equal to within " + figure(bar) + "; slopes here reach " + figure(scale);
        }
    }

    /**
     * The figures differ by more than the bar.
     *
     * @param ratio claimed / numeric
     */
    record Disagree(double ratio) implements Verdict {
        @Override
        public String name() {
            return "disagree";
        }

        @Override
        public String detail() {
            return Math.abs(ratio - 1) < 1e-4
                    ? "claimed/numeric = 1 " + (ratio < 1 ? "− " : "+ ")
                            + String.format(Locale.ROOT, "%.2g", Math.abs(ratio - 1))
                    : "claimed/numeric = " + figure(ratio);
        }
    }

    /**
     * The point is a kink, and the claimed slope lies between the two one-sided slopes.
     *
     * @param left the slope to the left
     * @param right the slope to the right
     * @param choice which of the slopes between the two it is
     */
    record KinkIn(double left, double right, Choice choice) implements Verdict {
        /** A slope at a kink, beside what is documented for it. */
        public enum Choice {
            /** The slope that ejgrad documents for this kink. */
            DOCUMENTED("as documented"),
            /** Another than ejgrad documents. */
            OTHER("not the documented choice"),
            /** One of many: for the kinks of a foreign function nothing is documented. */
            FREE("between which any choice passes");

            private final String text;

            Choice(String text) {
                this.text = text;
            }

            @Override
            public String toString() {
                return text;
            }
        }

        public KinkIn {
            requireNonNull(choice, "choice");
        }

        @Override
        public String name() {
            return "kink-in";
        }

        @Override
        public String detail() {
            return "slopes " + figure(left) + " | " + figure(right) + ", " + choice;
        }
    }

    /**
     * The point is a kink of a graph, and the claimed slope lies between the two one-sided slopes, but is not the one
     * that ejgrad documents; {@link GradientCheck#anySubgradient} lets it pass.
     *
     * @param left the slope to the left
     * @param right the slope to the right
     * @param documented the documented choice
     */
    record KinkOther(double left, double right, double documented) implements Verdict {
        @Override
        public String name() {
            return "kink-other";
        }

        @Override
        public String detail() {
            return "slopes " + figure(left) + " | " + figure(right) + ", the documented choice is "
                    + figure(documented);
        }
    }

    /**
     * The point is a kink, and the claimed slope lies outside the two one-sided slopes.
     *
     * @param left the slope to the left
     * @param right the slope to the right
     */
    record KinkOut(double left, double right) implements Verdict {
        @Override
        public String name() {
            return "kink-out";
        }

        @Override
        public String detail() {
            return "slopes " + figure(left) + " | " + figure(right);
        }
    }

    /**
     * The function is defined on one side of the point only.
     *
     * @param side the side that exists, {@link Side#LEFT} or {@link Side#RIGHT}
     * @param slope the slope on that side
     * @param bar its error bar
     * @param agrees whether the claimed slope equals it to within the bar
     */
    record Edge(Side side, double slope, double bar, boolean agrees) implements Verdict {
        public Edge {
            if (requireNonNull(side, "side") == Side.BOTH) {
                throw new IllegalArgumentException("Edge: side " + side + "; expected left or right");
            }
        }

        @Override
        public String name() {
            return "domain-edge";
        }

        @Override
        public String detail() {
            return "defined to the " + side + " only, slope " + figure(slope) + (agrees ? "" : ", which differs");
        }
    }

    /**
     * There is no slope: a jump, a cusp or a slope that grows without limit.
     *
     * @param exponent the difference quotients grow like step^exponent, a negative number
     */
    record Singular(double exponent) implements Verdict {
        @Override
        public String name() {
            return "singular";
        }

        @Override
        public String detail() {
            return "difference quotients grow like step^" + figure(exponent);
        }
    }

    /**
     * A figure is NaN or infinite.
     *
     * @param detail which one
     */
    record NonFinite(String detail) implements Verdict {
        public NonFinite {
            requireNonNull(detail, "detail");
        }

        @Override
        public String name() {
            return "non-finite";
        }
    }

    /**
     * The same point gave different values.
     *
     * @param detail what was computed twice
     */
    record NonDeterministic(String detail) implements Verdict {
        public NonDeterministic {
            requireNonNull(detail, "detail");
        }

        @Override
        public String name() {
            return "non-deterministic";
        }
    }

    /**
     * The function changed its own argument.
     *
     * @param detail who changed what
     */
    record InputMutated(String detail) implements Verdict {
        public InputMutated {
            requireNonNull(detail, "detail");
        }

        @Override
        public String name() {
            return "input-mutated";
        }
    }

    /**
     * Parts that must be equal by construction are not, such as a recorded graph and the program that recorded it.
     *
     * @param detail which parts
     */
    record Inconsistent(String detail) implements Verdict {
        public Inconsistent {
            requireNonNull(detail, "detail");
        }

        @Override
        public String name() {
            return "inconsistent";
        }
    }

    /**
     * No check by differences can decide here. In double precision it cannot be told
     *
     * <ul>
     *   <li>whether steps of a few units in the last place are meant or are rounding: up to four units of the value, or
     *       of the point if that is larger, or up to 256 units of the point in width, they count as rounding; others,
     *       up to those plainly too large for single precision, leave this verdict;
     *   <li>on which side a kink is that is nearer to the point than the noise of the value, eightfold, divided by the
     *       turn of its slopes, or nearer than 1e-12 or four units in the last place: there it counts as at the point;
     *   <li>the slope of waves so short that a few units in the last place of the point go through a good part of one,
     *       and of a feature so narrow that no look met it;
     *   <li>a slope so small that noise, divided by the largest step that the function's bends allow, hides it, such as
     *       one beside a large constant or in single precision where no step moves the value;
     *   <li>a direction through kinks of a foreign function, whose choices there are not known.
     * </ul>
     *
     * @param reason why not
     * @param advice what point or scaling would help
     */
    record CannotTell(String reason, String advice) implements Verdict {
        public CannotTell {
            requireNonNull(reason, "reason");
            requireNonNull(advice, "advice");
        }

        @Override
        public String name() {
            return "cannot-tell";
        }

        @Override
        public String detail() {
            return reason + "; " + advice;
        }
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.6g", number);
    }
}

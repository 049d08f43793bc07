package org.ejgrad.check.examination;

import java.util.List;

/** What is true of a function at a point. */
sealed interface Truth {
    /** {@return how far a claim is from what is true} */
    double error(double claim);

    /**
     * A derivative.
     *
     * @param figure the derivative, rounded
     * @param others figures that may be called the derivative as well: the slope 0 of a staircase that noise makes
     * @param steepest the largest slope about the point, where that is known: beside it an error may be negligible
     */
    record Slope(double figure, List<Double> others, double steepest) implements Truth {
        Slope(double figure, List<Double> others) {
            this(figure, others, Double.POSITIVE_INFINITY);
        }

        @Override
        public double error(double claim) {
            double error = Math.abs(claim - figure);
            for (double other : others) {
                error = Math.min(error, Math.abs(claim - other));
            }
            return error;
        }
    }

    /**
     * Two one-sided derivatives.
     *
     * @param left the slope to the left
     * @param right the slope to the right
     */
    record Kink(double left, double right) implements Truth {
        double low() {
            return Math.min(left, right);
        }

        double high() {
            return Math.max(left, right);
        }

        double size() {
            return Math.max(Math.abs(left), Math.abs(right));
        }

        /** 0 between the two slopes. */
        @Override
        public double error(double claim) {
            return Math.max(0, Math.max(low() - claim, claim - high()));
        }

        double errorOfOneSide(double claim) {
            return Math.min(Math.abs(claim - left), Math.abs(claim - right));
        }
    }

    /** The function is not continuous here. */
    record Jump() implements Truth {
        @Override
        public double error(double claim) {
            return Double.POSITIVE_INFINITY;
        }
    }

    static Truth slope(double figure) {
        return new Slope(figure, List.of());
    }
}

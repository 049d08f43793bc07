package org.ejgrad.check.examination;

/**
 * What somebody says the derivative is.
 *
 * @param figure the figure claimed
 * @param kind what is to be thought of it
 */
record Claim(double figure, Kind kind) {
    enum Kind {
        /** The derivative, or one of the slopes at a kink. */
        RIGHT,
        /** The derivative as automatic differentiation rounds it. */
        ROUNDED,
        WRONG,
        /** Wrong, and what a look from afar would suggest. */
        TEMPTING,
        /** Between the two slopes of a kink: a choice of its own, neither right nor wrong. */
        BETWEEN;

        boolean isRight() {
            return this == RIGHT || this == ROUNDED;
        }

        boolean isWrong() {
            return this == WRONG || this == TEMPTING;
        }
    }
}

package org.ejgrad.nn.loss;

import org.ejgrad.Value;

/**
 * What a loss from probabilities does near ln 0.
 *
 * <p>Each policy changes the loss itself, and the gradient is that of the changed loss: a clipped probability has
 * gradient zero. Losses from logits need no such policy.
 */
public interface Clipping {
    /**
     * ln p under this policy.
     *
     * @param p probabilities
     * @return in their shape
     */
    Value log(Value p);

    /**
     * ln(1 − p) under this policy.
     *
     * @param p probabilities
     * @return in their shape
     */
    Value logOfComplement(Value p);

    /**
     * No clipping: ln p as IEEE arithmetic has it, −∞ with an infinite slope at 0.
     *
     * @return the policy
     */
    static Clipping none() {
        return new Clipping() {
            @Override
            public Value log(Value p) {
                return p.elementLog();
            }

            @Override
            public Value logOfComplement(Value p) {
                return p.negative().log1p();
            }

            @Override
            public String toString() {
                return "none";
            }
        };
    }

    /**
     * ln(p + ε), as many programs have it; the loss at p = 1 becomes −ln(1 + ε), a little below zero.
     *
     * @param epsilon ε, at least 0
     * @return the policy
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    static Clipping addEpsilon(double epsilon) {
        Contract.requireNonNegative("Clipping.addEpsilon", "epsilon", epsilon);
        return new Clipping() {
            @Override
            public Value log(Value p) {
                return p.plus(epsilon).elementLog();
            }

            @Override
            public Value logOfComplement(Value p) {
                return p.negative().plus(epsilon).log1p();
            }

            @Override
            public String toString() {
                return "addEpsilon(" + epsilon + ")";
            }
        };
    }

    /**
     * ln of p clipped to ε … 1 − ε; no gradient passes where p was clipped.
     *
     * @param epsilon ε, from 0 to ½
     * @return the policy
     * @throws IllegalArgumentException if ε is not from 0 to ½
     */
    static Clipping clip(double epsilon) {
        if (!(epsilon >= 0 && epsilon <= 0.5)) {
            throw new IllegalArgumentException(
                    "Clipping.clip: epsilon is " + epsilon + "; expected a number from 0 to 0.5");
        }
        return new Clipping() {
            @Override
            public Value log(Value p) {
                return p.clamp(epsilon, 1 - epsilon).elementLog();
            }

            @Override
            public Value logOfComplement(Value p) {
                // Each half has a form that loses no digits: 1 − p is exact from ½ on, log1p is meant for small p.
                Value far = p.negative().plus(1).clamp(epsilon, 1).elementLog();
                Value near = p.clamp(epsilon, 1).negative().log1p();
                return p.greaterThan(0.5).where(far, near);
            }

            @Override
            public String toString() {
                return "clip(" + epsilon + ")";
            }
        };
    }
}

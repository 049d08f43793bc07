package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * What a loss from probabilities does near ln 0.
 *
 * <p>Each policy changes the loss itself, and the gradient is that of the changed loss: a clipped probability has
 * gradient zero. Losses from logits need no such policy.
 */
public interface Clipping {
    /** {@return ln p under this policy, in the shape of p} */
    Value log(Value p);

    /** {@return ln(1 − p) under this policy, in the shape of p} */
    Value logOfComplement(Value p);

    /** {@return no clipping: ln p as IEEE arithmetic has it, −∞ with an infinite slope at 0} */
    static Clipping none() {
        return policy("none", Value::elementLog, p -> p.negative().log1p());
    }

    /**
     * ln(p + ε), as many programs have it; the loss at p = 1 becomes −ln(1 + ε), a little below zero.
     *
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    static Clipping addEpsilon(double epsilon) {
        Require.notNegative(epsilon, "Clipping.addEpsilon: epsilon");
        return policy(
                "addEpsilon(" + epsilon + ")",
                p -> byHalves(
                        p,
                        q -> q.plus(epsilon).elementLog(),
                        q -> q.negative().plus(epsilon).log1p()),
                p -> byHalves(
                        p,
                        q -> q.negative().plus(epsilon).log1p(),
                        q -> q.plus(epsilon).elementLog()));
    }

    /**
     * ln of p clipped to ε … 1 − ε; no gradient passes where p was clipped.
     *
     * @throws IllegalArgumentException if ε is not from 0 to ½
     */
    static Clipping clip(double epsilon) {
        if (!(epsilon >= 0 && epsilon <= 0.5)) {
            throw new IllegalArgumentException(
                    "Clipping.clip: epsilon is " + epsilon + "; expected a number from 0 to 0.5");
        }
        return policy(
                "clip(" + epsilon + ")",
                p -> byHalves(
                        p,
                        q -> q.clamp(epsilon, Double.POSITIVE_INFINITY).elementLog(),
                        q -> q.clamp(epsilon, Double.POSITIVE_INFINITY)
                                .negative()
                                .log1p()),
                p -> byHalves(
                        p,
                        q -> q.clamp(epsilon, Double.POSITIVE_INFINITY)
                                .negative()
                                .log1p(),
                        q -> q.clamp(epsilon, Double.POSITIVE_INFINITY).elementLog()));
    }

    /** One form of p up to ½, another of 1 − p above, where that is exact: neither end loses a digit. */
    private static Value byHalves(Value p, UnaryOperator<Value> ofP, UnaryOperator<Value> ofComplement) {
        Value upper = p.detached().greaterThan(0.5);
        return upper.where(ofComplement.apply(lower(p.negative().plus(1))), ofP.apply(lower(p)));
    }

    /** Beyond ½, where the form of another number is taken, a number for which this one is finite too. */
    private static Value lower(Value p) {
        return p.clamp(Double.NEGATIVE_INFINITY, 0.5);
    }

    private static Clipping policy(String name, UnaryOperator<Value> log, UnaryOperator<Value> logOfComplement) {
        return new Clipping() {
            @Override
            public Value log(Value p) {
                return log.apply(requireNonNull(p, "p"));
            }

            @Override
            public Value logOfComplement(Value p) {
                return logOfComplement.apply(requireNonNull(p, "p"));
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}

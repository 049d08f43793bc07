package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import org.ejgrad.Elementary;
import org.ejgrad.nn.arguments.Require;

/**
 * The usual curves, with the conventions of PyTorch's {@code torch.optim.lr_scheduler}; e is the number of steps
 * before.
 *
 * <p>Where PyTorch multiplies step by step these are closed forms, so they agree to rounding, not to the last bit.
 */
public final class Schedules {
    private static final long MOST_FACTORS = 10_000_000;

    private Schedules() {}

    /**
     * Drops by a factor every few steps: base · γ^⌊e/every⌋.
     *
     * @param base the first value
     * @param every how many steps between two drops, at least 1
     * @param gamma the factor γ
     * @return the schedule ({@code StepLR})
     */
    public static Schedule step(double base, long every, double gamma) {
        check(base, gamma);
        Require.atLeast(every, 1, "every");
        return Schedule.of("step(" + base + ", " + every + ", " + gamma + ")", e -> {
            long drops = e / every;
            return base * Elementary.pow(gamma, (double) drops);
        });
    }

    /**
     * Drops by a factor at each milestone: base · γ^(how many milestones are ≤ e).
     *
     * @param base the first value
     * @param gamma the factor γ
     * @param milestones the steps at which it drops, in any order
     * @return the schedule ({@code MultiStepLR})
     */
    public static Schedule multiStep(double base, double gamma, long... milestones) {
        check(base, gamma);
        long[] steps = requireNonNull(milestones, "milestones").clone();
        return Schedule.of("multiStep(" + base + ", " + gamma + ", " + Arrays.toString(steps) + ")", e -> {
            long drops = Arrays.stream(steps).filter(m -> m <= e).count();
            return base * Elementary.pow(gamma, (double) drops);
        });
    }

    /**
     * Drops by a factor at every step: base · γᵉ.
     *
     * @param base the first value
     * @param gamma the factor γ
     * @return the schedule ({@code ExponentialLR})
     */
    public static Schedule exponential(double base, double gamma) {
        check(base, gamma);
        return Schedule.of("exponential(" + base + ", " + gamma + ")", e -> base * Elementary.pow(gamma, (double) e));
    }

    /**
     * Half a cosine from base down to least, and up again if training goes on: least + (base − least)(1 + cos(πe/n))/2
     * (Loshchilov and Hutter 2017, without restarts).
     *
     * @param base the first value
     * @param steps how many steps n down to the least value, at least 1
     * @param least the least value
     * @return the schedule ({@code CosineAnnealingLR})
     */
    public static Schedule cosine(double base, long steps, double least) {
        check(base, least);
        Require.atLeast(steps, 1, "steps");
        return Schedule.of(
                "cosine(" + base + ", " + steps + ", " + least + ")",
                e -> cosine(base, least, (double) (steps > Long.MAX_VALUE / 2 ? e : e % (2 * steps)) / steps));
    }

    /**
     * The cosine again and again, each time longer (Loshchilov and Hutter 2017): in a period that began c steps ago and
     * is n long, least + (base − least)(1 + cos(πc/n))/2.
     *
     * @param base the value at each restart
     * @param first how long the first period is, at least 1
     * @param growth how many times longer each next period is, at least 1
     * @param least the value that each period ends above
     * @return the schedule ({@code CosineAnnealingWarmRestarts})
     */
    public static Schedule warmRestarts(double base, long first, int growth, double least) {
        check(base, least);
        Require.atLeast(first, 1, "first");
        Require.atLeast(growth, 1, "growth");
        return Schedule.of("warmRestarts(" + base + ", " + first + ", " + growth + ", " + least + ")", e -> {
            if (growth == 1) {
                return cosine(base, least, (double) (e % first) / first);
            }
            long since = e;
            long period = first;
            while (since >= period) {
                since -= period;
                period = period > Long.MAX_VALUE / growth ? Long.MAX_VALUE : period * growth;
            }
            return cosine(base, least, (double) since / period);
        });
    }

    /**
     * A line between two multiples of base, then level: base · (start + (end − start)·min(e, n)/n). With start below 1
     * and end 1 it is a warm-up.
     *
     * @param base what the factors multiply
     * @param start the first factor
     * @param end the last factor
     * @param steps how many steps n it takes, at least 1
     * @return the schedule ({@code LinearLR})
     */
    public static Schedule linear(double base, double start, double end, long steps) {
        check(base, start, end);
        Require.atLeast(steps, 1, "steps");
        return Schedule.of(
                "linear(" + base + ", " + start + ", " + end + ", " + steps + ")",
                e -> base * (start + (end - start) * Math.min(e, steps) / steps));
    }

    /**
     * A fraction of base for a while: base · factor for e &lt; n, then base.
     *
     * @param base the later value
     * @param factor what it is multiplied by at first
     * @param steps for how many steps n
     * @return the schedule ({@code ConstantLR})
     */
    public static Schedule reduced(double base, double factor, long steps) {
        check(base, factor);
        Require.atLeast(steps, 0, "steps");
        return Schedule.of(
                "reduced(" + base + ", " + factor + ", " + steps + ")", e -> e < steps ? base * factor : base);
    }

    /**
     * A power of a line down to 0: base · (1 − min(e, n)/n)^p.
     *
     * @param base the first value
     * @param steps how many steps n down to 0, at least 1
     * @param power the exponent p, at least 0
     * @return the schedule ({@code PolynomialLR})
     */
    public static Schedule polynomial(double base, long steps, double power) {
        check(base);
        Require.atLeast(steps, 1, "steps");
        Require.notNegative(power, "power");
        return Schedule.of(
                "polynomial(" + base + ", " + steps + ", " + power + ")",
                e -> base * Elementary.pow(1 - (double) Math.min(e, steps) / steps, power));
    }

    /**
     * A product of factors, one for each step from 1 on: base · f(1) · f(2) ⋯ f(e). Computing it takes e
     * multiplications, so a step beyond 10,000,000 is refused.
     *
     * @param base the first value
     * @param factor the factor f of each step
     * @return the schedule ({@code MultiplicativeLR})
     */
    public static Schedule multiplicative(double base, LongToDoubleFunction factor) {
        check(base);
        requireNonNull(factor, "factor");
        return e -> {
            if (e > MOST_FACTORS) {
                throw new IllegalArgumentException("multiplicative: the step is " + e + "; expected at most "
                        + MOST_FACTORS + ", as it takes so many multiplications");
            }
            double value = base;
            for (long i = 1; i <= e; i++) {
                value *= factor.applyAsDouble(i);
            }
            return value;
        };
    }

    /** The rate of one step, from a schedule that anybody may have written. */
    static double rate(Schedule schedule, long step, double factor) {
        double rate = schedule.at(step);
        double product = rate * factor;
        if (!(rate >= 0 && Double.isFinite(product))) { // the messages cost more than the step
            Require.notNegative(rate, "learning rate at step " + step);
            Require.finite(product, "learning rate at step " + step + " times the factor " + factor);
        }
        return product;
    }

    /** The momentum of one step, likewise. */
    static double momentum(String name, Schedule schedule, long step) {
        return Require.fraction(schedule.at(step), name + " at step " + step);
    }

    /** From start at 0 to end at 1 along half a cosine. */
    static double cosine(double start, double end, double position) {
        return end + (start - end) * ((1 + Elementary.cos(Math.PI * position)) / 2);
    }

    private static void check(double base, double... others) {
        Require.notNegative(base, "base");
        for (double other : others) {
            Require.finite(other, "a number of the schedule");
        }
    }
}

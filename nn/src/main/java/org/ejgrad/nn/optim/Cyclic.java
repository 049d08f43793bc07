package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Elementary;
import org.ejgrad.nn.arguments.Require;

/**
 * A triangle wave of the rate (Smith 2017), with the momentum in reverse. It is the {@code CyclicLR} of PyTorch.
 *
 * @param lowest the rate between the triangles
 * @param highest the rate at the top of the first triangle
 * @param up how many steps up, at least 1
 * @param down how many steps down, at least 1
 * @param shrinking how the later triangles get smaller
 * @param gamma the factor per step where {@link Shrinking#EXPONENTIALLY} asks for one
 * @param lowestMomentum the momentum at the top of the first triangle
 * @param highestMomentum the momentum between the triangles
 */
public record Cyclic(
        double lowest,
        double highest,
        long up,
        long down,
        Shrinking shrinking,
        double gamma,
        double lowestMomentum,
        double highestMomentum) {

    /** How the triangles get smaller. */
    public enum Shrinking {
        /** They do not ({@code triangular}). */
        NOT,
        /** Each is half as high as the one before ({@code triangular2}). */
        BY_HALVES,
        /** At step e by the factor γᵉ ({@code exp_range}). */
        EXPONENTIALLY
    }

    public Cyclic {
        requireNonNull(shrinking, "shrinking");
        Require.notNegative(lowest, "lowest");
        Require.positive(highest, "highest");
        Require.atLeast(up, 1, "up");
        Require.atLeast(down, 1, "down");
        if (up > Long.MAX_VALUE - down) {
            throw new IllegalArgumentException(
                    "up + down = " + up + " + " + down + "; expected a cycle of at most 2⁶³ − 1 steps");
        }
        Require.notNegative(gamma, "gamma");
        Require.fraction(lowestMomentum, "lowestMomentum");
        Require.fraction(highestMomentum, "highestMomentum");
    }

    /**
     * {@return equal triangles, with momentum between 0.8 and 0.9}
     *
     * @param lowest the rate between the triangles
     * @param highest the rate at their tops
     * @param half how many steps up, and how many down, at least 1
     */
    public static Cyclic of(double lowest, double highest, long half) {
        return new Cyclic(lowest, highest, half, half, Shrinking.NOT, 1, 0.8, 0.9);
    }

    /** {@return the learning rate: lowest + (highest − lowest) · height} */
    public Schedule rate() {
        return Schedule.of("rate of " + this, step -> lowest + (highest - lowest) * height(step));
    }

    /** {@return the momentum: highestMomentum − (highestMomentum − lowestMomentum) · height} */
    public Schedule momentum() {
        return Schedule.of(
                "momentum of " + this, step -> highestMomentum - (highestMomentum - lowestMomentum) * height(step));
    }

    private double height(long step) {
        long period = up + down;
        long within = step % period;
        double triangle = within <= up ? (double) within / up : (double) (period - within) / down;
        long before = step / period;
        return switch (shrinking) {
            case NOT -> triangle;
            case BY_HALVES -> triangle * Elementary.pow(0.5, (double) before);
            case EXPONENTIALLY -> triangle * Elementary.pow(gamma, (double) step);
        };
    }
}

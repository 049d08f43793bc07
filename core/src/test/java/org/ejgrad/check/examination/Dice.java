package org.ejgrad.check.examination;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices of one sample. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed, int stream, int index) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L + index);
        random.nextLong();
    }

    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** 10 to a uniform power. */
    double scale(double lowExponent, double highExponent) {
        return Math.pow(10, uniform(lowExponent, highExponent));
    }

    int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    double pick(double... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A number of the range with so many binary places. */
    double fewBits(double low, double high, int places) {
        return Math.scalb(Math.rint(Math.scalb(uniform(low, high), places)), -places);
    }

    /** With few binary places, with few decimal places, or with all digits. */
    double place(double low, double high) {
        double tens = Math.pow(10, whole(0, 4));
        return switch (whole(0, 3)) {
            case 0 -> fewBits(low, high, whole(0, 16));
            case 1 -> Math.rint(uniform(low, high) * tens) / tens;
            default -> uniform(low, high);
        };
    }
}

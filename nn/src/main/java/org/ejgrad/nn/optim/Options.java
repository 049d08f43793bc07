package org.ejgrad.nn.optim;

/** Refuses null and numbers out of range, naming the option, its value and the range. */
final class Options {
    private Options() {}

    static <T> T given(String name, T argument) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return argument;
    }

    static double positive(String name, double value) {
        return require(name, value, value > 0 && value < Double.POSITIVE_INFINITY, "a finite number greater than 0");
    }

    static double notNegative(String name, double value) {
        return require(name, value, value >= 0 && value < Double.POSITIVE_INFINITY, "a finite number, at least 0");
    }

    /** For what must stay below 1, such as a momentum. */
    static double fraction(String name, double value) {
        return require(name, value, value >= 0 && value < 1, "a number in [0, 1)");
    }

    static double share(String name, double value) {
        return require(name, value, value >= 0 && value <= 1, "a number in [0, 1]");
    }

    static double finite(String name, double value) {
        return require(name, value, Double.isFinite(value), "a finite number");
    }

    static long atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + "; expected at least " + least);
        }
        return value;
    }

    /** The rate of one step, from a schedule that anybody may have written. */
    static double rate(Schedule schedule, long step) {
        return notNegative("learning rate at step " + step, schedule.at(step));
    }

    /** The momentum of one step, likewise. */
    static double momentum(String name, Schedule schedule, long step) {
        return fraction(name + " at step " + step, schedule.at(step));
    }

    private static double require(String name, double value, boolean good, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " = " + value + "; expected " + expected);
        }
        return value;
    }
}

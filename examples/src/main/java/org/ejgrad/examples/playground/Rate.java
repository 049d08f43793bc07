package org.ejgrad.examples.playground;

/** A limit on how often something happens: so many times a second, and so many at once after a quiet second. */
final class Rate {
    private final double perSecond;
    private double left;
    private long last;

    Rate(double perSecond, long now) {
        this.perSecond = perSecond;
        this.left = perSecond;
        this.last = now;
    }

    /** Whether there is room for one more at a time by {@link System#nanoTime}. */
    synchronized boolean admits(long now) {
        left = Math.min(perSecond, left + perSecond * (now - last) / 1e9);
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}

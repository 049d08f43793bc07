package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Elementary;

/** Second differences of a function at shrinking steps: how sharply it bends at a point, and whether it does. */
final class Bends {
    /** A line is fitted through the smallest of them. */
    private static final int FITTED = 4;

    private final List<Bend> bends = new ArrayList<>();

    /** f(x+h) − 2f(x) + f(x−h) at the step h, and how much of that noise can be. */
    record Bend(double step, double difference, double noise) {
        double size() {
            return Math.abs(difference);
        }

        boolean isAboveNoise() {
            return size() > noise;
        }

        boolean isLike(Bend other) {
            return difference * other.difference > 0;
        }

        /** Whether this would be a kink's bend only if a finer one were above its noise by far. */
        boolean wouldShowIn(Bend finer) {
            return finer.step < step && size() * (finer.step / step) > 4 * finer.noise;
        }
    }

    /** Adds one at a smaller step than all before. */
    void add(Bend bend) {
        bends.add(bend);
    }

    /**
     * The exponent p in |f(x+h) − 2f(x) + f(x−h)|/h ~ hᵖ: about 1 where f is smooth, 0 at a kink, negative at a jump or
     * cusp; NaN where the second difference drowns in noise or changes its sign as noise does, or where a bend is gone
     * at a smaller step: then it belongs to another point. It is negative only where it is so at the finest steps too.
     */
    double exponent() {
        List<Bend> visible = bends.stream().filter(Bend::isAboveNoise).toList();
        if (visible.size() < 3) {
            return Double.NaN;
        }
        Bend finest = visible.get(visible.size() - 1);
        if (bends.indexOf(finest) < bends.size() - 2) {
            return Double.NaN;
        }
        List<Bend> fitted = visible.subList(Math.max(0, visible.size() - FITTED), visible.size());
        if (!fitted.stream().allMatch(finest::isLike) || bends.stream().anyMatch(finest::wouldShowIn)) {
            return Double.NaN;
        }
        List<Bend> last = fitted.subList(fitted.size() - 2, fitted.size());
        return Math.max(logarithmicSlope(fitted), Math.min(0, logarithmicSlope(last)));
    }

    private static double logarithmicSlope(List<Bend> bends) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        int n = bends.size();
        for (Bend bend : bends) {
            double x = Elementary.log(bend.step);
            double y = Elementary.log(bend.size() / bend.step);
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }
        return (n * sxy - sx * sy) / (n * sxx - sx * sx);
    }
}

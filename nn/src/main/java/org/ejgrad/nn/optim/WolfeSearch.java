package org.ejgrad.nn.optim;

import java.util.function.DoubleFunction;

/**
 * Finds how far to go along a direction so that the strong Wolfe conditions hold: the function has fallen enough for
 * the distance, f(t) ≤ f(0) + c₁·t·f′(0), and has become flat enough, |f′(t)| ≤ c₂·|f′(0)|.
 *
 * <p>Bracketing and zooming with cubic interpolation, see Nocedal and Wright 2006, algorithms 3.5 and 3.6, with the
 * safeguards of Schmidt's minFunc, which PyTorch uses too. Where the function is not finite it counts as having risen.
 */
final class WolfeSearch {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;

    /** By how many units in its last place a value may be off. */
    private static final double ROUNDING = 16;

    private static final int MOST_EVALUATIONS = 25;

    /**
     * The function at one distance.
     *
     * @param distance t
     * @param value f(t)
     * @param slope f′(t)
     * @param gradient of all parameters there
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Point(double distance, double value, double slope, double[] gradient) {}

    private final DoubleFunction<Point> line;
    private final Point start;
    private final double shortest;
    private int evaluations;

    /**
     * A search.
     *
     * @param line the function along the direction
     * @param start the point at 0, with a slope below 0
     * @param shortest a bracket narrower than this is not narrowed further
     */
    WolfeSearch(DoubleFunction<Point> line, Point start, double shortest) {
        this.line = line;
        this.start = start;
        this.shortest = shortest;
    }

    /** How often the function has been evaluated. */
    int evaluations() {
        return evaluations;
    }

    /** The best point found, beginning at a first distance. */
    Point from(double distance) {
        Point previous = start;
        Point current = evaluate(distance);
        int tries = 0;
        while (tries < MOST_EVALUATIONS) {
            if (!isLowEnough(current) || (tries > 0 && current.value >= previous.value)) {
                return zoom(previous, current, tries);
            }
            if (isFlatEnough(current)) {
                return current;
            }
            if (current.slope >= 0) {
                return zoom(current, previous, tries);
            }
            double nearest = current.distance + 0.01 * (current.distance - previous.distance);
            double next = lowestOfCubic(previous, current, nearest, 10 * current.distance);
            previous = current;
            current = evaluate(next);
            tries++;
        }
        return isLowEnough(current) ? current : previous;
    }

    /**
     * Narrows a bracket around a point that keeps both conditions: low is the lowest point found that is low enough,
     * and its slope points to high.
     */
    private Point zoom(Point lowest, Point other, int triesBefore) {
        Point low = lowest;
        Point high = other;
        boolean stuck = false;
        for (int tries = triesBefore; tries < MOST_EVALUATIONS; tries++) {
            double left = Math.min(low.distance, high.distance);
            double right = Math.max(low.distance, high.distance);
            if (right - left < shortest) {
                break;
            }
            double next = lowestOfCubic(low, high, left, right);
            double margin = 0.1 * (right - left);
            boolean close = Math.min(right - next, next - left) < margin;
            if (close && (stuck || next >= right || next <= left)) {
                next = right - next < next - left ? right - margin : left + margin;
                stuck = false;
            } else {
                stuck = close;
            }
            Point middle = evaluate(next);
            if (!isLowEnough(middle) || middle.value >= low.value) {
                high = middle;
            } else {
                if (isFlatEnough(middle)) {
                    return middle;
                }
                if (middle.slope * (high.distance - low.distance) >= 0) {
                    high = low;
                }
                low = middle;
            }
        }
        return low;
    }

    private Point evaluate(double distance) {
        evaluations++;
        return line.apply(distance);
    }

    /**
     * Whether the function has fallen enough, or may have: where its values differ by rounding only, the slopes tell
     * (the approximate condition of Hager and Zhang 2005). False for NaN too.
     */
    private boolean isLowEnough(Point point) {
        return point.value <= start.value + SUFFICIENT_DECREASE * point.distance * start.slope
                || (Math.abs(point.value - start.value) <= ROUNDING * Math.ulp(start.value)
                        && point.slope <= (2 * SUFFICIENT_DECREASE - 1) * start.slope);
    }

    private boolean isFlatEnough(Point point) {
        return Math.abs(point.slope) <= -CURVATURE * start.slope;
    }

    /** Where the cubic through two points with their slopes is lowest, kept within bounds; the middle if nowhere. */
    static double lowestOfCubic(Point a, Point b, double least, double most) {
        boolean ordered = a.distance <= b.distance;
        Point left = ordered ? a : b;
        Point right = ordered ? b : a;
        double width = right.distance - left.distance;
        double d1 = left.slope + right.slope - 3 * (right.value - left.value) / width;
        double root = Math.sqrt(d1 * d1 - left.slope * right.slope);
        double lowest = right.distance - width * ((right.slope + root - d1) / (right.slope - left.slope + 2 * root));
        return Double.isNaN(lowest) ? (least + most) / 2 : Math.min(Math.max(lowest, least), most);
    }
}

package org.ejgrad;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The arithmetic of reductions, over groups of elements.
 *
 * <p>Element (row, column) belongs to group row·down + column·across of the result.
 */
final class ReductionKernels {
    private ReductionKernels() {}

    private static int down(Per per) {
        return per == Per.ROW ? 1 : 0;
    }

    private static int across(Per per) {
        return per == Per.COLUMN ? 1 : 0;
    }

    /** Zeros, one for each group. */
    private static DMatrixRMaj groups(DMatrixRMaj x, Per per) {
        return ElementKernels.zeros(per.resultOf(Shape.of(x)));
    }

    /** The inverse of a sum's shape: x repeated along its sizes of 1. */
    static DMatrixRMaj repeat(DMatrixRMaj x, Shape shape) {
        Shape own = Shape.of(x);
        if (!own.broadcastsTo(shape)) {
            throw new IllegalArgumentException(
                    "a " + own + " matrix does not repeat to " + shape + "; each size must be equal or 1");
        }
        DMatrixRMaj y = ElementKernels.zeros(shape);
        int down = own.rows() == 1 ? 0 : own.columns();
        int across = own.columns() == 1 ? 0 : 1;
        int rows = Math.min(own.rows(), y.numRows);
        for (int row = 0, i = 0; row < rows; row++) {
            for (int column = 0, g = row * down; column < y.numCols; column++, i++, g += across) {
                y.data[i] = x.data[g];
            }
        }
        for (int done = rows * y.numCols, rest = y.data.length - done; done > 0 && rest > 0; ) {
            int more = Math.min(done, rest);
            System.arraycopy(y.data, 0, y.data, done, more);
            done += more;
            rest -= more;
        }
        return y;
    }

    // ---- the largest and the smallest -------------------------------------------------------------------------------

    /** The largest (sign 1) or smallest (sign −1) element; NaN in any element gives NaN, unlike EJML's elementMax. */
    static DMatrixRMaj extreme(DMatrixRMaj x, int sign, Per per) {
        DMatrixRMaj y = groups(x, per);
        requireElements(sign, x, y);
        Arrays.fill(y.data, sign * Double.NEGATIVE_INFINITY);
        for (int row = 0, i = 0; row < x.numRows && per == Per.COLUMN; row++) {
            for (int g = 0; g < x.numCols; g++, i++) {
                y.data[g] = further(sign, y.data[g], x.data[i]);
            }
        }
        int size = per.sizeIn(Shape.of(x));
        for (int g = 0; g < y.data.length && per != Per.COLUMN; g++) {
            y.data[g] = extreme(sign, x.data, g * size, (g + 1) * size);
        }
        return y;
    }

    private static void requireElements(int sign, DMatrixRMaj x, DMatrixRMaj groups) {
        if (x.getNumElements() == 0 && groups.getNumElements() > 0) {
            throw new IllegalArgumentException((sign > 0 ? "max" : "min") + " of 0 elements");
        }
    }

    /** Of elements side by side; two at a time, as each comparison waits for the one before. */
    private static double extreme(int sign, double[] x, int from, int to) {
        double even = sign * Double.NEGATIVE_INFINITY;
        double odd = even;
        for (int i = from + 1; i < to; i += 2) {
            even = further(sign, even, x[i - 1]);
            odd = further(sign, odd, x[i]);
        }
        return further(sign, odd, (to - from) % 2 == 0 ? even : further(sign, even, x[to - 1]));
    }

    private static double further(int sign, double a, double b) {
        return sign > 0 ? Math.max(a, b) : Math.min(a, b);
    }

    /** How much of a group's extreme each element is: 1/k of k ties, or all for the first; of NaN, NaN or the first. */
    static DMatrixRMaj shares(DMatrixRMaj x, int sign, boolean first, Per per) {
        if (per == Per.COLUMN) {
            DMatrixRMaj ofRows = shares(CommonOps_DDRM.transpose(x, null), sign, first, Per.ROW);
            return CommonOps_DDRM.transpose(ofRows, null);
        }
        requireElements(sign, x, groups(x, per));
        DMatrixRMaj shares = ElementKernels.like(x);
        int size = per.sizeIn(Shape.of(x));
        for (int from = 0; from < x.getNumElements(); from += size) {
            double extreme = extreme(sign, x.data, from, from + size);
            int ties = 0;
            for (int i = from; i < from + size; i++) {
                int hit = x.data[i] == extreme ? 1 : 0;
                shares.data[i] = hit;
                ties += hit;
            }
            if (ties != 1) {
                share(first, ties, extreme, x.data, shares.data, from, from + size);
            }
        }
        return shares;
    }

    /** Of a group with ties, or with NaN, which equals nothing. */
    private static void share(boolean first, int ties, double extreme, double[] x, double[] shares, int from, int to) {
        boolean isGiven = false;
        for (int i = from; i < to; i++) {
            boolean isHit = x[i] == extreme || Double.isNaN(x[i]);
            shares[i] = first ? (isHit && !isGiven ? 1 : 0) : ties == 0 ? extreme : isHit ? 1.0 / ties : 0;
            isGiven |= isHit;
        }
    }

    /** dy of each group times the shares of its elements. */
    static DMatrixRMaj extremeGradient(DMatrixRMaj shares, DMatrixRMaj dy, Per per) {
        if (!Shape.of(dy).equals(per.resultOf(Shape.of(shares)))) {
            throw new IllegalArgumentException("the shapes differ");
        }
        DMatrixRMaj dx = ElementKernels.like(shares);
        int across = across(per);
        for (int row = 0, i = 0; row < dx.numRows; row++) {
            for (int column = 0, g = row * down(per); column < dx.numCols; column++, i++, g += across) {
                dx.data[i] = dy.data[g] == 0 ? 0 : dy.data[g] * shares.data[i];
            }
        }
        return dx;
    }

    /** Σ share ⊙ x in each group, as one shared element and what the others differ by: of equal ones exactly that. */
    static DMatrixRMaj shared(DMatrixRMaj shares, DMatrixRMaj x, Per per) {
        DMatrixRMaj one = groups(x, per);
        DMatrixRMaj differences = groups(x, per);
        boolean[] found = new boolean[one.data.length];
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                if (shares.data[i] != 0) {
                    one.data[g] = found[g] ? one.data[g] : x.data[i];
                    found[g] = true;
                    double difference = x.data[i] == one.data[g] ? 0 : x.data[i] - one.data[g];
                    differences.data[g] += shares.data[i] * difference;
                }
            }
        }
        return ElementKernels.plus(one, differences);
    }

    /** √Σx², with groups of large or small elements brought near 1 by a power of two, so that no square is lost. */
    static DMatrixRMaj norm(DMatrixRMaj x, Per per) {
        DMatrixRMaj top = largest(x, per);
        int[] shifts = new int[top.data.length];
        for (int g = 0; g < shifts.length; g++) {
            int exponent = Math.getExponent(top.data[g]);
            boolean plain = top.data[g] == 0 || !Double.isFinite(top.data[g]) || Math.abs(exponent) < 400;
            shifts[g] = plain ? 0 : -exponent;
        }
        DMatrixRMaj squares = ElementKernels.like(x);
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                double v = shifts[g] == 0 ? x.data[i] : Math.scalb(x.data[i], shifts[g]);
                squares.data[i] = v * v;
            }
        }
        DMatrixRMaj y = Sums.sum(squares, per);
        for (int g = 0; g < shifts.length; g++) {
            y.data[g] = Double.isFinite(top.data[g]) ? Math.scalb(Math.sqrt(y.data[g]), -shifts[g]) : top.data[g];
        }
        return y;
    }

    /** (Σ|x|ᵖ)^(1/p), with each group divided by its largest element, so that no power overflows or underflows. */
    static DMatrixRMaj norm(DMatrixRMaj x, double p, Per per) {
        DMatrixRMaj top = largest(x, per);
        DMatrixRMaj powers = ElementKernels.like(x);
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                powers.data[i] = top.data[g] == 0 ? 0 : Elementary.pow(Math.abs(x.data[i]) / top.data[g], p);
            }
        }
        DMatrixRMaj y = Sums.sum(powers, per);
        for (int g = 0; g < y.data.length; g++) {
            double size = top.data[g];
            y.data[g] = size == 0 || !Double.isFinite(size) ? size : size * Elementary.pow(y.data[g], 1 / p);
        }
        return y;
    }

    /** The size of the largest element of each group, 0 for an empty one. */
    static DMatrixRMaj largest(DMatrixRMaj x, Per per) {
        return x.getNumElements() == 0 ? groups(x, per) : extreme(ElementKernels.map(x, Math::abs), 1, per);
    }

    /**
     * For each group the power of two that brings elements near the ends of the numbers' range away from there, or 1;
     * empty if it is 1 for all groups.
     */
    static Optional<DMatrixRMaj> factors(DMatrixRMaj x, Per per) {
        DMatrixRMaj factors = ElementKernels.map(
                largest(x, per),
                size -> size >= 0x1p1000 && size <= Double.MAX_VALUE
                        ? 0x1p-40
                        : size > 0 && size < 0x1p-800 ? 0x1p300 : 1);
        return Arrays.stream(factors.data).allMatch(k -> k == 1) ? Optional.empty() : Optional.of(factors);
    }

    // ---- sums of exponentials ---------------------------------------------------------------------------------------

    static DMatrixRMaj logSumExp(DMatrixRMaj x, Per per) {
        if (x.getNumElements() == 0) {
            return ElementKernels.map(groups(x, per), zero -> Double.NEGATIVE_INFINITY);
        }
        DMatrixRMaj top = ElementKernels.map(extreme(x, 1, per), ReductionKernels::finite);
        return ElementKernels.plus(top, logOfSum(x, top, per));
    }

    /** ln Σ e^(x − top) in each group; what is small beside the largest elements keeps its digits. */
    private static DMatrixRMaj logOfSum(DMatrixRMaj x, DMatrixRMaj top, Per per) {
        DMatrixRMaj rest = groups(x, per);
        int[] largest = new int[rest.data.length];
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                double below = x.data[i] - top.data[g];
                if (below == 0) {
                    largest[g]++;
                } else {
                    rest.data[g] += Elementary.exp(below);
                }
            }
        }
        for (int g = 0; g < largest.length; g++) {
            rest.data[g] = Elementary.log1p(largest[g] - 1 + rest.data[g]);
        }
        return rest;
    }

    static DMatrixRMaj softmax(DMatrixRMaj x, Per per) {
        DMatrixRMaj total = groups(x, per);
        if (x.getNumElements() == 0) {
            return ElementKernels.like(x);
        }
        DMatrixRMaj top = extreme(x, 1, per);
        DMatrixRMaj below = ElementKernels.like(x);
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                below.data[i] = x.data[i] - top.data[g];
            }
        }
        DMatrixRMaj y = ElementKernels.exp(below);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                total.data[g] += y.data[i];
            }
        }
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                y.data[i] /= total.data[g];
            }
        }
        return y;
    }

    static DMatrixRMaj softmaxGradient(DMatrixRMaj y, DMatrixRMaj dy, Per per) {
        return ElementKernels.timesOrZero(deviation(y, dy, per, false), y);
    }

    /** b·Σ a − Σ a ⊙ b in each group; against ∞ and NaN a b of 0 wins and, if it may, a weight a of 0. */
    static DMatrixRMaj deviation(DMatrixRMaj a, DMatrixRMaj b, Per per, boolean weightWins) {
        DMatrixRMaj y = counted(a, b, per);
        DMatrixRMaj total = Sums.sum(a, per);
        DMatrixRMaj terms = weightWins ? ElementKernels.timesOrZeros(a, y) : ElementKernels.timesOrZero(y, a);
        DMatrixRMaj inner = Sums.sum(terms, per);
        int across = across(per);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0, g = row * down(per); column < y.numCols; column++, i++, g += across) {
                boolean isZero = y.data[i] == 0 || (weightWins && total.data[g] == 0);
                y.data[i] = (isZero ? 0 : y.data[i] * total.data[g]) - inner.data[g];
            }
        }
        return y;
    }

    /**
     * b of each group counted from where |a| is largest, so that what lies far below keeps its digits; b itself where
     * an a is not finite or differences of b could overflow.
     */
    private static DMatrixRMaj counted(DMatrixRMaj a, DMatrixRMaj b, Per per) {
        DMatrixRMaj counted = ElementKernels.likeBoth(a, b);
        int size = per.sizeIn(Shape.of(a));
        int groups = size == 0 ? 0 : a.data.length / size;
        int step = per == Per.COLUMN ? a.numCols : 1;
        for (int group = 0; group < groups; group++) {
            int first = IndexKernels.place(a, per, group, 0);
            int end = first + size * step;
            double largest = -1;
            double origin = 0;
            for (int i = first; i < end; i += step) {
                if (!Double.isFinite(a.data[i]) || !(Math.abs(b.data[i]) <= Double.MAX_VALUE / 2)) {
                    origin = 0;
                    break;
                }
                if (Math.abs(a.data[i]) > largest) {
                    largest = Math.abs(a.data[i]);
                    origin = b.data[i];
                }
            }
            for (int i = first; i < end; i += step) {
                counted.data[i] = b.data[i] - origin;
            }
        }
        return counted;
    }

    static DMatrixRMaj logSoftmax(DMatrixRMaj x, Per per) {
        DMatrixRMaj y = ElementKernels.like(x);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = extreme(x, 1, per);
        DMatrixRMaj log = logOfSum(x, top, per);
        int across = across(per);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(per); column < x.numCols; column++, i++, g += across) {
                y.data[i] = x.data[i] - top.data[g] - log.data[g];
            }
        }
        return y;
    }

    /** dy − eʸ·Σ dy; where eʸ is near 1, as for one element of a group at most, without their cancelling. */
    static DMatrixRMaj logSoftmaxGradient(DMatrixRMaj y, DMatrixRMaj dy, Per per) {
        DMatrixRMaj others = Sums.others(dy, per);
        DMatrixRMaj dx = ElementKernels.like(y);
        for (int i = 0; i < dx.data.length; i++) {
            boolean nearOne = Math.abs(y.data[i]) < 0.5;
            double kept = dy.data[i] * (nearOne ? 0 - Elementary.expm1(y.data[i]) : 1);
            double sum = nearOne ? others.data[i] : others.data[i] + dy.data[i];
            dx.data[i] = kept - (sum == 0 ? 0 : Elementary.exp(y.data[i]) * sum);
        }
        return dx;
    }

    /** The shift for a log-sum-exp: an infinite largest element is not subtracted, which would give NaN. */
    private static double finite(double top) {
        return Double.isInfinite(top) ? 0 : top;
    }
}

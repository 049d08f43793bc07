package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/**
 * The seam between ejgrad and the code that does the arithmetic: matrix products and transcendental functions.
 *
 * <p>All time of a training step is spent here. A faster kernel takes EJML's place by changing one method of this
 * class, without touching a table. Results never depend on the number of threads: EJML's concurrent kernels are not
 * used.
 */
final class Kernels {
    private Kernels() {}

    static final double LN_2 = Math.log(2);

    /** a·b. */
    static DMatrixRMaj mult(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numCols, b.numRows);
        return Products.mult(a, b);
    }

    /** aᵀ·b. */
    static DMatrixRMaj multTransA(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numRows, b.numRows);
        return Products.multTransA(a, b);
    }

    /** a·bᵀ. */
    static DMatrixRMaj multTransB(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numCols, b.numCols);
        return Products.multTransB(a, b);
    }

    /** x·w with the row b added to each row. */
    static DMatrixRMaj affine(DMatrixRMaj x, DMatrixRMaj w, DMatrixRMaj b) {
        if (b.numRows != 1 || b.numCols != w.numCols) {
            throw new IllegalArgumentException("the bias is " + b.numRows + "x" + b.numCols + "; expected 1x"
                    + w.numCols + ", one number per column of the weights");
        }
        DMatrixRMaj c = mult(x, w);
        int columns = c.numCols;
        for (int row = 0, i = 0; row < c.numRows; row++) {
            for (int column = 0; column < columns; column++, i++) {
                c.data[i] += b.data[column];
            }
        }
        return c;
    }

    /** a + b. */
    static DMatrixRMaj plus(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] + b.data[i];
        }
        return y;
    }

    /** a − b. */
    static DMatrixRMaj minus(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] - b.data[i];
        }
        return y;
    }

    /** a ⊙ b. */
    static DMatrixRMaj elementMult(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] * b.data[i];
        }
        return y;
    }

    /** a ⊘ b. */
    static DMatrixRMaj elementDiv(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] / b.data[i];
        }
        return y;
    }

    /** a ⊙ b with 0 wherever a is 0, even against ∞ and NaN. */
    static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] == 0 ? 0 : a.data[i] * b.data[i];
        }
        return y;
    }

    /** a ⊘ b with 0 wherever a is 0, even against 0 and NaN. */
    static DMatrixRMaj over(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] == 0 ? 0 : a.data[i] / b.data[i];
        }
        return y;
    }

    /** k·x. */
    static DMatrixRMaj scale(double k, DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = k * x.data[i];
        }
        return y;
    }

    /** x². */
    static DMatrixRMaj square(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = x.data[i] * x.data[i];
        }
        return y;
    }

    /** eˣ. */
    static DMatrixRMaj exp(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = Math.exp(x.data[i]);
        }
        return y;
    }

    /** ln x. */
    static DMatrixRMaj log(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = Math.log(x.data[i]);
        }
        return y;
    }

    /** tanh x. */
    static DMatrixRMaj tanh(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = tanh(x.data[i]);
        }
        return y;
    }

    /**
     * tanh x within 2 units in the last place, several times as fast as {@link Math#tanh}: x + x³·P(x²)/Q(x²) near 0
     * with the rational approximation of Moshier's Cephes library (1989), 1 − 2/(e²ˣ + 1) elsewhere.
     */
    static double tanh(double x) {
        double size = Math.abs(x);
        if (size >= 0.625) {
            return Math.copySign(1 - 2 / (Math.exp(2 * size) + 1), x);
        }
        if (size < 0x1p-28) {
            return x;
        }
        double z = x * x;
        double p = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
        double q = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
        return x + x * (z * (p / q));
    }

    /** σ(x) = 1/(1 + e⁻ˣ), without overflow. */
    static DMatrixRMaj sigmoid(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = sigmoid(x.data[i]);
        }
        return y;
    }

    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /** dy ⊙ σ(x)·σ(−x): 1 − σ would lose all digits where σ is close to 1. */
    static DMatrixRMaj sigmoidGradient(DMatrixRMaj x, DMatrixRMaj dy) {
        DMatrixRMaj dx = like(x);
        for (int i = 0; i < dx.data.length; i++) {
            double e = Math.exp(-Math.abs(x.data[i]));
            dx.data[i] = dy.data[i] == 0 ? 0 : dy.data[i] * (e / ((1 + e) * (1 + e)));
        }
        return dx;
    }

    /** dy ⊙ (1 − y²), the gradient of tanh from its output. */
    static DMatrixRMaj tanhGradient(DMatrixRMaj y, DMatrixRMaj dy) {
        DMatrixRMaj dx = like(y);
        for (int i = 0; i < dx.data.length; i++) {
            dx.data[i] = dy.data[i] == 0 ? 0 : dy.data[i] * (1 - y.data[i] * y.data[i]);
        }
        return dx;
    }

    /** ln(1 + eˣ), without overflow and without losing small results. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** 1 where x &gt; 0, else 0; NaN where x is NaN. */
    static DMatrixRMaj positive(DMatrixRMaj x) {
        return Operation.map(x, v -> Math.signum(Math.max(v, 0)));
    }

    /**
     * a where x &gt; 0, else 0; NaN where x is NaN unless a is 0. With a = x it is relu, with a = dy relu's gradient.
     */
    static DMatrixRMaj gate(DMatrixRMaj x, DMatrixRMaj a) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            double v = x.data[i];
            y.data[i] = v > 0 ? a.data[i] : v <= 0 || a.data[i] == 0 ? 0 : Double.NaN;
        }
        return y;
    }

    /** xᵖ, with the square root's own signs at −0 and 1 to any power. */
    static double power(double x, double p) {
        if (p == 2) {
            return x * x;
        }
        if (p == 0.5) {
            return Math.sqrt(x);
        }
        if (p == -0.5) {
            return 1 / Math.sqrt(x);
        }
        return x == 1 ? 1 : Math.pow(x, p);
    }

    /** xᵖ·ln x, and 0 where x = 0 and p ≥ 0. */
    static double powerLog(double x, double p) {
        return x == 0 && p >= 0 ? 0 : power(x, p) * Math.log(x);
    }

    /** ln(eᵃ + eᵇ), without overflow. */
    static double logAddExp(double a, double b) {
        return a == b ? a + LN_2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /** a·ln b, and 0 where a = 0 unless b is NaN. */
    static double xlogy(double a, double b) {
        return a == 0 && !Double.isNaN(b) ? 0 : a * Math.log(b);
    }

    /** d·a + (1 − d)·b, where a share of 0 removes its operand altogether. */
    static DMatrixRMaj mix(DMatrixRMaj d, DMatrixRMaj... x) {
        DMatrixRMaj y = like(d);
        for (int i = 0; i < y.data.length; i++) {
            double share = d.data[i];
            double a = x[0].data[i];
            double b = x[1].data[i];
            y.data[i] = share == 1 ? a : share == 0 ? b : share * a + (1 - share) * b;
        }
        return y;
    }

    /** a where the condition is 1, b where it is 0, NaN where it is NaN. */
    static DMatrixRMaj where(DMatrixRMaj condition, DMatrixRMaj a, DMatrixRMaj b) {
        likeBoth(condition, a);
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            double c = condition.data[i];
            if (c != 0 && c != 1 && !Double.isNaN(c)) {
                throw new IllegalArgumentException("the condition at row " + i / y.numCols + ", column " + i % y.numCols
                        + " is " + c + "; expected 0 or 1");
            }
            y.data[i] = c == 1 ? a.data[i] : c == 0 ? b.data[i] : c;
        }
        return y;
    }

    /** A new matrix of zeros, as large as x. */
    static DMatrixRMaj like(DMatrixRMaj x) {
        return new DMatrixRMaj(x.numRows, x.numCols);
    }

    private static DMatrixRMaj likeBoth(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            throw new IllegalArgumentException("the shapes differ");
        }
        return new DMatrixRMaj(a.numRows, a.numCols);
    }

    private static void requireInner(int left, int right) {
        if (left != right) {
            throw new IllegalArgumentException("the inner dimensions " + left + " and " + right + " differ");
        }
    }
}

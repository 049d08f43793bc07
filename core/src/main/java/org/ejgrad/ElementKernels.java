package org.ejgrad;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Arithmetic and elementary functions, element by element.
 *
 * <p>The frequent functions have a loop each: where many functions go through the one call in {@link #map}, Java's
 * compiler no longer expands it, and an addition costs as much as an exponential.
 */
final class ElementKernels {
    private static final boolean VECTOR = Kernels.inUse() == Kernels.VECTOR;

    /** So many elements are not asked about. */
    private static final int ALWAYS_FITS = 1 << 16;

    private ElementKernels() {}

    /** A function of each element. */
    static DMatrixRMaj map(DMatrixRMaj x, DoubleUnaryOperator function) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = function.applyAsDouble(x.data[i]);
        }
        return y;
    }

    /** A function of each pair of elements. */
    static DMatrixRMaj zip(DMatrixRMaj a, DMatrixRMaj b, DoubleBinaryOperator function) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = function.applyAsDouble(a.data[i], b.data[i]);
        }
        return y;
    }

    /** a + b. */
    static DMatrixRMaj plus(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] + b.data[i];
        }
        return y;
    }

    /** Replaces sum by sum + b. */
    static void add(DMatrixRMaj sum, DMatrixRMaj b) {
        for (int i = 0; i < sum.data.length; i++) {
            sum.data[i] += b.data[i];
        }
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
    static DMatrixRMaj timesOrZero(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = likeBoth(a, b);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = a.data[i] == 0 ? 0 : a.data[i] * b.data[i];
        }
        return y;
    }

    /** a ⊙ b with 0 wherever either is 0, even against ∞ and NaN. */
    static DMatrixRMaj timesOrZeros(DMatrixRMaj a, DMatrixRMaj b) {
        return zip(a, b, (u, v) -> u == 0 || v == 0 ? 0 : u * v);
    }

    /** a ⊘ b with 0 wherever a is 0, even against 0 and NaN. */
    static DMatrixRMaj overOrZero(DMatrixRMaj a, DMatrixRMaj b) {
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

    /** x/k. */
    static DMatrixRMaj divide(DMatrixRMaj x, double k) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = x.data[i] / k;
        }
        return y;
    }

    /** x + k. */
    static DMatrixRMaj shift(DMatrixRMaj x, double k) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = x.data[i] + k;
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
        if (VECTOR) {
            VectorFunctions.exp(x.data, y.data);
        } else {
            PlainFunctions.exp(x.data, y.data);
        }
        return y;
    }

    /** ln x. */
    static DMatrixRMaj log(DMatrixRMaj x) {
        if (Elementary.isStrict()) {
            return map(x, Elementary::log);
        }
        DMatrixRMaj y = like(x);
        if (VECTOR) {
            VectorFunctions.log(x.data, y.data);
        } else {
            PlainFunctions.log(x.data, y.data);
        }
        return y;
    }

    /** tanh x. */
    static DMatrixRMaj tanh(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        if (VECTOR) {
            VectorFunctions.tanh(x.data, y.data);
        } else {
            PlainFunctions.tanh(x.data, y.data);
        }
        return y;
    }

    /** σ(x) = 1/(1 + e⁻ˣ), without overflow. */
    static DMatrixRMaj sigmoid(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        if (VECTOR) {
            VectorFunctions.sigmoid(x.data, y.data);
        } else {
            PlainFunctions.sigmoid(x.data, y.data);
        }
        return y;
    }

    /** ln(1 + eˣ), without overflow. */
    static DMatrixRMaj softplus(DMatrixRMaj x) {
        if (Elementary.isStrict()) {
            return map(x, ActivationFunctions::softplus);
        }
        DMatrixRMaj y = like(x);
        if (VECTOR) {
            VectorFunctions.softplus(x.data, y.data);
        } else {
            PlainFunctions.softplus(x.data, y.data);
        }
        return y;
    }

    /** dy ⊙ k²·σ(kx)·σ(−kx): the gradient of sigmoid for k = 1, of tanh for k = 2. */
    static DMatrixRMaj bell(double k, DMatrixRMaj x, DMatrixRMaj dy) {
        DMatrixRMaj dx = likeBoth(x, dy);
        if (VECTOR) {
            VectorFunctions.bell(k, x.data, dy.data, dx.data);
        } else {
            PlainFunctions.bell(k, x.data, dy.data, dx.data);
        }
        return dx;
    }

    /** 1 where x &gt; 0, else 0; NaN where x is NaN. */
    static DMatrixRMaj positive(DMatrixRMaj x) {
        return map(x, v -> Math.signum(Math.max(v, 0)));
    }

    /** max(x, 0). */
    static DMatrixRMaj relu(DMatrixRMaj x) {
        DMatrixRMaj y = like(x);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = Math.max(x.data[i], 0);
        }
        return y;
    }

    /** a where x &gt; 0, else 0; NaN where x is NaN unless a is 0: relu's gradient. */
    static DMatrixRMaj gate(DMatrixRMaj x, DMatrixRMaj a) {
        DMatrixRMaj y = like(x);
        if (VECTOR) {
            VectorFunctions.gate(x.data, a.data, y.data);
        } else {
            PlainFunctions.gate(x.data, a.data, y.data);
        }
        return y;
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

    /** The place of the first element that is not finite, or −1. */
    static int firstNonFinite(DMatrixRMaj x) {
        return firstNonFinite(x.data, x.getNumElements());
    }

    /** The same of the first so many numbers of an array. */
    static int firstNonFinite(double[] x, int count) {
        // 0·x is a zero for a finite x and NaN otherwise; four sums, so that the processor need not wait for one.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int vectors = VECTOR ? count - count % VectorFunctions.LANES : 0;
        if (vectors > 0) {
            s0 = VectorFunctions.timesZero(x, vectors);
        }
        int whole = count & -4;
        for (int i = vectors; i < whole; i += 4) {
            s0 += 0 * x[i];
            s1 += 0 * x[i + 1];
            s2 += 0 * x[i + 2];
            s3 += 0 * x[i + 3];
        }
        for (int i = s0 + s1 + s2 + s3 == 0 ? whole : 0; i < count; i++) {
            if (!Double.isFinite(x[i])) {
                return i;
            }
        }
        return -1;
    }

    static boolean isFinite(DMatrixRMaj x) {
        return firstNonFinite(x) < 0;
    }

    /** Zeros; what can never fit in memory is refused before it is tried. */
    static DMatrixRMaj zeros(Shape shape) {
        return zeros(shape.rows(), shape.columns());
    }

    static DMatrixRMaj zeros(int rows, int columns) {
        if ((long) rows * columns <= ALWAYS_FITS) {
            return new DMatrixRMaj(rows, columns);
        }
        Shape shape = new Shape(rows, columns);
        long bytes = 8L * shape.elements();
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IllegalArgumentException("a " + shape + " matrix takes " + bytes
                    + " bytes, more than the whole memory of this JVM, " + most + "; give it more with -Xmx");
        }
        return new DMatrixRMaj(rows, columns);
    }

    /** A new matrix of zeros, as large as x. */
    static DMatrixRMaj like(DMatrixRMaj x) {
        return new DMatrixRMaj(x.numRows, x.numCols);
    }

    static DMatrixRMaj likeBoth(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            throw new IllegalArgumentException("the shapes differ");
        }
        return new DMatrixRMaj(a.numRows, a.numCols);
    }
}

package org.ejgrad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * e^A by scaling, a Padé approximation of order 13 and repeated squaring (Al-Mohy and Higham 2009, "A new scaling and
 * squaring algorithm for the matrix exponential").
 *
 * <p>Each squaring doubles relative errors, so as few as possible are made: it is the norms of A's powers that count,
 * which for a matrix far from normal are much smaller than the powers of its norm. What can be known exactly is put
 * right after each squaring, see {@link ExactExponentials}. A result that leaves the range of numbers on the way is
 * carried as a matrix times a power of two.
 */
final class MatrixExponential {
    /** Up to this 1-norm the approximation is exact to double precision (Higham 2005). */
    private static final double RADIUS = 5.371920351148152;
    /** The same for the larger of ‖A⁶‖^(1/6), ‖A⁸‖^(1/8), or of ‖A⁸‖^(1/8), ‖A¹⁰‖^(1/10). */
    private static final double RADIUS_OF_POWERS = 4.25;
    /** The first coefficient of the approximation's error, that of A²⁷, in units of the rounding error 2⁻⁵³. */
    private static final double LOG_ERROR = log2(1 / 1.1325077560602111e35) + 53;
    /** Squares of numbers up to 2 to this power, and powers up to the seventh of 2¹⁰⁰, do not overflow. */
    private static final int ROOM = 500;
    /** Matrices with larger elements than 2 to this power are balanced first. */
    private static final int HUGE = 100;

    private static final double[] PADE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    private MatrixExponential() {}

    static DMatrixRMaj of(DMatrixRMaj a) {
        Triangular.requireSquare(a);
        if (!ElementKernels.isFinite(a)) {
            DMatrixRMaj unknown = ElementKernels.like(a);
            Arrays.fill(unknown.data, Double.NaN);
            return unknown;
        }
        int[] units = units(a);
        int[] inverse = Arrays.stream(units).map(e -> -e).toArray();
        DMatrixRMaj balanced = Equilibrated.shifted(a, inverse, units, 1);
        DMatrixRMaj y = ofBalanced(balanced);
        y = Equilibrated.shifted(y, units, inverse, 1);
        ExactExponentials.of(a).putRight(y, 0);
        return y;
    }

    private static DMatrixRMaj ofBalanced(DMatrixRMaj a) {
        Powers powers = Powers.of(a);
        if (powers.end()) {
            return powers.series();
        }
        int squarings = powers.squarings();
        ExactExponentials exact = ExactExponentials.of(a);
        DMatrixRMaj y = powers.pade(-squarings);
        exact.putRight(y, -squarings);
        int shift = 0;
        for (int i = squarings; i > 0; i--) {
            int largest = Equilibrated.exponentOfLargest(y);
            int next = largest + shift > ROOM ? Math.min(largest + shift, 1 << 20) : 0;
            y = Equilibrated.shifted(y, next == 0 ? shift : -largest);
            y = mult(y, y);
            shift = 2 * next;
            if (shift == 0) {
                exact.putRight(y, 1 - i);
            }
        }
        return Equilibrated.shifted(y, shift);
    }

    /**
     * Exponents d with which 2^(−dᵢ)·aᵢⱼ·2^(dⱼ) is not huge, where there are such: the exponential has the same units.
     * Each place in turn halves the difference between its row and its column, or, if it has but one of them, brings
     * that down to 1. Zeros if no element is huge.
     */
    private static int[] units(DMatrixRMaj a) {
        int size = a.numRows;
        int[] units = new int[size];
        boolean changed = Equilibrated.exponentOfLargest(a) > HUGE;
        for (int sweep = 0; changed && sweep < size + 12; sweep++) {
            changed = false;
            for (int i = 0; i < size; i++) {
                int row = Integer.MIN_VALUE;
                int column = Integer.MIN_VALUE;
                for (int j = 0; j < size; j++) {
                    if (j != i && a.data[i * size + j] != 0) {
                        row = Math.max(row, Equilibrated.exponent(a.data[i * size + j]) + units[j] - units[i]);
                    }
                    if (j != i && a.data[j * size + i] != 0) {
                        column = Math.max(column, Equilibrated.exponent(a.data[j * size + i]) + units[i] - units[j]);
                    }
                }
                int raise = row == Integer.MIN_VALUE
                        ? -Math.max(column, 0)
                        : column == Integer.MIN_VALUE ? Math.max(row, 0) : (row - column) / 2;
                units[i] += raise;
                changed |= raise != 0;
            }
        }
        return units;
    }

    /** Powers of A/2^exponent, whose largest element is about 1: none of them overflows. */
    private record Powers(int exponent, DMatrixRMaj first, DMatrixRMaj second, DMatrixRMaj fourth, DMatrixRMaj sixth) {
        static Powers of(DMatrixRMaj a) {
            int exponent = Equilibrated.exponentOfLargest(a);
            DMatrixRMaj first = Equilibrated.shifted(a, -exponent);
            DMatrixRMaj second = mult(first, first);
            DMatrixRMaj fourth = mult(second, second);
            return new Powers(exponent, first, second, fourth, mult(fourth, second));
        }

        /** Whether the tenth power is 0: A is nilpotent. */
        boolean end() {
            return log2(Triangular.norm1(mult(fourth, sixth))) == Double.NEGATIVE_INFINITY;
        }

        /** I + A + A²/2 + … to the ninth power. */
        DMatrixRMaj series() {
            DMatrixRMaj sum = CommonOps_DDRM.identity(first.numRows);
            DMatrixRMaj power = first;
            double factorial = 1;
            for (int k = 1; k < 10; k++) {
                factorial *= k;
                DMatrixRMaj term = ElementKernels.divide(power, factorial);
                CommonOps_DDRM.addEquals(sum, Equilibrated.shifted(term, k * exponent));
                power = mult(power, first);
            }
            return sum;
        }

        /** How often A is to be halved. */
        int squarings() {
            double norm = log2(Triangular.norm1(first)) + exponent;
            if (norm <= log2(RADIUS)) {
                return 0;
            }
            double eighth = root(8, mult(fourth, fourth));
            double ofPowers =
                    Math.min(Math.max(root(6, sixth), eighth), Math.max(eighth, root(10, mult(fourth, sixth))));
            int halvings = atLeast(ofPowers - log2(RADIUS_OF_POWERS));
            double error = LOG_ERROR + logNormOfAbsolutePower(27) - norm + 27 * exponent - 26 * halvings;
            halvings += atLeast(error / 26);
            return Math.max(Math.min(halvings, atLeast(norm - log2(RADIUS))), exponent - HUGE);
        }

        private static int atLeast(double halvings) {
            return Math.max(0, (int) Math.ceil(halvings));
        }

        /** log₂ ‖Aᵏ‖^(1/k). */
        private double root(int k, DMatrixRMaj power) {
            return log2(Triangular.norm1(power)) / k + exponent;
        }

        /** log₂ of the 1-norm of |A/2^exponent|ᵏ, from its products with a row of ones. */
        private double logNormOfAbsolutePower(int k) {
            DMatrixRMaj absolute = ElementKernels.map(first, Math::abs);
            DMatrixRMaj row = new DMatrixRMaj(1, first.numRows);
            Arrays.fill(row.data, 1);
            int shift = 0;
            for (int i = 0; i < k; i++) {
                row = mult(row, absolute);
                int largest = Equilibrated.exponentOfLargest(row);
                row = Equilibrated.shifted(row, -largest);
                shift += largest;
            }
            return log2(Triangular.norm1(row)) + shift;
        }

        /** (V − U)⁻¹·(V + U) of A·2^shift, where V holds the even powers of the polynomial and U the odd ones. */
        DMatrixRMaj pade(int shift) {
            int unit = exponent + shift;
            DMatrixRMaj one = CommonOps_DDRM.identity(first.numRows);
            DMatrixRMaj a2 = Equilibrated.shifted(second, 2 * unit);
            DMatrixRMaj a4 = Equilibrated.shifted(fourth, 4 * unit);
            DMatrixRMaj a6 = Equilibrated.shifted(sixth, 6 * unit);
            DMatrixRMaj odd = mult(a6, sum(a6, PADE[13], a4, PADE[11], a2, PADE[9], one, 0));
            CommonOps_DDRM.addEquals(odd, sum(a6, PADE[7], a4, PADE[5], a2, PADE[3], one, PADE[1]));
            DMatrixRMaj u = mult(Equilibrated.shifted(first, unit), odd);
            DMatrixRMaj v = mult(a6, sum(a6, PADE[12], a4, PADE[10], a2, PADE[8], one, 0));
            CommonOps_DDRM.addEquals(v, sum(a6, PADE[6], a4, PADE[4], a2, PADE[2], one, PADE[0]));
            return LU.of(CommonOps_DDRM.subtract(v, u, null)).solve(CommonOps_DDRM.add(v, u, null));
        }
    }

    /** a·b with every product rounded: what cancels exactly does so here, as in the powers of a nilpotent matrix. */
    private static DMatrixRMaj mult(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    private static double log2(double x) {
        return Elementary.log(x) / Elementary.log(2);
    }

    private static DMatrixRMaj sum(
            DMatrixRMaj a, double ka, DMatrixRMaj b, double kb, DMatrixRMaj c, double kc, DMatrixRMaj d, double kd) {
        DMatrixRMaj y = ElementKernels.like(a);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = ka * a.data[i] + kb * b.data[i] + kc * c.data[i] + kd * d.data[i];
        }
        return y;
    }
}

package org.ejgrad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Running products within groups, and their derivatives of every order, which need no division and are therefore right
 * at zeros. Nothing on the way over- or underflows; a weight or direction of 0 beats infinity and NaN.
 *
 * <p>To differentiate along directions v1, v2, ..., each element xₖ becomes xₖ + ε₁·v1ₖ + ε₂·v2ₖ + ... with ε² = 0.
 * Such a number has one coefficient for each set of directions; a set is written as the bits of its place in an array.
 */
final class RunningProducts {
    private final Per per;
    private final DMatrixRMaj x;
    private final DMatrixRMaj[] directions;
    private final int sets;

    private RunningProducts(Per per, DMatrixRMaj x, DMatrixRMaj... directions) {
        this.per = per;
        this.x = x;
        this.directions = directions;
        this.sets = 1 << directions.length;
    }

    /** The derivative along v1, v2, ... of the running products of x, where the matrices are x, v1, v2, ... */
    static DMatrixRMaj along(Per per, DMatrixRMaj... matrices) {
        return new RunningProducts(per, matrices[0], Arrays.copyOfRange(matrices, 1, matrices.length)).along();
    }

    /** The gradient of x of ⟨w, that derivative⟩, where the matrices are x, w, v1, v2, ... */
    static DMatrixRMaj gradient(Per per, DMatrixRMaj... matrices) {
        return new RunningProducts(per, matrices[0], Arrays.copyOfRange(matrices, 2, matrices.length))
                .gradient(matrices[1]);
    }

    private DMatrixRMaj along() {
        DMatrixRMaj y = ElementKernels.like(x);
        for (int group = 0; group < groups(); group++) {
            Wide[] product = one();
            for (int k = 0; k < length(); k++) {
                multiply(product, place(group, k));
                y.data[place(group, k)] = product[sets - 1].value();
            }
        }
        return y;
    }

    /** At place k: the product before it times Σ w at places from k on, each times the product between the two. */
    private DMatrixRMaj gradient(DMatrixRMaj w) {
        DMatrixRMaj y = ElementKernels.like(x);
        Wide[][] behind = new Wide[length()][];
        int last = length() - 1;
        for (int group = 0; group < groups(); group++) {
            for (int k = last; k >= 0; k--) {
                behind[k] = k == last ? nothing() : before(behind[k + 1], place(group, k + 1));
                behind[k][0] = behind[k][0].plus(Wide.of(w.data[place(group, k)]));
            }
            Wide[] product = one();
            for (int k = 0; k <= last; k++) {
                Wide sum = Wide.ZERO;
                for (int set = 0; set < sets; set++) {
                    boolean reached = set == 0 || product[set].digits() != 0;
                    sum = reached ? sum.plus(behind[k][sets - 1 - set].timesOrZero(product[set])) : sum;
                }
                y.data[place(group, k)] = sum.value();
                multiply(product, place(group, k));
            }
        }
        return y;
    }

    /** Replaces a product by itself times an element; larger sets first, as they need the smaller ones. */
    private void multiply(Wide[] product, int place) {
        Wide element = Wide.of(x.data[place]);
        for (int set = sets - 1; set > 0; set--) {
            product[set] = product[set].timesOrZero(element).plus(turned(product, set, place));
        }
        product[0] = product[0].times(element);
    }

    /** A sum times an element; a sum of 0 stays 0 even beside ∞ and NaN. */
    private Wide[] before(Wide[] sum, int place) {
        Wide element = Wide.of(x.data[place]);
        Wide[] result = new Wide[sets];
        for (int set = 0; set < sets; set++) {
            result[set] = sum[set].timesOrZero(element).plus(turned(sum, set, place));
        }
        return result;
    }

    /** Σ over the directions of a set: the direction's element times the coefficient of the rest of the set. */
    private Wide turned(Wide[] coefficients, int set, int place) {
        Wide sum = Wide.ZERO;
        for (int d = 0; d < directions.length; d++) {
            Wide rest = coefficients[set & ~(1 << d)];
            if ((set >> d & 1) == 1 && rest.digits() != 0) {
                sum = sum.plus(Wide.of(directions[d].data[place]).timesOrZero(rest));
            }
        }
        return sum;
    }

    private Wide[] nothing() {
        Wide[] zeros = new Wide[sets];
        Arrays.fill(zeros, Wide.ZERO);
        return zeros;
    }

    private Wide[] one() {
        Wide[] one = nothing();
        one[0] = Wide.ONE;
        return one;
    }

    private int groups() {
        return per.resultOf(Shape.of(x)).elements();
    }

    private int length() {
        return per.sizeIn(Shape.of(x));
    }

    private int place(int group, int k) {
        return IndexKernels.place(x, per, group, k);
    }
}

package org.ejgrad.nn.loss;

import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Masses of zero in front of infinite logarithms: 0·∞ is 0, and so are its derivatives of every order with respect to
 * both, as those of 0·ln 0.
 */
final class StructuralZeros {
    private StructuralZeros() {}

    /** The numbers, with a constant 0 in place of an infinite one beside a mass of 0. */
    static Value beside(Value masses, Value numbers) {
        return replaced(masses, numbers, Double.POSITIVE_INFINITY, 0, numbers);
    }

    /** The numbers, with a constant 1, of which the logarithm is finite, in place of a 0 beside a mass of 0. */
    static Value toTakeLogarithmsOf(Value masses, Value numbers) {
        return replaced(masses, numbers, 0, 1, numbers);
    }

    /**
     * The numbers, with a constant 0, of whose complement the logarithm is finite, in place of a 1 beside such a mass.
     */
    static Value toTakeLogarithmsOfComplements(Value masses, Value numbers) {
        return replaced(masses, numbers, 1, 0, numbers);
    }

    /** p·ln q, and a constant 0 where both are 0. */
    static Value xlogy(Value p, Value q) {
        return replaced(p, q, 0, 1, p).xlogy(toTakeLogarithmsOf(p, q));
    }

    /** What is given, but a constant where p is 0 and |q| is the dead number. */
    private static Value replaced(Value p, Value q, double dead, double constant, Value given) {
        DMatrixRMaj mask = new DMatrixRMaj(p.getNumRows(), p.getNumCols());
        boolean any = false;
        for (int i = 0; i < p.getNumRows(); i++) {
            for (int j = 0; j < p.getNumCols(); j++) {
                if (p.get(i, j) == 0 && Math.abs(q.get(i, j)) == dead) {
                    mask.set(i, j, 1);
                    any = true;
                }
            }
        }
        return any ? Value.adopting(mask).where(Value.filled(given.shape(), constant), given) : given;
    }
}

package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** How a product computes rows of its result again, in each of which one element of its first input has moved. */
@FunctionalInterface
public interface RowsAgain {
    /**
     * Some rows of the result, to the same bits as among the others.
     *
     * @param column where in its row of the first input an element has moved
     * @param rows the numbers of these rows
     * @param moved a row for each of them, of all the numbers that the element has moved to
     * @param inputs all of them, unmoved
     * @return the result's row for each of the numbers, row below row
     */
    DMatrixRMaj apply(int column, int[] rows, DMatrixRMaj moved, DMatrixRMaj... inputs);
}

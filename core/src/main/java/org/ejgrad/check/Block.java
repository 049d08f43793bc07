package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.Shape;
import org.ejml.data.DMatrixRMaj;

/** One matrix among the arguments of a function: where in one array its elements start, row by row. */
record Block(String label, Shape shape, int offset) {
    /** An array without further structure: one row, called x. */
    static Block row(int elements) {
        return new Block("x", new Shape(1, elements), 0);
    }

    /** Matrices one after another, in the order of the map. */
    static List<Block> inOneArray(Map<String, Shape> shapes) {
        List<Block> blocks = new ArrayList<>();
        int offset = 0;
        for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
            blocks.add(new Block(entry.getKey(), entry.getValue(), offset));
            offset += entry.getValue().elements();
        }
        return blocks;
    }

    /** A copy of this part of the array. */
    DMatrixRMaj of(double[] all) {
        DMatrixRMaj matrix = new DMatrixRMaj(shape.rows(), shape.columns());
        System.arraycopy(all, offset, matrix.data, 0, shape.elements());
        return matrix;
    }
}

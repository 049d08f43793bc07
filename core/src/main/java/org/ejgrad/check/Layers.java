package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.Shape;

/**
 * Which matrices are the weights of a layer and which their biases, told by shapes: a unit is a column of the weights
 * and an element of the row that follows them, or a row and an element of the column.
 */
final class Layers {
    private Layers() {}

    /** Where the bias of weights stands, behind them; −1 if there is none. */
    static int bias(List<Shape> shapes, int weights) {
        int next = weights + 1;
        if (next >= shapes.size()) {
            return -1;
        }
        Shape w = shapes.get(weights);
        Shape b = shapes.get(next);
        boolean isRow = b.rows() == 1 && b.columns() == w.columns();
        boolean isColumn = b.columns() == 1 && b.rows() == w.rows();
        boolean isPlain = w.columns() > 1 && w.columns() != w.rows();
        return isRow || (isColumn && (isPlain || isBetweenColumns(shapes, weights))) ? next : -1;
    }

    /** Whether the layer before, or that behind, has units in rows as well: centres and their heights look like one. */
    static boolean isBetweenColumns(List<Shape> shapes, int weights) {
        Shape w = shapes.get(weights);
        int behind = weights + 2;
        return (weights > 0 && shapes.get(weights - 1).equals(new Shape(w.columns(), 1)))
                || (behind < shapes.size() && shapes.get(behind).columns() == w.rows());
    }

    /** Whether units are rows. */
    static boolean isTurned(Shape weights, Shape bias) {
        return !(bias.rows() == 1 && bias.columns() == weights.columns());
    }

    private static List<Shape> shapes(List<Block> blocks) {
        return blocks.stream().map(Block::shape).toList();
    }

    static Optional<Block> bias(List<Block> blocks, Block weights) {
        int bias = bias(shapes(blocks), blocks.indexOf(weights));
        return bias < 0 ? Optional.empty() : Optional.of(blocks.get(bias));
    }

    /** The weights that a block is the bias of. */
    static Optional<Block> weights(List<Block> blocks, Block bias) {
        return blocks.stream()
                .filter(w -> bias(blocks, w).filter(bias::equals).isPresent())
                .findFirst();
    }

    /** Whether a block is a matrix behind which there are units of one layer, and before which those of another. */
    static boolean areWeights(List<Block> blocks, Block block) {
        List<Shape> shapes = shapes(blocks);
        Shape shape = block.shape();
        int at = blocks.indexOf(block);
        boolean isBias = IntStream.range(0, at).anyMatch(w -> bias(shapes, w) == at);
        boolean isRow = shape.rows() == 1
                && at > 0
                && shape.columns() > 1
                && shapes.get(at - 1).equals(new Shape(shape.columns(), 1));
        return !isBias && (shape.rows() > 1 || isRow);
    }
}

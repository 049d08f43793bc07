package org.ejgrad.nn.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.ejgrad.Value;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.MatrixType;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * What a convolution and its adjoint learn.
 *
 * @param weight a column per filter, a row for each thing that it sees of its group's channels
 * @param bias a number per channel of what the layer gives, or none
 * @param groups into how many parts the filters fall
 */
record Filters(Parameter weight, Optional<Parameter> bias, int groups) {
    /**
     * The sizes of a layer's matrices.
     *
     * @param layer for messages
     * @param seen the channels that all filters together look at
     * @param filters their number
     * @param taps how many pixels of a channel each looks at
     * @param outputs channels that have a bias
     */
    record Sizes(String layer, int seen, int filters, int taps, int outputs, int groups) {
        Sizes {
            if (groups < 1 || seen % groups != 0 || filters % groups != 0) {
                throw new IllegalArgumentException(layer + ": " + groups + " groups; expected a number that divides "
                        + seen + " and " + filters + " channels");
            }
        }

        /** Of each column. */
        long rows() {
            return (long) seen / groups * taps;
        }
    }

    /**
     * Weights of the given kind and a bias of zeros.
     *
     * @param fanIn how many numbers are summed for one of the output
     */
    static Filters of(Sizes sizes, long fanIn, Initialiser initialiser, long seed) {
        double elements = (double) sizes.rows() * sizes.filters;
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(sizes.layer + ": its weights, " + sizes.rows() + "x" + sizes.filters
                    + ", do not fit in one matrix");
        }
        int rows = (int) sizes.rows();
        Require.memory(sizes.layer, rows, sizes.filters, 3); // the initialiser's, in this shape, the parameter's
        int columns = (int) Math.ceil(elements / fanIn);
        SimpleMatrix made = initialiser.matrix((int) fanIn, columns, new RandomStream(seed));
        if (made == null || made.getNumRows() != fanIn || made.getNumCols() != columns) {
            throw new IllegalArgumentException(sizes.layer + ": the initialiser made "
                    + (made == null ? "null" : made.getNumRows() + "x" + made.getNumCols()) + "; expected " + fanIn
                    + "x" + columns);
        }
        SimpleMatrix weight = new SimpleMatrix(rows, sizes.filters);
        boolean isDense = made.getType() == MatrixType.DDRM;
        DMatrixRMaj filters = (isDense ? made : Value.constant(made).matrix()).getDDRM();
        System.arraycopy(filters.data, 0, weight.getDDRM().data, 0, weight.getNumElements());
        return of(sizes, weight, Optional.of(new SimpleMatrix(1, sizes.outputs)));
    }

    /** Given weights, which are copied. */
    static Filters of(Sizes sizes, ConstMatrix<?> weight, Optional<? extends ConstMatrix<?>> bias) {
        require(sizes.layer + ": the weights are ", weight, sizes.rows(), sizes.filters);
        bias.ifPresent(matrix -> require(sizes.layer + ": the bias is ", matrix, 1, sizes.outputs));
        return new Filters(
                new Parameter("weight", weight), bias.map(matrix -> new Parameter("bias", matrix)), sizes.groups);
    }

    private static void require(String what, ConstMatrix<?> matrix, long rows, int columns) {
        if (matrix.getNumRows() != rows || matrix.getNumCols() != columns) {
            throw new IllegalArgumentException(
                    what + matrix.getNumRows() + "x" + matrix.getNumCols() + "; expected " + rows + "x" + columns);
        }
    }

    Filters withoutBias() {
        return new Filters(weight, Optional.empty(), groups);
    }

    List<Parameter> parameters() {
        return bias.map(own -> List.of(weight, own)).orElse(List.of(weight));
    }

    /** The weighted sums of what is seen, a row for each place, and the bias. */
    Value sums(Value seen) {
        if (groups == 1 && bias.isPresent()) {
            return seen.affine(weight.value(), bias.get().value());
        }
        Value sums = perGroup(seen, Value::mult);
        return bias.map(own -> sums.plus(own.value())).orElse(sums);
    }

    /** The function of each group's columns and weights, side by side. */
    Value perGroup(Value columns, BinaryOperator<Value> function) {
        Value[] parts = new Value[groups];
        Arrays.setAll(parts, group -> function.apply(part(columns, group), part(weight.value(), group)));
        return groups == 1 ? parts[0] : parts[0].concatColumns(Arrays.copyOfRange(parts, 1, groups));
    }

    private Value part(Value all, int group) {
        int width = all.getNumCols() / groups;
        return groups == 1 ? all : all.cols(group * width, (group + 1) * width);
    }

    /** What is said of them behind the other options. */
    String description() {
        return (groups == 1 ? "" : ", " + groups + " groups") + (bias.isPresent() ? "" : ", without bias");
    }
}

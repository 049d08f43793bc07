package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A matrix that remembers how it was computed.
 *
 * <p>Write matrix code in EJML's vocabulary; {@link #gradients} then gives the exact derivative of a 1x1 result with
 * respect to every {@link #variable} it depends on:
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{1, 2}, {3, 4}});
 * Value loss = w.mult(w).square().elementSum();
 * SimpleMatrix slope = loss.gradients().of(w).matrix();
 * }</pre>
 *
 * <p>A Value never changes. A result that depends on constants only is itself a constant and keeps no history.
 *
 * <p>Names are those of EJML's SimpleMatrix. The differences: what EJML returns as a {@code double} is a 1x1 Value, the
 * elementwise two-argument methods broadcast (see {@link Shape}), what is done per row or per column takes a
 * {@link Per}, and nothing mutates.
 *
 * <p>This file says what a value is. What can be computed from it stands in the tables that it implements, by theme,
 * each method under the row of its {@link Operation}; the rows are constants such as {@code Value.RELU}.
 */
public final class Value
        implements Arithmetic, Choices, Functions, Activations, Algebra, Factorizations, Reductions, Scans, Moves {
    private static final Origin<Operation, Value> CONSTANT = new Origin<>("", Operation.CONSTANT, 0);

    private final DMatrixRMaj matrix;
    private final Origin<Operation, Value> origin;

    private Value(DMatrixRMaj matrix, Origin<Operation, Value> origin) {
        this.matrix = matrix;
        this.origin = origin;
    }

    private static Value exactly(DMatrixRMaj matrix) {
        return new Value(matrix, CONSTANT);
    }

    /** What an operation made of its input: a constant if that is one. */
    static Value result(Operation operation, DMatrixRMaj matrix, Value x) {
        if (x.site() != Site.UNTRACED) {
            return result(operation, matrix, new Value[] {x});
        }
        return x.isConstant() ? exactly(matrix) : new Value(matrix, new Origin<>("", operation, x.depth() + 1, x));
    }

    /** The same of two inputs. */
    static Value result(Operation operation, DMatrixRMaj matrix, Value a, Value b) {
        if (a.site() != Site.UNTRACED || b.site() != Site.UNTRACED) {
            return result(operation, matrix, new Value[] {a, b});
        }
        return a.isConstant() && b.isConstant()
                ? exactly(matrix)
                : new Value(matrix, new Origin<>("", operation, 1 + Math.max(a.depth(), b.depth()), a, b));
    }

    /** The same of any number of inputs. */
    static Value result(Operation operation, DMatrixRMaj matrix, Value... inputs) {
        int depth = 0;
        boolean constant = true;
        Site site = Site.UNTRACED;
        for (Value input : inputs) {
            depth = Math.max(depth, input.depth() + 1);
            constant &= input.isConstant();
            site = site.or(input.site());
        }
        if (site != Site.UNTRACED) {
            site = Site.here(site.watch());
            site.watch().made(new Value(matrix, Origin.of("", operation, depth, site, inputs.clone())));
        } else if (constant) {
            return exactly(matrix);
        }
        Operation kept = constant ? Operation.CONSTANT : operation;
        Value[] remembered = constant ? new Value[0] : inputs.clone();
        return new Value(matrix, Origin.of("", kept, constant ? 0 : depth, site, remembered));
    }

    /** The same matrix as a value of its own, also of a constant: what a function is differentiated by. */
    static Value input(Operation operation, Value at) {
        return new Value(at.matrix, Origin.of(at.label(), operation, at.depth() + 1, at.site(), at));
    }

    // ---- making values ----------------------------------------------------------------------------------------------

    /** A constant, never differentiated with respect to, from a copy of any real EJML matrix. */
    public static Value constant(ConstMatrix<?> matrix) {
        return adopting(MatrixCopies.of(matrix, "constant"));
    }

    /** A constant from a copy of a matrix of EJML's basic type. */
    public static Value constant(DMatrixRMaj matrix) {
        return adopting(MatrixCopies.of(matrix));
    }

    /** A constant from a copy of rows, all of one length. */
    public static Value constant(double[][] rows) {
        return adopting(MatrixCopies.of(rows, "constant"));
    }

    /** A 1x1 constant. */
    public static Value constant(double number) {
        return filled(Shape.SCALAR, number);
    }

    /** A constant row, 1xn. */
    public static Value row(double... numbers) {
        return constant(new double[][] {requireNonNull(numbers, "numbers")});
    }

    /** A constant column, nx1. */
    public static Value column(double... numbers) {
        return row(numbers).transpose();
    }

    /**
     * A constant that takes over a matrix without a copy, for code in which copies cost: whoever made the matrix gives
     * it up, and neither writes to it nor hands it on from here on.
     */
    public static Value adopting(DMatrixRMaj matrix) {
        return exactly(MatrixCopies.exact(matrix));
    }

    /** Something to differentiate by, distinct from every other variable, from a copy of any real EJML matrix. */
    public static Value variable(String label, ConstMatrix<?> matrix) {
        return variable(label, adopting(MatrixCopies.of(matrix, "variable")));
    }

    /** A variable from a copy of a matrix of EJML's basic type. */
    public static Value variable(String label, DMatrixRMaj matrix) {
        return variable(label, constant(matrix));
    }

    /** A variable that starts at the elements of another value; the two share them, as neither changes. */
    public static Value variable(String label, Value start) {
        requireNonNull(start, "start");
        Origin<Operation, Value> origin = new Origin<>(requireNonNull(label, "label"), Operation.VARIABLE, 0);
        origin.bare = start.bare();
        return new Value(start.matrix, origin);
    }

    /** A variable from a copy of rows, all of one length. */
    public static Value variable(String label, double[][] rows) {
        return variable(label, adopting(MatrixCopies.of(rows, "variable")));
    }

    /** A 1x1 variable. */
    public static Value variable(String label, double number) {
        return variable(label, constant(number));
    }

    /** A constant filled with one number. */
    public static Value filled(Shape shape, double number) {
        DMatrixRMaj matrix = ElementKernels.zeros(requireNonNull(shape, "shape"));
        Arrays.fill(matrix.data, number);
        return exactly(matrix);
    }

    /** A constant of zeros. */
    public static Value zeros(Shape shape) {
        return filled(shape, 0);
    }

    /** A constant of ones. */
    public static Value ones(Shape shape) {
        return filled(shape, 1);
    }

    /** A constant identity matrix. */
    public static Value identity(int size) {
        DMatrixRMaj identity = ElementKernels.zeros(new Shape(size, size));
        CommonOps_DDRM.setIdentity(identity);
        return adopting(identity);
    }

    /** A constant of independent numbers, uniform in [low, high); the same for the same seed on every machine. */
    public static Value uniform(Shape shape, double low, double high, long seed) {
        return adopting(RandomNumbers.uniform(shape, low, high, seed));
    }

    /** A constant of independent standard normal numbers; the same for the same seed on every machine. */
    public static Value normal(Shape shape, long seed) {
        return adopting(RandomNumbers.normal(shape, seed));
    }

    // ---- what a value knows of itself -------------------------------------------------------------------------------

    /**
     * {@return a copy of the elements, the caller's own} {@link #get} reads single elements, {@link #reading} all
     * without copying.
     */
    public SimpleMatrix matrix() {
        return SimpleMatrix.wrap(MatrixCopies.of(matrix));
    }

    /**
     * Lends the elements without a copy to a function that only reads them, for code in which copies cost.
     *
     * @param reader must neither write to the matrix nor keep it; its array is exactly as long as it has elements
     * @return what the reader returns
     */
    public <R> R reading(Function<? super DMatrixRMaj, ? extends R> reader) {
        return requireNonNull(reader, "reader").apply(matrix);
    }

    /** {@return one element, by row and column from 0} */
    public double get(int row, int column) {
        if (row < 0 || row >= matrix.numRows || column < 0 || column >= matrix.numCols) {
            throw Calls.refusal("there is no such element", "get", this, row, column);
        }
        return matrix.data[row * matrix.numCols + column];
    }

    /** {@return the element of a 1x1 value} */
    public double scalar() {
        if (!shape().isScalar()) {
            throw Calls.refusal("expected a 1x1 value", "scalar", this);
        }
        return matrix.data[0];
    }

    /** {@return rows x columns} */
    @Override
    public Shape shape() {
        return Shape.of(matrix);
    }

    /** {@return the number of rows} */
    public int getNumRows() {
        return matrix.numRows;
    }

    /** {@return the number of columns} */
    public int getNumCols() {
        return matrix.numCols;
    }

    /** {@return the label, or the empty string} */
    @Override
    public String label() {
        return origin.label;
    }

    /** {@return what messages and drawings call this value: its label or, if it has none, its operation} */
    @Override
    public String name() {
        return label().isEmpty() ? operation().toString() : PlainText.line(label());
    }

    /** {@return what made this value; of a leaf an operation named {@code constant} or {@code variable}} */
    public Operation operation() {
        return origin.operation;
    }

    /** {@return what the operation was applied to, an unmodifiable list, empty for a leaf} */
    public List<Value> inputs() {
        return origin;
    }

    /** {@return how far this value is from the leaves: 0 for a leaf, else one more than its deepest input} */
    public int depth() {
        return origin.depth;
    }

    /**
     * {@return this value, last, and all it was computed from, each once, under the name met first, and inputs before
     * results} The order is depth first, first input first, the same in every run; nothing recurses, at any depth.
     */
    public List<Value> ancestors() {
        return Ancestors.of(this, Value::inputs);
    }

    /** {@return whether nothing can be differentiated with respect to this value or through it} */
    public boolean isConstant() {
        return origin.operation == Operation.CONSTANT;
    }

    /** {@return whether this was made by {@link #variable} and is not a result} */
    public boolean isVariable() {
        return origin.operation == Operation.VARIABLE;
    }

    /** {@return the same matrix without its history, a constant} */
    public Value detached() {
        return isConstant() ? this : new Value(matrix, Origin.of(label(), Operation.CONSTANT, 0, site()));
    }

    /** {@return the same value, made by the same operation, under a name that messages and drawings show} */
    public Value labelled(String name) {
        return new Value(matrix, Origin.of(requireNonNull(name, "name"), operation(), depth(), site(), origin.inputs));
    }

    /**
     * {@return the same value, traced: whatever is computed from it remembers the line of the program, for
     * {@link NonFinite} and refused shapes to tell} It costs half a microsecond a result, more under many calls.
     */
    public Value traced() {
        return watched(site().watch());
    }

    /** {@return where in the program a traced value was made, the line and a layer's before it; else empty} */
    @Override
    public String madeAt() {
        return site().toString();
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    /**
     * The derivative of this 1x1 value with respect to every variable it depends on, each in the variable's shape.
     *
     * @throws IllegalArgumentException if this value is not 1x1 or is a constant
     */
    public Gradients gradients(Gradients.Option... options) {
        if (!shape().isScalar()) {
            throw Calls.refusal("expected a 1x1 value, or an upstream gradient of its shape", "gradients", this);
        }
        return gradients(BackwardWalk.ONE, options);
    }

    /**
     * The derivative of Σ this ⊙ upstream with respect to every variable this value depends on.
     *
     * @param upstream the gradient arriving at this value, in its shape
     * @throws IllegalArgumentException if the shapes differ or this value is a constant
     */
    public Gradients gradients(Value upstream, Gradients.Option... options) {
        return new BackwardWalk(List.of(), options).from(this, upstream);
    }

    /** Whether the other is the same value, under whatever name, traced or not; each constant is one of its own. */
    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof Value value && value.origin.inputs == origin.inputs && !isConstant());
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(isConstant() ? this : origin.inputs);
    }

    // ---- inside -----------------------------------------------------------------------------------------------------

    /** The live matrix, which nobody writes to. */
    DMatrixRMaj data() {
        return matrix;
    }

    /** Whether the other has as many rows and columns. */
    boolean hasShapeOf(Value other) {
        return matrix.numRows == other.matrix.numRows && matrix.numCols == other.matrix.numCols;
    }

    /** Where in the program this value was made, if it is traced. */
    Site site() {
        return origin.site();
    }

    /** The same value, traced, and what is computed from it watched. */
    Value watched(Watch watch) {
        return new Value(matrix, Origin.of(label(), operation(), depth(), Site.here(watch), origin.inputs));
    }

    /** The same matrix as a constant that nothing is remembered of, as the rules of a first-order walk see it. */
    Value bare() {
        if (isConstant() && site() == Site.UNTRACED) {
            return this;
        }
        Value known = origin.bare;
        if (known == null) {
            known = exactly(matrix);
            origin.bare = known;
        }
        return known;
    }

    /** The bare inputs. */
    List<Value> bareInputs() {
        return new Seen<>(inputs(), Value::bare);
    }

    /** What it is and its elements to six digits, a line per row; of more than eight rows or columns the corners. */
    @Override
    public String toString() {
        String what = label().isEmpty() ? name() : name() + " = " + operation();
        return what + " " + shape() + "\n" + String.join("\n", MatrixText.corners(matrix));
    }
}

package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * SimpleMatrix slope = loss.gradients().of(w).matrix().copy();
 * }</pre>
 *
 * <p>A Value never changes. A result that depends on constants only is itself a constant and keeps no history.
 *
 * <p>Names are those of EJML's SimpleMatrix. The differences: what EJML returns as a {@code double} is a 1x1 Value, the
 * elementwise two-argument methods broadcast (see {@link Shape}), and nothing mutates.
 */
public final class Value {
    private final DMatrixRMaj matrix;
    private final Shape shape;
    private final String label;
    private final Operation operation;
    private final List<Value> inputs;
    private final int depth;
    private final Site site;

    private Value(DMatrixRMaj matrix, Shape shape, String label, Operation operation, List<Value> inputs, int depth) {
        this(matrix, shape, label, operation, inputs, depth, site(operation, matrix));
    }

    private Value(
            DMatrixRMaj matrix,
            Shape shape,
            String label,
            Operation operation,
            List<Value> inputs,
            int depth,
            Site site) {
        this.site = site;
        this.matrix = matrix;
        this.shape = shape;
        this.label = label;
        this.operation = operation;
        this.inputs = inputs;
        this.depth = depth;
    }

    private static Site site(Operation operation, DMatrixRMaj matrix) {
        return Site.CAPTURED && (operation != Operation.CONSTANT || NonFinite.firstIn(matrix) >= 0)
                ? Site.here()
                : Site.UNKNOWN;
    }

    /** Where in the program this value was made, if that is recorded. */
    Site site() {
        return site;
    }

    private static Value leaf(String label, DMatrixRMaj matrix, Operation kind) {
        return new Value(matrix, new Shape(matrix.numRows, matrix.numCols), label, kind, List.of(), 0);
    }

    /** The result of an operation: a constant if all inputs are. */
    static Value result(Operation operation, Value... inputs) {
        DMatrixRMaj[] matrices = new DMatrixRMaj[inputs.length];
        int depth = 0;
        boolean constant = true;
        for (int i = 0; i < inputs.length; i++) {
            Value input = inputs[i];
            if (input == null) {
                throw new NullPointerException(operation.inputName(i));
            }
            matrices[i] = input.matrix;
            depth = Math.max(depth, input.depth + 1);
            constant &= input.isConstant();
        }
        DMatrixRMaj result = operation.compute(matrices);
        Shape shape = shapeOf(result, inputs);
        return constant
                ? new Value(result, shape, "", Operation.CONSTANT, List.of(), 0)
                : new Value(result, shape, "", operation, List.of(inputs), depth);
    }

    /** The same where the result has been computed already, together with another's. */
    static Value known(Operation operation, DMatrixRMaj result, Value input) {
        return input.isConstant()
                ? new Value(result, Shape.of(result), "", Operation.CONSTANT, List.of(), 0)
                : new Value(result, Shape.of(result), "", operation, List.of(input), input.depth + 1);
    }

    /** The shape of a result; most often an input has it already. */
    private static Shape shapeOf(DMatrixRMaj result, Value... inputs) {
        for (Value input : inputs) {
            Shape shape = input.shape;
            if (shape.rows() == result.numRows && shape.columns() == result.numCols) {
                return shape;
            }
        }
        return new Shape(result.numRows, result.numCols);
    }

    /**
     * A result that is the same matrix but a value of its own, also of a constant: what a function is differentiated
     * by.
     */
    static Value input(Value at) {
        return new Value(at.matrix, at.shape, at.label, Operation.INPUT, List.of(at), at.depth + 1);
    }

    // ---- making values ----------------------------------------------------------------------------------------------

    /**
     * A constant: never differentiated with respect to.
     *
     * @param matrix any real EJML matrix; its elements are copied
     * @return a constant with its elements
     */
    public static Value constant(ConstMatrix<?> matrix) {
        return leaf("", copy(matrix), Operation.CONSTANT);
    }

    /**
     * A constant from EJML's basic matrix type.
     *
     * @param matrix a matrix; its elements are copied
     * @return a constant with its elements
     */
    public static Value constant(DMatrixRMaj matrix) {
        return leaf("", copy(matrix), Operation.CONSTANT);
    }

    /**
     * A constant from rows.
     *
     * @param rows the rows, all of one length; its elements are copied
     * @return a constant with these elements
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Value constant(double[][] rows) {
        return leaf("", copy(rows), Operation.CONSTANT);
    }

    /**
     * A constant 1x1 matrix.
     *
     * @param number its element
     * @return a 1x1 constant
     */
    public static Value constant(double number) {
        return leaf("", new DMatrixRMaj(new double[][] {{number}}), Operation.CONSTANT);
    }

    /**
     * Something to differentiate by.
     *
     * @param label the name in messages and drawings
     * @param matrix any real EJML matrix; its elements are copied
     * @return a new variable, distinct from every other
     */
    public static Value variable(String label, ConstMatrix<?> matrix) {
        return leaf(requireNonNull(label, "label"), copy(matrix), Operation.VARIABLE);
    }

    /**
     * Something to differentiate by, from EJML's basic matrix type.
     *
     * @param label the name in messages and drawings
     * @param matrix a matrix; its elements are copied
     * @return a new variable, distinct from every other
     */
    public static Value variable(String label, DMatrixRMaj matrix) {
        return leaf(requireNonNull(label, "label"), copy(matrix), Operation.VARIABLE);
    }

    /**
     * Something to differentiate by, starting at the elements another value has; the two share them, as neither
     * changes.
     *
     * @param label the name in messages and drawings
     * @param start any value; its history is not part of the variable
     * @return a new variable, distinct from every other
     */
    public static Value variable(String label, Value start) {
        return new Value(
                requireNonNull(start, "start").matrix,
                start.shape,
                requireNonNull(label, "label"),
                Operation.VARIABLE,
                List.of(),
                0);
    }

    /**
     * Something to differentiate by, from rows.
     *
     * @param label the name in messages and drawings
     * @param rows the rows, all of one length; its elements are copied
     * @return a new variable, distinct from every other
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Value variable(String label, double[][] rows) {
        return leaf(requireNonNull(label, "label"), copy(rows), Operation.VARIABLE);
    }

    /**
     * A 1x1 variable.
     *
     * @param label the name in messages and drawings
     * @param number its element
     * @return a new variable, distinct from every other
     */
    public static Value variable(String label, double number) {
        return variable(label, new double[][] {{number}});
    }

    /**
     * A constant filled with one number.
     *
     * @param shape its shape
     * @param number each element
     * @return a constant
     */
    public static Value filled(Shape shape, double number) {
        DMatrixRMaj matrix = requireNonNull(shape, "shape").newMatrix();
        Arrays.fill(matrix.data, number);
        return leaf("", matrix, Operation.CONSTANT);
    }

    /**
     * A constant of zeros.
     *
     * @param shape its shape
     * @return a constant
     */
    public static Value zeros(Shape shape) {
        return filled(shape, 0);
    }

    /**
     * A constant of ones.
     *
     * @param shape its shape
     * @return a constant
     */
    public static Value ones(Shape shape) {
        return filled(shape, 1);
    }

    /**
     * A constant identity matrix.
     *
     * @param size its rows and columns, 0 or more
     * @return 1 on the diagonal, 0 elsewhere
     */
    public static Value identity(int size) {
        DMatrixRMaj identity = new Shape(size, size).newMatrix();
        CommonOps_DDRM.setIdentity(identity);
        return leaf("", identity, Operation.CONSTANT);
    }

    // ---- what a value knows of itself -------------------------------------------------------------------------------

    /**
     * A copy of the elements, as EJML's own matrix: nothing that is done to it reaches this value. {@link #get} reads
     * single elements without copying.
     *
     * @return a new matrix, through EJML's read-only type
     */
    public ConstMatrix<SimpleMatrix> matrix() {
        return SimpleMatrix.wrap(copy(matrix));
    }

    /**
     * One element.
     *
     * @param row from 0
     * @param column from 0
     * @return the element
     * @throws IllegalArgumentException if there is no such row or column
     */
    public double get(int row, int column) {
        if (row < 0 || row >= shape.rows() || column < 0 || column >= shape.columns()) {
            throw new IllegalArgumentException(
                    "get(" + row + ", " + column + "): there is no such element in a " + shape + " value");
        }
        return matrix.data[row * shape.columns() + column];
    }

    /**
     * The element of a 1x1 value.
     *
     * @return its only element
     * @throws IllegalArgumentException if the value is not 1x1
     */
    public double scalar() {
        if (!shape.isScalar()) {
            throw new IllegalArgumentException("scalar(): the value is " + shape + "; expected 1x1");
        }
        return matrix.data[0];
    }

    /**
     * Rows and columns.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The number of rows.
     *
     * @return 0 or more
     */
    public int getNumRows() {
        return shape.rows();
    }

    /**
     * The number of columns.
     *
     * @return 0 or more
     */
    public int getNumCols() {
        return shape.columns();
    }

    /**
     * The name given to it.
     *
     * @return the label, or the empty string
     */
    public String label() {
        return label;
    }

    /**
     * What made this value.
     *
     * @return the operation; of a leaf one named {@code constant} or {@code variable}
     */
    public Operation operation() {
        return operation;
    }

    /**
     * What the operation was applied to.
     *
     * @return an unmodifiable list, empty for a leaf
     */
    public List<Value> inputs() {
        return inputs;
    }

    /**
     * How far this value is from the leaves: one more than its deepest input.
     *
     * @return 0 for a leaf
     */
    public int depth() {
        return depth;
    }

    /**
     * Whether nothing can be differentiated with respect to this value or through it.
     *
     * @return true for constants and results of constants
     */
    public boolean isConstant() {
        return operation == Operation.CONSTANT;
    }

    /**
     * Whether this is a variable, not a result.
     *
     * @return true if made by {@link #variable}
     */
    public boolean isVariable() {
        return operation == Operation.VARIABLE;
    }

    /**
     * The same matrix without its history.
     *
     * @return a constant
     */
    public Value detached() {
        return isConstant() ? this : new Value(matrix, shape, label, Operation.CONSTANT, List.of(), 0, site);
    }

    /**
     * The same value under a name that messages and drawings show.
     *
     * @param name the label
     * @return a value made by the same operation from the same inputs
     */
    public Value labelled(String name) {
        return new Value(matrix, shape, requireNonNull(name, "name"), operation, inputs, depth, site);
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    /**
     * The derivative of this 1x1 value with respect to every variable it depends on.
     *
     * @param options see {@link Gradients.Option}
     * @return one gradient per variable, in the variable's shape
     * @throws IllegalArgumentException if this value is not 1x1 or is a constant
     */
    public Gradients gradients(Gradients.Option... options) {
        return Gradients.of(this, options);
    }

    /**
     * The derivative of Σ this ⊙ upstream with respect to every variable this value depends on.
     *
     * @param upstream the gradient arriving at this value, in its shape
     * @param options see {@link Gradients.Option}
     * @return one gradient per variable, in the variable's shape
     * @throws IllegalArgumentException if the shapes differ or this value is a constant
     */
    public Gradients gradients(Value upstream, Gradients.Option... options) {
        return Gradients.of(this, upstream, options);
    }

    /**
     * The gradients of this 1x1 value, if they are all finite.
     *
     * @param options see {@link Gradients.Option}
     * @return as {@link #gradients(Gradients.Option...)}
     * @throws NonFiniteException if an element of a variable's gradient is ∞ or NaN; it says which operation made it
     * @throws IllegalArgumentException if this value is not 1x1 or is a constant
     */
    public Gradients finiteGradients(Gradients.Option... options) {
        Gradients gradients = gradients(options);
        if (!gradients.variables().stream().map(gradients::of).allMatch(NonFinite::isFinite)) {
            throw new NonFiniteException(NonFinite.inGradientsOf(this).orElseThrow());
        }
        return gradients;
    }

    /**
     * This value, if all its elements are finite.
     *
     * @return this
     * @throws NonFiniteException if an element is ∞ or NaN; it says which operation made it
     */
    public Value requireFinite() {
        NonFinite.in(this).ifPresent(origin -> {
            throw new NonFiniteException(origin);
        });
        return this;
    }

    // ---- arithmetic -------------------------------------------------------------------------------------------------

    /**
     * The sum a + b.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value plus(Value b) {
        return Elementwise.broadcast(Elementwise.PLUS, this, b);
    }

    /**
     * The sum a + k.
     *
     * @param k added to each element
     * @return in this shape
     */
    public Value plus(double k) {
        return Elementwise.shift(k).apply(this);
    }

    /**
     * The difference a − b.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value minus(Value b) {
        return Elementwise.broadcast(Elementwise.MINUS, this, b);
    }

    /**
     * The difference a − k.
     *
     * @param k subtracted from each element
     * @return in this shape
     */
    public Value minus(double k) {
        return plus(-k);
    }

    /**
     * The product k·a.
     *
     * @param k the factor
     * @return in this shape
     */
    public Value scale(double k) {
        return Elementwise.scale(k).apply(this);
    }

    /**
     * The quotient a/k.
     *
     * @param k the divisor
     * @return in this shape
     */
    public Value divide(double k) {
        return Elementwise.divide(k).apply(this);
    }

    /**
     * The negative −a.
     *
     * @return in this shape
     */
    public Value negative() {
        return Elementwise.NEGATIVE.apply(this);
    }

    /**
     * The elementwise product a ⊙ b.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value elementMult(Value b) {
        return Elementwise.broadcast(Elementwise.ELEMENT_MULT, this, b);
    }

    /**
     * The elementwise quotient a ⊘ b.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value elementDiv(Value b) {
        return Elementwise.broadcast(Elementwise.ELEMENT_DIV, this, b);
    }

    // ---- powers, exponentials, logarithms
    // -------------------------------------------------------------------------------

    /**
     * Elementwise x².
     *
     * @return in this shape
     */
    public Value square() {
        return Functions.SQUARE.apply(this);
    }

    /**
     * Elementwise √x; NaN below 0, slope ∞ at 0.
     *
     * @return in this shape
     */
    public Value sqrt() {
        return Functions.SQRT.apply(this);
    }

    /**
     * Elementwise 1/√x; ∞ at 0, NaN below.
     *
     * @return in this shape
     */
    public Value rsqrt() {
        return Functions.RSQRT.apply(this);
    }

    /**
     * Elementwise 1/x; ±∞ at ±0.
     *
     * @return in this shape
     */
    public Value reciprocal() {
        return Functions.RECIPROCAL.apply(this);
    }

    /**
     * Elementwise xᵖ; x⁰ is 1 with slope 0 everywhere.
     *
     * @param p a constant exponent
     * @return in this shape
     */
    public Value elementPower(double p) {
        return Functions.power(p).apply(this);
    }

    /**
     * Elementwise aᵇ; 0⁰ is 1, and the slope of 0ᵇ in b is 0 for b ≥ 0.
     *
     * @param b the exponents, a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value elementPower(Value b) {
        return Elementwise.broadcast(Elementwise.POWER, this, b);
    }

    /**
     * Elementwise baseˣ.
     *
     * @param base a constant base; a negative one has no slope, NaN
     * @return in this shape
     */
    public Value elementPowerOf(double base) {
        return filled(shape, base).elementPower(this);
    }

    /**
     * Elementwise eˣ.
     *
     * @return in this shape
     */
    public Value elementExp() {
        return Functions.EXP.apply(this);
    }

    /**
     * Elementwise 2ˣ.
     *
     * @return in this shape
     */
    public Value exp2() {
        return Functions.EXP2.apply(this);
    }

    /**
     * Elementwise eˣ − 1, without cancellation near 0.
     *
     * @return in this shape
     */
    public Value expm1() {
        return Functions.EXPM1.apply(this);
    }

    /**
     * Elementwise ln x; −∞ at 0, NaN below.
     *
     * @return in this shape
     */
    public Value elementLog() {
        return Functions.LOG.apply(this);
    }

    /**
     * Elementwise logarithm to base 2.
     *
     * @return in this shape
     */
    public Value log2() {
        return Functions.LOG2.apply(this);
    }

    /**
     * Elementwise logarithm to base 10.
     *
     * @return in this shape
     */
    public Value log10() {
        return Functions.LOG10.apply(this);
    }

    /**
     * Elementwise ln(1 + x), without cancellation near 0; −∞ at −1, NaN below.
     *
     * @return in this shape
     */
    public Value log1p() {
        return Functions.LOG1P.apply(this);
    }

    /**
     * Elementwise ln(x/(1 − x)), the inverse of sigmoid; ∓∞ at 0 and 1, NaN outside.
     *
     * @return in this shape
     */
    public Value logit() {
        return Functions.LOGIT.apply(this);
    }

    /**
     * Elementwise ln(eᵃ + eᵇ), finite for finite a and b.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value logAddExp(Value b) {
        return Elementwise.broadcast(Elementwise.LOG_ADD_EXP, this, b);
    }

    /**
     * Elementwise a·ln b, which is 0 where a = 0; at a = b = 0 both slopes are 0.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value xlogy(Value b) {
        return Elementwise.broadcast(Elementwise.XLOGY, this, b);
    }

    // ---- circular and hyperbolic functions
    // ------------------------------------------------------------------------------

    /**
     * Elementwise sine.
     *
     * @return in this shape
     */
    public Value sin() {
        return Functions.SIN.apply(this);
    }

    /**
     * Elementwise cosine.
     *
     * @return in this shape
     */
    public Value cos() {
        return Functions.COS.apply(this);
    }

    /**
     * Elementwise tangent.
     *
     * @return in this shape
     */
    public Value tan() {
        return Functions.TAN.apply(this);
    }

    /**
     * Elementwise arcsine; slope ∞ at ±1, NaN beyond.
     *
     * @return in this shape
     */
    public Value asin() {
        return Functions.ASIN.apply(this);
    }

    /**
     * Elementwise arccosine; slope −∞ at ±1, NaN beyond.
     *
     * @return in this shape
     */
    public Value acos() {
        return Functions.ACOS.apply(this);
    }

    /**
     * Elementwise arctangent.
     *
     * @return in this shape
     */
    public Value atan() {
        return Functions.ATAN.apply(this);
    }

    /**
     * Elementwise angle of the point (b, a), in (−π, π]; at the origin both slopes are taken as 0.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value atan2(Value b) {
        return Elementwise.broadcast(Elementwise.ATAN2, this, b);
    }

    /**
     * Elementwise hyperbolic sine.
     *
     * @return in this shape
     */
    public Value sinh() {
        return Functions.SINH.apply(this);
    }

    /**
     * Elementwise hyperbolic cosine.
     *
     * @return in this shape
     */
    public Value cosh() {
        return Functions.COSH.apply(this);
    }

    /**
     * Elementwise tanh x.
     *
     * @return in this shape
     */
    public Value tanh() {
        return Functions.TANH.apply(this);
    }

    /**
     * Elementwise inverse hyperbolic sine.
     *
     * @return in this shape
     */
    public Value asinh() {
        return Functions.ASINH.apply(this);
    }

    /**
     * Elementwise inverse hyperbolic cosine; slope ∞ at 1, NaN below.
     *
     * @return in this shape
     */
    public Value acosh() {
        return Functions.ACOSH.apply(this);
    }

    /**
     * Elementwise inverse hyperbolic tangent; ±∞ at ±1, NaN beyond.
     *
     * @return in this shape
     */
    public Value atanh() {
        return Functions.ATANH.apply(this);
    }

    /**
     * Elementwise error function 2/√π·∫₀ˣ e^(−t²) dt.
     *
     * @return in this shape
     */
    public Value erf() {
        return Functions.ERF.apply(this);
    }

    /**
     * Elementwise 1 − erf x, without cancellation for large x.
     *
     * @return in this shape
     */
    public Value erfc() {
        return Functions.ERFC.apply(this);
    }

    // ---- kinks, steps and choices
    // ---------------------------------------------------------------------------------------

    /**
     * Elementwise |x|, with slope 0 at 0.
     *
     * @return in this shape
     */
    public Value abs() {
        return Functions.ABS.apply(this);
    }

    /**
     * Elementwise −1, 0 or 1, with slope 0.
     *
     * @return in this shape
     */
    public Value sign() {
        return Functions.SIGN.apply(this);
    }

    /**
     * Elementwise largest integer up to x, with slope 0.
     *
     * @return in this shape
     */
    public Value floor() {
        return Functions.FLOOR.apply(this);
    }

    /**
     * Elementwise smallest integer from x on, with slope 0.
     *
     * @return in this shape
     */
    public Value ceil() {
        return Functions.CEIL.apply(this);
    }

    /**
     * Elementwise nearest integer, halves to the even one, with slope 0.
     *
     * @return in this shape
     */
    public Value round() {
        return Functions.ROUND.apply(this);
    }

    /**
     * Elementwise integer part, towards 0, with slope 0.
     *
     * @return in this shape
     */
    public Value trunc() {
        return Functions.TRUNC.apply(this);
    }

    /**
     * Elementwise min(max(x, low), high), with slope 1 from bound to bound, both included.
     *
     * @param low the least result; −∞ for none
     * @param high the largest result; ∞ for none
     * @return in this shape
     * @throws IllegalArgumentException if low exceeds high or either is NaN
     */
    public Value clamp(double low, double high) {
        requireBounds("clamp", low, high);
        return Functions.clamp(low, high).apply(this);
    }

    /**
     * Elementwise min(max(x, low), high), with slope 1 between the bounds and 0 at them: PyTorch's hardtanh.
     *
     * @param low the least result
     * @param high the largest result
     * @return in this shape
     * @throws IllegalArgumentException if low exceeds high or either is NaN
     */
    public Value clampOpen(double low, double high) {
        requireBounds("clampOpen", low, high);
        return Functions.clampOpen(low, high).apply(this);
    }

    /**
     * Elementwise larger of two; at a tie both get half of the gradient, or a value beside a constant none of it.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value maximum(Value b) {
        return Elementwise.broadcast(Elementwise.maximum(shareAtTie(requireNonNull(b, "b"))), this, b);
    }

    /**
     * Elementwise larger of x and a number, with slope 0 at a tie.
     *
     * @param k the number
     * @return in this shape
     */
    public Value maximum(double k) {
        return Functions.maximum(k).apply(this);
    }

    /**
     * Elementwise smaller of two; at a tie both get half of the gradient, or a value beside a constant none of it.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value minimum(Value b) {
        return Elementwise.broadcast(Elementwise.minimum(shareAtTie(requireNonNull(b, "b"))), this, b);
    }

    /**
     * Elementwise smaller of x and a number, with slope 0 at a tie.
     *
     * @param k the number
     * @return in this shape
     */
    public Value minimum(double k) {
        return Functions.minimum(k).apply(this);
    }

    /**
     * Elementwise 1 where a &gt; b and 0 elsewhere, a condition for {@link #where}; slope 0, NaN beside NaN.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value greaterThan(Value b) {
        return Elementwise.broadcast(Elementwise.GREATER_THAN, this, b);
    }

    /**
     * Elementwise 1 where x &gt; k and 0 elsewhere, a condition for {@link #where}; slope 0, NaN at NaN.
     *
     * @param k the number
     * @return in this shape
     */
    public Value greaterThan(double k) {
        return greaterThan(filled(shape, k));
    }

    /**
     * Elementwise 1 where a &lt; b and 0 elsewhere, a condition for {@link #where}; slope 0, NaN beside NaN.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value lessThan(Value b) {
        return Elementwise.broadcast(Elementwise.LESS_THAN, this, b);
    }

    /**
     * Elementwise 1 where x &lt; k and 0 elsewhere, a condition for {@link #where}; slope 0, NaN at NaN.
     *
     * @param k the number
     * @return in this shape
     */
    public Value lessThan(double k) {
        return lessThan(filled(shape, k));
    }

    /**
     * Elementwise a where this condition is 1 and b where it is 0; the branch not taken gets exactly no gradient, even
     * if it is infinite or NaN there.
     *
     * @param a the value where this is 1; its shape meets the others, see {@link Shape}
     * @param b the value where this is 0; its shape meets the others
     * @return elementwise, broadcast
     * @throws IllegalArgumentException if the shapes do not meet or this has an element other than 0 and 1
     */
    public Value where(Value a, Value b) {
        return Elementwise.choose(this, a, b);
    }

    /**
     * Elementwise k where the mask is 1 and x where it is 0, with gradient 0 where it is filled.
     *
     * @param mask zeros and ones, of a shape that meets this one
     * @param k the number, infinite perhaps
     * @return in this shape
     * @throws IllegalArgumentException if the shapes do not meet or the mask has an element other than 0 and 1
     */
    public Value maskedFill(Value mask, double k) {
        return requireNonNull(mask, "mask").where(filled(Shape.SCALAR, k), this);
    }

    // ---- activations
    // ----------------------------------------------------------------------------------------------------

    /**
     * Elementwise σ(x) = 1/(1 + e⁻ˣ), finite for every finite x.
     *
     * @return in this shape
     */
    public Value sigmoid() {
        return Activations.SIGMOID.apply(this);
    }

    /**
     * Elementwise ln σ(x) = −ln(1 + e⁻ˣ), finite for every finite x.
     *
     * @return in this shape
     */
    public Value logSigmoid() {
        return Activations.LOG_SIGMOID.apply(this);
    }

    /**
     * Elementwise max(x, 0), with slope 0 at 0.
     *
     * @return in this shape
     */
    public Value relu() {
        return Activations.RELU.apply(this);
    }

    /**
     * Elementwise min(max(x, 0), 6), with slope 0 at 0 and 6.
     *
     * @return in this shape
     */
    public Value relu6() {
        return Activations.RELU6.apply(this);
    }

    /**
     * Elementwise x where x &gt; 0, else a small multiple of it; at 0 that is the slope too.
     *
     * @param negativeSlope the multiple, 0.01 as a rule
     * @return in this shape
     */
    public Value leakyRelu(double negativeSlope) {
        return Activations.leakyRelu(negativeSlope).apply(this);
    }

    /**
     * Elementwise x where x &gt; 0, else α(eˣ − 1), with slope α at 0 (Clevert et al. 2015).
     *
     * @param alpha the limit at −∞, negated
     * @return in this shape
     */
    public Value elu(double alpha) {
        return Activations.elu("elu", 1, alpha, 1).with(alpha).apply(this);
    }

    /**
     * Elementwise x where x &gt; 0, else α(e^(x/α) − 1), with slope 1 at 0 (Barron 2017).
     *
     * @param alpha the limit at −∞, negated
     * @return in this shape
     */
    public Value celu(double alpha) {
        return Activations.elu("celu", 1, alpha, alpha).with(alpha).apply(this);
    }

    /**
     * Elementwise self-normalising λ·elu(x, α) with λ = 1.0507… and α = 1.6733…, slope λα at 0 (Klambauer et al. 2017).
     *
     * @return in this shape
     */
    public Value selu() {
        return Activations.SELU.apply(this);
    }

    /**
     * Elementwise x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel 2016).
     *
     * @return in this shape
     */
    public Value gelu() {
        return Activations.GELU.apply(this);
    }

    /**
     * Elementwise ½x(1 + tanh(√(2/π)(x + 0.044715x³))), the usual approximation of {@link #gelu}.
     *
     * @return in this shape
     */
    public Value geluTanh() {
        return Activations.GELU_TANH.apply(this);
    }

    /**
     * Elementwise x·σ(x), also called swish.
     *
     * @return in this shape
     */
    public Value silu() {
        return Activations.SILU.apply(this);
    }

    /**
     * Elementwise x·tanh(ln(1 + eˣ)) (Misra 2019).
     *
     * @return in this shape
     */
    public Value mish() {
        return Activations.MISH.apply(this);
    }

    /**
     * Elementwise ln(1 + eˣ), finite for every finite x.
     *
     * @return in this shape
     */
    public Value softplus() {
        return Activations.SOFTPLUS.apply(this);
    }

    /**
     * Elementwise ln(1 + e^(βx))/β, and x itself with slope 1 where βx exceeds a threshold: PyTorch's form.
     *
     * @param beta the sharpness β
     * @param threshold where the curve ends and the line begins, 20 in PyTorch
     * @return in this shape
     */
    public Value softplus(double beta, double threshold) {
        Value z = scale(beta);
        return z.greaterThan(threshold).where(this, z.softplus().divide(beta));
    }

    /**
     * Elementwise x/(1 + |x|).
     *
     * @return in this shape
     */
    public Value softsign() {
        return Activations.SOFTSIGN.apply(this);
    }

    /**
     * Elementwise x − tanh x.
     *
     * @return in this shape
     */
    public Value tanhshrink() {
        return Activations.TANHSHRINK.apply(this);
    }

    /**
     * Elementwise min(max(x + 3, 0), 6)/6, with slope 0 at ±3.
     *
     * @return in this shape
     */
    public Value hardSigmoid() {
        return Activations.HARD_SIGMOID.apply(this);
    }

    /**
     * Elementwise x·min(max(x + 3, 0), 6)/6, with slopes −½ at −3 and 3/2 at 3, those of the curved piece.
     *
     * @return in this shape
     */
    public Value hardSwish() {
        return Activations.HARD_SWISH.apply(this);
    }

    /**
     * The same as {@link #clamp}: slope 1 from bound to bound, both included.
     *
     * @param low the least result, −1 as a rule
     * @param high the largest result, 1 as a rule
     * @return in this shape
     * @throws IllegalArgumentException if low exceeds high or either is NaN
     */
    public Value hardTanh(double low, double high) {
        requireBounds("hardTanh", low, high);
        return Functions.clamp(low, high).apply(this);
    }

    /**
     * Elementwise x moved towards 0 by k, and 0 where |x| ≤ k, with slope 0 there.
     *
     * @param k at least 0
     * @return in this shape
     * @throws IllegalArgumentException if k is negative or NaN
     */
    public Value softshrink(double k) {
        requireAtLeast0("softshrink", k);
        return Activations.softshrink(k).apply(this);
    }

    /**
     * Elementwise x, but 0 where |x| ≤ k, with slope 0 there.
     *
     * @param k at least 0
     * @return in this shape
     * @throws IllegalArgumentException if k is negative or NaN
     */
    public Value hardshrink(double k) {
        requireAtLeast0("hardshrink", k);
        return Activations.hardshrink(k).apply(this);
    }

    /**
     * Elementwise x where x &gt; k, else another number with slope 0.
     *
     * @param k the threshold
     * @param otherwise the result up to it
     * @return in this shape
     */
    public Value threshold(double k, double otherwise) {
        return Activations.threshold(k, otherwise).apply(this);
    }

    // ---- linear algebra ---------------------------------------------------------------------------------------------

    /**
     * The matrix product a·b.
     *
     * @param b a matrix with as many rows as this has columns
     * @return rows of this x columns of b
     * @throws IllegalArgumentException if the inner dimensions differ
     */
    public Value mult(Value b) {
        return LinearAlgebra.MULT.apply(this, b);
    }

    /**
     * The matrix product aᵀ·b, without a transposed copy.
     *
     * @param b a matrix with as many rows as this
     * @return columns of this x columns of b
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public Value multTransA(Value b) {
        return LinearAlgebra.MULT_TRANS_A.apply(this, b);
    }

    /**
     * The matrix product a·bᵀ, without a transposed copy.
     *
     * @param b a matrix with as many columns as this
     * @return rows of this x rows of b
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public Value multTransB(Value b) {
        return LinearAlgebra.MULT_TRANS_B.apply(this, b);
    }

    /**
     * A dense layer in one operation: x·w + b, the row b added to every row.
     *
     * @param w the weights, as many rows as this has columns
     * @param b the bias, a row with a number per column of w
     * @return rows of this x columns of w
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public Value affine(Value w, Value b) {
        return LinearAlgebra.AFFINE.apply(this, requireNonNull(w, "w"), requireNonNull(b, "b"));
    }

    /**
     * The transpose.
     *
     * @return columns x rows
     */
    public Value transpose() {
        return LinearAlgebra.TRANSPOSE.apply(this);
    }

    /**
     * The inner product Σ a ⊙ b of two values of the same shape.
     *
     * @param b a value whose shape meets this one's, see {@link Shape}
     * @return 1x1
     * @throws IllegalArgumentException if the shapes do not meet
     */
    public Value dot(Value b) {
        return elementMult(b).elementSum();
    }

    /**
     * The sum of the diagonal.
     *
     * @return 1x1; also of a matrix that is not square
     */
    public Value trace() {
        return diagonal(0).elementSum();
    }

    /**
     * The diagonal of a matrix, or of a row or column the square matrix with it on the diagonal, as in EJML.
     *
     * @return a column of min(rows, columns) numbers, or a square matrix
     */
    public Value diag() {
        return shape.rows() == 1 || shape.columns() == 1 ? diagEmbed(0) : diagonal(0);
    }

    /**
     * A diagonal.
     *
     * @param offset 0 for the main diagonal, k for the k-th above it, −k for the k-th below
     * @return a column, empty if there is no such diagonal
     */
    public Value diagonal(int offset) {
        return LinearAlgebra.diagonal(offset).apply(this);
    }

    /**
     * The square matrix with a row or column on one of its diagonals and zeros elsewhere.
     *
     * @param offset 0 for the main diagonal, k for the k-th above it, −k for the k-th below
     * @return a matrix of as many rows and columns as this has elements, plus |offset|
     * @throws IllegalArgumentException if this is neither a row nor a column
     */
    public Value diagEmbed(int offset) {
        int size = shape.elements() + Math.abs(offset);
        return LinearAlgebra.diagEmbed(offset, new Shape(size, size)).apply(this);
    }

    /**
     * The lower triangle: the elements with column − row ≤ offset, and zeros.
     *
     * @param offset 0 to keep the main diagonal, −1 to drop it
     * @return in this shape
     */
    public Value tril(int offset) {
        return LinearAlgebra.tril(offset).apply(this);
    }

    /**
     * The upper triangle: the elements with column − row ≥ offset, and zeros.
     *
     * @param offset 0 to keep the main diagonal, 1 to drop it
     * @return in this shape
     */
    public Value triu(int offset) {
        return LinearAlgebra.triu(offset).apply(this);
    }

    /**
     * The outer product a·bᵀ of two vectors.
     *
     * @param b a row or column
     * @return elements of this x elements of b
     * @throws IllegalArgumentException if one is neither a row nor a column
     */
    public Value outer(Value b) {
        return LinearAlgebra.column(this).multTransB(LinearAlgebra.column(requireNonNull(b, "b")));
    }

    /**
     * The Kronecker product: a block aᵢⱼ·b for each element of a.
     *
     * @param b any value
     * @return the products of the rows and of the columns of both
     */
    public Value kron(Value b) {
        return LinearAlgebra.KRON.apply(this, b);
    }

    /**
     * The inverse.
     *
     * @return in this shape
     * @throws IllegalArgumentException if this is not square or has an element that is not finite
     * @throws SingularMatrixException if it is singular or its reciprocal condition number is below 1e-14
     */
    public Value invert() {
        return Inverses.INVERT.apply(this);
    }

    /**
     * The x with a·x = b; of a tall a the least squares solution, of a wide one the solution of smallest norm.
     *
     * @param b as many rows as this
     * @return columns of this x columns of b
     * @throws IllegalArgumentException if the numbers of rows differ or an element of this is not finite
     * @throws SingularMatrixException if this is not of full rank or its reciprocal condition number is below 1e-14
     */
    public Value solve(Value b) {
        return Inverses.SOLVE.apply(this, b);
    }

    /**
     * The x with t·x = b, where t is a triangle of this matrix; {@code a.transpose()} with the other triangle solves
     * with tᵀ.
     *
     * @param triangle which elements of this are read; the others have the gradient 0
     * @param b as many rows as this
     * @return in b's shape
     * @throws IllegalArgumentException if this is not square, has an element that is not finite, or the numbers of rows
     *     differ
     * @throws SingularMatrixException if t is singular or its reciprocal condition number is below 1e-14
     */
    public Value solveTriangular(Triangle triangle, Value b) {
        return Inverses.solveTriangular(requireNonNull(triangle, "triangle")).apply(this, b);
    }

    /**
     * The Moore–Penrose inverse a⁺ of a matrix of full rank: a⁺·b is {@link #solve solve(b)}.
     *
     * @return columns x rows
     * @throws IllegalArgumentException if an element is not finite
     * @throws SingularMatrixException if this is not of full rank or its reciprocal condition number is below 1e-14
     */
    public Value pseudoInverse() {
        return Inverses.PSEUDO_INVERSE.apply(this);
    }

    /**
     * The determinant; its gradient, the cofactors, is right for singular matrices too.
     *
     * @return 1x1; 1 for an empty matrix
     * @throws IllegalArgumentException if this is not square
     */
    public Value determinant() {
        return Inverses.DETERMINANT.apply(this);
    }

    /**
     * ln det a of a matrix whose determinant is positive, such as a covariance, without overflow.
     *
     * @return 1x1
     * @throws IllegalArgumentException if this is not square, has an element that is not finite, or its determinant is
     *     negative
     * @throws SingularMatrixException if it is singular or its reciprocal condition number is below 1e-14
     */
    public Value logDeterminant() {
        return Inverses.LOG_DETERMINANT.apply(this);
    }

    /**
     * The sign of the determinant and the logarithm of its absolute value, without overflow.
     *
     * @return both; the sign is a constant
     * @throws IllegalArgumentException if this is not square or has an element that is not finite
     * @throws SingularMatrixException if it is singular or its reciprocal condition number is below 1e-14
     */
    public Factors.LogDeterminant signLogDeterminant() {
        Value logarithm = Inverses.LOG_ABS_DETERMINANT.apply(this);
        return new Factors.LogDeterminant(LU.of(matrix).sign(), logarithm);
    }

    /**
     * How far this is from singular: an estimate of 1/(‖a‖₁·‖a⁻¹‖₁), of a matrix that is not square that of its
     * triangular factor.
     *
     * @return from 0 (singular) to 1; 1 for an empty matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public double reciprocalCondition() {
        return Decompositions.reciprocalCondition(matrix);
    }

    /**
     * The lower triangular L with a positive diagonal and L·Lᵀ = a; the gradient is symmetric, as a is.
     *
     * @return in this shape
     * @throws IllegalArgumentException if this is not square, not symmetric within 1e-12 of its largest element, or has
     *     an element that is not finite
     * @throws SingularMatrixException if it is not positive definite
     */
    public Value cholesky() {
        return Factorizations.CHOLESKY.apply(this);
    }

    /**
     * The factors Q with orthonormal columns and R, upper triangular with a positive diagonal, whose product this is.
     *
     * @return both
     * @throws IllegalArgumentException if an element is not finite
     * @throws SingularMatrixException if the first min(rows, columns) columns depend on each other, or nearly so
     */
    public Factors.QR qr() {
        Value basis = shape.columns() <= shape.rows() ? this : cols(0, shape.rows());
        Value q = Factorizations.QR_Q.apply(basis);
        return new Factors.QR(q, q.multTransA(this).triu(0));
    }

    /**
     * The eigenvalues and eigenvectors of a symmetric matrix; the gradient is symmetric, as a is.
     *
     * <p>Where eigenvalues coincide (a gap below 1e-13 of the largest), the gradient of a function of the eigenvectors
     * throws, and so does that of a function which treats the coinciding eigenvalues differently.
     *
     * @return values in ascending order, and a column of length 1 for each
     * @throws IllegalArgumentException if this is not square, not symmetric within 1e-12 of its largest element, or has
     *     an element that is not finite
     */
    public Factors.Eigen eigSymmetric() {
        return Factorizations.eigen(this);
    }

    /**
     * The singular values. Where they coincide (a gap below 1e-13 of the largest), a gradient that treats them
     * differently throws; one that is 0 has the slope 0, as |x| has at 0.
     *
     * @return a column of min(rows, columns) numbers in descending order
     * @throws IllegalArgumentException if an element is not finite
     */
    public Value singularValues() {
        return Factorizations.SINGULAR_VALUES.apply(this);
    }

    /**
     * The thin singular value decomposition. The gradient of a function of the vectors throws where singular values
     * coincide (a gap below 1e-13 of the largest).
     *
     * @return U, the singular values in descending order, and V
     * @throws IllegalArgumentException if an element is not finite
     */
    public Factors.SVD svd() {
        return Factorizations.svd(this);
    }

    /**
     * The matrix power aⁿ.
     *
     * @param n any integer; 0 gives the identity, a negative one a power of the inverse
     * @return in this shape
     * @throws IllegalArgumentException if this is not square
     * @throws SingularMatrixException if n is negative and the matrix singular, see {@link #invert}
     */
    public Value matrixPower(int n) {
        return Inverses.power(this, n);
    }

    /**
     * The matrix exponential e^a = Σ aᵏ/k!.
     *
     * @return in this shape; NaN if an element is not finite
     * @throws IllegalArgumentException if this is not square
     */
    public Value matrixExp() {
        return Inverses.MATRIX_EXP.apply(this);
    }

    // ---- reductions -------------------------------------------------------------------------------------------------

    /**
     * The sums of the groups of elements that {@link #broadcastTo} would make from the given shape.
     *
     * @param target each size equal to this one's or 1
     * @return in the target shape
     * @throws IllegalArgumentException if a size is neither
     */
    public Value sumTo(Shape target) {
        if (requireNonNull(target, "target").equals(shape)) {
            return this;
        }
        if (!target.broadcastsTo(shape)) {
            throw new IllegalArgumentException(
                    "sumTo(" + shape + ", " + target + "): a " + shape + " matrix does not sum to " + target);
        }
        return Reductions.sumTo(target).apply(this);
    }

    /**
     * This value repeated along its sizes of 1.
     *
     * @param target each size equal to this one's, or this one's is 1
     * @return in the target shape
     * @throws IllegalArgumentException if a size is neither
     */
    public Value broadcastTo(Shape target) {
        return requireNonNull(target, "target").equals(shape)
                ? this
                : Reductions.broadcastTo(target).apply(this);
    }

    /**
     * This value repeated along its sizes of 1.
     *
     * @param rows the rows to fill
     * @param columns the columns to fill
     * @return rows x columns
     * @throws IllegalArgumentException if a size is neither equal nor 1 here
     */
    public Value broadcastTo(int rows, int columns) {
        return broadcastTo(new Shape(rows, columns));
    }

    /**
     * The sum of all elements.
     *
     * @return 1x1; 0 for an empty value
     */
    public Value elementSum() {
        return Reductions.ELEMENT_SUM.apply(this);
    }

    /**
     * The sum of each row.
     *
     * @return a column, one number per row
     */
    public Value sumRows() {
        return Reductions.SUM_ROWS.apply(this);
    }

    /**
     * The sum of each column.
     *
     * @return a row, one number per column
     */
    public Value sumCols() {
        return Reductions.SUM_COLS.apply(this);
    }

    /**
     * The mean of all elements.
     *
     * @return 1x1
     * @throws IllegalArgumentException if there are no elements
     */
    public Value mean() {
        return mean(Shape.SCALAR);
    }

    /**
     * The mean of each row.
     *
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are no columns
     */
    public Value meanRows() {
        return mean(perRow());
    }

    /**
     * The mean of each column.
     *
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are no rows
     */
    public Value meanCols() {
        return mean(perColumn());
    }

    /**
     * The largest element; ties share the gradient equally.
     *
     * @return 1x1
     * @throws IllegalArgumentException if there are no elements
     */
    public Value elementMax() {
        return Reductions.max(Shape.SCALAR).apply(this);
    }

    /**
     * The largest element of each row; ties share the gradient equally.
     *
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are no columns
     */
    public Value maxRows() {
        return Reductions.max(perRow()).apply(this);
    }

    /**
     * The largest element of each column; ties share the gradient equally.
     *
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are no rows
     */
    public Value maxCols() {
        return Reductions.max(perColumn()).apply(this);
    }

    /**
     * ln Σ eˣ of all elements, finite for finite elements.
     *
     * @return 1x1; −∞ for an empty value
     */
    public Value logSumExp() {
        return Reductions.logSumExp(Shape.SCALAR).apply(this);
    }

    /**
     * ln Σ eˣ of each row, finite for finite elements.
     *
     * @return a column, one number per row
     */
    public Value logSumExpRows() {
        return Reductions.logSumExp(perRow()).apply(this);
    }

    /**
     * ln Σ eˣ of each column, finite for finite elements.
     *
     * @return a row, one number per column
     */
    public Value logSumExpCols() {
        return Reductions.logSumExp(perColumn()).apply(this);
    }

    /**
     * eˣ / Σ eˣ in each row, finite for finite elements.
     *
     * @return in this shape
     */
    public Value softmaxRows() {
        return Reductions.softmax(perRow()).apply(this);
    }

    /**
     * eˣ / Σ eˣ in each column, finite for finite elements.
     *
     * @return in this shape
     */
    public Value softmaxCols() {
        return Reductions.softmax(perColumn()).apply(this);
    }

    /**
     * x − ln Σ eˣ in each row, finite for finite elements.
     *
     * @return in this shape
     */
    public Value logSoftmaxRows() {
        return Reductions.logSoftmax(perRow()).apply(this);
    }

    /**
     * x − ln Σ eˣ in each column, finite for finite elements.
     *
     * @return in this shape
     */
    public Value logSoftmaxCols() {
        return Reductions.logSoftmax(perColumn()).apply(this);
    }

    /**
     * The smallest element of all elements; ties share the gradient equally.
     *
     * @return 1x1
     * @throws IllegalArgumentException if there are no elements
     */
    public Value elementMin() {
        return Reductions.min(Shape.SCALAR).apply(this);
    }

    /**
     * The smallest element of each row; ties share the gradient equally.
     *
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are no elements
     */
    public Value minRows() {
        return Reductions.min(perRow()).apply(this);
    }

    /**
     * The smallest element of each column; ties share the gradient equally.
     *
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are no elements
     */
    public Value minCols() {
        return Reductions.min(perColumn()).apply(this);
    }

    /**
     * The largest element of all elements; at a tie the first has the whole gradient.
     *
     * @return 1x1
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMax() {
        return Reductions.firstMax(Shape.SCALAR).apply(this);
    }

    /**
     * The largest element of each row; at a tie the first has the whole gradient.
     *
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMaxRows() {
        return Reductions.firstMax(perRow()).apply(this);
    }

    /**
     * The largest element of each column; at a tie the first has the whole gradient.
     *
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMaxCols() {
        return Reductions.firstMax(perColumn()).apply(this);
    }

    /**
     * The smallest element of all elements; at a tie the first has the whole gradient.
     *
     * @return 1x1
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMin() {
        return Reductions.firstMin(Shape.SCALAR).apply(this);
    }

    /**
     * The smallest element of each row; at a tie the first has the whole gradient.
     *
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMinRows() {
        return Reductions.firstMin(perRow()).apply(this);
    }

    /**
     * The smallest element of each column; at a tie the first has the whole gradient.
     *
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are no elements
     */
    public Value firstMinCols() {
        return Reductions.firstMin(perColumn()).apply(this);
    }

    /**
     * The column of the largest element of each row, the first of equal ones, NaN being the largest.
     *
     * @return one column number per row
     * @throws IllegalArgumentException if there are rows but no columns
     */
    public int[] argMaxRows() {
        return Places.argMax("argMaxRows(" + shape + ")", matrix);
    }

    /**
     * The row of the largest element of each column, the first of equal ones, NaN being the largest.
     *
     * @return one row number per column
     * @throws IllegalArgumentException if there are columns but no rows
     */
    public int[] argMaxCols() {
        return Places.argMax("argMaxCols(" + shape + ")", CommonOps_DDRM.transpose(matrix, null));
    }

    /**
     * The product of all elements, with a gradient that is exact at zeros; 1 if there are no elements.
     *
     * @return 1x1
     */
    public Value product() {
        return Scans.productOfRows(reshape(1, shape.elements()));
    }

    /**
     * The product of each row, with a gradient that is exact at zeros; 1 if there are no elements.
     *
     * @return a column, one number per row
     */
    public Value productRows() {
        return Scans.productOfRows(this);
    }

    /**
     * The product of each column, with a gradient that is exact at zeros; 1 if there are no elements.
     *
     * @return a row, one number per column
     */
    public Value productCols() {
        return Scans.productOfRows(transpose()).transpose();
    }

    /**
     * The variance of all elements: the mean of the squared distances from the mean.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return 1x1
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value variance(int ddof) {
        return variance("variance", Shape.SCALAR, ddof);
    }

    /**
     * The variance of each row: the mean of the squared distances from the mean.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value varianceRows(int ddof) {
        return variance("varianceRows", perRow(), ddof);
    }

    /**
     * The variance of each column: the mean of the squared distances from the mean.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value varianceCols(int ddof) {
        return variance("varianceCols", perColumn(), ddof);
    }

    /**
     * The standard deviation of all elements, with gradient 0 where all elements are equal.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return 1x1
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value standardDeviation(int ddof) {
        return deviation("standardDeviation", Shape.SCALAR, ddof);
    }

    /**
     * The standard deviation of each row, with gradient 0 where all elements are equal.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return a column, one number per row
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value standardDeviationRows(int ddof) {
        return deviation("standardDeviationRows", perRow(), ddof);
    }

    /**
     * The standard deviation of each column, with gradient 0 where all elements are equal.
     *
     * @param ddof how much less than the number of elements the sum of squares is divided by: 0, or 1 for an unbiased
     *     estimate
     * @return a row, one number per column
     * @throws IllegalArgumentException if there are not more than ddof elements
     */
    public Value standardDeviationCols(int ddof) {
        return deviation("standardDeviationCols", perColumn(), ddof);
    }

    /**
     * The Frobenius norm √Σx², with gradient 0 at 0; neither overflows nor underflows.
     *
     * @return 1x1
     */
    public Value normF() {
        return norm(2);
    }

    /**
     * The p-norm (Σ|x|ᵖ)^(1/p) of all elements as one vector, with gradient 0 at 0; neither overflows nor underflows.
     *
     * @param p at least 1; infinity gives the largest absolute value, whose ties share the gradient equally
     * @return 1x1
     * @throws IllegalArgumentException if p is below 1 or NaN
     */
    public Value norm(double p) {
        return norm(p, Shape.SCALAR);
    }

    /**
     * The p-norm (Σ|x|ᵖ)^(1/p) of each row, with gradient 0 at 0; neither overflows nor underflows.
     *
     * @param p at least 1; infinity gives the largest absolute value, whose ties share the gradient equally
     * @return a column, one number per row
     * @throws IllegalArgumentException if p is below 1 or NaN
     */
    public Value normRows(double p) {
        return norm(p, perRow());
    }

    /**
     * The p-norm (Σ|x|ᵖ)^(1/p) of each column, with gradient 0 at 0; neither overflows nor underflows.
     *
     * @param p at least 1; infinity gives the largest absolute value, whose ties share the gradient equally
     * @return a row, one number per column
     * @throws IllegalArgumentException if p is below 1 or NaN
     */
    public Value normCols(double p) {
        return norm(p, perColumn());
    }

    /**
     * Each row divided by its p-norm, or by epsilon if that is larger.
     *
     * @param p at least 1
     * @param epsilon positive
     * @return in this shape
     * @throws IllegalArgumentException if p is below 1
     */
    public Value normalizeRows(double p, double epsilon) {
        return elementDiv(normRows(p).maximum(epsilon));
    }

    /**
     * Each column divided by its p-norm, or by epsilon if that is larger.
     *
     * @param p at least 1
     * @param epsilon positive
     * @return in this shape
     * @throws IllegalArgumentException if p is below 1
     */
    public Value normalizeCols(double p, double epsilon) {
        return elementDiv(normCols(p).maximum(epsilon));
    }

    /**
     * e⁻ˣ / Σ e⁻ˣ in each row, finite for finite elements.
     *
     * @return in this shape
     */
    public Value softminRows() {
        return negative().softmaxRows();
    }

    /**
     * e⁻ˣ / Σ e⁻ˣ in each column, finite for finite elements.
     *
     * @return in this shape
     */
    public Value softminCols() {
        return negative().softmaxCols();
    }

    // ---- running results
    // ------------------------------------------------------------------------------------------------

    /**
     * The running sum along each row.
     *
     * @return in this shape
     */
    public Value cumSumRows() {
        return Reductions.runningSum(true, false).apply(this);
    }

    /**
     * The running sum down each column.
     *
     * @return in this shape
     */
    public Value cumSumCols() {
        return Reductions.runningSum(false, false).apply(this);
    }

    /**
     * The running product along each row, with a gradient that is exact at zeros.
     *
     * @return in this shape
     */
    public Value cumProductRows() {
        return Scans.runningProduct(this);
    }

    /**
     * The running product down each column, with a gradient that is exact at zeros.
     *
     * @return in this shape
     */
    public Value cumProductCols() {
        return Scans.runningProduct(transpose()).transpose();
    }

    /**
     * ln of the running sum of eˣ along each row, finite for finite elements.
     *
     * @return in this shape
     */
    public Value cumLogSumExpRows() {
        return Scans.runningLogSumExp(this);
    }

    /**
     * ln of the running sum of eˣ down each column, finite for finite elements.
     *
     * @return in this shape
     */
    public Value cumLogSumExpCols() {
        return Scans.runningLogSumExp(transpose()).transpose();
    }

    /**
     * The largest element so far along each row; of equal ones the first has the gradient.
     *
     * @return in this shape
     */
    public Value cumMaxRows() {
        return Moves.RUNNING_MAX.apply(this);
    }

    /**
     * The largest element so far down each column; of equal ones the first has the gradient.
     *
     * @return in this shape
     */
    public Value cumMaxCols() {
        return Moves.RUNNING_MAX.apply(transpose()).transpose();
    }

    // ---- reshaping --------------------------------------------------------------------------------------------------

    /**
     * Some rows.
     *
     * @param from the first row, inclusive
     * @param to the last row, exclusive
     * @return (to − from) x columns
     * @throws IllegalArgumentException if there are no such rows
     */
    public Value rows(int from, int to) {
        return slice(from, to, 0, shape.columns());
    }

    /**
     * Some columns.
     *
     * @param from the first column, inclusive
     * @param to the last column, exclusive
     * @return rows x (to − from)
     * @throws IllegalArgumentException if there are no such columns
     */
    public Value cols(int from, int to) {
        return slice(0, shape.rows(), from, to);
    }

    /**
     * One row.
     *
     * @param row from 0
     * @return 1 x columns
     * @throws IllegalArgumentException if there is no such row
     */
    public Value getRow(int row) {
        return rows(row, row + 1);
    }

    /**
     * One column.
     *
     * @param column from 0
     * @return rows x 1
     * @throws IllegalArgumentException if there is no such column
     */
    public Value getColumn(int column) {
        return cols(column, column + 1);
    }

    /**
     * A block.
     *
     * @param row0 the first row, inclusive
     * @param row1 the last row, exclusive
     * @param column0 the first column, inclusive
     * @param column1 the last column, exclusive
     * @return (row1 − row0) x (column1 − column0)
     * @throws IllegalArgumentException if there is no such block
     */
    public Value slice(int row0, int row1, int column0, int column1) {
        return Reshaping.slice(row0, row1, column0, column1).apply(this);
    }

    /**
     * One element of each row, in the column that the index names.
     *
     * @param columns a column number per row
     * @return rows x 1
     * @throws IllegalArgumentException if there is not one number per row, or one is out of range
     */
    public Value selectColumns(int... columns) {
        return Reshaping.select(requireNonNull(columns, "columns").clone()).apply(this);
    }

    /**
     * This value with others below it.
     *
     * @param below values with as many columns
     * @return all rows, in order
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public Value concatRows(Value... below) {
        Value[] all = prepend(Operation.listOf("below", below));
        return Reshaping.concatRows(all.length).apply(all);
    }

    /**
     * This value with others to its right.
     *
     * @param right values with as many rows
     * @return all columns, in order
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public Value concatColumns(Value... right) {
        Value[] all = prepend(Operation.listOf("right", right));
        return Reshaping.concatColumns(all.length).apply(all);
    }

    /**
     * The same elements, row by row, in another shape.
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @return rows x columns
     * @throws IllegalArgumentException if the number of elements differs
     */
    public Value reshape(int rows, int columns) {
        Shape target = new Shape(rows, columns);
        if (target.elements() != shape.elements()) {
            throw new IllegalArgumentException("reshape(" + shape + ", " + target + "): " + shape.elements()
                    + " elements do not fill " + target.elements() + " places");
        }
        return target.equals(shape) ? this : Moves.reshape(shape, target).apply(this);
    }

    /**
     * Every so many rows.
     *
     * @param from the first row, inclusive
     * @param to the last row, exclusive
     * @param step 1 or more
     * @return the rows from, from + step, ... below to
     * @throws IllegalArgumentException if there are no such rows or the step is not positive
     */
    public Value rows(int from, int to, int step) {
        requireSteps("rows", from, to, step, shape.rows());
        return Moves.everyRow(shape, from, to, step).apply(this);
    }

    /**
     * Every so many columns.
     *
     * @param from the first column, inclusive
     * @param to the last column, exclusive
     * @param step 1 or more
     * @return the columns from, from + step, ... below to
     * @throws IllegalArgumentException if there are no such columns or the step is not positive
     */
    public Value cols(int from, int to, int step) {
        requireSteps("cols", from, to, step, shape.columns());
        return Moves.everyColumn(shape, from, to, step).apply(this);
    }

    /**
     * Rows by number, in any order; one taken several times receives the sum of the gradients.
     *
     * @param rows row numbers from 0
     * @return a row per number
     * @throws IllegalArgumentException if there is no such row
     */
    public Value rowsAt(int... rows) {
        return Moves.rowsAt(shape, requireNonNull(rows, "rows").clone()).apply(this);
    }

    /**
     * Columns by number, in any order; one taken several times receives the sum of the gradients.
     *
     * @param columns column numbers from 0
     * @return a column per number
     * @throws IllegalArgumentException if there is no such column
     */
    public Value colsAt(int... columns) {
        return Moves.colsAt(shape, requireNonNull(columns, "columns").clone()).apply(this);
    }

    /**
     * Elements picked within each row: y(i, j) = x(i, index(i, j)).
     *
     * @param index column numbers from 0, at most as many rows as this
     * @return in the index's shape
     * @throws IllegalArgumentException if there is no such element or the rows of the index differ in length
     */
    public Value gatherRows(int[][] index) {
        return Moves.gatherRows(shape, copy("gatherRows", index)).apply(this);
    }

    /**
     * Elements picked within each column: y(i, j) = x(index(i, j), j).
     *
     * @param index row numbers from 0, at most as many columns as this
     * @return in the index's shape
     * @throws IllegalArgumentException if there is no such element or the rows of the index differ in length
     */
    public Value gatherCols(int[][] index) {
        return Moves.gatherCols(shape, copy("gatherCols", index)).apply(this);
    }

    /**
     * This value with each source(i, j) added to the element at (i, index(i, j)).
     *
     * @param index column numbers from 0, in the source's shape
     * @param source what to add
     * @return in this shape
     * @throws IllegalArgumentException if there is no such element or the index is not of the source's shape
     */
    public Value scatterAddRows(int[][] index, Value source) {
        return plus(Moves.scatterRows(shape, copy("scatterAddRows", index, requireNonNull(source, "source").shape))
                .apply(source));
    }

    /**
     * This value with each source(i, j) added to the element at (index(i, j), j).
     *
     * @param index row numbers from 0, in the source's shape
     * @param source what to add
     * @return in this shape
     * @throws IllegalArgumentException if there is no such element or the index is not of the source's shape
     */
    public Value scatterAddCols(int[][] index, Value source) {
        return plus(Moves.scatterCols(shape, copy("scatterAddCols", index, requireNonNull(source, "source").shape))
                .apply(source));
    }

    /**
     * The rows in reverse order.
     *
     * @return in this shape
     */
    public Value reverseRows() {
        return Moves.reverseRows(shape).apply(this);
    }

    /**
     * The columns in reverse order.
     *
     * @return in this shape
     */
    public Value reverseCols() {
        return Moves.reverseCols(shape).apply(this);
    }

    /**
     * The rows moved down, those that leave at the end coming in at the start.
     *
     * @param shift by how many; negative moves up
     * @return in this shape
     */
    public Value rollRows(int shift) {
        return Moves.rollRows(shape, shift).apply(this);
    }

    /**
     * The columns moved to the right, those that leave at the end coming in at the start.
     *
     * @param shift by how many; negative moves to the left
     * @return in this shape
     */
    public Value rollCols(int shift) {
        return Moves.rollCols(shape, shift).apply(this);
    }

    /**
     * This matrix repeated as a whole.
     *
     * @param down how often below itself
     * @param across how often beside itself
     * @return down·rows x across·columns
     * @throws IllegalArgumentException if a number is negative
     */
    public Value tile(int down, int across) {
        requireNotNegative("tile", down, across);
        requireSize("tile", (long) shape.rows() * down, (long) shape.columns() * across);
        return Moves.tile(shape, down, across).apply(this);
    }

    /**
     * This matrix with a margin around it.
     *
     * @param top rows above
     * @param bottom rows below
     * @param left columns to the left
     * @param right columns to the right
     * @param fill the number in the margin
     * @return (top + rows + bottom) x (left + columns + right)
     * @throws IllegalArgumentException if a number of rows or columns is negative
     */
    public Value pad(int top, int bottom, int left, int right, double fill) {
        requireNotNegative("pad", top, bottom, left, right);
        requireSize("pad", (long) top + shape.rows() + bottom, (long) left + shape.columns() + right);
        return Moves.pad(shape, top, bottom, left, right, fill).apply(this);
    }

    /**
     * Each row in ascending order, NaN last; the gradient follows the elements.
     *
     * @return in this shape
     */
    public Value sortRows() {
        return Moves.sortRows(false, shape.columns()).apply(this);
    }

    /**
     * Each column in ascending order, NaN last; the gradient follows the elements.
     *
     * @return in this shape
     */
    public Value sortCols() {
        return transpose().sortRows().transpose();
    }

    /**
     * The largest elements of each row in descending order, NaN first; all of them for a descending sort.
     *
     * @param count how many
     * @return rows x count
     * @throws IllegalArgumentException if there are not so many columns
     */
    public Value topRows(int count) {
        return Moves.sortRows(true, count).apply(this);
    }

    /**
     * The largest elements of each column in descending order, NaN first; all of them for a descending sort.
     *
     * @param count how many
     * @return count x columns
     * @throws IllegalArgumentException if there are not so many rows
     */
    public Value topCols(int count) {
        return transpose().topRows(count).transpose();
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    /** The shape of a reduction to one number per row. */
    private Shape perRow() {
        return new Shape(shape.rows(), 1);
    }

    /** The shape of a reduction to one number per column. */
    private Shape perColumn() {
        return new Shape(1, shape.columns());
    }

    private Value mean(Shape target) {
        if (shape.elements() == 0) {
            throw new IllegalArgumentException("mean(" + shape + "): mean of 0 elements");
        }
        return sumTo(target).divide((double) shape.elements() / target.elements());
    }

    private Value variance(String call, Shape target, int ddof) {
        return centred(call, target, ddof).square().sumTo(target).divide(perGroup(target) - ddof);
    }

    private Value deviation(String call, Shape target, int ddof) {
        return Reductions.norm(target).apply(centred(call, target, ddof)).divide(Math.sqrt(perGroup(target) - ddof));
    }

    private Value centred(String call, Shape target, int ddof) {
        if (ddof < 0 || perGroup(target) <= ddof) {
            throw new IllegalArgumentException(call + "(" + shape + ", ddof " + ddof + "): of " + (int) perGroup(target)
                    + " elements; expected more than ddof, and ddof not negative");
        }
        return minus(mean(target));
    }

    private double perGroup(Shape target) {
        return target.elements() == 0 ? 0 : (double) shape.elements() / target.elements();
    }

    private Value norm(double p, Shape target) {
        if (!(p >= 1)) {
            throw new IllegalArgumentException("norm(" + p + "): expected p of at least 1");
        }
        if (p == 1) {
            return abs().sumTo(target);
        }
        if (p == Double.POSITIVE_INFINITY) {
            return Reductions.max(target).apply(abs());
        }
        return (p == 2 ? Reductions.norm(target) : Reductions.norm(p, target)).apply(this);
    }

    private void requireSteps(String call, int from, int to, int step, int size) {
        if (from < 0 || to < from || to > size || step < 1) {
            throw new IllegalArgumentException(call + "(" + shape + ", " + from + ", " + to + ", " + step
                    + "): expected 0 <= from <= to <= " + size + " and a step from 1 on");
        }
    }

    void requireSize(String call, long rows, long columns) {
        if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE || rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(call + "(" + shape + "): the result would have " + rows + "x" + columns
                    + " elements; at most " + Integer.MAX_VALUE + " fit in one matrix");
        }
    }

    private static void requireNotNegative(String call, int... numbers) {
        for (int number : numbers) {
            if (number < 0) {
                throw new IllegalArgumentException(call + "("
                        + Arrays.toString(numbers).replaceAll("[\\[\\]]", "") + "): " + number + " is negative");
            }
        }
    }

    private static int[][] copy(String call, int[][] index) {
        int columns = requireNonNull(index, "index").length == 0 ? 0 : requireNonNull(index[0], "index[0]").length;
        return copy(call, index, new Shape(index.length, columns));
    }

    private static int[][] copy(String call, int[][] index, Shape expected) {
        int[][] copy = new int[requireNonNull(index, "index").length][];
        for (int row = 0; row < index.length; row++) {
            copy[row] = requireNonNull(index[row], "index[" + row + "]").clone();
            if (copy[row].length != expected.columns()) {
                throw new IllegalArgumentException(call + ": row " + row + " of the index has " + copy[row].length
                        + " numbers; expected " + expected.columns());
            }
        }
        if (index.length != expected.rows()) {
            throw new IllegalArgumentException(
                    call + ": the index has " + index.length + " rows; expected " + expected.rows());
        }
        return copy;
    }

    private Value[] prepend(List<Value> others) {
        List<Value> all = new ArrayList<>(others);
        all.add(0, this);
        return all.toArray(new Value[0]);
    }

    /** This gradient times a slope: 0 where this is 0, even against ∞ or NaN. */
    Value times(Value slope) {
        return Elementwise.TIMES.apply(this, slope);
    }

    /** This gradient divided by what a slope is the inverse of: 0 where this is 0, even against 0 or NaN. */
    Value over(Value divisor) {
        return Elementwise.OVER.apply(this, divisor);
    }

    /** This value, and NaN outside of low ≤ x ≤ high. */
    Value within(double low, double high) {
        return Elementwise.within(low, high).apply(this);
    }

    /** This value's share of the gradient where it equals b: with a constant, a kink of slopes 0 and 1 has slope 0. */
    private double shareAtTie(Value b) {
        return isConstant() == b.isConstant() ? 0.5 : b.isConstant() ? 0 : 1;
    }

    private static void requireBounds(String call, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    call + "(" + low + ", " + high + "): the low bound must not exceed the high one");
        }
    }

    private static void requireAtLeast0(String call, double k) {
        if (!(k >= 0)) {
            throw new IllegalArgumentException(call + "(" + k + "): expected a number from 0 on");
        }
    }

    /** The live matrix, for the kernels of this package only. */
    DMatrixRMaj data() {
        return matrix;
    }

    /** The inputs without their history, as the rules of a first-order walk see them. */
    List<Value> detachedInputs() {
        return switch (inputs.size()) {
            case 1 -> List.of(inputs.get(0).detached());
            case 2 -> List.of(inputs.get(0).detached(), inputs.get(1).detached());
            default -> inputs.stream().map(Value::detached).toList();
        };
    }

    private static DMatrixRMaj copy(ConstMatrix<?> matrix) {
        requireNonNull(matrix, "matrix");
        if (matrix instanceof SimpleMatrix simple) {
            return copy(simple.getDDRM());
        }
        DMatrixRMaj copy = new DMatrixRMaj(matrix.getNumRows(), matrix.getNumCols());
        for (int row = 0, i = 0; row < copy.numRows; row++) {
            for (int column = 0; column < copy.numCols; column++, i++) {
                copy.data[i] = matrix.get(row, column);
            }
        }
        return copy;
    }

    /** The array of an EJML matrix may be longer than its elements; the copy's is not. */
    private static DMatrixRMaj copy(DMatrixRMaj matrix) {
        requireNonNull(matrix, "matrix");
        double[] elements = Arrays.copyOf(matrix.data, matrix.getNumElements());
        return new DMatrixRMaj(matrix.numRows, matrix.numCols, true, elements);
    }

    private static DMatrixRMaj copy(double[][] rows) {
        requireNonNull(rows, "rows");
        int columns = rows.length == 0 ? 0 : requireNonNull(rows[0], "rows[0]").length;
        DMatrixRMaj copy = new DMatrixRMaj(rows.length, columns);
        for (int row = 0; row < rows.length; row++) {
            if (requireNonNull(rows[row], "rows[" + row + "]").length != columns) {
                throw new IllegalArgumentException(
                        "ragged rows: row 0 has " + columns + " elements, row " + row + " has " + rows[row].length);
            }
            System.arraycopy(rows[row], 0, copy.data, row * columns, columns);
        }
        return copy;
    }

    /** What it is and its elements, shortened when there are many. */
    @Override
    public String toString() {
        String name = label.isEmpty() ? operation.toString() : label + " = " + operation;
        return name + " " + shape + (shape.elements() <= 64 ? "\n" + matrix : "");
    }
}

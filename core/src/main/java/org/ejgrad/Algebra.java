package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Arithmetic.product;
import static org.ejgrad.Arithmetic.shifted;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.GradientProduct.LEFT;
import static org.ejgrad.GradientProduct.LEFT_TRANS_A;
import static org.ejgrad.GradientProduct.LEFT_TRANS_B;
import static org.ejgrad.GradientProduct.RIGHT;
import static org.ejgrad.GradientProduct.RIGHT_TRANS_A;
import static org.ejgrad.GradientProduct.RIGHT_TRANS_B;
import static org.ejgrad.Operation.Trusted.binary;
import static org.ejgrad.Operation.Trusted.of;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Rule.rule;

import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Products, transposition, triangles, diagonals, equations and inverses: the row with its rules, and under it the
 * method.
 *
 * <p>The three matrix products are closed under differentiation: the rules of each need only the other two, and no
 * transposed copy is ever made. The formulas of inverses are those of Giles (2008), "An extended collection of matrix
 * derivative results"; that of least squares is from Golub and Pereyra (1973); that of the exponential from Mathias
 * (1996), "A chain rule for matrix functions".
 */
sealed interface Algebra extends Shaped permits Value {
    // spotless:off

    // ---- products ---------------------------------------------------------------------------------------------------

    Operation MULT = binary("mult", MatrixProducts::mult,
            rule("dy·bᵀ", (a, b, y, dy) -> product(LEFT_TRANS_B, dy, b)),
            rule("aᵀ·dy", (a, b, y, dy) -> product(RIGHT_TRANS_A, a, dy))).columnwise(1).again(ProductsAgain::mult);

    /** The matrix product a·b. */
    default Value mult(Value b) {
        return MULT.apply((Value) this, b);
    }

    Operation MULT_TRANS_A = binary("multTransA", MatrixProducts::multTransA,
            rule("b·dyᵀ", (a, b, y, dy) -> product(RIGHT_TRANS_B, b, dy)),
            rule("a·dy", (a, b, y, dy) -> product(RIGHT, a, dy))).columnwise(1);

    /** The matrix product aᵀ·b, without a transposed copy. */
    default Value multTransA(Value b) {
        return MULT_TRANS_A.apply((Value) this, b);
    }

    Operation MULT_TRANS_B = binary("multTransB", MatrixProducts::multTransB,
            rule("dy·b", (a, b, y, dy) -> product(LEFT, dy, b)),
            rule("dyᵀ·a", (a, b, y, dy) -> product(LEFT_TRANS_A, dy, a))).rowwise(0);

    /** The matrix product a·bᵀ, without a transposed copy. */
    default Value multTransB(Value b) {
        return MULT_TRANS_B.apply((Value) this, b);
    }

    Operation AFFINE = of("affine", m -> MatrixProducts.affine(m[0], m[1], m[2]),
            rule("dy·wᵀ", (x, w, b, y, dy) -> product(LEFT_TRANS_B, dy, w)),
            rule("xᵀ·dy", (x, w, b, y, dy) -> product(RIGHT_TRANS_A, x, dy)),
            rule("sum of dy's rows", (x, w, b, y, dy) -> dy.sum(Per.COLUMN)))
            .columnwise(1, 2).again(ProductsAgain::affine);

    /** A dense layer in one operation: x·w + b, the row b added to every row. */
    default Value affine(Value w, Value b) {
        return AFFINE.apply((Value) this, requireNonNull(w, "w"), requireNonNull(b, "b"));
    }

    /** a·b, in which a zero of a beats infinity and NaN: a gradient times a matrix. */
    Operation MULT_OR_ZERO = product("multOrZero", GradientProduct.LEFT);

    /** a·b, in which a zero of either beats infinity and NaN: the product of two gradients. */
    Operation MULT_OR_ZEROS = product("multOrZeros", new GradientProduct(false, false, true, true));

    /** The outer product a·bᵀ of two vectors, each a row or a column. */
    default Value outer(Value b) {
        requireNonNull(b, "b");
        return composed(() -> column((Value) this).multTransB(column(b)), "outer", this, b);
    }

    private static Value column(Value x) {
        if (x.getNumRows() != 1 && x.getNumCols() != 1) {
            throw new IllegalArgumentException("a " + x.shape() + " matrix; expected a row or a column");
        }
        return x.getNumCols() == 1 ? x : x.transpose();
    }

    Operation KRON = binary("kron", IndexKernels::kron,
            rule("⟨block of dy, b⟩ for each block", (a, b, y, dy) -> blockProducts(dy, b, a.shape())),
            rule("Σ aᵢⱼ·(block ij of dy)", (a, b, y, dy) -> blockSum(dy, a, b.shape())));

    /** The Kronecker product: a block aᵢⱼ·b for each element of a. */
    default Value kron(Value b) {
        return KRON.apply((Value) this, b);
    }

    /** The sum of each block of a matrix that consists of blocks. */
    static Operation blockSums(Shape blocks, Shape block) {
        return unary("blockSums", x -> IndexKernels.blockSums(x, blocks, block),
                rule("dy ⊗ ones", (x, y, dy) -> dy.kron(Value.ones(block)))).with(blocks, block);
    }

    /** The sum of all blocks of a matrix that consists of blocks. */
    static Operation sumOfBlocks(Shape blocks, Shape block) {
        return unary("sumOfBlocks", x -> IndexKernels.sumOfBlocks(x, blocks, block),
                rule("ones ⊗ dy", (x, y, dy) -> Value.ones(blocks).kron(dy))).with(blocks, block);
    }

    /** ⟨block ij of the gradient dy, b⟩. */
    private static Value blockProducts(Value dy, Value b, Shape blocks) {
        return blockSums(blocks, b.shape()).apply(dy.timesOrZero(Value.ones(blocks).kron(b)));
    }

    /** Σ aᵢⱼ·(block ij of the gradient dy). */
    private static Value blockSum(Value dy, Value a, Shape block) {
        return sumOfBlocks(a.shape(), block).apply(dy.timesOrZero(a.kron(Value.ones(block))));
    }

    // ---- transposes, triangles, diagonals ---------------------------------------------------------------------------

    Operation TRANSPOSE =
            unary("transpose", x -> CommonOps_DDRM.transpose(x, null), rule("dyᵀ", (x, y, dy) -> dy.transpose()));

    /** The transpose. */
    default Value transpose() {
        return TRANSPOSE.apply((Value) this);
    }

    Family<Integer> TRIL = Family.of(offset -> unary("tril", x -> Triangular.keep(x, Integer.MIN_VALUE, offset),
            rule("the same part of dy", (x, y, dy) -> dy.tril(offset))));

    /** The lower triangle: the elements with column − row ≤ offset, and zeros; −1 drops the main diagonal. */
    default Value tril(int offset) {
        return TRIL.of(offset).apply((Value) this);
    }

    Family<Integer> TRIU = Family.of(offset -> unary("triu", x -> Triangular.keep(x, offset, Integer.MAX_VALUE),
            rule("the same part of dy", (x, y, dy) -> dy.triu(offset))));

    /** The upper triangle: the elements with column − row ≥ offset, and zeros; 1 drops the main diagonal. */
    default Value triu(int offset) {
        return TRIU.of(offset).apply((Value) this);
    }

    Family<Integer> DIAGONAL = Family.of(offset -> unary("diagonal", x -> IndexKernels.diagonal(x, offset),
            rule("dy on that diagonal, 0 elsewhere", (x, y, dy) -> diagEmbed(offset, x.shape()).apply(dy))));

    /**
     * A diagonal as a column, empty if there is no such diagonal: 0 for the main diagonal, k for the k-th above it, −k
     * for the k-th below.
     */
    default Value diagonal(int offset) {
        return DIAGONAL.of(offset).apply((Value) this);
    }

    /** Zeros of the given shape with the elements of a row or column on a diagonal. */
    static Operation diagEmbed(int offset, Shape shape) {
        return unary("diagEmbed", x -> IndexKernels.diagEmbed(x, offset, shape),
                rule("that diagonal of dy", (x, y, dy) ->
                        x.getNumRows() == 1 ? dy.diagonal(offset).transpose() : dy.diagonal(offset)))
                .with(offset, shape);
    }

    /** The square matrix with a row or column on its {@linkplain #diagonal diagonal} of that offset and zeros elsewhere. */
    default Value diagEmbed(int offset) {
        Value x = (Value) this;
        return composed(() -> {
            long size = x.shape().elements() + Math.abs((long) offset);
            return diagEmbed(offset, IndexKernels.shape(size, size)).apply(x);
        }, "diagEmbed", this, offset);
    }

    /** The main diagonal of a matrix, or of a row or column the square matrix with it on the diagonal, as in EJML. */
    default Value diag() {
        Value x = (Value) this;
        return x.getNumRows() == 1 || x.getNumCols() == 1 ? diagEmbed(0) : diagonal(0);
    }

    /** The sum of the main diagonal, 1x1, also of a matrix that is not square. */
    default Value trace() {
        return diagonal(0).elementSum();
    }

    // ---- equations and inverses -------------------------------------------------------------------------------------

    Operation INVERT = unary("invert", Decompositions::invert,
            rule("−yᵀ·dy·yᵀ", (x, y, dy) -> y.multTransA(dy).multTransB(y).negative()));

    /**
     * The inverse.
     *
     * @throws IllegalArgumentException if this is not square or has an element that is not finite
     * @throws SingularMatrixException if it is singular to working precision, see there
     */
    default Value invert() {
        return INVERT.apply((Value) this);
    }

    Operation SOLVE = solving(false);

    /** a⁺·b for any b, or for a gradient b: then zeros of the solution, too, beat what a mask hides. */
    private static Operation solving(boolean isGradient) {
        Operation solve = binary("solve", Decompositions::solve,
                rule("−g·yᵀ + (b − a·y)·(a⁺·g)ᵀ + (aᵀ⁺·y)·(dy − aᵀ·g)ᵀ, g = aᵀ⁺·dy", (a, b, y, dy) ->
                        solveGradient(isGradient, a, b, y, dy)),
                rule("aᵀ⁺·dy", (a, b, y, dy) -> solving(true).apply(a.transpose(), dy)));
        return isGradient ? solve.with("gradient").meaning(of -> of.get(0).solve(of.get(1))) : solve;
    }

    /**
     * The x with a·x = b; of a tall a the least squares solution, of a wide one the solution of smallest norm. Of a
     * matrix of lower rank, {@code a.truncatedPseudoInverse(tolerance).mult(b)} gives both at once.
     *
     * @throws IllegalArgumentException if the numbers of rows differ or an element of this is not finite
     * @throws SingularMatrixException if this is not of full rank to working precision, see there
     */
    default Value solve(Value b) {
        return SOLVE.apply((Value) this, b);
    }

    /** The solution with b = i, the identity. */
    Operation PSEUDO_INVERSE = unary("pseudoInverse", Decompositions::pseudoInverse,
            rule("−g·yᵀ + (I − x·y)·(x⁺·g)ᵀ + (xᵀ⁺·y)·(dy − xᵀ·g)ᵀ, g = xᵀ⁺·dy", (x, y, dy) ->
                    solveGradient(false, x, Value.identity(x.getNumRows()), y, dy)));

    /**
     * The Moore–Penrose inverse a⁺ of a matrix of full rank: a⁺·b is {@link #solve solve(b)}. For any rank, see
     * {@link #truncatedPseudoInverse}.
     *
     * @throws SingularMatrixException if this is not of full rank to working precision, see there
     */
    default Value pseudoInverse() {
        return PSEUDO_INVERSE.apply((Value) this);
    }

    Family<Double> TRUNCATED_PSEUDO_INVERSE = Family.of(tolerance ->
            unary("truncatedPseudoInverse", x -> Decompositions.truncatedPseudoInverse(x, tolerance),
                rule("−yᵀ·dy·yᵀ + (I − x·y)·dyᵀ·y·yᵀ + yᵀ·y·dyᵀ·(I − y·x)", (x, y, dy) ->
                        pseudoInverseGradient(tolerance, x, y, dy))));

    /**
     * The Moore–Penrose inverse a⁺ of a matrix of any rank, which is the number of singular values larger than a part
     * of the largest. A change of rank makes a⁺ jump; its gradient is that among matrices of the same rank.
     *
     * @param tolerance that part, such as 1e-12: large against the rounding errors in this, small against what counts
     * @throws IllegalArgumentException if the tolerance is not from 0 to 1 or an element is not finite
     */
    default Value truncatedPseudoInverse(double tolerance) {
        if (!(tolerance >= 0 && tolerance <= 1)) {
            throw Calls.refusal("expected a tolerance from 0 to 1", "truncatedPseudoInverse", this, tolerance);
        }
        return TRUNCATED_PSEUDO_INVERSE.of(tolerance).apply((Value) this);
    }

    /**
     * Golub and Pereyra's formula in units in which x is about 1. What I − x·y leaves is noise times the condition number,
     * which differentiating would multiply again, so the projections are operations of their own.
     */
    private static Value pseudoInverseGradient(double tolerance, Value x, Value y, Value dy) {
        int unit = Arithmetic.unit(x);
        Value a = shifted(x, -unit);
        Value p = shifted(y, unit);
        Value change = p.multTransA(dy).multTransB(p).negative();
        Value left = outside(tolerance, a).mult(dy.transpose()).mult(p.multTransB(p));
        Value right = p.multTransA(p).mult(dy.transpose()).mult(outside(tolerance, a.transpose()));
        return shifted(shifted(change.plus(left).plus(right), -unit), -unit);
    }

    /** I − x·x⁺, the projection onto what is orthogonal to x's columns. */
    private static Value outside(double tolerance, Value x) {
        return unary("outside", a -> Decompositions.outside(a, tolerance),
                rule("−y·(dy + dyᵀ)·x⁺ᵀ", (a, y, dy) -> y.mult(dy.plus(dy.transpose()))
                        .multTransB(a.truncatedPseudoInverse(tolerance)).negative())).with(tolerance)
                .meaning(of -> Value.identity(x.getNumRows()).minus(of.get(0).mult(of.get(0).truncatedPseudoInverse(tolerance))))
                .apply(x);
    }

    /**
     * Only a tall matrix leaves a residual, and only a wide one has a null space. In units in which a is about 1, as its
     * inverse comes in twice.
     */
    private static Value solveGradient(boolean isGradient, Value given, Value b, Value solution, Value upstream) {
        int unit = Arithmetic.unit(given);
        Value a = shifted(given, -unit);
        Value y = shifted(solution, unit);
        Value dy = shifted(upstream, -unit);
        Value g = solving(true).apply(a.transpose(), dy);
        GradientProduct timesSolution = new GradientProduct(false, true, true, isGradient);
        Value gradient = product(timesSolution, g, y).negative();
        if (a.getNumRows() > a.getNumCols()) {
            Value again = solving(true).apply(a, g);
            gradient = gradient.plus(product(timesSolution, again, b.minus(a.mult(y))).transpose());
        }
        if (a.getNumRows() < a.getNumCols()) {
            Value back = ElementKernels.isFinite(y.data())
                    ? a.multTransA(g) : product(new GradientProduct(true, false, true, true), a, g);
            gradient = gradient.plus(
                    product(timesSolution, dy.minus(back), solving(isGradient).apply(a.transpose(), y)).transpose());
        }
        return shifted(gradient, -unit);
    }

    Family<Triangle> SOLVE_TRIANGULAR = Family.of(triangle -> solving(triangle, false));

    /** The same with a triangle of a. */
    private static Operation solving(Triangle triangle, boolean isGradient) {
        Operation solve = binary("solveTriangular", (a, b) -> Triangular.solve(triangle, a, b),
                rule("the triangle of −(a⁻ᵀ·dy)·yᵀ", (a, b, y, dy) -> {
                    Value g = solving(triangle.transpose(), true).apply(a.transpose(), dy);
                    return part(triangle, product(new GradientProduct(false, true, true, isGradient), g, y)).negative();
                }),
                rule("a⁻ᵀ·dy", (a, b, y, dy) -> solving(triangle.transpose(), true).apply(a.transpose(), dy)));
        return isGradient
                ? solve.with(triangle, "gradient").meaning(of -> of.get(0).solveTriangular(triangle, of.get(1)))
                : solve;
    }

    /**
     * The x with t·x = b, where t is a triangle of this matrix; {@code a.transpose()} with the other triangle solves
     * with tᵀ.
     *
     * @param triangle which elements of this are read; the others have the gradient 0
     * @throws SingularMatrixException if an element of t's diagonal is 0
     */
    default Value solveTriangular(Triangle triangle, Value b) {
        return SOLVE_TRIANGULAR.of(requireNonNull(triangle, "triangle")).apply((Value) this, b);
    }

    /** The elements of x that a triangle reads, and zeros. */
    private static Value part(Triangle triangle, Value x) {
        return triangle.isLower() ? x.tril(triangle.isUnit() ? -1 : 0) : x.triu(triangle.isUnit() ? 1 : 0);
    }

    /**
     * An estimate of 1/(‖a‖₁·‖a⁻¹‖₁) from 0 to 1, of a matrix that is not square that of its triangular factor; 1 for an
     * empty matrix. It is that of the matrix as given, in its own units, while {@link SingularMatrixException} judges it
     * in the best ones: of diag(1e-16, 1) it is 1e-16, and there is nothing wrong with the inverse.
     */
    default double reciprocalCondition() {
        return composed(() -> Decompositions.reciprocalCondition(((Value) this).data()), "reciprocalCondition", this);
    }

    // ---- powers -----------------------------------------------------------------------------------------------------

    /** x⁰, which does not depend on x. */
    Operation ZEROTH_POWER = unary("matrixPower", x -> CommonOps_DDRM.identity(Triangular.requireSquare(x).numRows),
            rule("0", (x, y, dy) -> Value.zeros(x.shape()))).with(0);

    /**
     * The matrix power aⁿ of a square matrix; 0 gives the identity, a negative n a power of the inverse.
     *
     * @throws SingularMatrixException if n is negative and the matrix singular, see {@link #invert}
     */
    default Value matrixPower(int n) {
        Value x = (Value) this;
        return n == 0 ? ZEROTH_POWER.apply(x) : composed(() -> {
            Triangular.requireSquare(x.data());
            return n < 0 ? positivePower(x.invert(), -(long) n) : positivePower(x, n);
        }, "matrixPower", this, n);
    }

    /** By repeated squaring. */
    private static Value positivePower(Value x, long n) {
        if (n == 1) {
            return x;
        }
        Value root = positivePower(x, n / 2);
        Value square = root.mult(root);
        return n % 2 == 0 ? square : square.mult(x);
    }

    Operation MATRIX_EXP = unary("matrixExp", MatrixExponential::of,
            rule("the upper right block of exp [xᵀ dy; 0 xᵀ]", Factorizations::exponentialGradient));

    /** The matrix exponential e^a = Σ aᵏ/k! of a square matrix; NaN if an element is not finite. */
    default Value matrixExp() {
        return MATRIX_EXP.apply((Value) this);
    }

    // spotless:on
}

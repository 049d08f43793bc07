package org.ejgrad;

import static org.ejgrad.Arithmetic.shifted;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Rule.rule;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Cholesky, QR, eigenvalue and singular value factorisations, and determinants, which are computed by factoring: the
 * row with its rule, and under it the method.
 *
 * <p>Each part of a factorisation is an operation of its own; a rule that needs other parts factors again, once. A
 * symmetric matrix is taken to stay symmetric when it changes, so its gradient is symmetric too.
 *
 * <p>Eigenvectors turn the faster the closer two eigenvalues are, like 1/(λj − λi); where a gap is below 1e-13 of the
 * largest value their derivative does not exist, and asking for it throws. The same holds for singular vectors.
 */
sealed interface Factorizations extends Shaped permits Value {
    /**
     * A = Q·R.
     *
     * @param q orthonormal columns: rows x min(rows, columns)
     * @param r upper triangular with a positive diagonal: min(rows, columns) x columns
     */
    public record QR(Value q, Value r) {}

    /**
     * A = V·diag(values)·Vᵀ of a symmetric matrix.
     *
     * @param values the eigenvalues in ascending order, a column
     * @param vectors the eigenvectors, one column for each value, of length 1, with their largest element positive
     */
    public record Eigen(Value values, Value vectors) {}

    /**
     * A = U·diag(singularValues)·Vᵀ.
     *
     * @param u the left singular vectors: rows x min(rows, columns)
     * @param singularValues in descending order, a column
     * @param v the right singular vectors, their largest elements positive: columns x min(rows, columns)
     */
    public record SVD(Value u, Value singularValues, Value v) {}

    /**
     * det A = sign·e^logarithm, without overflow.
     *
     * @param sign −1 or 1, a constant
     * @param logarithm ln |det A|, 1x1
     */
    public record LogDeterminant(double sign, Value logarithm) {}

    // spotless:off

    // ---- triangular factors -----------------------------------------------------------------------------------------

    /** Murray (2016), "Differentiation of the Cholesky decomposition", section 5. */
    Operation CHOLESKY = unary("cholesky", Decompositions::cholesky,
            rule("y⁻ᵀ·Φ(yᵀ·dy)·y⁻¹, symmetrised; Φ keeps the lower triangle and halves the diagonal", (x, y, dy) ->
                    symmetric(congruence(y.transpose(), halfLower(y.multTransA(dy.tril(0)))))));

    /**
     * The lower triangular L with a positive diagonal and L·Lᵀ = a; the gradient is symmetric, as a is.
     *
     * @throws IllegalArgumentException if this is not square, not symmetric within 1e-12 of what is large in both rows,
     *     or has an element that is not finite
     * @throws SingularMatrixException if it is not positive definite
     */
    default Value cholesky() {
        return CHOLESKY.apply((Value) this);
    }

    /** Seeger et al. (2017), "Auto-differentiating linear algebra", with r = yᵀ·x as a value of its own. */
    Operation QR_Q = unary("qr", x -> Decompositions.QR.of(x).fullRank().q(),
            rule("(dy − y·C(dyᵀ·y))·r⁻ᵀ; C copies the lower triangle above the diagonal", (x, y, dy) ->
                    shifted(divideRight(dy.minus(y.mult(copyLower(dy.multTransA(y)))),
                            y.multTransA(shifted(x, -Arithmetic.unit(x)))), -Arithmetic.unit(x))));

    /**
     * The factors Q with orthonormal columns and R, upper triangular with a positive diagonal, whose product this is.
     *
     * @throws IllegalArgumentException if an element is not finite
     * @throws SingularMatrixException if the first min(rows, columns) columns depend on each other, or nearly so
     */
    default QR qr() {
        Value x = (Value) this;
        Value basis = x.getNumCols() <= x.getNumRows() ? x : x.cols(0, x.getNumRows());
        Value q = composed(() -> QR_Q.apply(basis), "qr", this);
        return new QR(q, q.multTransA(x).triu(0));
    }

    // ---- eigenvalues and singular values ----------------------------------------------------------------------------

    Operation EIGENVALUES = unary("eigSymmetric", x -> Decompositions.Eigen.of(x).values(),
            rule("v·diag(dy)·vᵀ", (x, y, dy) -> {
                Gaps.requireEqualUpstream("eigenvalues", y.data(), dy.data());
                Value v = eigen(x).vectors();
                return v.elementMult(dy.transpose()).multTransB(v);
            })).with("values");

    Operation EIGENVECTORS = unary("eigSymmetric", x -> Decompositions.Eigen.of(x).vectors(),
            rule("y·(F ⊙ yᵀ·dy)·yᵀ, symmetrised; Fij = 1/(λj − λi)", (x, y, dy) -> {
                Value values = eigen(x).values();
                Gaps.requireDistinct("eigenvectors", values.data());
                int unit = Arithmetic.unit(values);
                Value f = reciprocals(shifted(values, -unit), 1);
                return shifted(symmetric(y.mult(f.elementMult(y.multTransA(dy))).multTransB(y)), -unit);
            })).with("vectors");

    /**
     * The eigenvalues and eigenvectors of a symmetric matrix; the gradient is symmetric, as a is.
     *
     * <p>Where eigenvalues coincide (a gap below 1e-13 of the largest), the gradient of a function of the eigenvectors
     * throws, and so does that of a function which treats the coinciding eigenvalues differently.
     *
     * @throws IllegalArgumentException if this is not square, not symmetric within 1e-12 of what is large in both rows,
     *     or has an element that is not finite
     */
    default Eigen eigSymmetric() {
        return eigen((Value) this);
    }

    private static Eigen eigen(Value x) {
        Decompositions.Eigen parts = factored(EIGENVALUES, Decompositions.Eigen::of, x);
        return new Eigen(
                Value.result(EIGENVALUES, parts.values(), x), Value.result(EIGENVECTORS, parts.vectors(), x));
    }

    Operation SINGULAR_VALUES = unary("singularValues", x -> Decompositions.SVD.of(x).values(),
            rule("u·diag(dy)·vᵀ", (x, y, dy) -> {
                Gaps.requireEqualUpstream("singularValues", y.data(), dy.data());
                SVD of = svd(x);
                Value weights = dy.elementMult(Value.adopting(Gaps.positive(y.data())));
                return of.u().elementMult(weights.transpose()).multTransB(of.v());
            }));

    /**
     * The singular values, a column in descending order. Where they coincide (a gap below 1e-13 of the largest), a
     * gradient that treats them differently throws; one that is 0 has the slope 0, as |x| has at 0.
     *
     * @throws IllegalArgumentException if an element is not finite
     */
    default Value singularValues() {
        return SINGULAR_VALUES.apply((Value) this);
    }

    /** Townsend (2016), "Differentiating the singular value decomposition". */
    Operation LEFT_VECTORS = unary("svd", x -> Decompositions.SVD.of(x).u(),
            rule("y·(F ⊙ (yᵀ·dy − dyᵀ·y))·s·vᵀ + (dy − y·yᵀ·dy)·s⁻¹·vᵀ; Fij = 1/(sj² − si²)",
                    (x, y, dy) -> {
                        SVD of = svd(x);
                        return singularVectors(of.singularValues(), y, of.v(), dy);
                    })).with("u");

    Operation RIGHT_VECTORS = unary("svd", x -> Decompositions.SVD.of(x).v(),
            rule("(y·(F ⊙ (yᵀ·dy − dyᵀ·y))·s·uᵀ + (dy − y·yᵀ·dy)·s⁻¹·uᵀ)ᵀ; Fij = 1/(sj² − si²)",
                    (x, y, dy) -> {
                        SVD of = svd(x);
                        return singularVectors(of.singularValues(), y, of.u(), dy).transpose();
                    })).with("v");

    /**
     * The thin singular value decomposition. The gradient of a function of the vectors throws where singular values
     * coincide (a gap below 1e-13 of the largest).
     *
     * @throws IllegalArgumentException if an element is not finite
     */
    default SVD svd() {
        return svd((Value) this);
    }

    private static SVD svd(Value x) {
        Decompositions.SVD parts = factored(LEFT_VECTORS, Decompositions.SVD::of, x);
        return new SVD(
                Value.result(LEFT_VECTORS, parts.u(), x),
                Value.result(SINGULAR_VALUES, parts.values(), x),
                Value.result(RIGHT_VECTORS, parts.v(), x));
    }

    /** Factors once; each part is an operation of its own, whose value is then known. */
    private static <T> T factored(Operation named, Function<DMatrixRMaj, T> factors, Value x) {
        try {
            return factors.apply(x.data());
        } catch (RuntimeException e) {
            throw Calls.named(e, named.name(), List.of(), x);
        }
    }

    // ---- determinants -----------------------------------------------------------------------------------------------

    Operation DETERMINANT = unary("determinant", Decompositions::determinant,
            rule("dy·(cofactors of x), y·x⁻ᵀ if x is invertible", (x, y, dy) ->
                    dy.timesOrZero(cofactors(x))));

    /** The determinant of a square matrix, 1x1; its gradient, the cofactors, is right for singular matrices too. */
    default Value determinant() {
        return DETERMINANT.apply((Value) this);
    }

    /**
     * The values are det(x)·x⁻ᵀ if x is invertible. Derivatives of that product are differences of terms which outgrow
     * them by the condition number, once more with each order, so {@link #carefulDeterminant} is differentiated instead.
     */
    Operation COFACTORS = unary("determinant", Factorizations::scaledCofactors,
            rule("of the second derivative of the determinant, as a program", (x, y, dy) -> {
                Value input = Value.input(Operation.INPUT, x);
                return slope(slope(carefulDeterminant(input), Value.ones(Shape.SCALAR), input), dy, input);
            })).with("cofactors");

    Operation LOG_DETERMINANT = logDeterminant("logDeterminant", Decompositions::logDeterminant);

    /**
     * ln det a, 1x1, of a matrix whose determinant is positive, such as a covariance, without overflow.
     *
     * @throws IllegalArgumentException if this is not square, has an element that is not finite, or its determinant is
     *     negative
     * @throws SingularMatrixException if it is singular to working precision, see there
     */
    default Value logDeterminant() {
        return LOG_DETERMINANT.apply((Value) this);
    }

    Operation LOG_ABS_DETERMINANT = logDeterminant("signLogDeterminant", Decompositions::logAbsDeterminant);

    /**
     * The sign of the determinant, a constant, and the logarithm of its absolute value, without overflow.
     *
     * @throws IllegalArgumentException if this is not square or has an element that is not finite
     * @throws SingularMatrixException if it is singular to working precision, see there
     */
    default LogDeterminant signLogDeterminant() {
        Value x = (Value) this;
        LU factors = factored(LOG_ABS_DETERMINANT, Decompositions::invertible, x);
        DMatrixRMaj logarithm = Decompositions.scalar(factors.logDeterminant());
        return new LogDeterminant(factors.sign(), Value.result(LOG_ABS_DETERMINANT, logarithm, x));
    }

    private static Operation logDeterminant(String name, UnaryOperator<DMatrixRMaj> forward) {
        return unary(name, forward, rule("dy·x⁻ᵀ", (x, y, dy) -> x.invert().transpose().elementMult(dy)));
    }

    // spotless:on

    /**
     * The matrix of cofactors of x, the derivative of the determinant, also of a singular matrix. The units of rows and
     * columns are taken out first and put back by powers of two.
     */
    private static Value cofactors(Value x) {
        if (!ElementKernels.isFinite(x.data())) {
            return Value.filled(x.shape(), Double.NaN);
        }
        Equilibrated scaled = LU.of(x.data()).ofUnitDeterminant();
        int[] rows = Arrays.stream(scaled.rows()).map(i -> -i).toArray();
        int[] columns = Arrays.stream(scaled.columns()).map(i -> -i).toArray();
        int[] back = Arrays.stream(rows).map(i -> scaled.exponent() + i).toArray();
        return Arithmetic.shift(back, columns)
                .apply(COFACTORS.apply(Arithmetic.shift(rows, columns).apply(x)));
    }

    private static DMatrixRMaj scaledCofactors(DMatrixRMaj x) {
        Value at = Value.constant(x);
        if (x.numRows > 2 && LU.of(x).scaledReciprocalCondition() >= SingularMatrixException.LIMIT) {
            return at.invert().transpose().elementMult(at.determinant()).data();
        }
        Value input = Value.input(Operation.INPUT, at);
        return slope(carefulDeterminant(input), Value.ones(Shape.SCALAR), input).data();
    }

    private static Value slope(Value y, Value dy, Value x) {
        return y.isConstant()
                ? Value.zeros(x.shape())
                : Gradients.withRespectTo(y, dy, List.of(x), Gradients.Option.DIFFERENTIABLE)
                        .orZero(x);
    }

    /**
     * The determinant of a matrix without units. With the orthogonal u and v of the singular value decomposition, kept
     * constant, uᵀ·x·v = [a b; c d], where a holds the large singular values; then det x = ± det a · det(d − c·a⁻¹·b),
     * and so on with the second factor, until a matrix of up to two rows is left or one that is 0 but for rounding; its
     * determinant is a polynomial. The program is exact in the neighbourhood, so derivatives of every order are right.
     */
    private static Value carefulDeterminant(Value x) {
        Value rest = x;
        Value logarithm = Value.zeros(Shape.SCALAR);
        double sign = 1;
        double largest = 0;
        while (rest.getNumRows() > 2) {
            int size = rest.getNumRows();
            Decompositions.SVD svd = Decompositions.SVD.of(rest.data());
            largest = Math.max(largest, svd.values().data[0]);
            if (svd.values().data[0] <= 1e-14 * largest) {
                break;
            }
            int large = svd.largeValues();
            Value turned = Value.constant(svd.u()).multTransA(rest).mult(Value.constant(svd.v()));
            Value a = turned.slice(0, large, 0, large);
            Value b = turned.slice(0, large, large, size);
            Value c = turned.slice(large, size, 0, large);
            Value d = turned.slice(large, size, large, size);
            LogDeterminant leading = a.signLogDeterminant();
            logarithm = logarithm.plus(leading.logarithm());
            sign *= leading.sign() * LU.of(svd.u()).sign() * LU.of(svd.v()).sign();
            rest = d.minus(c.mult(a.solve(b)));
        }
        return logarithm.elementExp().scale(sign).elementMult(determinantAsPolynomial(rest));
    }

    /** The determinant by the elements alone (Faddeev–LeVerrier). */
    private static Value determinantAsPolynomial(Value x) {
        int size = x.getNumRows();
        Value identity = Value.identity(size);
        Value m = identity;
        Value coefficient = Value.ones(Shape.SCALAR);
        for (int k = 1; k <= size; k++) {
            Value product = x.mult(m);
            coefficient = product.trace().divide(-k);
            m = product.plus(identity.elementMult(coefficient));
        }
        return size % 2 == 0 ? coefficient : coefficient.negative();
    }

    // ---- parts of the rules -----------------------------------------------------------------------------------------

    /**
     * The upper right block of exp [xᵀ dy; 0 xᵀ]. It is linear in dy, so dy is first scaled by a power of two, which is
     * exact, so far down that the powers of the block are no larger than those of x, but not so far that it drowns
     * where they overflow.
     */
    static Value exponentialGradient(Value x, Value y, Value dy) {
        if (!ElementKernels.isFinite(x.data())) {
            return Value.filled(x.shape(), Arrays.stream(dy.data().data).allMatch(v -> v == 0) ? 0 : Double.NaN);
        }
        int size = x.getNumRows();
        int ofX = Equilibrated.exponentOfLargest(x.data());
        int room = ElementKernels.isFinite(y.data()) ? -500 : ofX - 900;
        int target = ofX < 0 ? Math.max(ofX, -50) : Math.max(-ofX, room);
        int shift = target - Equilibrated.exponentOfLargest(dy.data());
        Value across = x.transpose().concatColumns(shifted(dy, shift));
        Value below = Value.zeros(x.shape()).concatColumns(x.transpose());
        return shifted(across.concatRows(below).matrixExp().slice(0, size, size, 2 * size), -shift);
    }

    private static Value symmetric(Value x) {
        return x.plus(x.transpose()).divide(2);
    }

    /** Φ: the lower triangle with half its diagonal. */
    private static Value halfLower(Value x) {
        return x.tril(0).plus(x.tril(-1)).divide(2);
    }

    /** C: the lower triangle and, above the diagonal, its mirror image. */
    private static Value copyLower(Value x) {
        return x.tril(0).plus(x.tril(-1).transpose());
    }

    /** u⁻¹·x·u⁻ᵀ for an upper triangular u. */
    private static Value congruence(Value u, Value x) {
        return divideRight(u.solveTriangular(Triangle.UPPER, x), u);
    }

    /** x·r⁻ᵀ for an upper triangular r. */
    private static Value divideRight(Value x, Value r) {
        return r.solveTriangular(Triangle.UPPER, x.transpose()).transpose();
    }

    /**
     * The gradient through one side's vectors u; s are the singular values, v the other side's vectors. Squares of s
     * would leave the range of numbers, so s is divided by a power of two first.
     */
    private static Value singularVectors(Value s, Value u, Value v, Value du) {
        Gaps.requireDistinct("singular vectors", s.data());
        int unit = Arithmetic.unit(s);
        Value across = shifted(s, -unit).transpose();
        Value turn = u.multTransA(du);
        Value inside = reciprocals(shifted(s, -unit), 2).elementMult(turn.minus(turn.transpose()));
        Value gradient = u.mult(inside.elementMult(across));
        if (u.getNumRows() > u.getNumCols()) {
            Gaps.requireFullRank("singular vectors", s.data());
            gradient = gradient.plus(du.minus(u.mult(turn)).elementDiv(across));
        }
        return shifted(gradient.multTransB(v), -unit);
    }

    /** 1/(wjᵖ − wiᵖ) at row i and column j, and 0 on the diagonal, for p = 1 or 2 and distinct values w. */
    private static Value reciprocals(Value values, int power) {
        Shape square = new Shape(values.getNumRows(), values.getNumRows());
        Value one = Value.identity(values.getNumRows());
        Value across = values.transpose().broadcastTo(square);
        Value down = values.broadcastTo(square);
        Value difference = across.minus(down);
        Value gaps = power == 1 ? difference : difference.elementMult(across.plus(down));
        return Value.ones(square).minus(one).elementDiv(gaps.plus(one));
    }
}

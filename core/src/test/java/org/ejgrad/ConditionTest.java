package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * First and second derivatives of linear algebra lose no more digits than the condition number allows.
 *
 * <p>With κ the condition number, the error of a gradient relative to its norm stays below C·κ·2⁻⁵², and so does that
 * of the Hessian times a vector. The truth is computed with 70 digits. {@code -Dejgrad.table=true} prints C for more κ
 * and trials.
 *
 * <p>Vectors depend on the gaps between values too, which for κ = 1 are 1/5; hence their larger bounds.
 */
class ConditionTest {
    private static final int SIZE = 3;
    private static final boolean TABLE = Boolean.getBoolean("ejgrad.table");
    private static final int TRIALS = TABLE ? 3 : 1;
    private static final double[] CONDITIONS =
            TABLE ? new double[] {1, 1e2, 1e4, 1e6, 1e8, 1e10} : new double[] {1, 1e5, 1e10};

    private enum Kind {
        SQUARE,
        TALL,
        WIDE,
        POSITIVE_DEFINITE,
        LOWER
    }

    /** An operation and the same on exact numbers; C is the bound to keep. */
    private record Row(
            String name, Kind kind, UnaryOperator<Value> function, UnaryOperator<HyperDual[][]> exact, double c) {}

    private static final Value RIGHT = Samples.random(new Random(1), SIZE, 2);
    private static final Value LONG = Samples.random(new Random(2), SIZE + 2, 2);

    // spotless:off
    private static final List<Row> ROWS = List.of(
        new Row("invert", Kind.SQUARE, Value::invert, a -> Exact.solve(a, Exact.identity(SIZE)), 8),
        new Row("solve", Kind.SQUARE, a -> a.solve(RIGHT), a -> Exact.solve(a, Exact.constant(RIGHT)), 8),
        new Row("solve, least squares", Kind.TALL, a -> a.solve(LONG), a -> Exact.leastSquares(a, Exact.constant(LONG)), 8),
        new Row("solve, smallest norm", Kind.WIDE, a -> a.solve(RIGHT), a -> Exact.smallestNorm(a, Exact.constant(RIGHT)), 8),
        new Row("solveTriangular", Kind.LOWER, a -> a.solveTriangular(Triangle.LOWER, RIGHT),
                a -> Exact.solve(Exact.lower(a), Exact.constant(RIGHT)), 8),
        new Row("pseudoInverse", Kind.TALL, Value::pseudoInverse, a -> Exact.leastSquares(a, Exact.identity(SIZE + 2)), 8),
        new Row("truncatedPseudoInverse", Kind.SQUARE, a -> a.truncatedPseudoInverse(1e-13), a -> Exact.solve(a, Exact.identity(SIZE)), 30),
        new Row("truncatedPseudoInverse", Kind.TALL, a -> a.truncatedPseudoInverse(1e-13), a -> Exact.leastSquares(a, Exact.identity(SIZE + 2)), 30),
        new Row("truncatedPseudoInverse", Kind.WIDE, a -> a.truncatedPseudoInverse(1e-13), a -> Exact.smallestNorm(a, Exact.identity(SIZE)), 30),
        new Row("determinant", Kind.SQUARE, Value::determinant, a -> new HyperDual[][] {{Exact.determinant(a)}}, 8),
        new Row("logDeterminant", Kind.POSITIVE_DEFINITE, Value::logDeterminant, a -> new HyperDual[][] {{Exact.determinant(a).log()}}, 8),
        new Row("signLogDeterminant", Kind.SQUARE, a -> a.signLogDeterminant().logarithm(),
                a -> new HyperDual[][] {{Exact.determinant(a).log()}}, 8),
        new Row("cholesky", Kind.POSITIVE_DEFINITE, Value::cholesky, a -> Exact.cholesky(Exact.symmetric(a)), 8),
        new Row("qr, q", Kind.TALL, a -> a.qr().q(), Exact::q, 8),
        new Row("qr, r", Kind.TALL, a -> a.qr().r(), Exact::r, 8),
        new Row("eigSymmetric, values", Kind.POSITIVE_DEFINITE, a -> a.eigSymmetric().values(), ConditionTest::values, 20),
        new Row("eigSymmetric, vectors", Kind.POSITIVE_DEFINITE, a -> a.eigSymmetric().vectors(),
                a -> Exact.Eigen.of(Exact.symmetric(a)).vectors(), 80),
        new Row("singularValues", Kind.TALL, Value::singularValues, ConditionTest::singularValues, 20),
        new Row("svd, u", Kind.TALL, a -> a.svd().u(), ConditionTest::left, 80),
        new Row("svd, v", Kind.TALL, a -> a.svd().v(), ConditionTest::right, 80),
        new Row("matrixPower -2", Kind.SQUARE, a -> a.matrixPower(-2), a -> Exact.solve(Exact.mult(a, a), Exact.identity(SIZE)), 8),
        new Row("matrixPower 5", Kind.SQUARE, a -> a.matrixPower(5), a -> Exact.mult(a, Exact.mult(Exact.mult(a, a), Exact.mult(a, a))), 8),
        new Row("matrixExp", Kind.SQUARE, Value::matrixExp, Exact::exponential, 8));
    // spotless:on

    @Test
    void errorsOfDerivativesStayWithinTheConditionNumber() {
        StringBuilder table = new StringBuilder();
        boolean within = true;
        for (Row row : ROWS) {
            table.append(String.format(Locale.ROOT, "%n%-22s", row.name));
            for (double condition : CONDITIONS) {
                double first = 0;
                double second = 0;
                for (int seed = 0; seed < TRIALS; seed++) {
                    Errors errors = errors(row, condition, new Random(seed));
                    first = Math.max(first, errors.first / (condition * 0x1p-52));
                    second = Math.max(second, errors.second / (condition * 0x1p-52));
                }
                within &= first <= row.c && second <= row.c;
                table.append(String.format(Locale.ROOT, "  %8.3g %8.3g", first, second));
            }
        }
        if (TABLE) {
            System.out.println(table);
        }
        assertTrue(within, table::toString);
    }

    private record Errors(double first, double second) {}

    /** Errors of the gradient of Σ weights ⊙ f(a) and of its Hessian times a direction, relative to their norms. */
    private static Errors errors(Row row, double condition, Random random) {
        Value a = matrix(row.kind, condition, random);
        Value direction = Samples.random(random, a.getNumRows(), a.getNumCols());
        Value weights = Samples.random(
                random,
                row.function.apply(a).getNumRows(),
                row.function.apply(a).getNumCols());
        Value x = Value.variable("a", a);
        Value gradient = row.function
                .apply(x)
                .gradients(weights, Gradients.Option.DIFFERENTIABLE)
                .of(x);
        Value product = gradient.dot(direction).gradients().of(x);
        double firstError = 0;
        double firstNorm = 0;
        double secondError = 0;
        double secondNorm = 0;
        for (int i = 0; i < a.getNumRows(); i++) {
            for (int j = 0; j < a.getNumCols(); j++) {
                HyperDual exact = exact(row, a, direction, weights, i, j);
                double first = exact.s().doubleValue();
                double second = exact.st().doubleValue();
                firstError += Math.pow(gradient.get(i, j) - first, 2);
                firstNorm += first * first;
                secondError += Math.pow(product.get(i, j) - second, 2);
                secondNorm += second * second;
            }
        }
        return new Errors(Math.sqrt(firstError / firstNorm), Math.sqrt(secondError / secondNorm));
    }

    /** Σ weights ⊙ f(a + s·e + t·direction), where e is 1 at one place. */
    private static HyperDual exact(Row row, Value a, Value direction, Value weights, int i, int j) {
        HyperDual[][] numbers = Exact.zeros(a.getNumRows(), a.getNumCols());
        for (int k = 0; k < numbers.length; k++) {
            for (int l = 0; l < numbers[k].length; l++) {
                numbers[k][l] = HyperDual.of(a.get(k, l), k == i && l == j ? 1 : 0, direction.get(k, l));
            }
        }
        HyperDual[][] y = row.exact.apply(numbers);
        HyperDual sum = HyperDual.ZERO;
        for (int k = 0; k < y.length; k++) {
            for (int l = 0; l < y[k].length; l++) {
                sum = sum.plus(y[k][l].times(HyperDual.of(weights.get(k, l))));
            }
        }
        return sum;
    }

    /** Singular values from 1 down to 1/κ, spaced evenly in their logarithms but for a nudge that keeps them apart. */
    private static Value matrix(Kind kind, double condition, Random random) {
        double[][] scales = new double[1][SIZE];
        for (int i = 0; i < SIZE; i++) {
            scales[0][i] = Math.pow(condition, -i / (SIZE - 1.0)) * (1 - i * 0.2);
        }
        Value s = Value.constant(scales);
        Value u = Samples.random(random, SIZE, SIZE).qr().q();
        Value v = Samples.random(random, SIZE, SIZE).qr().q();
        return switch (kind) {
            case SQUARE -> u.elementMult(s).multTransB(v);
            case LOWER -> u.elementMult(s).multTransB(v).transpose().qr().r().transpose();
            case TALL ->
                Samples.random(random, SIZE + 2, SIZE).qr().q().elementMult(s).multTransB(v);
            case WIDE ->
                u.elementMult(s)
                        .multTransB(Samples.random(random, SIZE + 2, SIZE).qr().q());
            case POSITIVE_DEFINITE -> {
                Value a = u.elementMult(s).multTransB(u);
                yield a.plus(a.transpose()).divide(2);
            }
        };
    }

    // ---- exact parts ------------------------------------------------------------------------------------------------

    private static HyperDual[][] values(HyperDual[][] a) {
        return Exact.transpose(
                new HyperDual[][] {Exact.Eigen.of(Exact.symmetric(a)).values()});
    }

    private static HyperDual[][] singularValues(HyperDual[][] a) {
        HyperDual[] squares = Exact.Eigen.of(Exact.mult(Exact.transpose(a), a)).values();
        HyperDual[][] values = Exact.zeros(squares.length, 1);
        for (int i = 0; i < squares.length; i++) {
            values[i][0] = squares[squares.length - 1 - i].sqrt();
        }
        return values;
    }

    private static HyperDual[][] right(HyperDual[][] a) {
        HyperDual[][] vectors = Exact.transpose(
                Exact.Eigen.of(Exact.mult(Exact.transpose(a), a)).vectors());
        java.util.Collections.reverse(java.util.Arrays.asList(vectors));
        return Exact.transpose(vectors);
    }

    private static HyperDual[][] left(HyperDual[][] a) {
        HyperDual[][] u = Exact.mult(a, right(a));
        HyperDual[][] values = singularValues(a);
        for (HyperDual[] row : u) {
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j].over(values[j][0]);
            }
        }
        return u;
    }
}

package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.Matrix;
import org.ejml.data.MatrixType;
import org.ejml.simple.SimpleBase;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What values are made of, show and refuse. */
class ValueTest {
    @Test
    void gradientsCanBeDifferentiatedAgain() {
        Value x = Value.variable("x", 3);
        Value cube = x.elementMult(x).elementMult(x);
        Value slope = cube.gradients(Gradients.Option.DIFFERENTIABLE).of(x);
        assertEquals(27, slope.scalar());
        assertEquals(18, slope.gradients().of(x).scalar());
    }

    @Test
    void aValueEqualsItselfUnderEveryNameAndNothingElse() {
        Value variable = Value.variable("x", 3);
        Value result = variable.square();
        Value constant = Value.constant(3);
        for (Value value : List.of(variable, result)) {
            List<Value> names = List.of(value, value.labelled("y"), value.traced(), NonFinite.trapping(value.traced()));
            assertEquals(1, new HashSet<>(names).size());
            names.forEach(name -> assertEquals(value, name));
        }
        assertEquals(
                8,
                new HashSet<>(List.of(
                                variable,
                                Value.variable("x", variable),
                                result,
                                variable.square(),
                                result.detached(),
                                constant,
                                constant.labelled("x"),
                                constant.square()))
                        .size());
        assertEquals(
                2, variable.labelled("y").plus(variable.traced()).ancestors().size());
    }

    @Test
    void errorsNameTheCall() {
        Value a = Value.constant(new double[4][3]);
        Value b = Value.constant(new double[1][2]);
        Exception error = assertThrows(IllegalArgumentException.class, () -> a.mult(b));
        assertEquals("mult(4x3, 1x2): the inner dimensions 3 and 1 differ", error.getMessage());
    }

    /** A matrix type of a user's own, as EJML's manual makes them. */
    private static final class Table extends SimpleBase<Table> {
        private static final long serialVersionUID = 1;

        Table(Matrix matrix) {
            setMatrix(matrix);
        }

        @Override
        protected Table createMatrix(int rows, int columns, MatrixType type) {
            return new Table(type.create(rows, columns));
        }

        @Override
        protected Table wrapMatrix(Matrix matrix) {
            return new Table(matrix);
        }
    }

    @Test
    void matricesOfEveryKindOfEjmlAreCopied() {
        double[][] rows = {{1, 2, 3}, {4, 5, 6}};
        Value expected = Value.constant(rows);
        SimpleMatrix single = new SimpleMatrix(2, 3, MatrixType.FDRM);
        SimpleMatrix sparse = new SimpleMatrix(2, 3, MatrixType.DSCC);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                single.set(i, j, rows[i][j]);
                sparse.set(i, j, rows[i][j]);
            }
        }
        Samples.assertClose(expected, Value.constant(single), 0);
        Samples.assertClose(expected, Value.constant(sparse), 0);
        Samples.assertClose(expected, Value.constant(new Table(new DMatrixRMaj(rows))), 0);
        Samples.assertClose(expected, Value.variable("x", new SimpleMatrix(rows)), 0);
    }

    @Test
    void aValueIsShownWithItsElements() {
        Value x = Value.variable("x", new double[][] {{0.5, -1}, {1 / 3.0, 1e-9}});
        assertEquals("x = variable 2x2\n       0.5        -1\n  0.333333      1e-9", x.toString());
        assertTrue(x.scale(2).toString().startsWith("scale(2.0) 2x2\n"));
        assertEquals(9, Value.zeros(new Shape(8, 8)).toString().lines().count());
        assertEquals("constant 0x3\n", Value.zeros(new Shape(0, 3)).toString());
    }

    @Test
    void ofALargeValueTheCornersAreShown() {
        double[][] rows = new double[9][100];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = 100 * i + j;
            }
        }
        assertEquals("""
                constant 9x100
                    0    1    2    …   97   98   99
                  100  101  102    …  197  198  199
                  200  201  202    …  297  298  299
                    …    …    …    …    …    …    …
                  600  601  602    …  697  698  699
                  700  701  702    …  797  798  799
                  800  801  802    …  897  898  899""", Value.constant(rows).toString());
    }

    @Test
    void rowsAndColumnsAreWrittenAsTheirNumbers() {
        Samples.assertClose(Value.constant(new double[][] {{1, -2, 0.5}}), Value.row(1, -2, 0.5), 0);
        Samples.assertClose(Value.constant(new double[][] {{1}, {-2}}), Value.column(1, -2), 0);
        assertEquals(new Shape(1, 0), Value.row().shape());
        assertEquals(new Shape(0, 1), Value.column().shape());
        assertTrue(Value.column(1, 2).isConstant());
    }

    @Test
    void randomNumbersFollowTheSeedAndTheirLaw() {
        Shape shape = new Shape(400, 50);
        Value uniform = Value.uniform(shape, -1, 3, 5);
        Samples.assertClose(uniform, Value.uniform(shape, -1, 3, 5), 0);
        assertTrue(uniform.lessThan(-1)
                        .maximum(uniform.greaterThan(3))
                        .elementSum()
                        .scalar()
                == 0);
        assertEquals(1, uniform.mean().scalar(), 0.05);
        assertEquals(4.0 / 3, uniform.minus(uniform.mean()).square().mean().scalar(), 0.05);
        Value normal = Value.normal(shape, 5);
        Samples.assertClose(normal, Value.normal(shape, 5), 0);
        assertEquals(0, normal.mean().scalar(), 0.05);
        assertEquals(1, normal.square().mean().scalar(), 0.05);
        assertEquals(3, normal.square().square().mean().scalar(), 0.25);
        assertTrue(normal.minus(Value.normal(shape, 6)).abs().elementSum().scalar() > 1);
        Exception error = assertThrows(IllegalArgumentException.class, () -> Value.uniform(new Shape(2, 1), 1, 1, 0));
        assertEquals("uniform(2x1, 1.0, 1.0): expected a finite low below a finite high", error.getMessage());
        double most = Double.MAX_VALUE;
        DMatrixRMaj wide =
                Value.uniform(new Shape(1, 99), -most, most, 1).matrix().getDDRM();
        assertTrue(Arrays.stream(wide.data).allMatch(v -> v >= -most && v < most));
        assertThrows(IllegalArgumentException.class, () -> Value.uniform(Shape.SCALAR, 0, Double.POSITIVE_INFINITY, 1));
    }
}

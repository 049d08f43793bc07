package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aValueIsShownWithItsElementsUnlessTheyAreMany() {
        Value x = Value.variable("x", new double[8][8]);
        String[] lines = x.toString().split("\n");
        assertEquals("x = variable 8x8", lines[0]);
        assertEquals(10, lines.length);
        assertEquals("constant 1x65", Value.zeros(new Shape(1, 65)).toString());
        assertTrue(x.scale(2).toString().startsWith("scale(2.0) 8x8\n"));
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
    }
}

package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.Symmetries;
import org.ejml.simple.SimpleMatrix;

/** Symmetries of functions that have them; and functions that have not are told apart. */
class SymmetriesProperties {
    @Provide
    Arbitrary<SimpleMatrix> logits() {
        return Matrices.logits();
    }

    @Provide
    Arbitrary<SimpleMatrix> batches() {
        return Matrices.matrix(Matrices.awayFrom(0)).filter(x -> x.getNumRows() > 1 && x.getNumCols() > 1);
    }

    @Property(tries = 60)
    void softmax(@ForAll("logits") SimpleMatrix x, @ForAll long seed) {
        Symmetries.shiftsOfRowsVanish(v -> v.softmax(Per.ROW), x, seed);
        Symmetries.columnsPermute(v -> v.softmax(Per.ROW), x, seed);
        Symmetries.rowsPermute(v -> v.softmax(Per.ROW), x, seed);
        Symmetries.rowsAreIndependent(v -> v.softmax(Per.ROW), x, seed);
        Symmetries.agree(
                in -> in.get(0).logSoftmax(Per.ROW),
                in -> in.get(0).softmax(Per.ROW).elementLog(),
                List.of(x),
                seed);
    }

    @Property(tries = 60)
    void sumsAndNorms(@ForAll("batches") SimpleMatrix x, @ForAll long seed) {
        Symmetries.partsSum(v -> v.square().elementSum(), x, seed);
        Symmetries.homogeneous(v -> v.square().elementMult(v), 3, x);
        Symmetries.homogeneous(Value::normF, 1, x);
        Symmetries.identity(v -> v.plus(0).detached(), x);
    }

    @Property(tries = 20)
    void whatIsNotSymmetricIsRejected(@ForAll("batches") SimpleMatrix x, @ForAll long seed) {
        assertThrows(AssertionError.class, () -> Symmetries.shiftsOfRowsVanish(Value::square, x, seed));
        assertThrows(AssertionError.class, () -> {
            for (long i = 0; i < 20; i++) {
                Symmetries.rowsAreIndependent(v -> v.softmax(Per.COLUMN), x, i);
            }
        });
        assertThrows(
                AssertionError.class, () -> Symmetries.partsSum(v -> v.square().mean(), x, seed));
        assertThrows(AssertionError.class, () -> Symmetries.homogeneous(Value::square, 3, x));
        assertThrows(AssertionError.class, () -> Symmetries.identity(v -> v.scale(1 + 1e-15), x));
        assertThrows(
                AssertionError.class,
                () -> Symmetries.agree(in -> in.get(0).tanh(), in -> in.get(0).sigmoid(), List.of(x), seed));
        assertThrows(
                AssertionError.class,
                () -> Symmetries.agree(
                        in -> in.get(0).square(),
                        in -> in.get(0).elementMult(in.get(0).detached()),
                        List.of(x),
                        seed));
        Value weights = Value.constant(new double[][] {{1, 2, 3, 4}}).cols(0, x.getNumCols());
        assertThrows(AssertionError.class, () -> {
            for (long i = 0; i < 20; i++) {
                Symmetries.columnsPermute(v -> v.elementMult(weights), x, i);
            }
        });
        Value rows = Value.constant(new double[][] {{1}, {2}, {3}, {4}}).rows(0, x.getNumRows());
        assertThrows(AssertionError.class, () -> {
            for (long i = 0; i < 20; i++) {
                Symmetries.rowsPermute(v -> v.elementMult(rows), x, i);
            }
        });
    }
}

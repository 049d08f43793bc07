package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Which operation has a kink that it does not declare. */
class HiddenKinkTest {
    private static final double FAR = 0x1.3p-11;
    private static final double NEAR = 0x1.5p-17;

    private static Operation undeclared(String name, DoubleUnaryOperator function) {
        return Operation.unary(name, x -> Operation.map(x, function::applyAsDouble), Rule.rule("", (x, y, dy) -> dy));
    }

    /** The operation found when all elements of the variable move alike. */
    private static Optional<String> found(Value variable, Value loss) {
        Tape tape = new Tape(loss);
        return new HiddenKink(tape).operation(t -> {
            DMatrixRMaj[] current = tape.recorded();
            int leaf = tape.position(variable).orElseThrow();
            current[leaf] = Operation.map(tape.recorded(leaf), v -> v + t);
            for (int i : tape.dependents(leaf)) {
                current[i] = tape.compute(i, tape.arguments(i, current));
            }
            return current;
        });
    }

    @Test
    void theOperationWhoseInputsDoNotTurnIsNamed() {
        Value x = Value.variable("x", new double[][] {{1, 0, -2}});
        Value corner = undeclared("corner", v -> Math.max(v, 0)).apply(x);
        assertEquals(Optional.of("corner"), found(x, corner.elementSum()));
        assertEquals(
                Optional.of("corner"), found(x, corner.scale(3).plus(x).square().plus(corner)));
        Value second = undeclared("second", Math::abs).apply(x.square().plus(x));
        assertEquals(Optional.of("second"), found(x, second.elementSum()));
    }

    @Test
    void declaredKinksAndSmoothOperationsAreNotNamed() {
        Value x = Value.variable("x", new double[][] {{1, 0, -2}});
        assertEquals(Optional.empty(), found(x, x.relu().elementSum()));
        assertEquals(Optional.empty(), found(x, x.square().plus(x).tanh().elementSum()));
        assertEquals(
                Optional.empty(),
                found(x, undeclared("away", v -> Math.max(v, 0.5)).apply(x)));
        assertEquals(Optional.empty(), found(x, undeclared("linear", v -> 3 * v).apply(x)));
    }

    /** What is found if the second differences of y = 4 at the far and the near places are these. */
    private static boolean turns(double far, double near) {
        Value x = Value.variable("x", 4);
        Tape tape = new Tape(undeclared("made up", v -> v).apply(x));
        HiddenKink search = new HiddenKink(tape);
        return search.operation(t -> {
                    double turn = Math.abs(t) == FAR ? far : Math.abs(t) == NEAR ? near : Double.NaN;
                    return new DMatrixRMaj[] {tape.recorded(0), new DMatrixRMaj(new double[][] {{t < 0 ? 4 : 4 + turn}})
                    };
                })
                .isPresent();
    }

    @Test
    void theSlopeTurnsAsMuchNearAsFarWithinAHalf() {
        assertEquals(true, turns(FAR, NEAR));
        assertEquals(true, turns(-FAR, -NEAR));
        assertEquals(false, turns(FAR, -NEAR));
        assertEquals(false, turns(FAR, 0.49 * NEAR));
        assertEquals(true, turns(FAR, 0.51 * NEAR));
        assertEquals(true, turns(FAR, 1.49 * NEAR));
        assertEquals(false, turns(FAR, 1.51 * NEAR));
        assertEquals(false, turns(FAR, NEAR / 64), "a parabola");
    }

    @Test
    void aTurnMustBeAboveRounding() {
        // Of the value 4, 2⁻⁴⁸ is 2⁻⁴⁶.
        assertEquals(false, turns(0x1p-46 * FAR / NEAR, 0x1p-46));
        assertEquals(true, turns(0x1p-45 * FAR / NEAR, 0x1p-45));
        assertEquals(false, turns(0, 0));
    }

    @Test
    void atTheValueZeroAnyTurnCounts() {
        Value x = Value.variable("x", 0);
        assertEquals(
                Optional.of("tiny"),
                found(x, undeclared("tiny", v -> 1e-200 * Math.abs(v)).apply(x)));
        assertEquals(Optional.empty(), found(x, undeclared("zero", v -> 0).apply(x)));
    }
}

package org.ejgrad.show;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** Random programs of what formulas have signs for, the same for the same seed whatever the numbers are. */
final class Programs {
    private Programs() {}

    private static final List<UnaryOperator<Value>> ONE = List.of(
            Value::tanh,
            Value::sigmoid,
            Value::softplus,
            Value::relu,
            Value::square,
            Value::negative,
            Value::sin,
            Value::abs,
            v -> v.tanh().elementExp(),
            v -> v.square().plus(1).elementLog(),
            v -> v.square().plus(0.5).sqrt(),
            v -> v.scale(-0.75),
            v -> v.scale(2),
            v -> v.divide(3),
            v -> v.plus(0.5),
            v -> v.minus(1),
            v -> v.elementPower(3),
            v -> v.sigmoid().reciprocal(),
            Value::transpose,
            v -> v.softmax(Per.ROW),
            v -> v.softmax(Per.COLUMN),
            v -> v.logSoftmax(Per.ROW),
            v -> v.sum(Per.ROW),
            v -> v.sum(Per.COLUMN),
            v -> v.mean(Per.COLUMN),
            v -> v.mean(Per.ALL),
            v -> v.broadcastTo(v.getNumRows() == 1 ? 4 : v.getNumRows(), v.getNumCols() == 1 ? 3 : v.getNumCols()));

    private static final List<BinaryOperator<Value>> TWO = List.of(
            Value::plus,
            Value::minus,
            Value::elementMult,
            (u, v) -> u.elementDiv(v.square().plus(1)),
            Value::mult,
            Value::multTransA,
            Value::multTransB);

    /** A program that the seed decides, on leaves of known shapes. */
    static Value result(long seed, List<Value> leaves) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Value> made = new ArrayList<>(leaves);
        int steps = random.nextInt(1, 8);
        while (made.size() < leaves.size() + steps) {
            Value u = made.get(random.nextInt(random.nextBoolean() ? leaves.size() : made.size()));
            Value v = made.get(random.nextInt(made.size()));
            int operation = random.nextInt(ONE.size() + 2 * TWO.size());
            try {
                made.add(
                        operation < ONE.size()
                                ? ONE.get(operation).apply(u)
                                : TWO.get((operation - ONE.size()) / 2).apply(u, v));
            } catch (IllegalArgumentException e) {
                continue; // these two shapes do not meet
            }
        }
        Value last = made.get(made.size() - 1).plus(leaves.get(0).elementSum().scale(0));
        return random.nextBoolean() ? last.elementSum() : last.tanh().mean();
    }

    static List<Value> leaves(long seed) {
        List<Value> leaves = new ArrayList<>();
        leaves.add(Value.variable("w", Value.uniform(new Shape(2, 3), -1.5, 1.5, seed)));
        leaves.add(Value.variable("b", Value.uniform(new Shape(1, 3), -1.5, 1.5, seed + 1)));
        leaves.add(Value.variable("c", Value.uniform(new Shape(4, 1), -1.5, 1.5, seed + 2)));
        leaves.add(Value.variable("s", Value.uniform(Shape.SCALAR, -1.5, 1.5, seed + 3)));
        leaves.add(Value.uniform(new Shape(4, 2), -1.5, 1.5, 1).labelled("x"));
        leaves.add(Value.constant(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}})
                .labelled("y"));
        return leaves;
    }
}

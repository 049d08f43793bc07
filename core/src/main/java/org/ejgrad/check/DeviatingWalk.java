package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.Value;

/**
 * Backward walks over a tape in which one step may be got wrong on purpose, to see what the result looks like.
 *
 * <p>What the right walk gave is kept: another walk computes only what its mistake changes.
 */
final class DeviatingWalk {
    static final Deviation RIGHT = new Deviation() {};

    private final Tape tape;
    private final Value weights;
    private final List<List<Value>> inputs;
    private final Value[] outputs;
    private final Value[][] passed;
    private final Value[][] sums;
    private List<Optional<Value>> right = List.of();

    DeviatingWalk(Tape tape, Value weights) {
        this.tape = tape;
        this.weights = weights;
        outputs = IntStream.range(0, tape.size())
                .mapToObj(i -> tape.node(i).detached())
                .toArray(Value[]::new);
        inputs = IntStream.range(0, tape.size())
                .mapToObj(i -> IntStream.of(tape.inputs(i))
                        .mapToObj(from -> outputs[from])
                        .toList())
                .toList();
        passed = new Value[tape.size()][];
        sums = new Value[tape.size()][];
        for (int i = 0; i < tape.size(); i++) {
            passed[i] = new Value[tape.inputs(i).length];
            sums[i] = new Value[tape.inputs(i).length];
        }
    }

    /** A way to get one step of the walk wrong. */
    interface Deviation {
        /** What is passed on to an input instead of the right contribution. */
        default Value passOn(RuleCall call, Value right) {
            return right;
        }

        /** What is taken for the gradient of a result, once all of it has arrived. */
        default Value arrived(int node, Value gradient) {
            return gradient;
        }

        /** What the rules see in place of a value. */
        default Value seen(int node, Value value) {
            return value;
        }

        /** What becomes of a sum when another contribution arrives, instead of the right sum of both. */
        default Value add(int node, Value sum, Value contribution, Value right) {
            return right;
        }
    }

    /** One application of one rule: which operation on the tape, which input, and what the rule is given. */
    record RuleCall(int node, int input, List<Value> inputs, Value output, Value upstream) {}

    /** The gradient of each node of the tape, as it should be; empty where nothing arrives. */
    List<Optional<Value>> right() {
        if (right.isEmpty()) {
            right = walk(RIGHT);
        }
        return right;
    }

    /** The same with a mistake; what it does not change is the very value of the right walk. */
    List<Optional<Value>> run(Deviation deviation) {
        right();
        return walk(deviation);
    }

    private List<Optional<Value>> walk(Deviation deviation) {
        Value[] gradients = new Value[tape.size()];
        Value[] asRight = new Value[tape.size()];
        gradients[tape.size() - 1] = weights;
        asRight[tape.size() - 1] = weights;
        for (int i : tape.fromRoot()) {
            if (gradients[i] == null) {
                continue;
            }
            gradients[i] = deviation.arrived(i, gradients[i]);
            List<Value> seen = seen(i, deviation);
            Value output = deviation.seen(i, outputs[i]);
            boolean known = gradients[i] == asRight[i] && output == outputs[i] && seen == inputs.get(i);
            int[] from = tape.inputs(i);
            for (int k = 0; k < from.length; k++) {
                int to = from[k];
                if (tape.node(to).isConstant()) {
                    continue;
                }
                Value rule = known && passed[i][k] != null
                        ? passed[i][k]
                        : tape.node(i).operation().gradient(k, seen, output, gradients[i]);
                Value passes = deviation.passOn(new RuleCall(i, k, seen, output, gradients[i]), rule);
                passed[i][k] = passed[i][k] == null ? passes : passed[i][k];
                if (gradients[to] == null) {
                    gradients[to] = passes;
                    asRight[to] = passed[i][k];
                    continue;
                }
                boolean knownSum = sums[i][k] != null && gradients[to] == asRight[to] && passes == passed[i][k];
                Value sum = knownSum ? sums[i][k] : gradients[to].plus(passes);
                sums[i][k] = sums[i][k] == null ? sum : sums[i][k];
                gradients[to] = deviation.add(to, gradients[to], passes, sum);
                asRight[to] = sums[i][k];
            }
        }
        return Arrays.stream(gradients).map(Optional::ofNullable).toList();
    }

    private List<Value> seen(int node, Deviation deviation) {
        List<Value> right = inputs.get(node);
        List<Value> seen = right;
        for (int k = 0; k < right.size(); k++) {
            Value value = deviation.seen(tape.inputs(node)[k], right.get(k));
            if (value != right.get(k)) {
                seen = seen == right ? new ArrayList<>(right) : seen;
                seen.set(k, value);
            }
        }
        return seen;
    }
}

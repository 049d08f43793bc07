package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.Value;

/** A backward walk over a tape in which one step may be got wrong on purpose, to see what the result looks like. */
final class DeviatingWalk {
    private DeviatingWalk() {}

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

        /** What becomes of a sum when another contribution arrives. */
        default Value add(int node, Value sum, Value contribution) {
            return sum.plus(contribution);
        }
    }

    /** One application of one rule: which operation on the tape, which input, and what the rule is given. */
    record RuleCall(int node, int input, List<Value> inputs, Value output, Value upstream) {}

    /** The gradient of each node of the tape; empty where nothing arrives. */
    static List<Optional<Value>> run(Tape tape, Value weights, Deviation deviation) {
        Value[] gradients = new Value[tape.size()];
        gradients[tape.size() - 1] = weights;
        for (int i : tape.fromRoot()) {
            if (gradients[i] == null) {
                continue;
            }
            Value node = tape.node(i);
            gradients[i] = deviation.arrived(i, gradients[i]);
            int[] from = tape.inputs(i);
            List<Value> inputs = IntStream.range(0, from.length)
                    .mapToObj(k -> deviation.seen(from[k], node.inputs().get(k).detached()))
                    .toList();
            Value output = deviation.seen(i, node.detached());
            for (int k = 0; k < inputs.size(); k++) {
                if (node.inputs().get(k).isConstant()) {
                    continue;
                }
                RuleCall call = new RuleCall(i, k, inputs, output, gradients[i]);
                Value passed =
                        deviation.passOn(call, node.operation().gradient(k, inputs, call.output(), call.upstream()));
                int to = from[k];
                gradients[to] = gradients[to] == null ? passed : deviation.add(to, gradients[to], passed);
            }
        }
        return Arrays.stream(gradients).map(Optional::ofNullable).toList();
    }
}

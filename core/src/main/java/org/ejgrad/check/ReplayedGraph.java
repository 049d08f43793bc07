package org.ejgrad.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** A recorded graph as a function of its leaves, with the decisions of its piecewise operations frozen. */
final class ReplayedGraph extends TestedFunction {
    private final Tape tape;
    private final DMatrixRMaj weights;
    private final int[] leaves;
    private final List<Part> parts;
    private final BitSet[] kinks;
    private final Optional<DMatrixRMaj[]> elsewhere;
    private boolean kinkCrossed;
    private Optional<String> inconsistency = Optional.empty();

    /** Blocks that move together, as far as the root depends on them, and what must then be computed again. */
    private record Part(int[] blocks, int[] results) {}

    /** The leaves' positions on the tape belong to the blocks one by one; −1 if the root does not depend on it. */
    ReplayedGraph(Tape tape, DMatrixRMaj weights, List<Block> blocks, double[] point, int[] leaves, BitSet[] kinks) {
        this(tape, weights, blocks, point, leaves, kinks, Optional.empty());
    }

    private ReplayedGraph(
            Tape tape,
            DMatrixRMaj weights,
            List<Block> blocks,
            double[] point,
            int[] leaves,
            BitSet[] kinks,
            Optional<DMatrixRMaj[]> elsewhere) {
        super(blocks, point);
        this.tape = tape;
        this.weights = weights;
        this.leaves = leaves;
        this.kinks = kinks;
        this.elsewhere = elsewhere;
        parts = new ArrayList<>(List.of(part(IntStream.range(0, leaves.length))));
        for (int k = 0; k < leaves.length; k++) {
            parts.add(part(IntStream.of(k)));
        }
    }

    private Part part(IntStream blocks) {
        int[] reached = blocks.filter(k -> leaves[k] >= 0).toArray();
        return new Part(
                reached,
                tape.dependents(IntStream.of(reached).map(k -> leaves[k]).toArray()));
    }

    /** Starts to watch for kinks crossed along the next line. */
    void watch() {
        kinkCrossed = false;
    }

    /** Whether an operation that is at its kink decided otherwise somewhere on the watched line. */
    boolean kinkCrossed() {
        return kinkCrossed;
    }

    /** An operation whose frozen and free results differ although its decisions do not, if one was met. */
    Optional<String> inconsistency() {
        return inconsistency;
    }

    /** The same function on the pieces that lie a little way along a direction; it agrees with this one at a kink. */
    ReplayedGraph onPiecesAlong(double[] u, double distance) {
        double[] x = point();
        for (int i = 0; i < x.length; i++) {
            x[i] += distance * u[i];
        }
        DMatrixRMaj[] there = new DMatrixRMaj[tape.size()];
        Part all = part(-1);
        DMatrixRMaj[] current = leavesAt(x, all);
        for (int i : all.results) {
            DMatrixRMaj[] arguments = tape.arguments(i, current);
            if (tape.isPiecewise(i)) {
                there[i] = tape.decide(i, arguments);
            }
            current[i] = tape.compute(i, arguments);
        }
        return new ReplayedGraph(tape, weights, blocks(), point(), leaves, kinks, Optional.of(there));
    }

    @Override
    double compute(double[] x, int block) {
        Part part = part(block);
        DMatrixRMaj[] current = leavesAt(x, part);
        for (int i : part.results) {
            DMatrixRMaj[] arguments = tape.arguments(i, current);
            current[i] = tape.isPiecewise(i) ? replay(i, arguments) : tape.compute(i, arguments);
        }
        return weigh(current[tape.size() - 1]);
    }

    /** The value with every operation deciding for itself; NaN where one refuses. */
    double computeFree(double[] x) {
        Part all = part(-1);
        DMatrixRMaj[] current = leavesAt(x, all);
        try {
            for (int i : all.results) {
                current[i] = tape.compute(i, tape.arguments(i, current));
            }
        } catch (RuntimeException refused) {
            return Double.NaN;
        }
        return weigh(current[tape.size() - 1]);
    }

    private DMatrixRMaj replay(int i, DMatrixRMaj... arguments) {
        if (elsewhere.isPresent()) {
            return tape.replay(i, elsewhere.get()[i], arguments);
        }
        DMatrixRMaj frozen = tape.decisions(i);
        DMatrixRMaj result = tape.replay(i, frozen, arguments);
        DMatrixRMaj free = tape.decide(i, arguments);
        if (Matrices.sameBits(free, frozen)) {
            if (inconsistency.isEmpty() && !Matrices.close(result, tape.compute(i, arguments))) {
                inconsistency = Optional.of(tape.node(i).operation()
                        + ": replayed with the decisions it would take itself, it gives another result");
            }
        } else if (!kinkCrossed && kinks[i] != null) {
            kinkCrossed = kinks[i].stream().anyMatch(e -> free.data[e] != frozen.data[e]);
        }
        return result;
    }

    /** One block, or all if the index is −1. */
    private Part part(int block) {
        return parts.get(block + 1);
    }

    private DMatrixRMaj[] leavesAt(double[] x, Part part) {
        DMatrixRMaj[] current = tape.recorded();
        for (int k : part.blocks) {
            Block b = blocks().get(k);
            DMatrixRMaj moved = new DMatrixRMaj(b.shape().rows(), b.shape().columns());
            System.arraycopy(x, b.offset(), moved.data, 0, b.shape().elements());
            current[leaves[k]] = moved;
        }
        return current;
    }

    private double weigh(DMatrixRMaj result) {
        if (weights.data.length == 1) {
            return weights.data[0] * result.data[0];
        }
        double sum = 0;
        for (int i = 0; i < weights.data.length; i++) {
            sum += weights.data[i] * result.data[i];
        }
        return sum;
    }
}

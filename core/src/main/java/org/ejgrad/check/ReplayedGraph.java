package org.ejgrad.check;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.check.Verdict.KinkIn.Choice.DOCUMENTED;
import static org.ejgrad.check.Verdict.KinkIn.Choice.OTHER;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.SlopeCheck.MeasuredSlope;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

/** A recorded graph as a function of its leaves, with the decisions of its piecewise operations frozen. */
final class ReplayedGraph extends TestedFunction {
    private final Tape tape;
    private final DMatrixRMaj weights;
    private final Map<Block, Value> variables;
    private final Map<List<Block>, Part> parts = new HashMap<>();
    private final BitSet[] kinks;
    private final Optional<DMatrixRMaj[]> elsewhere;
    private boolean kinkCrossed;
    private Optional<String> inconsistency = Optional.empty();
    private Optional<String> undeclared = Optional.empty();
    private Optional<Along> along = Optional.empty();

    /** Where on the tape the moved blocks stand, as far as the root depends on them, and what they change. */
    private record Part(Map<Integer, Block> leaves, int[] results) {}

    /** The replay along the entry that was moved last, and what has been computed of it ahead. */
    private record Along(Block block, int element, EntryReplay replay, Map<Double, Double> ahead) {
        boolean isOf(Block other, int index) {
            return element == index && block.equals(other);
        }
    }

    ReplayedGraph(Tape tape, DMatrixRMaj weights, Map<Block, Value> variables, double[] point, BitSet[] kinks) {
        this(tape, weights, variables, point, kinks, Optional.empty());
    }

    private ReplayedGraph(
            Tape tape,
            DMatrixRMaj weights,
            Map<Block, Value> variables,
            double[] point,
            BitSet[] kinks,
            Optional<DMatrixRMaj[]> elsewhere) {
        super(List.copyOf(variables.keySet()), point);
        this.tape = tape;
        this.weights = weights;
        this.variables = variables;
        this.kinks = kinks;
        this.elsewhere = elsewhere;
    }

    /** Starts to watch what is met along the next line. */
    void watch() {
        along.ifPresent(entry -> entry.ahead.clear());
        kinkCrossed = false;
        inconsistency = Optional.empty();
    }

    /** Whether an operation that is at its kink decided otherwise somewhere on the watched line. */
    boolean kinkCrossed() {
        return kinkCrossed;
    }

    /** An operation whose frozen and free results differ although its decisions do not, if the watched line met one. */
    Optional<String> inconsistency() {
        return inconsistency;
    }

    /** An operation that has a kink here but is not declared piecewise, if one was met. */
    Optional<String> undeclared() {
        return undeclared;
    }

    @Override
    boolean isShared() {
        return true;
    }

    @Override
    ReplayedGraph copy() {
        return new ReplayedGraph(tape, weights, variables, point(), kinks, elsewhere);
    }

    @Override
    void absorb(TestedFunction copy) {
        super.absorb(copy);
        if (copy instanceof ReplayedGraph graph) {
            undeclared = undeclared.or(graph::undeclared);
        }
    }

    @Override
    boolean knowsKinks() {
        return true;
    }

    @Override
    Noise noise(double[] u, double center) {
        return Noise.along(direction(u, blocks()), center);
    }

    @Override
    MeasuredSlope measure(SlopeCheck check, LineFunction line, Supplier<double[]> u, double claimed) {
        watch();
        MeasuredSlope slope = check.measure(line, claimed);
        boolean isKinked = slope.verdict()
                .filter(v -> v instanceof Verdict.KinkIn || v instanceof Verdict.KinkOut)
                .isPresent();
        if (isKinked && !kinkCrossed && undeclared.isEmpty()) {
            undeclared = new HiddenKink(tape).operation(t -> valuesAlong(u.get(), t));
        }
        return inconsistency
                .map(what -> slope.with(new Verdict.Inconsistent(what)))
                .orElseGet(() -> kinkCrossed ? atKink(check, u.get(), claimed, slope) : slope);
    }

    /** One-sided slopes are the slopes of the smooth pieces that lie on either side. */
    private MeasuredSlope atKink(SlopeCheck check, double[] u, double claimed, MeasuredSlope slope) {
        Estimate middle = slope.estimate();
        Estimate right = onPieces(check, u, 0x1.0p-40, claimed);
        Estimate left = onPieces(check, u, -0x1.0p-40, claimed);
        boolean aside = left.differsFrom(middle) && right.differsFrom(middle);
        if (!left.differsFrom(right) && !aside) {
            return slope;
        }
        boolean isDocumented = !SlopeCheck.isDoubtful(middle, claimed);
        if (!isDocumented && !SlopeCheck.isBetween(left, right, claimed)) {
            return slope.with(new Verdict.KinkOut(left.value(), right.value()));
        }
        double larger = Math.max(Math.abs(left.value()), Math.abs(right.value()));
        if (!check.isNarrow(middle, larger)) {
            return slope;
        }
        // Kinks that make up for each other: the function has a slope, which the rules, each by itself, do not find.
        boolean isTheSlope = !SlopeCheck.isDoubtful(left, claimed) && !SlopeCheck.isDoubtful(right, claimed);
        return slope.with(
                isDocumented || isTheSlope || check.acceptsAnySubgradient()
                        ? new Verdict.KinkIn(left.value(), right.value(), isDocumented ? DOCUMENTED : OTHER)
                        : new Verdict.KinkOther(left.value(), right.value(), middle.value()));
    }

    private Estimate onPieces(SlopeCheck check, double[] u, double distance, double claimed) {
        ReplayedGraph pieces = onPiecesAlong(u, distance);
        Estimate slope = check.measure(pieces.direction(u, blocks()), claimed).estimate();
        absorb(pieces);
        return slope;
    }

    /** The same function on the pieces that lie a little way along a direction; it agrees with this one at a kink. */
    ReplayedGraph onPiecesAlong(double[] u, double distance) {
        double[] x = away(u, distance);
        DMatrixRMaj[] there = new DMatrixRMaj[tape.size()];
        Part all = part(blocks());
        DMatrixRMaj[] current = leavesAt(x, all);
        for (int i : all.results) {
            DMatrixRMaj[] arguments = tape.arguments(i, current);
            if (tape.isPiecewise(i)) {
                there[i] = tape.decide(i, arguments);
            }
            current[i] = tape.compute(i, arguments);
        }
        return new ReplayedGraph(tape, weights, variables, point(), kinks, Optional.of(there));
    }

    @Override
    double compute(double[] x, List<Block> moved) {
        return weigh(values(x, moved)[tape.size() - 1]);
    }

    @Override
    double compute(Block block, int element, double moved) {
        if (part(List.of(block)).leaves.isEmpty()) {
            return weigh(tape.recorded(tape.size() - 1));
        }
        Along entry = along(block, element);
        Double ahead = entry.ahead.get(moved);
        return ahead != null ? ahead : roots(entry, moved)[0];
    }

    @Override
    void expect(Block block, int element, double... moved) {
        if (part(List.of(block)).leaves.isEmpty()) {
            return;
        }
        Along entry = along(block, element);
        entry.ahead.clear();
        try {
            double[] roots = roots(entry, moved);
            for (int i = 0; i < moved.length; i++) {
                entry.ahead.put(moved[i], roots[i]);
            }
        } catch (RuntimeException refused) {
            entry.ahead.clear(); // at one of the numbers: which it is shows when they are computed one by one
        }
    }

    private Along along(Block block, int element) {
        if (along.isEmpty() || !along.get().isOf(block, element)) {
            Part part = part(List.of(block));
            int leaf = part.leaves.keySet().iterator().next();
            EntryReplay replay = new EntryReplay(tape, leaf, element, part.results);
            along = Optional.of(new Along(block, element, replay, new HashMap<>()));
        }
        return along.get();
    }

    private double[] roots(Along entry, double... moved) {
        return entry.replay.roots(moved, this::computed, this::weigh);
    }

    private double weigh(DMatrixRMaj root) {
        return VectorVectorMult_DDRM.innerProd(weights, root);
    }

    private DMatrixRMaj[] valuesAlong(double[] u, double t) {
        return values(away(u, t), blocks());
    }

    private double[] away(double[] u, double t) {
        double[] x = point();
        for (int i = 0; i < x.length; i++) {
            x[i] += t * u[i];
        }
        return x;
    }

    private DMatrixRMaj[] values(double[] x, List<Block> moved) {
        Part part = part(moved);
        DMatrixRMaj[] current = leavesAt(x, part);
        for (int i : part.results) {
            DMatrixRMaj[] arguments = tape.arguments(i, current);
            current[i] = computed(i, Slice.WHOLE, arguments);
        }
        return current;
    }

    /** One operation of the graph, or a part of it, with the decisions given. */
    private DMatrixRMaj computed(int i, Slice slice, DMatrixRMaj... arguments) {
        return tape.isPiecewise(i) ? replay(i, slice, arguments) : tape.compute(i, arguments);
    }

    /** The value with every operation deciding for itself; NaN where one refuses. */
    double computeFree(double[] x) {
        Part all = part(blocks());
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

    private DMatrixRMaj replay(int i, Slice slice, DMatrixRMaj... arguments) {
        if (elsewhere.isPresent()) {
            return tape.replay(i, slice.of(elsewhere.get()[i]), arguments);
        }
        DMatrixRMaj frozen = slice.of(tape.decisions(i));
        DMatrixRMaj result = tape.replay(i, frozen, arguments);
        DMatrixRMaj free = tape.decide(i, arguments);
        if (Matrices.sameBits(free, frozen)) {
            if (inconsistency.isEmpty() && !Matrices.close(result, tape.compute(i, arguments))) {
                inconsistency = Optional.of(tape.node(i).operation()
                        + ": replayed with the decisions it would take itself, it gives another result");
            }
        } else if (!kinkCrossed) {
            int columns = tape.decisions(i).numCols;
            kinkCrossed = IntStream.range(0, free.getNumElements())
                    .anyMatch(e -> free.data[e] != frozen.data[e] && kinks[i].get(slice.element(e, columns)));
        }
        return result;
    }

    private Part part(List<Block> moved) {
        return parts.computeIfAbsent(moved, blocks -> {
            Map<Integer, Block> leaves = new LinkedHashMap<>();
            for (Block block : blocks) {
                tape.position(requireNonNull(variables.get(block))).ifPresent(leaf -> leaves.put(leaf, block));
            }
            int[] positions =
                    leaves.keySet().stream().mapToInt(Integer::intValue).toArray();
            return new Part(leaves, tape.dependents(positions));
        });
    }

    private DMatrixRMaj[] leavesAt(double[] x, Part part) {
        DMatrixRMaj[] current = tape.recorded();
        part.leaves.forEach((position, block) -> current[position] = block.of(x));
        return current;
    }
}

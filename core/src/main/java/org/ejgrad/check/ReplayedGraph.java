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
    private Optional<EntryValues> along = Optional.empty();

    /** Where on the tape the moved blocks stand, as far as the root depends on them, and what they change. */
    private record Part(Map<Integer, Block> leaves, int[] results) {}

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
        EntryValues.At at = along(block).at(element, moved);
        meet(at.kinkCrossed(), at.inconsistency());
        return at.value();
    }

    @Override
    void expect(Block block, int element, double... steps) {
        if (!part(List.of(block)).leaves.isEmpty()) {
            along(block).expect(element, steps).forEach(at -> meet(at.kinkCrossed(), at.inconsistency()));
        }
    }

    private EntryValues along(Block block) {
        if (along.isEmpty() || !along.get().block().equals(block)) {
            Part part = part(List.of(block));
            EntryReplay replay =
                    new EntryReplay(tape, part.leaves.keySet().iterator().next(), part.results);
            along = Optional.of(new EntryValues(this, block, replay.mostPlaces(), (entries, moved) -> {
                Met met = new Met(moved.length);
                double[] roots;
                try {
                    roots = replay.roots(entries, moved, (k, slice, in) -> computed(k, slice, met, in), this::weigh);
                } finally {
                    if (moved.length == 1) {
                        meet(met.kinkCrossed(0), met.inconsistency(0));
                    }
                }
                return IntStream.range(0, moved.length)
                        .mapToObj(k -> new EntryValues.At(moved[k], roots[k], met.kinkCrossed(k), met.inconsistency(k)))
                        .toList();
            }));
        }
        return along.get();
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
        Met met = new Met(1);
        try {
            for (int i : part.results) {
                current[i] = computed(i, new Slice.Whole(0), met, tape.arguments(i, current));
            }
        } finally {
            meet(met.kinkCrossed(0), met.inconsistency(0));
        }
        return current;
    }

    /** Remembers what was met on the watched line. */
    private void meet(boolean crossed, Optional<String> inconsistent) {
        kinkCrossed |= crossed;
        inconsistency = inconsistency.or(() -> inconsistent);
    }

    /** One operation of the graph, or a part of it, with the decisions given. */
    private DMatrixRMaj computed(int i, Slice slice, Met met, DMatrixRMaj... arguments) {
        return tape.isPiecewise(i) ? replay(i, slice, met, arguments) : tape.compute(i, arguments);
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

    private DMatrixRMaj replay(int i, Slice slice, Met met, DMatrixRMaj... arguments) {
        DMatrixRMaj decisions = elsewhere.isPresent() ? elsewhere.get()[i] : tape.decisions(i);
        DMatrixRMaj frozen = slice.of(decisions);
        DMatrixRMaj result = tape.replay(i, frozen, arguments);
        if (elsewhere.isEmpty()) {
            BitSet same = met.compare(slice, frozen, tape.decide(i, arguments), kinks[i], decisions.numCols);
            if (!same.isEmpty()) {
                met.compare(
                        slice,
                        same,
                        result,
                        tape.compute(i, arguments),
                        tape.node(i).operation());
            }
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

package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejgrad.Shape;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.SlopeCheck.MeasuredSlope;
import org.ejgrad.check.TestedFunction.Block;
import org.ejml.data.DMatrixRMaj;

/** One run of a check: measures every entry or several directions, then judges them by the scale of the whole. */
final class CheckRun {
    /** Larger parameters are not measured entry by entry when only directions were asked for. */
    private static final int LARGEST = 5000;

    private final TestedFunction objective;
    private final double[] claimed;
    private final Settings settings;
    private final SlopeCheck judge;
    private final double value;
    private final boolean isLoud;
    private long elsewhere;

    private record Measured(
            String parameter, int row, int column, double claimed, double scale, MeasuredSlope finding) {}

    CheckRun(TestedFunction objective, double[] claimed, double value, Settings settings) {
        this.objective = objective;
        this.claimed = claimed;
        this.settings = settings;
        this.value = value;
        double noise = Noise.estimate(objective.direction(direction(0, -1), -1), value);
        judge = new SlopeCheck(value, noise, settings.tolerance());
        isLoud = isLoud(noise, value);
    }

    /** Measures, judges and explains what is wrong, if anything is. */
    CheckReport report(List<Kink> kinks, List<String> notes, Function<MistakeSearch, Optional<Diagnosis>> explain) {
        List<CheckedEntry> entries = new ArrayList<>();
        List<Integer> blamed = new ArrayList<>();
        if (settings.directions() > 0) {
            entries.addAll(judged(alongDirections(settings.directions())));
            if (entries.stream().anyMatch(entry -> entry.verdict().refutes())) {
                blamed = blame();
            }
        } else {
            blamed = IntStream.range(0, objective.blocks().size()).boxed().toList();
        }
        List<Measured> measured = new ArrayList<>();
        blamed.forEach(block -> everyEntry(block, measured));
        List<CheckedEntry> single = judged(measured);
        entries.addAll(single);
        Optional<Diagnosis> diagnosis = explain.apply(new MistakeSearch(evidence(single)));
        return new CheckReport(entries, kinks, notes, diagnosis, objective.evaluations() + elsewhere);
    }

    /** The parameters whose own direction is refuted, or all if none is, as far as they are not too large. */
    private List<Integer> blame() {
        List<Integer> refuted = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int b = 0; b < objective.blocks().size(); b++) {
            if (isSmall(objective.blocks().get(b).shape())) {
                all.add(b);
                Measured measured = along(direction(0, b), "", b);
                if (judged(List.of(measured)).get(0).verdict().refutes()) {
                    refuted.add(b);
                }
            }
        }
        return refuted.isEmpty() ? all : refuted;
    }

    static boolean isSmall(Shape shape) {
        return shape.elements() <= LARGEST;
    }

    /** The measured matrices; a parameter that was not measured counts as right. */
    private List<Comparison> evidence(List<CheckedEntry> entries) {
        Map<String, Comparison> byLabel = new LinkedHashMap<>();
        double[] point = objective.point();
        for (Block block : objective.blocks()) {
            int rows = block.shape().rows();
            int columns = block.shape().columns();
            int to = block.offset() + block.shape().elements();
            DMatrixRMaj claims = new DMatrixRMaj(rows, columns, true, Arrays.copyOfRange(claimed, block.offset(), to));
            DMatrixRMaj at = new DMatrixRMaj(rows, columns, true, Arrays.copyOfRange(point, block.offset(), to));
            DMatrixRMaj bars = new DMatrixRMaj(rows, columns);
            byLabel.put(block.label(), new Comparison(block.label(), claims, claims.copy(), bars, at));
        }
        for (CheckedEntry entry : entries) {
            Comparison evidence = Objects.requireNonNull(byLabel.get(entry.parameter()));
            evidence.numeric().set(entry.row(), entry.column(), known(entry));
            evidence.bars().set(entry.row(), entry.column(), entry.bar());
        }
        return List.copyOf(byLabel.values());
    }

    /** At a kink that passes, the claim counts as the truth. */
    private static double known(CheckedEntry entry) {
        return entry.verdict() instanceof Verdict.Disagree || entry.verdict() instanceof Verdict.KinkOut
                ? entry.numeric()
                : entry.verdict().passes() ? entry.claimed() : Double.NaN;
    }

    private void everyEntry(int b, List<Measured> measured) {
        Block block = objective.blocks().get(b);
        int columns = block.shape().columns();
        for (int e = 0; e < block.shape().elements(); e++) {
            int i = block.offset() + e;
            MeasuredSlope finding = measure(objective.entry(b, i), () -> axis(i), claimed[i]);
            measured.add(new Measured(block.label(), e / columns, e % columns, claimed[i], Double.NaN, finding));
        }
    }

    private double[] axis(int i) {
        double[] u = new double[objective.size()];
        u[i] = 1;
        return u;
    }

    private List<Measured> alongDirections(int count) {
        List<Measured> measured = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            measured.add(along(direction(n, -1), "direction " + n, -1));
        }
        return measured;
    }

    private Measured along(double[] u, String name, int block) {
        double slope = 0;
        double scale = 0;
        for (int i = 0; i < u.length; i++) {
            slope += claimed[i] * u[i];
            scale += Math.abs(claimed[i] * u[i]);
        }
        return new Measured(name, -1, -1, slope, scale, measure(objective.direction(u, block), () -> u, slope));
    }

    private MeasuredSlope measure(LineFunction line, Supplier<double[]> u, double claim) {
        if (!(objective instanceof ReplayedGraph graph)) {
            return judgeOf(line).measure(line, claim);
        }
        graph.watch();
        MeasuredSlope finding = judge.measure(line, claim);
        if (graph.inconsistency().isPresent()) {
            return new MeasuredSlope(
                    finding.estimate(),
                    finding.liveliness(),
                    Optional.of(new Verdict.Inconsistent(graph.inconsistency().get())));
        }
        return graph.kinkCrossed() ? atKink(graph, u.get(), claim, finding) : finding;
    }

    /** A kink in one argument looks like noise in a direction that moves all: then each line has its own noise. */
    private SlopeCheck judgeOf(LineFunction line) {
        return isLoud ? new SlopeCheck(value, Noise.estimate(line, value), settings.tolerance()) : judge;
    }

    static boolean isLoud(double noise, double value) {
        return noise > 16 * Noise.UNIT * Math.abs(value);
    }

    /** One-sided slopes are the slopes of the smooth pieces that lie on either side. */
    private MeasuredSlope atKink(ReplayedGraph graph, double[] u, double claim, MeasuredSlope finding) {
        Estimate middle = finding.estimate();
        Estimate right = onPieces(graph, u, 0x1.0p-40, claim);
        Estimate left = onPieces(graph, u, -0x1.0p-40, claim);
        boolean aside = SlopeCheck.differ(left, middle) && SlopeCheck.differ(right, middle);
        if (!SlopeCheck.differ(left, right) && !aside) {
            return finding;
        }
        boolean documented = !SlopeCheck.isDoubtful(middle, claim);
        Verdict verdict = documented || SlopeCheck.isBetween(left, right, claim)
                ? new Verdict.KinkIn(left.value(), right.value(), documented)
                : new Verdict.KinkOut(left.value(), right.value());
        return new MeasuredSlope(middle, finding.liveliness(), Optional.of(verdict));
    }

    private Estimate onPieces(ReplayedGraph graph, double[] u, double distance, double claim) {
        ReplayedGraph pieces = graph.onPiecesAlong(u, distance);
        Estimate slope = judge.measure(pieces.direction(u, -1), claim).estimate();
        elsewhere += pieces.evaluations();
        return slope;
    }

    private List<CheckedEntry> judged(List<Measured> measured) {
        double largest = measured.stream()
                .map(m -> m.finding.estimate())
                .filter(Estimate::exists)
                .mapToDouble(slope -> Math.abs(slope.value()))
                .max()
                .orElse(0);
        List<CheckedEntry> entries = new ArrayList<>();
        for (Measured m : measured) {
            double scale = Double.isNaN(m.scale) ? largest : m.scale;
            Verdict verdict = judge.verdict(m.finding, m.claimed, scale);
            entries.add(new CheckedEntry(
                    m.parameter,
                    m.row,
                    m.column,
                    m.claimed,
                    m.finding.estimate().value(),
                    m.finding.estimate().bar(),
                    m.finding.estimate().step(),
                    verdict));
        }
        return entries;
    }

    /** A direction that moves one block, or all if the index is −1. */
    private double[] direction(int number, int block) {
        double[] u = new double[objective.size()];
        if (block < 0) {
            setSigns(settings.seed(), number, u, 0, u.length);
        } else {
            Block moved = objective.blocks().get(block);
            setSigns(
                    settings.seed(),
                    number,
                    u,
                    moved.offset(),
                    moved.offset() + moved.shape().elements());
        }
        return u;
    }

    /** Every entry up or down by one power of two, so that stepping along it hardly rounds. */
    static void setSigns(long seed, int number, double[] u, int from, int to) {
        double size = Math.scalb(1.0, -((32 - Integer.numberOfLeadingZeros(to - from)) / 4));
        for (int i = from; i < to; i++) {
            u[i] = Randomness.bit(seed, number, i) ? size : -size;
        }
    }
}

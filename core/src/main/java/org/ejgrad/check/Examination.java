package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.Judge.Finding;
import org.ejgrad.check.Objective.Block;
import org.ejml.data.DMatrixRMaj;

/** One run of a check: measures every entry or several directions, then judges them by the scale of the whole. */
final class Examination {
    /** Larger parameters are not measured entry by entry when only directions were asked for. */
    private static final int LARGEST = 5000;

    private final Objective objective;
    private final double[] claimed;
    private final Settings settings;
    private final Judge judge;
    private final double value;
    private final boolean isLoud;
    private long elsewhere;

    private record Measured(String parameter, int row, int column, double claimed, double scale, Finding finding) {}

    Examination(Objective objective, double[] claimed, double value, Settings settings) {
        this.objective = objective;
        this.claimed = claimed;
        this.settings = settings;
        this.value = value;
        double noise = Noise.estimate(objective.direction(direction(0, -1), -1), value);
        judge = new Judge(value, noise, settings.tolerance());
        isLoud = noise > 16 * Noise.UNIT * Math.abs(value);
    }

    /** Measures, judges and, where the gradient is refuted, explains. */
    CheckReport report(List<Kink> kinks, List<String> notes, Function<Diagnostician, Optional<Diagnosis>> explain) {
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
        Optional<Diagnosis> diagnosis =
                single.stream().anyMatch(entry -> entry.verdict().refutes())
                        ? explain.apply(new Diagnostician(evidence(single)))
                        : Optional.empty();
        return new CheckReport(entries, kinks, notes, diagnosis, objective.evaluations() + elsewhere);
    }

    /** The parameters whose own direction is refuted, or all if none is, as far as they are not too large. */
    private List<Integer> blame() {
        List<Integer> refuted = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int b = 0; b < objective.blocks().size(); b++) {
            if (objective.blocks().get(b).shape().elements() <= LARGEST) {
                all.add(b);
                Measured measured = along(direction(100 + b, b), "", b);
                if (judged(List.of(measured)).get(0).verdict().refutes()) {
                    refuted.add(b);
                }
            }
        }
        return refuted.isEmpty() ? all : refuted;
    }

    /** The measured matrices; a parameter that was not measured counts as right. */
    private List<Evidence> evidence(List<CheckedEntry> entries) {
        Map<String, Evidence> byLabel = new HashMap<>();
        double[] point = objective.point();
        List<Evidence> all = new ArrayList<>();
        for (Block block : objective.blocks()) {
            int rows = block.shape().rows();
            int columns = block.shape().columns();
            int to = block.offset() + block.shape().elements();
            DMatrixRMaj claims = new DMatrixRMaj(rows, columns, true, Arrays.copyOfRange(claimed, block.offset(), to));
            DMatrixRMaj at = new DMatrixRMaj(rows, columns, true, Arrays.copyOfRange(point, block.offset(), to));
            Evidence evidence = new Evidence(block.label(), claims, claims.copy(), new DMatrixRMaj(rows, columns), at);
            byLabel.put(block.label(), evidence);
            all.add(evidence);
        }
        for (CheckedEntry entry : entries) {
            Evidence evidence = Objects.requireNonNull(byLabel.get(entry.parameter()));
            evidence.numeric().set(entry.row(), entry.column(), known(entry));
            evidence.bars().set(entry.row(), entry.column(), entry.bar());
        }
        return all;
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
            Finding finding = measure(objective.entry(b, i), () -> axis(i), claimed[i]);
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

    private Finding measure(Line line, Supplier<double[]> u, double claim) {
        if (!(objective instanceof GraphObjective graph)) {
            return judgeOf(line).measure(line, claim);
        }
        graph.watch();
        Finding finding = judge.measure(line, claim);
        if (graph.inconsistency().isPresent()) {
            return new Finding(
                    finding.estimate(),
                    finding.liveliness(),
                    Optional.of(new Verdict.Inconsistent(graph.inconsistency().get())));
        }
        return graph.kinkCrossed() ? atKink(graph, u.get(), claim, finding) : finding;
    }

    /** A kink in one argument looks like noise in a direction that moves all: then each line has its own noise. */
    private Judge judgeOf(Line line) {
        return isLoud ? new Judge(value, Noise.estimate(line, value), settings.tolerance()) : judge;
    }

    /** One-sided slopes are the slopes of the smooth pieces that lie on either side. */
    private Finding atKink(GraphObjective graph, double[] u, double claim, Finding finding) {
        double near = 0x1.0p-40;
        GraphObjective ahead = graph.onPiecesAlong(u, near);
        GraphObjective behind = graph.onPiecesAlong(u, -near);
        Finding right = judge.measure(ahead.direction(u, -1), claim);
        Finding left = judge.measure(behind.direction(u, -1), claim);
        elsewhere += ahead.evaluations() + behind.evaluations();
        if (!right.estimate().exists()
                || !left.estimate().exists()
                || !finding.estimate().exists()) {
            return finding;
        }
        double bar = right.estimate().bar() + left.estimate().bar();
        double leftSlope = left.estimate().value();
        double rightSlope = right.estimate().value();
        boolean documented = Math.abs(claim - finding.estimate().value())
                <= finding.estimate().bar() + 0x1.0p-50 * Math.abs(claim);
        boolean bent = Math.abs(leftSlope - rightSlope) > bar
                || Math.abs(leftSlope - finding.estimate().value())
                        > bar + finding.estimate().bar();
        if (!bent) {
            return finding;
        }
        Verdict verdict = new Verdict.KinkIn(leftSlope, rightSlope, documented);
        if (!documented && Judge.between(leftSlope, rightSlope, claim, bar) instanceof Verdict.KinkOut out) {
            verdict = out;
        }
        return new Finding(finding.estimate(), finding.liveliness(), Optional.of(verdict));
    }

    private List<CheckedEntry> judged(List<Measured> measured) {
        double largest = 0;
        for (Measured m : measured) {
            double slope = Math.abs(m.finding.estimate().value());
            largest = slope > largest ? slope : largest;
        }
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

    /** Every entry up or down by one power of two, so that stepping along it hardly rounds. */
    private double[] direction(int number, int block) {
        int from = block < 0 ? 0 : objective.blocks().get(block).offset();
        int to = block < 0
                ? objective.size()
                : from + objective.blocks().get(block).shape().elements();
        int exponent = (int) Math.round(Math.log(Math.max(1, to - from)) / Math.log(2) / 4);
        double[] u = new double[objective.size()];
        for (int i = from; i < to; i++) {
            u[i] = Math.scalb(Randomness.bit(settings.seed(), number, i) ? 1.0 : -1.0, -exponent);
        }
        return u;
    }
}

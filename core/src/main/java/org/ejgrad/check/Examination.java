package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.Judge.Finding;
import org.ejgrad.check.Objective.Block;

/** One run of a check: measures every entry or several directions, then judges them by the scale of the whole. */
final class Examination {
    private final Objective objective;
    private final double[] claimed;
    private final Settings settings;
    private final Judge judge;
    private final double value;
    private final double noise;

    private record Measured(String parameter, int row, int column, double claimed, double scale, Finding finding) {}

    Examination(Objective objective, double[] claimed, double value, Settings settings) {
        this.objective = objective;
        this.claimed = claimed;
        this.settings = settings;
        this.value = value;
        noise = Noise.estimate(objective.direction(direction(0, -1), -1), value);
        judge = new Judge(value, noise, settings.tolerance());
    }

    CheckReport report(List<Kink> kinks, List<String> notes) {
        List<Measured> measured = settings.directions() > 0 ? alongDirections(settings.directions()) : everyEntry();
        List<CheckedEntry> entries = judged(measured);
        List<String> allNotes = new ArrayList<>(notes);
        return new CheckReport(entries, kinks, allNotes, objective.evaluations());
    }

    private List<Measured> everyEntry() {
        List<Measured> measured = new ArrayList<>();
        for (int b = 0; b < objective.blocks().size(); b++) {
            Block block = objective.blocks().get(b);
            for (int e = 0; e < block.shape().elements(); e++) {
                int i = block.offset() + e;
                double[] u = new double[objective.size()];
                u[i] = 1;
                int columns = block.shape().columns();
                Finding finding = measure(objective.entry(b, i), u, claimed[i]);
                measured.add(new Measured(block.label(), e / columns, e % columns, claimed[i], Double.NaN, finding));
            }
        }
        return measured;
    }

    private List<Measured> alongDirections(int count) {
        List<Measured> measured = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[] u = direction(n + 1, -1);
            double slope = 0;
            double scale = 0;
            for (int i = 0; i < u.length; i++) {
                slope += claimed[i] * u[i];
                scale += Math.abs(claimed[i] * u[i]);
            }
            Finding finding = measure(objective.direction(u, -1), u, slope);
            measured.add(new Measured("direction " + (n + 1), -1, -1, slope, scale, finding));
        }
        return measured;
    }

    private Finding measure(Line line, double[] u, double claim) {
        if (!(objective instanceof GraphObjective graph)) {
            return judge.measure(line, claim);
        }
        graph.watch();
        Finding finding = judge.measure(line, claim);
        if (graph.inconsistency().isPresent()) {
            return new Finding(
                    finding.estimate(),
                    finding.liveliness(),
                    Optional.of(new Verdict.Inconsistent(graph.inconsistency().get())));
        }
        return graph.kinkCrossed() ? atKink(graph, u, claim, finding) : finding;
    }

    /** One-sided slopes are the slopes of the smooth pieces that lie on either side. */
    private Finding atKink(GraphObjective graph, double[] u, double claim, Finding finding) {
        double near = 0x1.0p-40;
        Finding right = judge.measure(graph.onPiecesAlong(u, near).direction(u, -1), claim);
        Finding left = judge.measure(graph.onPiecesAlong(u, -near).direction(u, -1), claim);
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

    double value() {
        return value;
    }
}

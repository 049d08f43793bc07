package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ejgrad.Shape;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.SlopeCheck.MeasuredSlope;
import org.ejml.data.DMatrixRMaj;

/** One run of a check: measures every entry or several directions, then compares them by the scale of the whole. */
final class CheckRun {
    /** Larger parameters are not measured entry by entry when only directions were asked for. */
    private static final int LARGEST = 5000;

    private final TestedFunction function;
    private final double[] claimed;
    private final Settings settings;
    private final SlopeCheck slopes;

    /** A measured slope that awaits its verdict; a direction has a scale of its own. */
    private record Measured(Place place, double claimed, OptionalDouble scale, MeasuredSlope slope) {}

    CheckRun(TestedFunction function, double[] claimed, double value, Settings settings) {
        this.function = function;
        this.claimed = claimed;
        this.settings = settings;
        List<Block> all = function.blocks();
        double noise = Noise.estimate(function.direction(direction(0, all), all), value);
        slopes = new SlopeCheck(value, noise, settings.tolerance());
    }

    /** Measures, compares and explains what is wrong, if anything is. */
    CheckReport report(List<Kink> kinks, List<String> notes, Function<MistakeSearch, Optional<Diagnosis>> explain) {
        List<CheckedEntry> entries = new ArrayList<>();
        List<Block> closer = function.blocks();
        if (settings.directions() > 0) {
            entries.addAll(alongDirections());
            boolean refuted = entries.stream().anyMatch(entry -> entry.verdict().refutes());
            closer = refuted ? refuted() : List.of();
        }
        List<Measured> measured = new ArrayList<>();
        closer.forEach(block -> measureEntries(block, measured));
        List<CheckedEntry> single = compared(measured);
        entries.addAll(single);
        Optional<Diagnosis> diagnosis = explain.apply(new MistakeSearch(comparisons(single), Optional.of(function)));
        return new CheckReport(entries, kinks, notes, diagnosis, function.evaluations());
    }

    private List<CheckedEntry> alongDirections() {
        List<Measured> measured = new ArrayList<>();
        for (int n = 1; n <= settings.directions(); n++) {
            measured.add(along(n, function.blocks()));
        }
        return compared(measured);
    }

    /** The parameters whose own direction is refuted, or all if none is, as far as they are not too large. */
    private List<Block> refuted() {
        List<Block> all = function.blocks().stream()
                .filter(block -> isSmall(block.shape()))
                .toList();
        List<Block> refuted = all.stream()
                .filter(block -> compared(List.of(along(0, List.of(block))))
                        .get(0)
                        .verdict()
                        .refutes())
                .toList();
        return refuted.isEmpty() ? all : refuted;
    }

    static boolean isSmall(Shape shape) {
        return shape.elements() <= LARGEST;
    }

    private void measureEntries(Block block, List<Measured> measured) {
        int columns = block.shape().columns();
        for (int e = 0; e < block.shape().elements(); e++) {
            int i = block.offset() + e;
            Supplier<double[]> axis = () -> {
                double[] u = new double[function.size()];
                u[i] = 1;
                return u;
            };
            Place place = new Place.Entry(block.label(), e / columns, e % columns);
            MeasuredSlope slope = function.measure(slopes, function.entry(block, e), axis, claimed[i]);
            measured.add(new Measured(place, claimed[i], OptionalDouble.empty(), slope));
        }
    }

    private Measured along(int number, List<Block> moved) {
        double[] u = direction(number, moved);
        double claim = 0;
        double scale = 0;
        for (int i = 0; i < u.length; i++) {
            claim += claimed[i] * u[i];
            scale += Math.abs(claimed[i] * u[i]);
        }
        MeasuredSlope slope = function.measure(slopes, function.direction(u, moved), () -> u, claim);
        return new Measured(new Place.Direction(number), claim, OptionalDouble.of(scale), slope);
    }

    private List<CheckedEntry> compared(List<Measured> measured) {
        double largest = measured.stream()
                .map(m -> m.slope.estimate())
                .filter(Estimate::exists)
                .mapToDouble(slope -> Math.abs(slope.value()))
                .max()
                .orElse(0);
        return measured.stream()
                .map(m -> {
                    Estimate estimate = m.slope.estimate();
                    Verdict verdict = slopes.verdict(m.slope, m.claimed, m.scale.orElse(largest));
                    return new CheckedEntry(
                            m.place, m.claimed, estimate.value(), estimate.bar(), estimate.step(), verdict);
                })
                .toList();
    }

    /** The measured matrices; a parameter that was not measured counts as right. */
    private List<Comparison> comparisons(List<CheckedEntry> entries) {
        Map<String, Comparison> byLabel = new LinkedHashMap<>();
        for (Block block : function.blocks()) {
            DMatrixRMaj claims = block.of(claimed);
            DMatrixRMaj bars = claims.createLike();
            byLabel.put(
                    block.label(),
                    new Comparison(block.label(), claims, claims.copy(), bars, block.of(function.point())));
        }
        for (CheckedEntry entry : entries) {
            Comparison comparison = requireNonNull(byLabel.get(entry.parameter()));
            if (entry.at() instanceof Place.Entry at) {
                comparison.numeric().set(at.row(), at.column(), known(entry));
                comparison.bars().set(at.row(), at.column(), entry.bar());
            }
        }
        return List.copyOf(byLabel.values());
    }

    /** At a kink that passes, the claim counts as the truth. */
    private static double known(CheckedEntry entry) {
        return entry.verdict() instanceof Verdict.Disagree || entry.verdict() instanceof Verdict.KinkOut
                ? entry.numeric()
                : entry.verdict().passes() ? entry.claimed() : Double.NaN;
    }

    /** A direction that moves these blocks, which follow one another. */
    private double[] direction(int number, List<Block> moved) {
        double[] u = new double[function.size()];
        int count = moved.stream().mapToInt(block -> block.shape().elements()).sum();
        int from = moved.isEmpty() ? 0 : moved.get(0).offset();
        setSigns(settings.seed(), number, u, from, from + count);
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

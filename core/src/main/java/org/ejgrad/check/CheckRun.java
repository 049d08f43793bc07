package org.ejgrad.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejml.data.DMatrixRMaj;

/** One run of a check: measures every entry or several directions, then compares them by the scale of the whole. */
final class CheckRun {
    /** Of larger parameters whose direction is refuted, a sample of entries is measured. */
    private static final int LARGEST = 5000;

    private static final int SAMPLE = 300;

    /** At so many points a slope is looked for near kinks. */
    private static final int NEARBY = 32;

    /** Of so many entries at kinks all pairs are moved together. */
    private static final int PAIRED = 8;

    /** How many amounts a direction moves entries by. */
    private static final int AMOUNTS = 512;

    private static final MeasuredSlope NOT_JUDGED = new MeasuredSlope(
            Estimate.NONE,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            List.of(),
            Double.POSITIVE_INFINITY,
            Optional.of(new Verdict.CannotTell("the check was interrupted before", "run it to its end")));

    private final TestedFunction function;
    private final double[] claimed;
    private final Settings settings;
    private final SlopeCheck slopes;
    private final Workers workers;

    /** The parameters whose own direction passed. */
    private final Set<Block> agreeing = new HashSet<>();

    /** A measured slope that awaits its verdict; a direction has a scale of its own. */
    private record Measured(Place place, double claimed, OptionalDouble scale, MeasuredSlope slope) {}

    CheckRun(TestedFunction function, double[] claimed, double value, Settings settings) {
        this.function = function;
        this.claimed = claimed;
        this.settings = settings;
        Noise noise = function.noise(direction(0, 0, function.size()), value);
        slopes = new SlopeCheck(value, noise, settings);
        workers = new Workers(settings.threads(), settings.progress());
    }

    /** Measures, compares and explains what is wrong, if anything is. */
    CheckReport report(List<Kink> kinks, List<String> notes, Function<MistakeSearch, Optional<Diagnosis>> explain) {
        if (function.size() == 0) {
            throw new IllegalArgumentException(
                    "GradientCheck.run: all parameters are empty; expected an entry to check");
        }
        List<CheckedEntry> entries = new ArrayList<>(compared(
                workers.measure(function, settings.directions(), (f, n) -> along(f, n + 1, 0, function.size()))));
        boolean refuted = entries.stream().anyMatch(entry -> entry.verdict().refutes());
        int[] closer = settings.directions() == 0
                ? sample(0, function.size(), settings.entries())
                : refuted && !workers.isInterrupted() ? suspects() : new int[0];
        List<CheckedEntry> each = compared(workers.measure(function, closer.length, (f, n) -> entry(f, closer[n])));
        List<CheckedEntry> single = unlessInterrupted(() -> together(each, closer), each);
        entries.addAll(single);
        Optional<Diagnosis> diagnosis = unlessInterrupted(
                () -> explain.apply(new MistakeSearch(comparisons(single), Optional.of(function))), Optional.empty());
        List<String> all = new ArrayList<>(notes);
        if (settings.directions() == 0 && closer.length < function.size()) {
            all.add(Hypotheses.text(
                    "A sample: %,d of %,d entries; the others are not judged.", closer.length, function.size()));
        }
        if (workers.isInterrupted()) {
            all.add("The check was interrupted; entries or directions that it had not come to are not judged.");
        }
        return new CheckReport(entries, kinks, all, diagnosis, function.evaluations());
    }

    /** What is found, or what stands for it after an interruption, which also a process may meet in its answer. */
    private <T> T unlessInterrupted(Supplier<T> work, T otherwise) {
        if (workers.isInterrupted()) {
            return otherwise;
        }
        try {
            return work.get();
        } catch (UncheckedIOException | CancellationException unanswered) {
            if (workers.isInterrupted()) {
                return otherwise;
            }
            throw unanswered;
        }
    }

    /** The entries of the parameters whose own direction is refuted, or of all if none is; of large ones a sample. */
    private int[] suspects() {
        List<Block> refuted = new ArrayList<>();
        for (Block block : function.blocks()) {
            int elements = block.shape().elements();
            if (elements > 0) {
                Verdict own = verdict(block.offset(), block.offset() + elements);
                if (own.refutes()) {
                    refuted.add(block);
                } else if (own.passes()) {
                    agreeing.add(block);
                }
            }
        }
        IntStream suspects = IntStream.empty();
        for (Block block : refuted.isEmpty() ? function.blocks() : refuted) {
            int from = block.offset();
            int to = from + block.shape().elements();
            suspects = IntStream.concat(
                    suspects,
                    to - from <= LARGEST
                            ? IntStream.range(from, to)
                            : IntStream.concat(IntStream.of(wrong(from, to)), IntStream.of(sample(from, to, SAMPLE))));
        }
        return suspects.distinct().sorted().toArray();
    }

    private Verdict verdict(int from, int to) {
        return compared(List.of(along(function, 0, from, to))).get(0).verdict();
    }

    /** An entry that is wrong, found by halving. */
    private int wrong(int from, int to) {
        int low = from;
        int high = to;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (verdict(low, middle).refutes()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** So many numbers of a range, different and increasing; all if there are no more (Floyd). */
    private int[] sample(int from, int to, int count) {
        if (to - from <= count) {
            return IntStream.range(from, to).toArray();
        }
        Set<Integer> chosen = new TreeSet<>();
        for (int last = to - count; last < to; last++) {
            int any = from + (int) ((last + 1 - from) * Randomness.uniform(settings.seed(), SAMPLE, last));
            if (!chosen.add(any)) {
                chosen.add(last);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private Measured entry(TestedFunction f, int i) {
        Block block = f.blocks().stream()
                .filter(b -> i < b.offset() + b.shape().elements())
                .findFirst()
                .orElseThrow();
        int e = i - block.offset();
        int columns = block.shape().columns();
        Supplier<double[]> axis = () -> {
            double[] u = new double[f.size()];
            u[i] = 1;
            return u;
        };
        Place place = new Place.Entry(block.label(), e / columns, e % columns);
        MeasuredSlope slope =
                unlessInterrupted(() -> f.measure(slopes, f.entry(block, e), axis, claimed[i]), NOT_JUDGED);
        return new Measured(place, claimed[i], OptionalDouble.empty(), slope);
    }

    /**
     * Entries at kinks of a function whose choices there are not known, each of which claims a slope between its two:
     * where they move together and the function has no kink, their claims must add up to its slope there, or to one
     * between slopes nearby. So the whole gradient for each of two equal inputs of a maximum, which only one of them
     * can have, does not pass.
     */
    private List<CheckedEntry> together(List<CheckedEntry> entries, int... places) {
        int[] kinked = IntStream.range(0, entries.size())
                .filter(k -> entries.get(k).verdict() instanceof Verdict.KinkIn)
                .toArray();
        List<CheckedEntry> judged = new ArrayList<>(entries);
        if (function.knowsKinks() || kinked.length < 2) {
            return judged;
        }
        List<Map<Integer, Integer>> directions = new ArrayList<>();
        directions.add(IntStream.of(kinked).boxed().collect(toMap(k -> k, k -> 1)));
        for (int i = 0; i < kinked.length && kinked.length <= PAIRED; i++) {
            for (int j = 0; j < i; j++) {
                directions.add(Map.of(kinked[i], 1, kinked[j], 1));
                directions.add(Map.of(kinked[i], 1, kinked[j], -1));
            }
        }
        for (Map<Integer, Integer> moved : directions) {
            double[] u = new double[function.size()];
            moved.forEach((k, sign) -> u[places[k]] = sign);
            Measured along = along(function, u, function.blocks(), 0);
            Verdict verdict =
                    slopes.verdict(along.slope, along.claimed, along.scale.orElseThrow(), along.scale.orElseThrow());
            if (verdict instanceof Verdict.Disagree
                    && !isMetNearby(entries, moved.keySet(), u, along.claimed, places)) {
                String detail = Hypotheses.text(
                        "moved together with others at kinks there is none; the slope is %.6g there, and the claims add"
                                + " up to %.6g",
                        along.slope.estimate().value(), along.claimed);
                moved.keySet().forEach(k -> judged.set(k, entries.get(k).but(new Verdict.Inconsistent(detail))));
            }
        }
        return judged;
    }

    /** Whether slopes along a direction at points nearby, each entry displaced on its own, reach as far as a claim. */
    private boolean isMetNearby(
            List<CheckedEntry> entries, Set<Integer> moved, double[] u, double claim, int... places) {
        double step =
                moved.stream().mapToDouble(k -> entries.get(k).step()).min().orElseThrow() / 16;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < NEARBY; n++) {
            double[] x = function.point().clone();
            int index = 0;
            for (int k : moved) {
                double by = step * (0.1 + 0.9 * Randomness.uniform(settings.seed(), NEARBY, n, k));
                x[places[k]] += (n >> index++ % 5 & 1) == 0 ? by : -by;
            }
            double[] ahead = x.clone();
            double[] behind = x;
            for (int i = 0; i < u.length; i++) {
                ahead[i] += u[i] * step / 64;
                behind[i] -= u[i] * step / 64;
            }
            double slope = (function.evaluate(ahead) - function.evaluate(behind)) * 32 / step;
            low = Math.min(low, slope);
            high = Math.max(high, slope);
        }
        double slack = (Math.max(Math.abs(low), Math.abs(high)) + Math.abs(claim)) / 64;
        return claim >= low - slack && claim <= high + slack;
    }

    private Measured along(TestedFunction f, int number, int from, int to) {
        if (workers.isInterrupted()) {
            return new Measured(new Place.Direction(number), Double.NaN, OptionalDouble.of(0), NOT_JUDGED);
        }
        List<Block> moved = f.blocks().stream()
                .filter(block ->
                        block.offset() < to && block.offset() + block.shape().elements() > from)
                .toList();
        return along(f, direction(number, from, to), moved, number);
    }

    private Measured along(TestedFunction f, double[] u, List<Block> moved, int number) {
        double claim = 0;
        double scale = 0;
        for (int i = 0; i < u.length; i++) {
            claim += claimed[i] * u[i];
            scale += Math.abs(claimed[i] * u[i]);
        }
        double claims = claim;
        MeasuredSlope slope =
                unlessInterrupted(() -> f.measure(slopes, f.direction(u, moved), () -> u, claims), NOT_JUDGED);
        return new Measured(new Place.Direction(number), claim, OptionalDouble.of(scale), slope);
    }

    private List<CheckedEntry> compared(List<Measured> measured) {
        double largest = measured.stream()
                .map(m -> m.slope.estimate())
                .filter(Estimate::exists)
                .mapToDouble(slope -> Math.abs(slope.value()))
                .max()
                .orElse(0);
        double kink = measured.stream().mapToDouble(m -> m.slope.hidden()).reduce(Double.POSITIVE_INFINITY, Math::min);
        return measured.stream()
                .map(m -> {
                    Verdict verdict = slopes.verdict(m.slope, m.claimed, m.scale.orElse(largest), m.scale.orElse(0));
                    if (m.scale.isPresent() && !function.knowsKinks()) {
                        verdict = SlopeCheck.alongDirection(verdict);
                    }
                    if (verdict instanceof Verdict.Disagree && m.slope.mayMiss(kink, m.claimed)) {
                        verdict = new Verdict.CannotTell(
                                Hypotheses.text(
                                        "another entry has a kink within %.1e of the point, and noise would hide one that"
                                                + " explains the claim",
                                        kink),
                                "check at a point further from kinks");
                    }
                    Estimate estimate = verdict instanceof Verdict.CannotTell ? m.slope.inDoubt() : m.slope.estimate();
                    return new CheckedEntry(
                            m.place, m.claimed, estimate.value(), estimate.bar(), estimate.step(), verdict);
                })
                .toList();
    }

    /** The measured matrices; a parameter that was not measured counts as right, what is left of others as unknown. */
    private List<Comparison> comparisons(List<CheckedEntry> entries) {
        Map<String, Comparison> byLabel = new LinkedHashMap<>();
        for (Block block : function.blocks()) {
            DMatrixRMaj claims = block.of(claimed);
            DMatrixRMaj bars = claims.createLike();
            bars.fill(agreeing.contains(block) ? 0 : Double.NaN);
            byLabel.put(
                    block.label(),
                    new Comparison(block.label(), claims, claims.copy(), bars, block.of(function.point())));
        }
        entries.stream()
                .map(entry -> requireNonNull(byLabel.get(entry.parameter())))
                .distinct()
                .forEach(comparison -> {
                    comparison.numeric().fill(Double.NaN);
                    comparison.bars().zero();
                });
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

    /** A direction that moves these entries. */
    private double[] direction(int number, int from, int to) {
        double[] u = new double[function.size()];
        setAmounts(settings.seed(), number, u, from, to);
        return u;
    }

    /**
     * Every entry up or down by amounts that differ by up to 2 and are drawn without putting back until all have been
     * used, so that nothing that moves from one entry to another cancels; of few bits, so that stepping hardly rounds.
     */
    static void setAmounts(long seed, int number, double[] u, int from, int to) {
        double size = Math.scalb(1.0, -((32 - Integer.numberOfLeadingZeros(to - from)) / 4) - 11);
        double[] amounts = new double[AMOUNTS];
        Arrays.setAll(amounts, k -> size * (2 * (AMOUNTS + k) + 1));
        for (int i = from; i < to; i++) {
            int place = (i - from) % AMOUNTS;
            int drawn = place + (int) ((AMOUNTS - place) * Randomness.uniform(seed, number, i, 1));
            double amount = amounts[drawn];
            amounts[drawn] = amounts[place];
            amounts[place] = amount;
            u[i] = Randomness.bit(seed, number, i) ? amount : -amount;
        }
    }
}

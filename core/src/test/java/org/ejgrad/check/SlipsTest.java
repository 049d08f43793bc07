package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mistakes made as students make them, with random sizes and figures: how many are called by their names. */
class SlipsTest {
    /** What says where it is wrong, not what. */
    static final Set<Mistake> PLACES = Set.of(
            Mistake.UNKNOWN,
            Mistake.ONE_LAYER,
            Mistake.LAYER_INPUT,
            Mistake.LINES_SCALED,
            Mistake.BACK_THROUGH,
            Mistake.OTHER_FUNCTION);

    /** What names a mistake as well where nothing is known but figures. */
    private static final Map<String, Set<Mistake>> AS_FIGURES = Map.ofEntries(
            // what does not depend on the parameters: targets, labels, counts
            entry("labels shifted", Mistake.LINEAR_TERM),
            entry("labels shifted back", Mistake.LINEAR_TERM),
            entry("one label wrong", Mistake.LINEAR_TERM),
            entry("p + y", Mistake.LINEAR_TERM),
            entry("labels forgotten", Mistake.LINEAR_TERM),
            entry("-1/1 targets", Mistake.LINEAR_TERM),
            entry("-1/1 labels", Mistake.LINEAR_TERM),
            entry("smoothing in the loss only", Mistake.LINEAR_TERM),
            entry("smoothing: p + y", Mistake.LINEAR_TERM),
            entry("squared: targets added", Mistake.LINEAR_TERM),
            entry("squared: targets shifted", Mistake.LINEAR_TERM),
            entry("Poisson: counts forgotten", Mistake.LINEAR_TERM),
            entry("velocity", Mistake.LINEAR_TERM),
            entry("Gauss-Newton", Mistake.LINEAR_TERM),
            entry("no ½", Mistake.LINEAR_TERM),
            // a claim that does not change where it should
            entry("p forgotten", Mistake.INDEPENDENT),
            entry("tanh: dh ignored", Mistake.INDEPENDENT),
            entry("absolute: 1 for the sign", Mistake.INDEPENDENT),
            entry("huber: sign everywhere", Mistake.INDEPENDENT),
            entry("no slope of σ", Mistake.INDEPENDENT),
            // the loss of other samples or with other constants, or the slope of another loss
            entry("last minibatch dropped", Mistake.OTHER_FUNCTION),
            entry("first half only", Mistake.OTHER_FUNCTION),
            entry("last row of the batch dropped", Mistake.OTHER_FUNCTION),
            entry("class weights in the loss only", Mistake.OTHER_FUNCTION),
            entry("class weights on t only", Mistake.OTHER_FUNCTION),
            entry("temperature left out of p", Mistake.OTHER_FUNCTION),
            entry("squared: residual squared", Mistake.OTHER_FUNCTION),
            entry("squared: absolute residual", Mistake.OTHER_FUNCTION),
            entry("huber: linear part without its k", Mistake.OTHER_FUNCTION),
            entry("huber: linear part zero", Mistake.OTHER_FUNCTION),
            entry("log-cosh: 1 - tanh²", Mistake.OTHER_FUNCTION),
            entry("another row", Mistake.OTHER_FUNCTION),
            // a slope, of which it is not known what stands for it
            entry("sin: cos at output", Mistake.WRONG_SLOPE),
            entry("no tanh slope", Mistake.WRONG_SLOPE),
            entry("sigmoid: twice", Mistake.WRONG_SLOPE),
            entry("relu: inverted", Mistake.WRONG_SLOPE),
            entry("RBF: exponential forgotten", Mistake.WRONG_SLOPE),
            entry("distance: root forgotten", Mistake.WRONG_SLOPE),
            // a part of the way back
            entry("mask inverted", Mistake.MASK_REPLACED),
            entry("b first row", Mistake.ROWS_LEFT_OUT),
            entry("tanh: updated w2", Mistake.OTHER_OPERAND),
            entry("tanh: updated w2, lr 0.5", Mistake.OTHER_OPERAND),
            entry("relu: updated w2", Mistake.OTHER_OPERAND),
            entry("dγ like dβ", Mistake.SWAPPED),
            entry("variance term added", Mistake.MISSING_TERM),
            entry("variance term twice", Mistake.MISSING_TERM),
            entry("last step only", Mistake.BACK_THROUGH),
            entry("last two steps", Mistake.BACK_THROUGH),
            entry("first step forgotten", Mistake.BACK_THROUGH),
            entry("w not transposed", Mistake.BACK_THROUGH),
            entry("three layers: branch cut", Mistake.BACK_THROUGH));

    private static Map.Entry<String, Set<Mistake>> entry(String name, Mistake named) {
        return Map.entry(name, Set.of(named));
    }

    private static final int SEEDS = Integer.getInteger("ejgrad.seeds", Campaign.cases(1, 10));

    private final Map<String, int[]> table = new LinkedHashMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> misleading = new ArrayList<>();
    private int namedOnce;

    static List<Slip> all() {
        List<Slip> all = new ArrayList<>(SlipsInClassifiers.all());
        all.addAll(SlipsInLayers.all());
        all.addAll(SlipsInRegression.all());
        all.addAll(SlipsInNormalisation.all());
        all.addAll(SlipsInSteps.all());
        all.addAll(SlipsInOtherPrograms.all());
        all.addAll(SlipsInMorePrograms.all());
        return all;
    }

    /** Adds to columns of the family: 0 all, 1 flagged, then named, placed, misled, silent of the graph or figures. */
    private void judge(Slip slip, Slip.Exercise exercise, String seeds, CheckReport report, int from) {
        int[] row = table.computeIfAbsent(slip.family(), f -> new int[10]);
        Optional<Mistake> found = report.diagnosis().map(Diagnosis::mistake);
        boolean right = found.filter(said -> slip.fitting().contains(said)
                        || from == 6
                                && AS_FIGURES
                                        .getOrDefault(slip.name(), Set.of())
                                        .contains(said))
                .isPresent();
        boolean place = found.filter(
                        said -> PLACES.contains(said) || exercise.asSeen().contains(said))
                .isPresent();
        boolean silent = found.isEmpty() || report.diagnosis().get().sentence().contains("No usual mistake");
        row[from + (right ? 0 : silent ? 3 : place ? 1 : 2)]++;
        String line = (from == 2 ? "graph   " : "figures ") + slip.family() + " / " + slip.name() + " " + seeds + ": "
                + report.diagnosis().map(d -> d.mistake() + " " + d).orElse("nothing") + ", expected "
                + slip.fitting();
        if (!right) {
            (place || silent ? missed : misleading).add(line);
        } else if (Boolean.getBoolean("ejgrad.slips")) {
            System.out.println("right " + line);
        }
    }

    /** Everything about one slip with one seed, unless with these figures it makes no difference. */
    private void judge(Slip slip, int s, boolean inGraph) {
        long seed = 1000L * s + slip.name().hashCode() % 977 + Long.getLong("ejgrad.seed", 1);
        Slip.Exercise exercise = slip.exercise().apply(seed, slip.name());
        CheckReport graph = exercise.fromGraph();
        CheckReport figures = exercise.fromFigures(() -> slip.exercise().apply(seed, slip.name()));
        if (graph.refuted() || figures.refuted()) {
            int[] row = table.computeIfAbsent(slip.family(), f -> new int[10]);
            row[0]++;
            row[1] += graph.refuted() && figures.refuted() ? 1 : 0;
            if (inGraph) {
                judge(slip, exercise, "seed " + s, graph, 2);
            }
            judge(slip, exercise, "seed " + s, figures, 6);
            CheckReport once = exercise.fromFigures();
            namedOnce += once.diagnosis()
                            .filter(d -> slip.fitting().contains(d.mistake()))
                            .isPresent()
                    ? 1
                    : 0;
        }
    }

    /** The sum over all families. */
    private int[] judged(List<Slip> slips, boolean inGraph) {
        for (Slip slip : slips) {
            for (int s = 0; s < SEEDS; s++) {
                judge(slip, s, inGraph);
            }
        }
        int[] sum = new int[10];
        StringBuilder text = new StringBuilder();
        table.forEach((family, row) -> {
            text.append(line(family, row));
            for (int i = 0; i < row.length; i++) {
                sum[i] += row[i];
            }
        });
        text.append(line("all", sum)).append("of figures at one point ").append(namedOnce);
        if (Boolean.getBoolean("ejgrad.slips")) {
            missed.forEach(System.out::println);
            misleading.forEach(m -> System.out.println("MISLEADING " + m));
            System.out.println(text);
        }
        Campaign.print("slips:%n%s", text);
        assertEquals(List.of(), misleading);
        assertEquals(sum[0], sum[1], "flagged");
        return sum;
    }

    @Test
    void mostAreNamedAndNoneMisleads() {
        int[] sum = judged(all(), true);
        assertTrue(sum[2] >= 0.95 * sum[0], sum[2] + " of the graph");
        assertTrue(sum[6] >= 0.79 * sum[0], sum[6] + " of figures");
        assertTrue(namedOnce >= 0.35 * sum[0], namedOnce + " of figures at one point");
    }

    @Test
    void mostOfOtherProgramsAreNamedFromFigures() {
        int[] sum = judged(SlipsInFigures.all(), false);
        assertTrue(sum[6] >= 0.78 * sum[0], sum[6] + " of figures");
    }

    @Test
    void mostWrongRulesAreNamedAndNoneMisleads() {
        int named = 0;
        int tried = 0;
        List<String> wrong = new ArrayList<>();
        for (SlipsInRules.WrongRule rule : SlipsInRules.all()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                CheckReport report = rule.check(seed + Long.getLong("ejgrad.seed", 1));
                assertTrue(report.refuted(), rule.name());
                Diagnosis diagnosis = report.diagnosis().orElseThrow();
                boolean right = rule.fitting().contains(diagnosis.mistake());
                assertTrue(diagnosis.sentence().contains("mine"), diagnosis.sentence());
                tried++;
                named += right ? 1 : 0;
                String line = "rule " + rule.name() + ": " + diagnosis.mistake() + " " + diagnosis;
                if (!right && diagnosis.mistake() != Mistake.UNKNOWN) {
                    wrong.add(line);
                }
                if (!right && Boolean.getBoolean("ejgrad.slips")) {
                    System.out.println(line);
                }
            }
        }
        Campaign.print("slips in rules: %d of %d named", named, tried);
        if (Boolean.getBoolean("ejgrad.slips")) {
            System.out.println("rules named " + named + " of " + tried);
        }
        assertEquals(List.of(), wrong);
        assertTrue(named >= 0.9 * tried, named + " of " + tried);
    }

    private static String line(String family, int[] r) {
        return String.format(
                "%-28s n %4d flagged %4d | graph right %4d place %3d misleading %2d silent %3d"
                        + " | figures right %4d place %3d misleading %2d silent %3d%n",
                family, r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9]);
    }

    @Test
    void rightGradientsPass() {
        for (Slip slip : all()) {
            if (!slip.family().equals("calculus") && !slip.family().equals("others")) {
                String right = slip.name().contains(": ")
                        ? slip.name().substring(0, slip.name().indexOf(':'))
                        : "";
                CheckReport report = slip.exercise().apply(5L, right).fromGraph();
                assertTrue(!report.refuted() && report.diagnosis().isEmpty(), slip + " " + report);
            }
        }
    }
}

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
    static final Set<Mistake> PLACES =
            Set.of(Mistake.UNKNOWN, Mistake.ONE_LAYER, Mistake.LAYER_INPUT, Mistake.LINES_SCALED);

    private static final int SEEDS = Integer.getInteger("ejgrad.seeds", Campaign.cases(1, 10));

    private final Map<String, int[]> table = new LinkedHashMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> misleading = new ArrayList<>();

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
        boolean right = found.isPresent() && slip.fitting().contains(found.get());
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

    @Test
    void mostAreNamedAndNoneMisleads() {
        for (Slip slip : all()) {
            for (int s = 0; s < SEEDS; s++) {
                long seed = 1000L * s + slip.name().hashCode() % 977 + Long.getLong("ejgrad.seed", 1);
                Slip.Exercise exercise = slip.exercise().apply(seed, slip.name());
                CheckReport graph = exercise.fromGraph();
                CheckReport figures = exercise.fromFigures();
                if (!graph.refuted() && !figures.refuted()) {
                    continue; // with these figures it makes no difference
                }
                int[] row = table.computeIfAbsent(slip.family(), f -> new int[10]);
                row[0]++;
                row[1] += graph.refuted() && figures.refuted() ? 1 : 0;
                judge(slip, exercise, "seed " + s, graph, 2);
                judge(slip, exercise, "seed " + s, figures, 6);
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
        text.append(line("all", sum));
        if (Boolean.getBoolean("ejgrad.slips")) {
            missed.forEach(System.out::println);
            misleading.forEach(m -> System.out.println("MISLEADING " + m));
            System.out.println(text);
        }
        Campaign.print("slips:%n%s", text);
        assertEquals(List.of(), misleading);
        assertEquals(sum[0], sum[1], "flagged");
        assertTrue(sum[2] >= 0.95 * sum[0], text.toString());
        assertTrue(sum[6] + sum[7] >= 0.7 * sum[0], text.toString());
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

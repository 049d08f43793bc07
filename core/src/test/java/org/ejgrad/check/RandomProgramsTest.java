package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Correct gradients of random programs are not refuted, and hardly any stays undecided. */
class RandomProgramsTest {
    @Test
    void correctGradientsRaiseNoAlarm() {
        int cases = Campaign.cases(400, 10_000);
        int alarms = 0;
        int undecided = 0;
        int naive = 0;
        int entries = 0;
        int undecidedEntries = 0;
        long evaluations = 0;
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            RandomProgram program = new RandomProgram(i, true);
            CheckReport report = GradientCheck.of(program.loss).run();
            alarms += report.refuted() ? 1 : 0;
            undecided += !report.refuted() && !report.passed() ? 1 : 0;
            entries += report.entries().size();
            evaluations += report.evaluations();
            for (CheckedEntry entry : report.entries()) {
                undecidedEntries += entry.verdict() instanceof Verdict.CannotTell ? 1 : 0;
            }
            if (!report.passed() && shown.size() < 3) {
                shown.add("program " + i + ": " + report.worst());
            }
            naive += NaiveCheck.passes(program.loss) ? 0 : 1;
        }
        Campaign.print(
                "random programs: %d checks, %d false alarms, %d cannot tell; %d entries, %d cannot tell; "
                        + "%.1f evaluations per entry; naive fixed step: %d false alarms",
                cases, alarms, undecided, entries, undecidedEntries, (double) evaluations / entries, naive);
        shown.forEach(line -> Campaign.print("  %s", line));
        assertTrue(alarms <= 0.0005 * cases, shown.toString());
        assertTrue(undecidedEntries <= 0.01 * entries, undecidedEntries + " of " + entries + ": " + shown);
    }

    /** What one entry moves is computed alone, to the bits that the whole graph gives. */
    @Test
    void oneMovedEntryGivesTheBitsOfTheWholeReplay() {
        int partly = 0;
        for (int i = 0; i < Campaign.cases(200, 2_000); i++) {
            Value loss = i % 2 == 0 ? new RandomProgram(i, true).loss : dense(i);
            Map<Block, Value> variables = new LinkedHashMap<>();
            Map<String, Shape> shapes = new LinkedHashMap<>();
            List<Value> leaves =
                    loss.ancestors().stream().filter(Value::isVariable).toList();
            leaves.forEach(leaf -> shapes.put("leaf " + shapes.size(), leaf.shape()));
            List<Block> blocks = Block.inOneArray(shapes);
            blocks.forEach(block -> variables.put(block, leaves.get(variables.size())));
            double[] point = leaves.stream()
                    .flatMapToDouble(leaf -> Arrays.stream(Matrices.elements(leaf)))
                    .toArray();
            Tape tape = new Tape(loss);
            DMatrixRMaj weights = new DMatrixRMaj(
                    1,
                    loss.shape().elements(),
                    true,
                    Matrices.random(loss.shape().elements(), i, 5));
            ReplayedGraph graph = new ReplayedGraph(tape, weights, variables, point, new KinkSearch(tape).at());
            for (Block block : blocks) {
                for (int e = 0; e < block.shape().elements(); e++) {
                    // The same steps again and again, so that entries are computed ahead, or others in between.
                    double[] steps = {i % 3 == 0 && e % 5 == 4 ? -0.3 : 0.3, 0, -1e-9, 4};
                    if (i % 4 > 0 || e % 3 > 0) {
                        graph.expect(block, e, steps);
                    }
                    for (double place : graph.moved(block, e, steps)) {
                        double[] x = point.clone();
                        x[block.offset() + e] = place;
                        graph.watch();
                        double alone = graph.evaluate(block, e, place);
                        boolean crossed = graph.kinkCrossed();
                        graph.watch();
                        double whole = graph.evaluate(x, blocks);
                        assertEquals(Double.doubleToLongBits(whole), Double.doubleToLongBits(alone), "program " + i);
                        assertEquals(graph.kinkCrossed(), crossed, "program " + i);
                    }
                    partly += blocks.size() > 1 ? 1 : 0;
                }
            }
        }
        assertTrue(partly > 1000, partly + " entries of several leaves");
    }

    /** A network of wide and narrow layers, as the kernels of products are chosen by shape. */
    private static Value dense(int seed) {
        int[] sizes = {1 + seed % 7, 1 + seed % 31, 24 + seed % 9, 1 + seed % 5};
        Value value = variable(5 + seed % 4, sizes[0], seed);
        for (int layer = 1; layer < sizes.length; layer++) {
            Value next = value.affine(
                    variable(sizes[layer - 1], sizes[layer], seed + 10 * layer), variable(1, sizes[layer], seed + 1));
            value = layer == 1 ? next.tanh() : layer == 2 ? next.relu() : next.softmax(Per.ROW);
        }
        return value;
    }

    private static Value variable(int rows, int columns, int seed) {
        double[] elements = Matrices.random(rows * columns, seed, 1);
        return Value.variable("", new DMatrixRMaj(rows, columns, true, elements));
    }
}

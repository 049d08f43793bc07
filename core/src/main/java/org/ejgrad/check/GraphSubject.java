package org.ejgrad.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.Objective.Block;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;

/**
 * A recorded graph, with the program that recorded it if there is one, and ejgrad's own or another claimed gradient.
 */
final class GraphSubject extends Subject {
    private final LinkedHashMap<String, Value> parameters;
    private final Value loss;
    private final Optional<Function<List<Value>, Value>> program;
    private final Optional<Map<Value, ? extends ConstMatrix<?>>> claimed;

    GraphSubject(
            LinkedHashMap<String, Value> parameters,
            Value loss,
            Optional<Function<List<Value>, Value>> program,
            Optional<Map<Value, ? extends ConstMatrix<?>>> claimed) {
        this.parameters = parameters;
        this.loss = loss;
        this.program = program;
        this.claimed = claimed;
    }

    @Override
    Subject against(Map<Value, ? extends ConstMatrix<?>> other) {
        LinkedHashMap<String, Value> chosen = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            ConstMatrix<?> gradient = other.get(value);
            if (gradient != null) {
                Shape shape = new Shape(gradient.getNumRows(), gradient.getNumCols());
                if (!shape.equals(value.shape())) {
                    throw new IllegalArgumentException("against: the claimed gradient of " + name + " is " + shape
                            + "; expected its shape, " + value.shape());
                }
                chosen.put(name, value);
            }
        });
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "against: none of the claimed gradients belongs to a variable of this check");
        }
        return new GraphSubject(chosen, loss, program, Optional.of(new IdentityHashMap<>(other)));
    }

    @Override
    CheckReport check(Settings settings) {
        Value weights = loss.shape().isScalar() ? Value.constant(1) : randomWeights(loss.shape(), settings.seed());
        List<Block> blocks = blocks();
        double[] point = flatten(blocks, name -> parameters.get(name).matrix());
        if (loss.isConstant()) {
            return hiddenProgram(blocks, point, new double[point.length], weights, settings);
        }
        Tape tape = new Tape(loss);
        Preflight preflight = new Preflight(tape, loss, weights);
        Optional<Verdict> stop = preflight.verdict();
        if (stop.isPresent()) {
            return CheckReport.stopped(stop.get(), preflight.evaluations());
        }
        double[] claims = claims(blocks, weights);
        KinkSearch kinks = new KinkSearch(tape);
        int[] leaves = parameters.values().stream().mapToInt(tape::position).toArray();
        GraphObjective graph =
                new GraphObjective(tape, weights.matrix().copy().getDDRM(), blocks, point, leaves, kinks.at());
        double value = graph.evaluate(point, -1);
        double free = graph.computeFree(point);
        if (!Double.isFinite(free)) {
            return CheckReport.stopped(new Verdict.NonFinite("the value is " + free), graph.evaluations());
        }
        if (Math.abs(value - free) > 8 * Math.ulp(free)) {
            return CheckReport.stopped(
                    new Verdict.Inconsistent("the value is " + free + ", but " + value
                            + " when its piecewise operations are replayed with their own decisions"),
                    graph.evaluations());
        }
        if (program.isPresent()) {
            Optional<CheckReport> other = compareWithProgram(graph, blocks, point, claims, weights, settings);
            if (other.isPresent()) {
                return other.get();
            }
        }
        return new Examination(graph, claims, value, settings).report(kinks.found(), List.of());
    }

    private double[] claims(List<Block> blocks, Value weights) {
        if (claimed.isPresent()) {
            return flatten(blocks, name -> claimed.get().get(parameters.get(name)));
        }
        Gradients gradients = loss.gradients(weights);
        return flatten(blocks, name -> gradients.orZero(parameters.get(name)).matrix());
    }

    /**
     * Runs the program again, at the point and beside it; if the graph does not follow it, checks the program itself.
     */
    private Optional<CheckReport> compareWithProgram(
            GraphObjective graph,
            List<Block> blocks,
            double[] point,
            double[] claims,
            Value weights,
            Settings settings) {
        ProgramObjective real = new ProgramObjective(program.orElseThrow(), blocks, point, weights);
        double again = real.evaluate(point, -1);
        double recorded = graph.computeFree(point);
        if (Double.doubleToLongBits(again) != Double.doubleToLongBits(recorded)) {
            return Optional.of(CheckReport.stopped(
                    new Verdict.NonDeterministic("two runs at the same point gave " + recorded + " and " + again),
                    real.evaluations()));
        }
        for (int exponent = -3; exponent >= -27; exponent -= 8) {
            double[] beside = point.clone();
            for (int i = 0; i < beside.length; i++) {
                double size = Math.scalb(0.5 + Randomness.uniform(settings.seed(), 7, i), exponent);
                beside[i] += Randomness.bit(settings.seed(), 8, i) ? size : -size;
            }
            double run = real.evaluate(beside, -1);
            double replayed = graph.computeFree(beside);
            if (Math.abs(run - replayed) > 1e-12 * Math.max(Math.abs(run), Math.abs(replayed))) {
                return Optional.of(hiddenProgram(blocks, point, claims, weights, settings));
            }
        }
        return Optional.empty();
    }

    private CheckReport hiddenProgram(
            List<Block> blocks, double[] point, double[] claims, Value weights, Settings settings) {
        if (program.isEmpty()) {
            throw new IllegalArgumentException("GradientCheck.of: the value is a constant");
        }
        ProgramObjective real = new ProgramObjective(program.get(), blocks, point, weights);
        double value = real.evaluate(point, -1);
        double again = real.evaluate(point, -1);
        if (Double.doubleToLongBits(again) != Double.doubleToLongBits(value)) {
            return CheckReport.stopped(
                    new Verdict.NonDeterministic("two runs at the same point gave " + value + " and " + again),
                    real.evaluations());
        }
        return new Examination(real, claims, value, settings)
                .report(
                        List.of(),
                        List.of(
                                "Run at other values, the program does not do what its recorded graph says: it depends on"
                                        + " its variables in a way the graph does not know, as through detached() or a branch"
                                        + " in Java. The program itself was checked, from its values alone."));
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int offset = 0;
        for (var entry : parameters.entrySet()) {
            blocks.add(new Block(entry.getKey(), entry.getValue().shape(), offset));
            offset += entry.getValue().shape().elements();
        }
        return blocks;
    }

    private static double[] flatten(List<Block> blocks, Function<String, ConstMatrix<?>> matrices) {
        int size = blocks.stream().mapToInt(block -> block.shape().elements()).sum();
        double[] flat = new double[size];
        for (Block block : blocks) {
            ConstMatrix<?> matrix = matrices.apply(block.label());
            int i = block.offset();
            for (int row = 0; row < block.shape().rows(); row++) {
                for (int column = 0; column < block.shape().columns(); column++) {
                    flat[i++] = matrix.get(row, column);
                }
            }
        }
        return flat;
    }

    private static Value randomWeights(Shape shape, long seed) {
        DMatrixRMaj weights = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int i = 0; i < weights.data.length; i++) {
            weights.data[i] = 0.5 + Randomness.uniform(seed, 3, i);
            weights.data[i] *= Randomness.bit(seed, 4, i) ? 1 : -1;
        }
        return Value.constant(weights);
    }
}

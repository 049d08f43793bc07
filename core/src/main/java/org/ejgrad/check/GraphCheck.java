package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.TestedFunction.Block;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;

/** A recorded graph, with the program that recorded it if there is one, and the gradient claimed for it. */
final class GraphCheck extends Subject {
    private static final String HIDDEN = "Run at other values, the program does not do what its recorded graph says:"
            + " it depends on its variables in a way the graph does not know, as through detached() or a branch in"
            + " Java. The program itself was checked, from its values alone.";

    private final List<Labelled> parameters;
    private final List<Block> blocks;
    private final Value loss;
    private final Optional<Function<List<Value>, Value>> program;
    private final Optional<Map<Value, ? extends ConstMatrix<?>>> claimed;

    /** Without a claimed gradient, ejgrad's own is checked. */
    GraphCheck(
            List<Labelled> parameters,
            Value loss,
            Optional<Function<List<Value>, Value>> program,
            Optional<Map<Value, ? extends ConstMatrix<?>>> claimed) {
        this.parameters = parameters;
        this.loss = loss;
        this.program = program;
        this.claimed = claimed;
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.forEach(
                parameter -> shapes.put(parameter.label(), parameter.variable().shape()));
        blocks = inOneArray(shapes);
    }

    @Override
    Subject against(Map<Value, ? extends ConstMatrix<?>> other) {
        List<Labelled> chosen = new ArrayList<>();
        for (Labelled parameter : parameters) {
            ConstMatrix<?> gradient = other.get(parameter.variable());
            if (gradient != null) {
                Shape shape = new Shape(gradient.getNumRows(), gradient.getNumCols());
                if (!shape.equals(parameter.variable().shape())) {
                    throw new IllegalArgumentException("against: the claimed gradient of " + parameter.label() + " is "
                            + shape + "; expected its shape, "
                            + parameter.variable().shape());
                }
                chosen.add(parameter);
            }
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "against: none of the claimed gradients belongs to a variable of this check");
        }
        return new GraphCheck(chosen, loss, program, Optional.of(new IdentityHashMap<>(other)));
    }

    @Override
    CheckReport check(Settings settings) {
        Value weights = loss.shape().isScalar() ? Value.constant(1) : randomWeights(loss.shape(), settings.seed());
        double[] point = flatten(Value::matrix);
        if (loss.isConstant()) {
            return checkProgram(point, new double[point.length], weights, settings);
        }
        Tape tape = new Tape(loss);
        Optional<Verdict> broken = new Preflight(tape, loss, weights).verdict();
        if (broken.isPresent()) {
            boolean byRule = broken.get() instanceof Verdict.Inconsistent;
            return CheckReport.stopped(
                    broken.get(), byRule ? new RuleCheck(tape, settings.seed()).explain() : Optional.empty(), 1);
        }
        KinkSearch kinks = new KinkSearch(tape);
        int[] leaves = parameters.stream()
                .mapToInt(parameter -> tape.position(parameter.variable()))
                .toArray();
        ReplayedGraph graph =
                new ReplayedGraph(tape, weights.matrix().copy().getDDRM(), blocks, point, leaves, kinks.at());
        double value = graph.evaluate(point, -1);
        double free = graph.computeFree(point);
        if (!Double.isFinite(free)) {
            return CheckReport.stopped(new Verdict.NonFinite("the value is " + free), graph.evaluations());
        }
        if (graph.inconsistency().isPresent()) {
            return CheckReport.stopped(
                    new Verdict.Inconsistent(graph.inconsistency().get()), graph.evaluations());
        }
        double[] claims = claims(weights);
        if (program.isPresent() && !follows(program.get(), graph, point, weights, settings.seed())) {
            return checkProgram(point, claims, weights, settings);
        }
        return new CheckRun(graph, claims, value, settings)
                .report(
                        kinks.found(),
                        List.of(),
                        diagnostician -> claimed.isPresent()
                                ? diagnostician.fromGraph(tape, weights, leaves)
                                : diagnostician.fromRules(tape, settings.seed()));
    }

    private double[] claims(Value weights) {
        if (claimed.isPresent()) {
            Map<Value, ? extends ConstMatrix<?>> given = claimed.get();
            return flatten(variable -> Objects.requireNonNull(given.get(variable)));
        }
        Gradients gradients = loss.gradients(weights);
        return flatten(variable -> gradients.orZero(variable).matrix());
    }

    /** Whether the program, run again at the point and beside it, gives what its graph gives. */
    private boolean follows(
            Function<List<Value>, Value> run, ReplayedGraph graph, double[] point, Value weights, long seed) {
        ProgramObjective real = new ProgramObjective(run, blocks, point, weights);
        double[] away = Matrices.random(point.length, seed, 7);
        for (double distance : new double[] {0, 0x1p-3, 0x1p-11, 0x1p-19, 0x1p-27}) {
            double[] beside = point.clone();
            Arrays.setAll(beside, i -> point[i] + distance * away[i]);
            if (Double.compare(real.evaluate(beside, -1), graph.computeFree(beside)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The program as a function of which only values are known. */
    private CheckReport checkProgram(double[] point, double[] claims, Value weights, Settings settings) {
        ProgramObjective real = new ProgramObjective(program.orElseThrow(), blocks, point, weights);
        double value = real.evaluate(point, -1);
        double again = real.evaluate(point, -1);
        double recorded = ProgramObjective.weigh(loss, weights);
        if (Double.compare(again, value) != 0 || Double.compare(recorded, value) != 0) {
            String what = "runs at the same point gave " + recorded + ", " + value + " and " + again;
            return CheckReport.stopped(new Verdict.NonDeterministic(what), real.evaluations());
        }
        return new CheckRun(real, claims, value, settings)
                .report(List.of(), List.of(HIDDEN), MistakeSearch::fromFigures);
    }

    private double[] flatten(Function<Value, ConstMatrix<?>> matrices) {
        return parameters.stream()
                .flatMapToDouble(parameter -> {
                    ConstMatrix<?> matrix = matrices.apply(parameter.variable());
                    int columns = matrix.getNumCols();
                    return IntStream.range(0, matrix.getNumRows() * columns)
                            .mapToDouble(i -> matrix.get(i / columns, i % columns));
                })
                .toArray();
    }

    private static Value randomWeights(Shape shape, long seed) {
        double[] weights = Matrices.random(shape.elements(), seed, 3);
        return Value.constant(new DMatrixRMaj(shape.rows(), shape.columns(), true, weights));
    }
}

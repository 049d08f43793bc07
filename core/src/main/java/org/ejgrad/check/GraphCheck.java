package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.ejml.simple.ConstMatrix;

/** How a recorded graph is checked, with the program that recorded it if there is one. */
final class GraphCheck implements GradientCheck.Procedure {
    private static final String HIDDEN = "Run at other values, the program does not do what its recorded graph says:"
            + " it depends on its variables in a way the graph does not know, as through detached() or a branch in"
            + " Java. The program itself was checked, from its values alone.";

    private final Map<Block, Value> variables = new LinkedHashMap<>();
    private final Value loss;
    private final Optional<Function<List<Value>, Value>> program;
    private final Optional<double[]> claimed;

    /** Without a claimed gradient, ejgrad's own is checked. */
    private GraphCheck(
            Map<String, Value> parameters,
            Value loss,
            Optional<Function<List<Value>, Value>> program,
            Optional<double[]> claimed) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.forEach((label, variable) -> shapes.put(label, variable.shape()));
        Block.inOneArray(shapes).forEach(block -> variables.put(block, requireNonNull(parameters.get(block.label()))));
        this.loss = loss;
        this.program = program;
        this.claimed = claimed;
    }

    static GraphCheck of(Value loss) {
        if (loss.isConstant()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + loss.shape()
                    + " value is a constant; expected one that depends on a Value.variable");
        }
        return new GraphCheck(named(variables(loss)), loss, Optional.empty(), Optional.empty());
    }

    static GraphCheck of(Map<String, Value> parameters, Value loss) {
        parameters.values().forEach(GraphCheck::requireVariable);
        if (loss.isConstant()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + loss.shape()
                    + " value is a constant; expected one that depends on the parameters");
        }
        return new GraphCheck(parameters, loss, Optional.empty(), Optional.empty());
    }

    static GraphCheck of(List<Value> variables, Function<List<Value>, Value> program) {
        variables.forEach(GraphCheck::requireVariable);
        Value loss = result(program, List.copyOf(variables));
        return new GraphCheck(named(variables), loss, Optional.of(program), Optional.empty());
    }

    private static Value result(Function<List<Value>, Value> program, List<Value> at) {
        Value result = program.apply(at);
        if (result == null) {
            throw new IllegalArgumentException("GradientCheck.of: the program returned null; expected a value");
        }
        return result;
    }

    private static void requireVariable(Value value) {
        if (!value.isVariable()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + value.shape() + " value made by "
                    + value.operation() + " is not a variable; expected Value.variable");
        }
    }

    /** The variables that a value depends on, in the order of their first use. */
    private static List<Value> variables(Value loss) {
        return loss.ancestors().stream().filter(Value::isVariable).toList();
    }

    /** The variables under their own labels, numbered where several have the same. */
    private static Map<String, Value> named(List<Value> variables) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (Value variable : variables) {
            String label = variable.label().isEmpty() ? "variable" : variable.label();
            String name = label;
            for (int i = 2; named.containsKey(name); i++) {
                name = label + "#" + i;
            }
            named.put(name, variable);
        }
        return named;
    }

    /** The same check of another gradient, of those variables that it holds. */
    GraphCheck against(Map<Value, ? extends ConstMatrix<?>> other) {
        Map<String, Value> chosen = new LinkedHashMap<>();
        variables.forEach((block, variable) -> {
            ConstMatrix<?> gradient = other.get(variable);
            if (gradient != null) {
                Shape shape = new Shape(gradient.getNumRows(), gradient.getNumCols());
                if (!shape.equals(block.shape())) {
                    throw new IllegalArgumentException("against: the claimed gradient of " + block.label() + " is "
                            + shape + "; expected its shape, " + block.shape());
                }
                chosen.put(block.label(), variable);
            }
        });
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "against: none of the claimed gradients belongs to a variable of this check");
        }
        return new GraphCheck(
                chosen,
                loss,
                program,
                Optional.of(flatten(chosen.values(), variable -> requireNonNull(other.get(variable)))));
    }

    @Override
    public CheckReport run(Settings settings) {
        Value weights = loss.shape().isScalar() ? Value.constant(1) : randomWeights(loss.shape(), settings.seed());
        double[] point = flatten(variables.values(), Value::matrix);
        if (loss.isConstant()) {
            return checkProgram(point, claimed.orElseGet(() -> new double[point.length]), weights, settings);
        }
        Tape tape = new Tape(loss);
        Optional<Verdict> broken = new Preflight(tape, loss, weights).verdict();
        if (broken.isPresent()) {
            boolean byRule = broken.get() instanceof Verdict.Inconsistent;
            return CheckReport.stopped(
                    broken.get(), byRule ? new RuleCheck(tape, settings.seed()).explain() : Optional.empty(), 1);
        }
        KinkSearch kinks = new KinkSearch(tape);
        ReplayedGraph graph = new ReplayedGraph(tape, weights.matrix().getDDRM(), variables, point, kinks.at());
        double value = graph.evaluate(point);
        double free = graph.computeFree(point);
        if (!Double.isFinite(free)) {
            return CheckReport.stopped(new Verdict.NonFinite("the value is " + free), graph.evaluations());
        }
        if (graph.inconsistency().isPresent()) {
            return CheckReport.stopped(
                    new Verdict.Inconsistent(graph.inconsistency().get()), graph.evaluations());
        }
        double[] claims = claimed.orElseGet(() -> {
            Gradients gradients = loss.gradients(weights);
            return flatten(
                    variables.values(), variable -> gradients.orZero(variable).matrix());
        });
        if (program.isPresent() && !follows(program.get(), graph, point, weights, settings.seed())) {
            return checkProgram(point, claims, weights, settings);
        }
        CheckReport report = new CheckRun(graph, claims, value, settings)
                .report(
                        kinks.found(),
                        List.of(),
                        search -> claimed.isPresent()
                                ? search.fromGraph(tape, weights, List.copyOf(variables.values()))
                                : search.fromRules(tape, settings.seed()));
        return graph.undeclared()
                .map(operation -> report.noting(
                        operation + " has a kink here, but is not declared piecewise: see" + " Operation.piecewise."))
                .orElse(report);
    }

    /** Whether the program, run again at the point and beside it, gives what its graph gives. */
    private boolean follows(
            Function<List<Value>, Value> run, ReplayedGraph graph, double[] point, Value weights, long seed) {
        double[] away = Matrices.random(point.length, seed, 7);
        ArrayFunction real = values(run, point, weights);
        for (double distance :
                new double[] {0, 0x1p-3, -0x1.5p-4, 0x1.3p-11, -0x1.7p-12, 0x1p-19, -0x1p-20, -0x1p-27}) {
            double[] beside = point.clone();
            Arrays.setAll(beside, i -> point[i] + distance * away[i]);
            if (Double.compare(real.evaluate(beside), graph.computeFree(beside)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The program as a function of which only values are known. */
    private CheckReport checkProgram(double[] point, double[] claims, Value weights, Settings settings) {
        ArrayFunction real = values(program.orElseThrow(), point, weights);
        double value = real.evaluate(point);
        double again = real.evaluate(point);
        double recorded = weigh(loss, weights);
        if (Double.compare(again, value) != 0 || Double.compare(recorded, value) != 0) {
            String what = "runs at the same point gave " + recorded + ", " + value + " and " + again;
            return CheckReport.stopped(new Verdict.NonDeterministic(what), real.evaluations());
        }
        return new CheckRun(real, claims, value, settings)
                .report(List.of(), List.of(HIDDEN), MistakeSearch::fromFigures);
    }

    /** The program, run anew for every point. */
    private ArrayFunction values(Function<List<Value>, Value> run, double[] point, Value weights) {
        List<Block> blocks = List.copyOf(variables.keySet());
        return new ArrayFunction(
                x -> {
                    List<Value> moved = blocks.stream()
                            .map(block -> Value.variable(block.label(), block.of(x)))
                            .toList();
                    return weigh(result(run, moved), weights);
                },
                Optional.empty(),
                blocks,
                point);
    }

    /** Σ value ⊙ weights. */
    private static double weigh(Value value, Value weights) {
        if (!value.shape().equals(weights.shape())) {
            throw new IllegalArgumentException("GradientCheck.of: the program returned a " + value.shape()
                    + " value; expected " + weights.shape() + ", as before");
        }
        return VectorVectorMult_DDRM.innerProd(
                weights.matrix().getDDRM(), value.matrix().getDDRM());
    }

    private static double[] flatten(Collection<Value> variables, Function<Value, ConstMatrix<?>> matrices) {
        return variables.stream()
                .flatMapToDouble(variable -> {
                    ConstMatrix<?> matrix = matrices.apply(variable);
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

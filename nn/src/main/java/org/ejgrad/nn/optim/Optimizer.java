package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.ejgrad.Gradients;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Moves parameters against their gradients, and keeps what its rules remember of each of them.
 *
 * <pre>{@code
 * Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.01));
 * for (int i = 0; i < 100; i++) {
 *     Value loss = CrossEntropy.fromLogits(network.forward(input), labels);
 *     optimizer.step(loss.gradients());
 * }
 * }</pre>
 *
 * <p>A step is all or nothing: the gradients, the next values and what is remembered are all finite, or nothing has
 * changed. Gradients of an earlier value of a parameter are refused, so two threads that train one model, with one
 * optimizer or two, cannot overwrite each other's steps unnoticed.
 */
public final class Optimizer {
    private static final String STEPS = "steps";
    private static final String RATE_FACTOR = "rateFactor";

    private final List<Trained> all = new ArrayList<>();
    private final String description;
    private long stepsMade;
    private double rateFactor = 1;

    /**
     * Parameters that move by one rule.
     *
     * @param rule how they move
     */
    public record Group(List<Parameter> parameters, UpdateRule rule) {
        public Group {
            parameters = Require.elements(parameters, "parameters");
            requireNonNull(rule, "rule");
        }
    }

    /** One parameter with its rule and its buffers. */
    private static final class Trained {
        /** Stands for the parameter itself among the numbers of its buffers. */
        private static final int PARAMETER = -1;

        private final Parameter parameter;
        private final UpdateRule rule;
        private final boolean isFirstOfRule;
        private final List<String> names;
        private final double[][] buffers;
        private final double[][] before;

        Trained(Parameter parameter, UpdateRule rule, boolean isFirstOfRule) {
            this.parameter = parameter;
            this.rule = rule;
            this.isFirstOfRule = isFirstOfRule;
            names = Require.elements(rule.buffers(), "Optimizer: the rule's buffers");
            if (new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException(
                        PlainText.line("Optimizer: the rule's buffers are " + names + "; expected different names"));
            }
            int elements = parameter.value().shape().elements();
            buffers = new double[names.size()][elements];
            before = new double[buffers.length][elements];
        }

        /** Keeps the buffers as they are now. */
        void keep() {
            copy(buffers, before);
        }

        /** Takes the buffers back to what was kept. */
        void takeBack() {
            copy(before, buffers);
        }

        private static void copy(double[][] from, double[][] to) {
            for (int i = 0; i < from.length; i++) {
                System.arraycopy(from[i], 0, to[i], 0, from[i].length);
            }
        }

        UpdateRule.Step step(long stepsMade, double rateFactor) {
            UpdateRule.Step step = rule.at(stepsMade, rateFactor);
            if (step == null) {
                throw new IllegalArgumentException(
                        "step: the rule of " + parameter + " returned null; expected a step");
            }
            return step;
        }

        /** The next value by a step of its rule; the buffers are brought up to date. */
        Parameter.Replacement moved(UpdateRule.Step step, Value present, Value gradient) {
            double[] g = elementsOf(gradient);
            DMatrixRMaj next = new DMatrixRMaj(present.getNumRows(), present.getNumCols());
            UpdateRule.Elements elements = new UpdateRule.Elements(elementsOf(present), g, next.data, buffers);
            step.move(elements);
            elements.close();
            requireFinite(PARAMETER, next, next.data, g);
            for (int buffer = 0; buffer < buffers.length; buffer++) {
                requireFinite(buffer, next, buffers[buffer], g);
            }
            return new Parameter.Replacement(parameter, present, Value.adopting(next));
        }

        /** The live elements, to be read in this step only. */
        private static double[] elementsOf(Value value) {
            return value.reading(matrix -> matrix.data);
        }

        private void requireFinite(int buffer, DMatrixRMaj shaped, double[] made, double[] gradient) {
            int i = NonFinite.firstIn(made);
            if (i >= 0) {
                String what = buffer == PARAMETER
                        ? parameter.toString()
                        : "what is remembered as " + PlainText.line(parameter.name() + "/" + names.get(buffer));
                throw new NonFiniteException("step: " + what + " would become " + made[i] + " at row "
                        + i / shaped.numCols + ", column " + i % shaped.numCols + ", where the gradient is "
                        + gradient[i] + "; nothing has been changed. Clipped gradients or another rate or ε may help");
            }
        }

        /** Tells each buffer by its name. */
        void each(BiConsumer<String, double[]> user) {
            for (int i = 0; i < buffers.length; i++) {
                user.accept(parameter.name() + "/" + names.get(i), buffers[i]);
            }
        }
    }

    private Optimizer(List<Group> groups) {
        Set<Parameter> seen = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<String> descriptions = new ArrayList<>();
        for (Group group : groups) {
            for (Parameter parameter : group.parameters) {
                if (!seen.add(parameter)) {
                    throw new IllegalArgumentException("Optimizer: the parameter " + parameter + " is given twice");
                }
                if (!names.add(parameter.name())) {
                    throw new IllegalArgumentException(
                            "Optimizer: two parameters are named \"" + PlainText.line(parameter.name())
                                    + "\"; give one of them a container's name with within()");
                }
                all.add(new Trained(parameter, group.rule, parameter == group.parameters.get(0)));
            }
            descriptions.add(group.rule.description());
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("Optimizer: there are no parameters to train");
        }
        description = String.join(" + ", descriptions);
    }

    /**
     * An optimizer with one rule for all parameters.
     *
     * @param rule how
     * @return an optimizer that has made no step
     * @throws IllegalArgumentException if there are no parameters, one is given twice, or two have one name
     */
    public static Optimizer of(List<Parameter> parameters, UpdateRule rule) {
        return of(List.of(new Group(parameters, rule)));
    }

    /**
     * An optimizer with a rule for each group of parameters, such as one without weight decay for the biases.
     *
     * @param groups what to train and how
     * @return an optimizer that has made no step
     * @throws IllegalArgumentException if there are no parameters, one is given twice, or two have one name
     */
    public static Optimizer of(List<Group> groups) {
        return new Optimizer(Require.elements(groups, "groups"));
    }

    /**
     * Makes one step: puts a new variable into every parameter.
     *
     * @param gradients the gradients of a loss with respect to the parameters' current values
     * @throws IllegalArgumentException if a parameter has no gradient: the loss does not depend on it, or the gradients
     *     are of what it was before an earlier step, perhaps another thread's
     * @throws NonFiniteException if a gradient holds NaN or an infinity, or the step would write one, as when a square
     *     overflows
     */
    public synchronized void step(Gradients gradients) {
        requireNonNull(gradients, "gradients");
        int kept = 0;
        try {
            Parameter.Replacement[] moves = new Parameter.Replacement[all.size()];
            UpdateRule.Step step = elements -> {};
            for (int i = 0; i < moves.length; i++) {
                Trained each = all.get(i);
                Value present = each.parameter.value();
                if (!gradients.contains(present)) {
                    throw missing(gradients);
                }
                Value gradient = gradients.of(present);
                requireFinite(each.parameter, gradient);
                step = each.isFirstOfRule ? each.step(stepsMade, rateFactor) : step;
                each.keep();
                kept++;
                moves[i] = each.moved(step, present, gradient);
            }
            Parameter.replaceAll(Arrays.asList(moves));
        } catch (RuntimeException | Error failure) {
            all.subList(0, kept).forEach(Trained::takeBack);
            throw failure;
        }
        stepsMade++;
    }

    private IllegalArgumentException missing(Gradients gradients) {
        List<String> missing = all.stream()
                .filter(each -> !gradients.contains(each.parameter.value()))
                .map(each -> each.parameter.name())
                .toList();
        return new IllegalArgumentException("step: there is no gradient of " + PlainText.line(missing.toString())
                + "; the loss does not depend on it, or was computed before an earlier step");
    }

    private static void requireFinite(Parameter parameter, Value gradient) {
        if (gradient.reading(g -> NonFinite.firstIn(g.data)) >= 0) {
            NonFinite found = NonFinite.in(gradient).orElseThrow();
            throw new NonFiniteException("step: the gradient of " + parameter + " is " + found.number() + " at row "
                    + found.row() + ", column " + found.column()
                    + "; no parameter has been changed. NonFinite.inGradientsOf(loss) tells where it came from");
        }
    }

    /** {@return how many steps have been made: the next step's position in every schedule} */
    public synchronized long steps() {
        return stepsMade;
    }

    /** {@return what all learning rates are multiplied by, besides their schedules; 1 at first} */
    public synchronized double rateFactor() {
        return rateFactor;
    }

    /**
     * Multiplies all learning rates from the next step on, as {@link Plateau} may ask for; it does not pile up, and is
     * saved with the {@link #state}.
     *
     * @param factor the factor, greater than 0
     * @throws IllegalArgumentException if it is not a finite number greater than 0
     */
    public synchronized void rateFactor(double factor) {
        rateFactor = Require.positive(factor, "rateFactor");
    }

    /** {@return the parameters, in order} */
    public List<Parameter> parameters() {
        return all.stream().map(each -> each.parameter).toList();
    }

    /** {@return the rules with all their options on one line, for the record of a run} */
    public String description() {
        return description;
    }

    /** The rules, how much they move, and how often they have. */
    @Override
    public String toString() {
        return "Optimizer[" + PlainText.line(description) + ", " + all.size() + " parameters, " + steps() + " steps]";
    }

    /**
     * A fingerprint of what the rules do in many steps: two optimizers that describe themselves alike, because a
     * schedule or a rule is a lambda, have the same one only if they move their parameters alike, in the first 10,000
     * steps and at some of the million after them.
     *
     * @return 16 hexadecimal digits
     */
    public String fingerprint() {
        Map<UpdateRule, List<Trained>> byRule = new LinkedHashMap<>();
        all.forEach(each ->
                byRule.computeIfAbsent(each.rule, rule -> new ArrayList<>()).add(each));
        Map<String, SimpleMatrix> moves = new LinkedHashMap<>();
        byRule.forEach((rule, parameters) -> moves.put(
                moves.size() + " "
                        + parameters.stream().map(each -> each.parameter.name()).toList(),
                new SimpleMatrix(RuleProbe.moves(rule, parameters.get(0).names.size()))));
        return NamedMatrices.of(moves).sha256().substring(0, 16);
    }

    /**
     * Everything that the next step depends on besides the parameters, to be saved.
     *
     * @return a copy of the buffers under the names {@code parameter/buffer}, and the number of steps as metadata
     */
    public synchronized NamedMatrices state() {
        Map<String, SimpleMatrix> buffers = new LinkedHashMap<>();
        for (Trained each : all) {
            Shape shape = each.parameter.value().shape();
            each.each((name, buffer) ->
                    buffers.put(name, SimpleMatrix.wrap(DMatrixRMaj.wrap(shape.rows(), shape.columns(), buffer))));
        }
        return NamedMatrices.of(buffers)
                .withMetadata(STEPS, Long.toString(stepsMade))
                .withMetadata(RATE_FACTOR, Double.toString(rateFactor));
    }

    /**
     * Takes up a saved state, so that the next step is the one that would have followed there, to the last bit.
     *
     * @param state what {@link #state} gave for an optimizer of the same parameters and rules
     * @throws ModelMismatchException if a buffer is missing, left over or of another shape; the message lists all such
     */
    public synchronized void restore(NamedMatrices state) {
        requireNonNull(state, "state");
        Map<String, Shape> expected = new LinkedHashMap<>();
        for (Trained each : all) {
            each.each(
                    (name, buffer) -> expected.put(name, each.parameter.value().shape()));
        }
        List<String> differences = state.differencesFrom(expected);
        long savedSteps = number(state, STEPS, differences).longValue();
        double savedFactor = number(state, RATE_FACTOR, differences).doubleValue();
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the optimizer's state", differences);
        }
        for (Trained each : all) {
            each.each((name, buffer) -> state.get(name).reading(saved -> {
                System.arraycopy(saved.data, 0, buffer, 0, buffer.length);
                return buffer;
            }));
        }
        stepsMade = savedSteps;
        rateFactor = savedFactor;
    }

    private static Number number(NamedMatrices state, String key, List<String> differences) {
        String text = state.metadata().getOrDefault(key, "absent");
        try {
            if (key.equals(STEPS)) {
                return Require.atLeast(Long.parseLong(text), 0, STEPS);
            }
            return Require.positive(Double.parseDouble(text), key);
        } catch (IllegalArgumentException wrong) {
            differences.add("its " + key + " is " + text);
            return 0;
        }
    }
}

package org.ejgrad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Follows numbers that are not finite back to the operation that made them.
 *
 * <p>An input is a cause if its infinities and NaNs alone, with those of all other inputs replaced by 1, keep the
 * result from being finite. So a branch that {@code where} does not take is never blamed.
 */
final class Forensics {
    static final String SUM = "the sum of what its uses hand it";

    private final Value root;

    Forensics(Value root) {
        this.root = root;
    }

    /** The shallowest origin among the causes of the root. */
    Optional<NonFinite> forward() {
        return NonFinite.isFinite(root) ? Optional.empty() : Optional.of(origin(root));
    }

    private NonFinite origin(Value start) {
        List<Value> origins = new ArrayList<>();
        Map<Value, Value> reachedFrom = new HashMap<>();
        Deque<Value> waiting = new ArrayDeque<>(List.of(start));
        Set<Value> met = new HashSet<>();
        met.add(start);
        while (!waiting.isEmpty()) {
            Value value = waiting.remove();
            List<Value> causes = causes(value);
            if (causes.isEmpty()) {
                origins.add(value);
            }
            for (Value cause : causes) {
                if (met.add(cause)) {
                    reachedFrom.putIfAbsent(cause, value);
                    waiting.add(cause);
                }
            }
        }
        Value first = Collections.min(origins, Comparator.comparingInt(Value::depth));
        List<Value> path = new ArrayList<>(List.of(first));
        for (Value value = first; !value.equals(start); ) {
            value = Objects.requireNonNull(reachedFrom.get(value));
            path.add(0, value);
        }
        path.addAll(0, path(start).subList(0, path(start).size() - 1));
        return report(first, path);
    }

    static List<Value> causes(Value value) {
        List<Value> inputs = value.inputs();
        List<Value> causes = new ArrayList<>();
        for (Value input : inputs) {
            if (!NonFinite.isFinite(input) && !causes.contains(input) && suffices(value, input)) {
                causes.add(input);
            }
        }
        return causes;
    }

    private static boolean suffices(Value value, Value cause) {
        DMatrixRMaj[] matrices = value.inputs().stream()
                .map(input -> input.equals(cause) ? input.data() : cleaned(input.data()))
                .toArray(DMatrixRMaj[]::new);
        try {
            return !ElementKernels.isFinite(value.operation().compute(matrices));
        } catch (RuntimeException refusedWithOtherNumbers) {
            return true;
        }
    }

    private static DMatrixRMaj cleaned(DMatrixRMaj matrix) {
        return ElementKernels.map(matrix, v -> Double.isFinite(v) ? v : 1);
    }

    /** The deepest value whose rule makes a gradient that is not finite, or what was not finite before it. */
    Optional<NonFinite> backward(Value upstream) {
        Gradients gradients = root.gradients(upstream, Gradients.Option.INTERMEDIATE);
        List<Value> values = values(gradients);
        if (values.stream().filter(Value::isVariable).allMatch(v -> NonFinite.isFinite(gradients.of(v)))) {
            return Optional.empty();
        }
        if (!NonFinite.isFinite(upstream)) {
            return Optional.of(report(root, "", upstream, upstream, List.of(root)));
        }
        for (Value value : values) {
            Value arrived = gradients.of(value);
            if (!NonFinite.isFinite(arrived)) {
                return Optional.of(report(value, SUM, arrived, arrived, path(value)));
            }
            Optional<NonFinite> found = handedOn(value, arrived);
            if (found.isPresent()) {
                return found;
            }
        }
        throw new IllegalStateException("a gradient is not finite, yet every rule makes finite ones of finite ones");
    }

    private Optional<NonFinite> handedOn(Value value, Value arrived) {
        List<Rule> rules = value.operation().rules();
        for (int i = 0; i < rules.size(); i++) {
            Value input = value.inputs().get(i);
            if (input.isConstant()) {
                continue;
            }
            Value made = value.operation().gradient(i, value.bareInputs(), value.bare(), arrived);
            if (!NonFinite.isFinite(made)) {
                return Optional.of(blame(value, rules.get(i), made, arrived));
            }
        }
        return Optional.empty();
    }

    /** The forward walk, if it had brought ∞ or NaN to the value or its inputs already; otherwise the rule. */
    private NonFinite blame(Value value, Rule rule, Value made, Value arrived) {
        if (!NonFinite.isFinite(value)) {
            return origin(value);
        }
        for (Value input : value.inputs()) {
            if (!NonFinite.isFinite(input)) {
                return origin(input);
            }
        }
        return report(value, rule.formula(), made, arrived, path(value));
    }

    /** All values that have gradients, deepest first, as the backward walk visits them. */
    private List<Value> values(Gradients gradients) {
        return root.ancestors().stream()
                .filter(gradients::contains)
                .sorted(Comparator.comparingInt(Value::depth).reversed())
                .toList();
    }

    /** The shortest way from the root. */
    private List<Value> path(Value end) {
        Map<Value, Value> users = new HashMap<>();
        Deque<Value> waiting = new ArrayDeque<>(List.of(root));
        while (!end.equals(root) && !users.containsKey(end)) {
            Value value = waiting.remove();
            for (Value input : value.inputs()) {
                if (users.putIfAbsent(input, value) == null) {
                    waiting.add(input);
                }
            }
        }
        Deque<Value> path = new ArrayDeque<>(List.of(end));
        while (!path.getFirst().equals(root)) {
            path.addFirst(Objects.requireNonNull(users.get(path.getFirst())));
        }
        return List.copyOf(path);
    }

    // ---- reports ----------------------------------------------------------------------------------------------------

    /** A report on a value that is not finite itself. */
    static NonFinite report(Value culprit, List<Value> path) {
        int place = ElementKernels.firstNonFinite(culprit.data());
        int row = place / culprit.getNumCols();
        int column = place % culprit.getNumCols();
        return new NonFinite(
                NonFinite.Direction.FORWARD,
                culprit.operation(),
                "",
                culprit.label(),
                row,
                column,
                culprit.get(row, column),
                inputs(culprit, row, column),
                path.stream().map(Value::name).toList(),
                culprit.madeAt());
    }

    /** A report on a gradient that the operation of a value hands on. */
    static NonFinite report(Value culprit, String formula, Value made, Value upstream, List<Value> path) {
        int place = ElementKernels.firstNonFinite(made.data());
        int row = place / made.getNumCols();
        int column = place % made.getNumCols();
        List<NonFinite.Input> inputs = new ArrayList<>(inputs(culprit, row, column));
        inputs.add(NonFinite.Input.of("the gradient arriving", upstream, row, column));
        return new NonFinite(
                NonFinite.Direction.BACKWARD,
                culprit.operation(),
                formula,
                culprit.label(),
                row,
                column,
                made.get(row, column),
                inputs,
                path.stream().map(Value::name).toList(),
                culprit.madeAt());
    }

    private static List<NonFinite.Input> inputs(Value value, int row, int column) {
        List<Value> inputs = value.inputs();
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> NonFinite.Input.of(inputs.get(i).name(), inputs.get(i), row, column))
                .toList();
    }
}

package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejml.MatrixDimensionException;
import org.ejml.data.DMatrixRMaj;

/**
 * A named function on matrices with one derivative rule per input.
 *
 * <p>An operation is data. Its forward function computes on EJML matrices, its {@link Rule}s on {@link Value}s, so that
 * derivatives can be differentiated again. This is a whole operation, and the way to write your own:
 *
 * <pre>{@code
 * Operation cube = Operation.unary("cube", x -> Operation.map(x, v -> v * v * v),
 *         Rule.rule("3·x² ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.square().scale(3))));
 *
 * Value x = Value.variable("x", 2);
 * Value slope = cube.apply(x).gradients().of(x); // = 12
 * }</pre>
 *
 * <p>A forward function returns a new matrix, changes none of its arguments, and refuses arguments that do not fit by
 * an {@link IllegalArgumentException} that gives the reason only; {@link #apply} puts the call in front of it.
 *
 * <p>A piecewise operation, such as {@code relu}, also says how it decides between its pieces ({@link #piecewise}); the
 * gradient checker needs that to certify a gradient at a kink.
 */
public final class Operation {
    static final Operation CONSTANT = new Operation("constant", Operation::noForward, List.of());
    static final Operation VARIABLE = new Operation("variable", Operation::noForward, List.of());
    static final Operation INPUT = unary("input", DMatrixRMaj::copy, Rule.rule("dy", (x, y, dy) -> dy));

    private final String name;
    private final Forward forward;
    private final List<Rule> rules;
    private final List<Object> parameters;
    private final Optional<Branches> branches;
    private final Optional<Family<?>> family;

    /** The forward function of an operation, from the inputs' matrices, which it must not change, to a new matrix. */
    @FunctionalInterface
    public interface Forward {
        /** {@return a new matrix} */
        DMatrixRMaj apply(DMatrixRMaj... inputs);
    }

    /** The forward function of a piecewise operation on the pieces that {@link Branches#decide} chose elsewhere. */
    @FunctionalInterface
    public interface Replay {
        /** {@return a new matrix, a smooth function of the inputs} */
        DMatrixRMaj apply(DMatrixRMaj decisions, DMatrixRMaj... inputs);
    }

    /**
     * How a piecewise operation chooses between its smooth pieces.
     *
     * <p>{@code replay(decide(x), x)} equals the operation at x, and for fixed decisions replay is smooth, with the
     * operation's own gradient at x. At a kink the decision is the documented subgradient (slope 0 for relu, an equal
     * share for a tie).
     *
     * @param decide from the inputs to a matrix of decisions: equal decisions mean the same pieces
     * @param replay the operation on given pieces
     */
    public record Branches(Forward decide, Replay replay) {
        public Branches {
            requireNonNull(decide, "decide");
            requireNonNull(replay, "replay");
        }
    }

    /**
     * Operations that differ in one parameter only, such as the factor of a scaling or the axis of a sum.
     *
     * @param <P> what tells them apart, or a list of such
     */
    public static final class Family<P> {
        private final Function<P, Operation> row;
        private final Map<P, Operation> members;

        private Family(Function<P, Operation> row, Map<P, Operation> members) {
            this.row = row;
            this.members = members;
        }

        static <P> Family<P> of(Function<P, Operation> row) {
            return new Family<>(row, Map.of());
        }

        /** A family with one member for each axis, made once. */
        static Family<Per> perAxis(Function<Per, Operation> row) {
            Family<Per> family = new Family<>(row, new EnumMap<>(Per.class));
            Stream.of(Per.values()).forEach(per -> family.members.put(per, family.make(per)));
            return family;
        }

        /** {@return the member with this parameter, which messages and drawings show behind its name} */
        public Operation of(P parameter) {
            Operation member = members.get(requireNonNull(parameter, "parameter"));
            return member != null ? member : make(parameter);
        }

        /** {@return whether the operation is a member, whatever its parameter} */
        public boolean contains(Operation operation) {
            return operation.family.isPresent() && operation.family.get() == this;
        }

        private Operation make(P parameter) {
            Operation o = row.apply(parameter);
            List<Object> shown = parameter instanceof List<?> several ? List.copyOf(several) : List.of(parameter);
            return new Operation(o.name, o.forward, o.rules, shown, o.branches, Optional.of(this));
        }
    }

    private Operation(String name, Forward forward, List<Rule> rules) {
        this(name, forward, rules, List.of(), Optional.empty(), Optional.empty());
    }

    private Operation(
            String name,
            Forward forward,
            List<Rule> rules,
            List<Object> parameters,
            Optional<Branches> branches,
            Optional<Family<?>> family) {
        this.name = requireNonNull(name, "name");
        this.forward = requireNonNull(forward, "forward");
        this.rules = rules;
        this.parameters = parameters;
        this.branches = branches;
        this.family = family;
    }

    /** An operation with one input. */
    public static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule rule) {
        requireNonNull(forward, "forward");
        return new Operation(name, inputs -> forward.apply(inputs[0]), List.of(requireNonNull(rule, "rule")));
    }

    /** An operation with two inputs. */
    public static Operation binary(String name, BinaryOperator<DMatrixRMaj> forward, Rule ruleOfA, Rule ruleOfB) {
        requireNonNull(forward, "forward");
        return new Operation(
                name,
                inputs -> forward.apply(inputs[0], inputs[1]),
                List.of(requireNonNull(ruleOfA, "ruleOfA"), requireNonNull(ruleOfB, "ruleOfB")));
    }

    /** An operation with as many inputs as rules, in the same order. */
    public static Operation of(String name, Forward forward, Rule... rules) {
        return new Operation(name, forward, listOf("rules", rules));
    }

    /**
     * An operation with any number of inputs, such as a concatenation, built for the number at hand.
     *
     * @param formula the rule as text
     * @param rule the rule, which is told the index of its input
     */
    public static Operation variadic(String name, int count, Forward forward, String formula, Rule.Indexed rule) {
        requireNonNull(formula, "formula");
        requireNonNull(rule, "rule");
        Rule[] rules = new Rule[count];
        Arrays.setAll(rules, i -> new Rule(formula, (inputs, y, dy) -> rule.gradient(i, inputs, y, dy)));
        return new Operation(name, forward, List.of(rules));
    }

    /**
     * This operation with the parameters it was made with, which messages and drawings show behind its name.
     *
     * @param parameters what distinguishes it from others of its name, such as the bounds of a clamp
     */
    public Operation with(Object... parameters) {
        return new Operation(name, forward, rules, listOf("parameters", parameters), branches, family);
    }

    /** This operation, known to be piecewise, see {@link Branches}. */
    public Operation piecewise(Forward decide, Replay replay) {
        return new Operation(name, forward, rules, parameters, Optional.of(new Branches(decide, replay)), family);
    }

    // ---- applying ---------------------------------------------------------------------------------------------------

    /**
     * Applies the operation.
     *
     * @param inputs as many values as the operation has rules
     * @return a value that remembers this operation and its inputs, or a constant if all inputs are constants
     * @throws IllegalArgumentException if the number of inputs is wrong, or they do not fit; the message begins with
     *     the call, as in {@code mult(4x3, 1x2)}
     */
    public Value apply(Value... inputs) {
        if (requireNonNull(inputs, "inputs").length != rules.size()) {
            throw new IllegalArgumentException(
                    name + ": called with " + inputs.length + " inputs; expected " + rules.size());
        }
        DMatrixRMaj[] matrices = new DMatrixRMaj[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            matrices[i] = requireInput(i, inputs[i]).data();
        }
        return Value.result(this, run(matrices), inputs);
    }

    /**
     * The forward function, with errors that name the call.
     *
     * @throws IllegalArgumentException if the inputs do not fit; any other exception of the function's own passes, with
     *     the call as a suppressed remark
     */
    public DMatrixRMaj compute(DMatrixRMaj... inputs) {
        for (int i = 0; i < requireNonNull(inputs, "inputs").length; i++) {
            requireInput(i, inputs[i]);
        }
        return run(inputs);
    }

    private DMatrixRMaj run(DMatrixRMaj... inputs) {
        DMatrixRMaj result;
        try {
            result = forward.apply(inputs);
        } catch (RuntimeException e) {
            throw named(e, inputs);
        }
        if (result == null) {
            throw new IllegalStateException(call(inputs) + ": the forward function returned null");
        }
        return result;
    }

    /**
     * The gradient of one input by its rule, with errors that name the operation and the input.
     *
     * @param index which input, from 0
     * @param y the output
     * @param dy the gradient arriving at the output, in its shape
     * @return in the input's shape
     * @throws IllegalStateException if the rule returns another shape, or null
     */
    public Value gradient(int index, List<Value> inputs, Value y, Value dy) {
        Rule rule = rules.get(index);
        requireNonNull(y, "y");
        requireNonNull(dy, "dy");
        Value gradient;
        try {
            gradient = rule.function().gradient(requireNonNull(inputs, "inputs"), y, dy);
        } catch (RuntimeException e) {
            e.addSuppressed(new Context("in the rule \"" + rule.formula() + "\" of input " + index + " of " + this));
            throw e;
        }
        Shape expected = inputs.get(index).shape();
        if (gradient == null || !gradient.shape().equals(expected)) {
            throw new IllegalStateException(this + ": the rule \"" + rule.formula() + "\" of input " + index
                    + " returned " + (gradient == null ? "null" : gradient.shape())
                    + "; expected that input's shape, " + expected);
        }
        return gradient;
    }

    // ---- what an operation knows of itself --------------------------------------------------------------------------

    /** {@return the name without parameters, such as {@code scale}} */
    public String name() {
        return name;
    }

    /** {@return what was given with {@link #with}, or tells the member of a {@link Family}; often empty} */
    public List<Object> parameters() {
        return parameters;
    }

    /** {@return the derivative rules, one per input} */
    public List<Rule> rules() {
        return rules;
    }

    /** {@return how this operation decides between its pieces; empty for a smooth one} */
    public Optional<Branches> branches() {
        return branches;
    }

    /** The name with its parameters, as in {@code scale(0.5)}. */
    @Override
    public String toString() {
        return parameters.isEmpty() ? name : name + texts(parameters).collect(joining(", ", "(", ")"));
    }

    /** {@return a new matrix with a function applied to each element} */
    public static DMatrixRMaj map(DMatrixRMaj x, DoubleUnaryOperator function) {
        return ElementKernels.map(requireNonNull(x, "x"), requireNonNull(function, "function"));
    }

    // ---- errors -----------------------------------------------------------------------------------------------------

    /** An exception of the forward function, with the call in front or, of a kind of the user's own, as a remark. */
    RuntimeException named(RuntimeException e, DMatrixRMaj... inputs) {
        if (e instanceof SingularMatrixException singular) {
            return singular.in(call(inputs));
        }
        if (e instanceof MatrixDimensionException || e.getClass() == IllegalArgumentException.class) {
            return new IllegalArgumentException(call(inputs) + ": " + e.getMessage(), e);
        }
        e.addSuppressed(new Context("in " + call(inputs)));
        return e;
    }

    /** The call as messages show it, such as {@code mult(4x3, 1x2)}. */
    String call(DMatrixRMaj... inputs) {
        List<Object> arguments = new ArrayList<>(Stream.of(inputs).map(Shape::of).toList());
        arguments.addAll(parameters);
        return call(name, arguments);
    }

    private static String call(String name, List<?> arguments) {
        return name + texts(arguments).collect(joining(", ", "(", ")"));
    }

    private static Stream<String> texts(List<?> arguments) {
        return arguments.stream().map(Object::toString);
    }

    /**
     * Runs what a method is composed of; what the operations in it refuse is told as the refusal of the method that the
     * user called.
     *
     * @param arguments of the method; a value is shown by its shape
     */
    static <T> T composed(Supplier<T> body, String method, Object... arguments) {
        try {
            return body.get();
        } catch (SingularMatrixException e) {
            throw e.in(written(method, arguments));
        } catch (IllegalArgumentException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(written(method, arguments) + ": " + reason.getMessage(), reason);
        }
    }

    /** An exception that begins with the method that the user called. */
    static IllegalArgumentException refusal(String reason, String method, Object... arguments) {
        return new IllegalArgumentException(written(method, arguments) + ": " + reason);
    }

    private static String written(String method, Object... arguments) {
        return call(method, Stream.of(arguments).map(a -> a instanceof Value v ? v.shape() : a).toList());
    }

    /** What an exception from a user's function happened in; attached to it as suppressed. */
    static final class Context extends RuntimeException {
        private static final long serialVersionUID = 1;

        Context(String message) {
            super(message, null, false, false);
        }
    }

    private <T> T requireInput(int index, T input) {
        if (input == null) {
            String letter = rules.size() > 3 ? "" : rules.size() == 1 ? " (x)" : " (" + "abc".charAt(index) + ")";
            throw new NullPointerException("inputs[" + index + "]" + letter + " of " + name);
        }
        return input;
    }

    /** The elements as an unmodifiable list. */
    static <T> List<T> listOf(String name, T[] elements) {
        for (int i = 0; i < requireNonNull(elements, name).length; i++) {
            if (elements[i] == null) {
                throw new NullPointerException(name + "[" + i + "]");
            }
        }
        return List.of(elements);
    }

    private static DMatrixRMaj noForward(DMatrixRMaj... inputs) {
        throw new IllegalStateException("a leaf has no forward function");
    }
}

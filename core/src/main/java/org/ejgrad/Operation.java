package org.ejgrad;

import static java.util.stream.Collectors.joining;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.ejml.MatrixDimensionException;
import org.ejml.data.DMatrixRMaj;

/**
 * A named function on matrices with one derivative rule per input.
 *
 * <p>An operation is data. Its forward function computes on EJML matrices, its {@link Rule}s on {@link Value}s, so that
 * derivatives can be differentiated again. This is a whole operation, and the way to write your own:
 *
 * <pre>{@code
 * static final Operation CUBE = Operation.unary("cube", x -> Operation.map(x, v -> v * v * v),
 *         Rule.rule("3·x² ⊙ dy", (x, y, dy) -> x.square().scale(3).elementMult(dy)));
 *
 * Value y = CUBE.apply(Value.constant(2)); // = 8
 * }</pre>
 *
 * <p>A forward function returns a new matrix, changes none of its arguments, and refuses arguments that do not fit by
 * an {@link IllegalArgumentException} that gives the reason only; {@link #apply} puts the call in front of it.
 *
 * <p>A piecewise operation, such as {@code relu}, also says how it decides between its pieces ({@link #piecewise}); the
 * gradient checker needs that to certify a gradient at a kink.
 */
public final class Operation {
    static final Operation CONSTANT = new Operation("constant", 0, Operation::noForward, List.of());
    static final Operation VARIABLE = new Operation("variable", 0, Operation::noForward, List.of());
    static final Operation INPUT = unary("input", DMatrixRMaj::copy, Rule.rule("dy", (x, y, dy) -> dy));

    private final String name;
    private final int arity;
    private final Forward forward;
    private final List<Rule> rules;
    private final List<Object> attributes;
    private final Optional<Branches> branches;

    /** The forward function of an operation: from the inputs' matrices to a new matrix. */
    @FunctionalInterface
    public interface Forward {
        /**
         * Computes the result.
         *
         * @param inputs the inputs' matrices, which must not be changed
         * @return a new matrix
         */
        DMatrixRMaj apply(DMatrixRMaj... inputs);
    }

    /** The forward function of a piecewise operation with its decisions given. */
    @FunctionalInterface
    public interface Replay {
        /**
         * Computes the result on the pieces that were chosen elsewhere.
         *
         * @param decisions what {@link Branches#decide} returned, possibly for other inputs
         * @param inputs the inputs' matrices, which must not be changed
         * @return a new matrix, a smooth function of the inputs
         */
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
        /**
         * Refuses missing parts.
         *
         * @param decide from the inputs to a matrix of decisions: equal decisions mean the same pieces
         * @param replay the operation on given pieces
         */
        public Branches {
            requireNonNull(decide, "decide");
            requireNonNull(replay, "replay");
        }
    }

    private Operation(String name, int arity, Forward forward, List<Rule> rules) {
        this(name, arity, forward, rules, List.of(), Optional.empty());
    }

    private Operation(
            String name,
            int arity,
            Forward forward,
            List<Rule> rules,
            List<Object> attributes,
            Optional<Branches> branches) {
        this.name = requireNonNull(name, "name");
        this.arity = arity;
        this.forward = requireNonNull(forward, "forward");
        this.rules = rules;
        this.attributes = attributes;
        this.branches = branches;
    }

    /**
     * An operation with one input.
     *
     * @param name the name, as in error messages and drawings
     * @param forward from the input's matrix to a new matrix
     * @param rule the gradient of the input
     * @return the operation
     */
    public static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule rule) {
        requireNonNull(forward, "forward");
        return new Operation(name, 1, inputs -> forward.apply(inputs[0]), List.of(requireNonNull(rule, "rule")));
    }

    /**
     * An operation with two inputs.
     *
     * @param name the name, as in error messages and drawings
     * @param forward from the two inputs' matrices to a new matrix
     * @param ruleOfA the gradient of the first input
     * @param ruleOfB the gradient of the second input
     * @return the operation
     */
    public static Operation binary(String name, BinaryOperator<DMatrixRMaj> forward, Rule ruleOfA, Rule ruleOfB) {
        requireNonNull(forward, "forward");
        return new Operation(
                name,
                2,
                inputs -> forward.apply(inputs[0], inputs[1]),
                List.of(requireNonNull(ruleOfA, "ruleOfA"), requireNonNull(ruleOfB, "ruleOfB")));
    }

    /**
     * An operation with as many inputs as rules.
     *
     * @param name the name, as in error messages and drawings
     * @param forward from the inputs' matrices to a new matrix
     * @param rules the gradient of each input, in order
     * @return the operation
     */
    public static Operation of(String name, Forward forward, Rule... rules) {
        return new Operation(name, requireNonNull(rules, "rules").length, forward, listOf("rules", rules));
    }

    /** The gradient of any one input of an operation whose number of inputs is not fixed. */
    @FunctionalInterface
    public interface VariadicRule {
        /**
         * The gradient of one input.
         *
         * @param index which input, from 0
         * @param inputs all inputs
         * @param y the output
         * @param dy the gradient arriving at the output
         * @return the gradient of that input, in its shape
         */
        Value gradient(int index, List<Value> inputs, Value y, Value dy);
    }

    /**
     * An operation with any number of inputs, such as a concatenation, built for the number at hand.
     *
     * @param name the name, as in error messages and drawings
     * @param count how many inputs this one takes
     * @param forward from the inputs' matrices to a new matrix
     * @param formula the rule as text
     * @param rule the rule, which is told the index of its input
     * @return the operation
     */
    public static Operation variadic(String name, int count, Forward forward, String formula, VariadicRule rule) {
        requireNonNull(formula, "formula");
        requireNonNull(rule, "rule");
        Rule[] rules = new Rule[count];
        Arrays.setAll(rules, i -> new Rule(formula, (inputs, y, dy) -> rule.gradient(i, inputs, y, dy)));
        return new Operation(name, count, forward, List.of(rules));
    }

    /**
     * This operation with the parameters it was made with, which messages and drawings show behind its name.
     *
     * @param parameters what distinguishes this operation from others of its name, such as the factor of a scaling
     * @return a copy with these parameters
     */
    public Operation with(Object... parameters) {
        return new Operation(name, arity, forward, rules, listOf("parameters", parameters), branches);
    }

    /**
     * This operation, known to be piecewise.
     *
     * @param decide from the inputs to a matrix of decisions
     * @param replay the operation with given decisions
     * @return a copy that can be replayed with frozen decisions
     */
    public Operation piecewise(Forward decide, Replay replay) {
        return new Operation(name, arity, forward, rules, attributes, Optional.of(new Branches(decide, replay)));
    }

    /**
     * Applies the operation.
     *
     * @param inputs as many values as the operation has rules
     * @return a value that remembers this operation and its inputs, or a constant if all inputs are constants
     * @throws IllegalArgumentException if the number of inputs is wrong, or they do not fit; the message begins with
     *     the call, as in {@code mult(4x3, 1x2)}
     */
    public Value apply(Value... inputs) {
        if (requireNonNull(inputs, "inputs").length != arity) {
            throw new IllegalArgumentException(name + ": called with " + inputs.length + " inputs; expected " + arity);
        }
        return Value.result(this, inputs);
    }

    /**
     * The forward function, with errors that name the call.
     *
     * @param inputs the inputs' matrices
     * @return a new matrix
     * @throws IllegalArgumentException if the inputs do not fit; any other exception of the function's own passes, with
     *     the call as a suppressed remark
     */
    public DMatrixRMaj compute(DMatrixRMaj... inputs) {
        for (int i = 0; i < requireNonNull(inputs, "inputs").length; i++) {
            if (inputs[i] == null) {
                throw new NullPointerException(inputName(i));
            }
        }
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

    /**
     * The name without parameters.
     *
     * @return for example {@code scale}
     */
    public String name() {
        return name;
    }

    /**
     * The parameters given with {@link #with}.
     *
     * @return an unmodifiable list, empty for most operations
     */
    public List<Object> parameters() {
        return attributes;
    }

    /**
     * The derivative rules, one per input.
     *
     * @return an unmodifiable list
     */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * How this operation decides between its pieces.
     *
     * @return empty for a smooth operation
     */
    public Optional<Branches> branches() {
        return branches;
    }

    /** The name with its parameters, as in {@code scale(0.5)}. */
    @Override
    public String toString() {
        return attributes.isEmpty()
                ? name
                : name + attributes.stream().map(Object::toString).collect(joining(", ", "(", ")"));
    }

    /**
     * A new matrix with a function applied to each element.
     *
     * @param x a matrix, not modified
     * @param function from an element to an element
     * @return a new matrix of x's shape
     */
    public static DMatrixRMaj map(DMatrixRMaj x, DoubleUnaryOperator function) {
        requireNonNull(x, "x");
        requireNonNull(function, "function");
        DMatrixRMaj y = new DMatrixRMaj(x.numRows, x.numCols);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = function.applyAsDouble(x.data[i]);
        }
        return y;
    }

    /** What an input is called in rules, and in the methods that apply an operation. */
    String inputName(int index) {
        String letter = arity > 3 ? "" : arity == 1 ? " (x)" : " (" + "abc".charAt(index) + ")";
        return "inputs[" + index + "]" + letter + " of " + name;
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

    /** What an exception from a user's function happened in; attached to it as suppressed. */
    static final class Context extends RuntimeException {
        private static final long serialVersionUID = 1;

        Context(String message) {
            super(message, null, false, false);
        }
    }

    /** The call as messages show it, such as {@code mult(4x3, 1x2)}. */
    String call(DMatrixRMaj... inputs) {
        String shapes =
                Arrays.stream(inputs).map(m -> m.numRows + "x" + m.numCols).collect(joining(", "));
        String parameters = attributes.isEmpty()
                ? ""
                : attributes.stream().map(Object::toString).collect(joining(", ", shapes.isEmpty() ? "" : ", ", ""));
        return name + "(" + shapes + parameters + ")";
    }

    private static DMatrixRMaj noForward(DMatrixRMaj... inputs) {
        throw new IllegalStateException("a leaf has no forward function");
    }
}

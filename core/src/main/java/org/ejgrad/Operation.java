package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
 * <p>A forward function sees copies of the inputs' matrices, and its result is copied too, so it can change no value;
 * where that costs too much, see {@link Operation.Trusted}. It refuses arguments that do not fit by an
 * {@link IllegalArgumentException} that gives the reason only; {@link #apply} puts the call in front of it.
 *
 * <p>A piecewise operation, such as {@code relu}, also says how it decides between its pieces ({@link #piecewise}); the
 * gradient checker needs that to certify a gradient at a kink.
 */
public final class Operation {
    static final Operation CONSTANT = of("constant", Operation::noForward);
    static final Operation VARIABLE = of("variable", Operation::noForward);
    static final Operation INPUT = unary("input", DMatrixRMaj::copy, Rule.rule("dy", (x, y, dy) -> dy));

    private final String name;
    private final Forward forward;
    private final List<Rule> rules;
    private final List<Object> parameters;
    private final Optional<Branches> branches;
    private final Object family;
    private final Traits<Function<List<Value>, Value>> traits;

    private Operation(
            String name,
            Forward forward,
            List<Rule> rules,
            List<Object> parameters,
            Optional<Branches> branches,
            Object family,
            Traits<Function<List<Value>, Value>> traits) {
        this.name = requireNonNull(name, "name");
        this.forward = forward;
        this.rules = rules;
        this.parameters = parameters;
        this.branches = branches;
        this.family = family;
        this.traits = traits;
    }

    private static Operation plain(String name, Forward forward, List<Rule> rules) {
        return new Operation(name, forward, rules, List.of(), Optional.empty(), "no family", Traits.none());
    }

    /** This operation with a forward function that sees copies only. */
    private Operation guarded() {
        return computing(Guarded.of(forward, "forward"));
    }

    /** An operation with one input. */
    public static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule rule) {
        return Trusted.unary(name, forward, rule).guarded();
    }

    /** An operation with two inputs. */
    public static Operation binary(String name, BinaryOperator<DMatrixRMaj> forward, Rule ruleOfA, Rule ruleOfB) {
        return Trusted.binary(name, forward, ruleOfA, ruleOfB).guarded();
    }

    /** An operation with as many inputs as rules, in the same order. */
    public static Operation of(String name, Forward forward, Rule... rules) {
        return Trusted.of(name, forward, rules).guarded();
    }

    /**
     * An operation with any number of inputs, such as a concatenation, built for the number at hand.
     *
     * @param count how many inputs, 0 or more
     * @param formula the rule as text
     * @param rule the rule, which is told the index of its input
     */
    public static Operation variadic(String name, int count, Forward forward, String formula, Rule.Indexed rule) {
        return Trusted.variadic(name, count, forward, formula, rule).guarded();
    }

    /**
     * This operation with the parameters it was made with, which messages and drawings show behind its name.
     *
     * @param parameters what distinguishes it from others of its name, such as the bounds of a clamp
     */
    public Operation with(Object... parameters) {
        return new Operation(name, forward, rules, Calls.listOf("parameters", parameters), branches, family, traits);
    }

    /** This operation with another forward function, which gives the same and may see the inputs' own matrices. */
    Operation computing(Forward trusted) {
        return new Operation(name, trusted, rules, parameters, branches, family, traits);
    }

    /** This operation as a member of a family, with the parameters that tell it from the others. */
    Operation memberOf(Object owner, List<Object> shown) {
        return new Operation(name, forward, rules, shown, branches, owner, traits);
    }

    Object family() {
        return family;
    }

    /** This operation, known to be piecewise, see {@link Branches}. */
    public Operation piecewise(Forward decide, Branches.Replay replay) {
        return new Operation(
                name, forward, rules, parameters, Optional.of(new Branches(decide, replay)), family, traits);
    }

    /** The same with functions of this package, see {@link Guarded.Own}. */
    Operation pieces(Forward decide, Branches.Replay replay) {
        return piecewise(new Guarded.Own(decide), new Guarded.OwnReplay(replay));
    }

    /**
     * This operation, known to compute each column of its result from the same column of these inputs and from all of
     * the others, to the same bits whichever columns it is given; the gradient checker then computes only the columns
     * that an entry moves.
     *
     * @param inputs the indices of inputs that have as many columns as the result
     * @throws IllegalArgumentException if there is no such input
     */
    public Operation columnwise(int... inputs) {
        return knowing(traits.withColumns(Traits.inputs("columnwise", rules, inputs)));
    }

    /** The same for rows: of inputs that have as many rows as the result, see {@link #columnwise}. */
    public Operation rowwise(int... inputs) {
        return knowing(traits.withRows(Traits.inputs("rowwise", rules, inputs)));
    }

    /**
     * This operation, known to be {@code total(rows(inputs))}, to the same bits, as the mean of the losses of all rows
     * is; the gradient checker then computes only the rows that an entry moves, and the total.
     *
     * @param rows an operation of the same inputs that is known to go row by row, see {@link #rowwise}
     * @param total what is made of its result; it sees a copy
     * @throws IllegalArgumentException if the other has another number of inputs, or goes row by row in none
     */
    public Operation totalOf(Operation rows, UnaryOperator<DMatrixRMaj> total) {
        requireNonNull(rows, "rows");
        requireNonNull(total, "total");
        if (rows.rules.size() != rules.size() || rows.rowwiseInputs().isEmpty()) {
            throw Calls.refusal("expected " + rules.size() + " inputs, some of them row by row", "totalOf", rows);
        }
        Forward guarded = Guarded.of(matrices -> total.apply(matrices[0]), "total");
        return knowing(traits.with(new RowTotal(rows.forward, rows.rowwiseInputs(), guarded)));
    }

    /** This operation, known to compute what this program of others does, only better; formulas show the program. */
    public Operation meaning(Function<List<Value>, Value> program) {
        return knowing(traits.withMeaning(requireNonNull(program, "program")));
    }

    /** This operation, known to go row by row in its first input, with a quicker way to compute some rows again. */
    Operation again(RowsAgain rows) {
        return knowing(traits.withRows(Set.of(0)).with(rows));
    }

    Operation knowing(Traits<Function<List<Value>, Value>> known) {
        return new Operation(name, forward, rules, parameters, branches, family, known);
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
        if (requireNonNull(inputs, "inputs").length == 1 && forward instanceof OfFew.One) {
            return apply(inputs[0]);
        }
        DMatrixRMaj[] matrices = new DMatrixRMaj[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            matrices[i] = Calls.input(i, inputs[i], name, rules.size()).data();
        }
        return Value.result(this, compute(inputs, matrices), inputs);
    }

    /** The same for one input. */
    Value apply(Value x) {
        if (!(forward instanceof OfFew.One unary)) {
            return apply(new Value[] {x});
        }
        DMatrixRMaj matrix = Calls.input(0, x, name, 1).data();
        DMatrixRMaj result;
        try {
            result = unary.function().apply(matrix);
        } catch (RuntimeException e) {
            throw Calls.named(e, name, parameters, x);
        }
        return Value.result(this, result == null ? returnedNull(x) : result, x);
    }

    /** The same for two inputs. */
    Value apply(Value a, Value b) {
        if (!(forward instanceof OfFew.Two binary)) {
            return apply(new Value[] {a, b});
        }
        DMatrixRMaj left = Calls.input(0, a, name, 2).data();
        DMatrixRMaj right = Calls.input(1, b, name, 2).data();
        DMatrixRMaj result;
        try {
            result = binary.function().apply(left, right);
        } catch (RuntimeException e) {
            throw Calls.named(e, name, parameters, a, b);
        }
        return Value.result(this, result == null ? returnedNull(a, b) : result, a, b);
    }

    /**
     * The forward function, with errors that name the call.
     *
     * @throws IllegalArgumentException if the inputs do not fit; any other exception of the function's own passes, with
     *     the call as a suppressed remark
     * @throws IllegalStateException if the function returns null
     */
    public DMatrixRMaj compute(DMatrixRMaj... inputs) {
        DMatrixRMaj[] matrices = Calls.exactMatrices(name, rules.size(), inputs);
        return compute(matrices, matrices);
    }

    private DMatrixRMaj compute(Object[] shown, DMatrixRMaj... inputs) {
        Calls.requireCount(name, inputs.length, rules.size());
        DMatrixRMaj result;
        try {
            result = forward.apply(inputs);
        } catch (RuntimeException e) {
            throw Calls.named(e, name, parameters, shown);
        }
        return result == null ? returnedNull(shown) : result;
    }

    private DMatrixRMaj returnedNull(Object... shown) {
        throw new IllegalStateException(Calls.written(name, shown) + ": the forward function returned null");
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
        requireNonNull(y, "y");
        requireNonNull(dy, "dy");
        Calls.exactly(rules.size(), inputs);
        Calls.at("gradient", "rule", index, rules);
        return passOn(index, inputs.get(index), inputs, y, dy);
    }

    /** The same in a walk, whose arguments need no check; the rule's own input is given apart. */
    Value passOn(int index, Value input, List<Value> inputs, Value y, Value dy) {
        Rule rule = rules.get(index);
        Value gradient;
        try {
            gradient = rule.function().gradient(inputs, y, dy);
        } catch (RuntimeException e) {
            String where = "in the rule \"" + rule.formula() + "\" of input " + index + " of " + this;
            throw Calls.remarked(e, where + Calls.operands(input));
        }
        if (gradient == null || !gradient.hasShapeOf(input)) {
            throw new IllegalStateException(this + ": the rule \"" + rule.formula() + "\" of input " + index
                    + " returned " + (gradient == null ? "null" : gradient.shape())
                    + "; expected that input's shape, " + input.shape());
        }
        return gradient;
    }

    // ---- what an operation knows of itself --------------------------------------------------------------------------

    /** {@return the name without parameters, such as {@code scale}} */
    public String name() {
        return name;
    }

    /** {@return what was given with {@link #with}, or tells the member of a {@code Family}; often empty} */
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

    /** {@return the inputs of which a column of the result needs that column only, see {@link #columnwise}} */
    public Set<Integer> columnwiseInputs() {
        return Set.copyOf(traits.columns());
    }

    /** {@return the inputs of which a row of the result needs that row only, see {@link #rowwise}} */
    public Set<Integer> rowwiseInputs() {
        return Set.copyOf(traits.rows());
    }

    /** {@return how this operation is a total of rows, if it is known to be one, see {@link #totalOf}} */
    public Optional<RowTotal> rowTotal() {
        return traits.total();
    }

    /** {@return how rows are computed where an element has moved, if there is a quicker way than all anew} */
    public Optional<RowsAgain> rowsAgain() {
        return traits.again();
    }

    /** {@return the program of others that computes the same, if there is one to show, see {@link #meaning}} */
    public Optional<Function<List<Value>, Value>> meant() {
        return traits.meaning();
    }

    /** The name with its parameters, as in {@code scale(0.5)}. */
    @Override
    public String toString() {
        return parameters.isEmpty() ? name : name + Calls.list(parameters);
    }

    /** {@return a new matrix with a function applied to each element} */
    public static DMatrixRMaj map(DMatrixRMaj x, DoubleUnaryOperator function) {
        return ElementKernels.map(MatrixCopies.exact(requireNonNull(x, "x")), requireNonNull(function, "function"));
    }

    private static DMatrixRMaj noForward(DMatrixRMaj... inputs) {
        throw new IllegalArgumentException("a leaf is not applied; make it by Value.constant or Value.variable");
    }

    /**
     * Doors for authors of libraries, in whose code copies cost: the same operations, but their functions see the
     * values' own matrices, and the matrix that they return becomes the result's own. So it must be a new one, with an
     * array exactly as long as it has elements, and they may neither change nor keep what they are shown.
     */
    public static final class Trusted {
        private Trusted() {}

        /** As {@link Operation#unary}. */
        public static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule rule) {
            requireNonNull(forward, "forward");
            List<Rule> rules = List.of(requireNonNull(rule, "rule"));
            return plain(name, new OfFew.One(forward), rules);
        }

        /** As {@link Operation#binary}. */
        public static Operation binary(String name, BinaryOperator<DMatrixRMaj> forward, Rule ruleOfA, Rule ruleOfB) {
            requireNonNull(forward, "forward");
            List<Rule> rules = List.of(requireNonNull(ruleOfA, "ruleOfA"), requireNonNull(ruleOfB, "ruleOfB"));
            return plain(name, new OfFew.Two(forward), rules);
        }

        /** As {@link Operation#of}. */
        public static Operation of(String name, Forward forward, Rule... rules) {
            return plain(name, requireNonNull(forward, "forward"), Calls.listOf("rules", rules));
        }

        /** As {@link Operation#variadic}. */
        public static Operation variadic(String name, int count, Forward forward, String formula, Rule.Indexed rule) {
            requireNonNull(name, "name");
            requireNonNull(forward, "forward");
            requireNonNull(formula, "formula");
            requireNonNull(rule, "rule");
            Calls.requireInputs("variadic", name, count);
            Rule[] rules = new Rule[count];
            Arrays.setAll(rules, i -> new Rule(formula, (inputs, y, dy) -> rule.gradient(i, inputs, y, dy)));
            return of(name, forward, rules);
        }
    }
}

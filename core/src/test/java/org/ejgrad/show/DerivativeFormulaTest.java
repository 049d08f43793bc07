package org.ejgrad.show;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.sessions.JqwikSession;
import org.ejgrad.Cases;
import org.ejgrad.Gradients;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.laws.OperationCase;
import org.junit.jupiter.api.Test;

/** The derivative in one line: as a textbook writes it, and true whatever the program and its numbers are. */
class DerivativeFormulaTest {
    private final Value x =
            Value.constant(new double[][] {{1, 2}, {0.5, -1}, {-1, 1}, {2, 0}}).labelled("x");
    private final Value w = Value.variable("w", new double[][] {{0.5, -0.25, 0.1}, {0.3, 0.2, -0.4}});
    private final Value b = Value.variable("b", new double[][] {{0, 0.1, -0.1}});
    private final Value y = Value.constant(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}})
            .labelled("y");
    private final Value t = Value.variable("t", 0.7);

    private static String derivative(Value of, Value by) {
        return Explanation.of(of.labelled("L")).derivative(by).text();
    }

    // ---- textbooks --------------------------------------------------------------------------------------------------

    @Test
    void logisticRegression() {
        Value z = x.mult(w);
        assertEquals(
                "dL/dw = xᵀ·(σ(x·w) − y)/12",
                derivative(z.softplus().minus(y.elementMult(z)).mean(), w));
        assertEquals(
                "dL/dw = xᵀ·(σ(x·w) − y)/12",
                derivative(z.softplus().minus(y.elementMult(z)).elementSum().divide(12), w));
    }

    @Test
    void softmaxRegression() {
        Value z = x.affine(w, b);
        Value loss = z.logSoftmax(Per.ROW).elementMult(y).sum(Per.ROW).mean().negative();
        assertEquals("dL/dw = xᵀ·(softmax(x·w + b) − y)/4", derivative(loss, w));
        assertEquals("dL/db = sum(softmax(x·w + b) − y, COLUMN)/4", derivative(loss, b));
        assertEquals("dL/dz = (softmax(z) − y)/4", derivative(labelledLoss(), named));
    }

    private final Value named = x.affine(w, b).labelled("z");

    private Value labelledLoss() {
        return named.logSoftmax(Per.ROW).elementMult(y).elementSum().divide(-4);
    }

    @Test
    void leastSquares() {
        Value rest = x.mult(w).minus(y);
        assertEquals("dL/dw = xᵀ·(x·w − y)/6", derivative(rest.square().mean(), w));
        assertEquals("dL/dw = 2·xᵀ·(x·w − y)", derivative(rest.square().elementSum(), w));
    }

    @Test
    void scalars() {
        assertEquals("dL/dt = 2·t", derivative(t.square(), t));
        assertEquals("dL/dt = 1", derivative(t.plus(5), t));
        assertEquals("dL/dt = 2", derivative(t.plus(t), t));
        assertEquals("dL/dt = −1/4", derivative(t.negative().negative().divide(-4), t));
        assertEquals("dL/dt = 3·t^2.5", derivative(t.elementPower(3.5).scale(3 / 3.5), t));
        assertEquals("dL/dt = 1 − tanh(t)²", derivative(t.tanh(), t));
        assertEquals("dL/dt = σ(t)·(1 − σ(t))", derivative(t.sigmoid(), t));
        assertEquals("dL/dt = exp(t)", derivative(t.elementExp(), t));
        assertEquals("dL/dt = 1/t", derivative(t.elementLog(), t));
    }

    @Test
    void whatTheEngineComputesInOnePieceIsWrittenOut() {
        Value u = Value.variable("u", 1.5);
        assertEquals("dL/dt = u·t^(u − 1)", derivative(t.elementPower(u), t));
        assertEquals("dL/du = t^u·ln(t)", derivative(t.elementPower(u), u));
        assertEquals("dL/dw = b ⊙ w^(b − 1)", derivative(w.elementPower(b).elementSum(), w));
        assertEquals("dL/dt = 2^t·ln(2)", derivative(t.elementPowerOf(2), t));
        assertEquals("dL/dt = t^u + t·u·t^(u − 1)", derivative(t.elementPower(u).elementMult(t), t));
        assertEquals("dL/dt = ln(u)", derivative(t.xlogy(u), t));
        assertEquals("dL/dt = σ(t − u)", derivative(t.logAddExp(u), t));
        assertEquals("dL/dt = u/(t² + u²)", derivative(t.atan2(u), t));
        assertEquals("dL/dt = 1/√(1 − t²)", derivative(t.asin(), t));
        assertEquals("dL/dt = (greaterThan(t, u) + 1 − lessThan(t, u))/2", derivative(t.maximum(u), t));
        assertEquals("dL/dt = gelu′(t)", derivative(t.gelu(), t));
        assertEquals("dL/dt = clamp′(t, 0, 1)", derivative(t.clamp(0, 1), t));
        assertEquals(
                "\\frac{\\partial L}{\\partial t} = u\\cdot t^{u - 1}",
                Explanation.of(t.elementPower(u).labelled("L")).derivative(t).latex());
    }

    /** Nor are they missing; where a gradient's own graph holds them as values, they are written. */
    @Test
    void withoutFactorsThatKeepNumbersInRangeAFormulaIsTrue() {
        Value m = Value.variable("m", new double[][] {{1, 2}, {3, 5e5}, {-2, 1e-3}});
        Value r = Value.variable("r", new double[][] {{1}, {2}, {-1}});
        Value once = m.solve(r).square().elementSum();
        Value twice =
                once.gradients(Gradients.Option.DIFFERENTIABLE).of(m).square().elementSum();
        for (Value result : List.of(once, m.pseudoInverse().square().elementSum(), twice)) {
            Map<String, Value> values = new HashMap<>();
            List<Node> nodes = Graph.of(result.labelled("L")).nodes();
            List<String> names = Names.of(nodes);
            nodes.forEach(
                    node -> values.put(names.get(node.number()), node.value().detached()));
            for (Value by : result.gradients().variables()) {
                String text = formula(result.labelled("L"), by);
                requireEqual(text, result.gradients().of(by), InfixReader.value(text, values));
                assertEquals(result == twice, text.matches(".*/[0-9]{6}.*"), text);
            }
        }
    }

    /** What stands for no program of others: parts of linear algebra and of running products. */
    private static final Set<String> OWN =
            Set.of("centre", "cofactors", "embed", "blockSums", "sumOfBlocks", "cumProductGradient");

    private static final Set<String> SIGNS = Set.of("exp", "ln", "σ", "step", "repeat");

    /** Moved back: each element of a gradient is added to where its value came from. */
    @Test
    void whatIsTakenFromPlacesSaysWhichOnes() {
        Value rows = w.rowsAt(1, 0, 1).square().elementSum();
        assertEquals("dL/dw = rowsAtᵀ(2·rowsAt(w, [1, 0, 1]), [1, 0, 1])", derivative(rows, w));
        assertEquals(
                "\\frac{\\partial L}{\\partial w} = \\text{rowsAt}{}^{\\top }(2\\cdot \\operatorname{rowsAt}(w, [1, 0, 1]), [1, 0, 1])",
                Explanation.of(rows.labelled("L")).derivative(w).latex());
        Value picked = w.gather(Per.ROW, new int[][] {{2}, {0}}).square().elementSum();
        assertEquals("dL/dw = gatherᵀ(2·gather(w, ROW, [[2], [0]]), ROW, [[2], [0]])", derivative(picked, w));
        assertEquals(
                "rowsAt([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … of 40])",
                w.rowsAt(new int[40]).operation().toString());
    }

    /** Of every operation, at a random point. */
    @Test
    void noNameOfTheInsideIsShown() {
        Set<String> methods =
                Stream.of(Value.class.getMethods()).map(Method::getName).collect(toSet());
        Set<String> found = new TreeSet<>();
        each((row, result, variables) -> {
            if (row.name().matches("\\w+\\(.*")) {
                for (Value by : variables) {
                    Pattern.compile("(\\p{L}[\\p{L}\\d]*?)[′″ᵀ]?\\(")
                            .matcher(formula(result, by))
                            .results()
                            .map(name -> name.group(1))
                            .filter(name -> !methods.contains(name) && !SIGNS.contains(name))
                            .forEach(found::add);
                }
            }
        });
        assertTrue(OWN.containsAll(found), found.toString());
        assertTrue(found.contains("cofactors"), found.toString());
    }

    /** What an operation is said to mean is what it computes. */
    @Test
    void whatIsWrittenForAnOperationIsTrueOfIt() {
        Set<String> meant = new TreeSet<>();
        each((row, result, variables) -> {
            Gradients gradients = Gradients.withRespectTo(
                    result, Value.ones(result.shape()), variables, Gradients.Option.DIFFERENTIABLE);
            Stream.concat(Stream.of(result), variables.stream().map(gradients::orZero))
                    .flatMap(value -> value.ancestors().stream())
                    .forEach(value -> value.operation().meant().ifPresent(program -> {
                        meant.add(value.operation().name());
                        requireEqual(value.operation().name(), value, program.apply(value.inputs()));
                    }));
        });
        assertTrue(meant.containsAll(Set.of("asin′", "erfc′", "powerBend", "atan2Twist", "larger")), meant.toString());
        assertTrue(meant.size() >= 20, meant.toString());
    }

    private interface OfRow {
        void accept(OperationCase row, Value result, List<Value> variables);
    }

    private static void each(OfRow law) {
        JqwikSession.run(() -> Cases.ALL.forEach(row -> {
            List<Value> variables = new ArrayList<>();
            row.inputs()
                    .generator(100)
                    .next(new Random(1))
                    .value()
                    .forEach(x -> variables.add(Value.variable("x" + variables.size(), x)));
            Value result = row.function().apply(variables).labelled("L");
            List<Value> ancestors = result.ancestors();
            law.accept(
                    row, result, variables.stream().filter(ancestors::contains).toList());
        }));
    }

    @Test
    void matricesOfOneNumberKeepTheirShape() {
        assertEquals("dL/dw = ones(2x3)", derivative(w.elementSum(), w));
        assertEquals("dL/dw = ones(2x3)/6", derivative(w.mean(), w));
        assertEquals("dL/dw = ones(2x3)", derivative(w.transpose().transpose().elementSum(), w));
        assertEquals("dL/db = 4·ones(1x3)", derivative(b.broadcastTo(4, 3).elementSum(), b));
    }

    @Test
    void secondDerivatives() {
        Value first =
                t.elementPower(3).gradients(Gradients.Option.DIFFERENTIABLE).of(t);
        assertEquals("dL/dt = 6·t", derivative(first, t));
        Value slope = t.tanh().gradients(Gradients.Option.DIFFERENTIABLE).of(t);
        assertEquals("dL/dt = −2·tanh(t)·(1 − tanh(t)²)", derivative(slope, t));
    }

    @Test
    void aUsersOwnOperationIsAFunctionEvenUnderAKnownName() {
        Operation fake = Operation.unary(
                "tanh",
                m -> Operation.map(m, v -> v * v),
                Rule.rule("2·x ⊙ dy", (v, out, dy) -> dy.timesOrZero(v.scale(2))));
        assertEquals("dL/dt = 2·t", derivative(fake.apply(t), t));
        Operation plus = Operation.binary(
                "plus",
                (u, v) -> Value.constant(u).elementMult(Value.constant(v)).reading(m -> m.copy()),
                Rule.rule("dy ⊙ b", (u, v, out, dy) -> dy.timesOrZero(v)),
                Rule.rule("dy ⊙ a", (u, v, out, dy) -> dy.timesOrZero(u)));
        assertEquals("dL/dt = 4·plus(t, t)·t", derivative(plus.apply(t, t).square(), t));
    }

    @Test
    void latexSaysTheSame() {
        Value z = x.mult(w);
        assertEquals(
                "\\frac{\\partial L}{\\partial w} = x^{\\top }\\cdot (\\sigma (x\\cdot w) - y)/12",
                Explanation.of(z.softplus().minus(y.elementMult(z)).mean().labelled("L"))
                        .derivative(w)
                        .latex());
    }

    // ---- refusals ---------------------------------------------------------------------------------------------------

    @Test
    void refusalsSayWhy() {
        Explanation loss = Explanation.of(x.mult(w).elementSum().labelled("L"));
        assertEquals("derivative(x): it is a constant; expected a value with a derivative", refusal(loss, x));
        assertEquals("derivative(b): the graph has no such value", refusal(loss, b));
        assertEquals(
                "derivative(x): it is a constant; expected a value with a derivative", refusal(Explanation.of(x), x));
        Value long300 = t;
        for (int i = 0; i < 300; i++) {
            long300 = long300.sin();
        }
        assertEquals(
                "derivative(t): the formula has more than 500 parts; labels on intermediate values make it shorter",
                refusal(Explanation.of(long300), t));
    }

    private static String refusal(Explanation explanation, Value by) {
        return assertThrows(IllegalArgumentException.class, () -> explanation.derivative(by))
                .getMessage();
    }

    @Test
    void aLongFormulaIsInTheGraphsOwnValues() {
        Value deep = t;
        for (int i = 0; i < 4; i++) {
            deep = deep.sin().elementMult(deep.cos());
        }
        String text = derivative(deep, t);
        assertTrue(text.contains("n1"), text);
    }

    @Test
    void aMultipleBehindAProductHasParentheses() {
        Value multiple = t.mult(b);
        Value loss = y.elementDiv(multiple.elementMult(multiple).square().plus(1))
                .elementSum()
                .labelled("L");
        assertEquals(
                "dL/dt = −4·(sum(y ⊘ ((t·b ⊙ (t·b))² + 1)², COLUMN) ⊙ (t·b ⊙ (t·b)) ⊙ (t·b))·bᵀ", derivative(loss, t));
        everyFormulaIsTheEnginesGradient(-23629); // found by chance
    }

    @Test
    void whatIsMultipliedElementByElementBehindAProductHasParentheses() {
        Value u = Value.variable("u", new double[][] {{0.5, -1}, {2, 0.25}, {1, 1}});
        Value loss = x.mult(w).mult(u).divide(3).sin().elementMult(x).elementSum();
        assertEquals("dL/dw = xᵀ·(x ⊙ cos(x·w·u/3)/3)·uᵀ", derivative(loss, w));
    }

    /** What the engine multiplies by powers of two on the way, to keep in range, and takes back is left out. */
    @Test
    void factorsThatKeepNumbersInRangeAreNotWritten() {
        Value m = Value.variable("m", new double[][] {{1, 2}, {3, 5e5}});
        assertEquals(
                "dL/dm = slice(matrixExp(concatRows(concatColumns(mᵀ, ones(2x2)), concatColumns(zeros(2x2), mᵀ))),"
                        + " 0, 2, 2, 4)",
                derivative(m.matrixExp().elementSum(), m));
        Value tall = Value.variable("a", new double[][] {{1, 2}, {3, 5e5}, {-2, 1e-3}});
        Value right = Value.variable("r", new double[][] {{1}, {2}, {-1}});
        Value x = tall.solve(right);
        String g = "solve(aᵀ, ones(2x1))";
        assertEquals("dL/dr = " + g, derivative(x.elementSum(), right));
        assertEquals(
                "dL/da = (r − a·solve(a, r))·solve(a, " + g + ")ᵀ − " + g + "·solve(a, r)ᵀ",
                derivative(x.elementSum(), tall));
        assertEquals(
                "dL/da = (identity(3) − a·pseudoInverse(a))·solve(a, solve(aᵀ, ones(2x3)))ᵀ"
                        + " − solve(aᵀ, ones(2x3))·pseudoInverse(a)ᵀ",
                derivative(tall.pseudoInverse().elementSum(), tall));
        for (Value result : List.of(
                tall.svd().u(),
                tall.svd().v(),
                tall.qr().q(),
                m.plus(m.transpose()).eigSymmetric().vectors(),
                tall.truncatedPseudoInverse(1e-14))) {
            Value by = result.operation().name().equals("eigSymmetric") ? m : tall;
            String text = formula(result.square().elementSum().labelled("L"), by);
            assertTrue(!text.isEmpty() && !text.matches(".*[0-9]{4,}.*|.*shift.*"), text);
        }
        assertEquals("dL/dm = cofactors(m)", derivative(m.determinant(), m));
        Value uneven = Value.variable("m", new double[][] {{1, 200, 3}, {3e5, 5, 8}, {2, 7e-3, 1}});
        assertEquals("dL/dm = cofactors(m)", derivative(uneven.determinant(), uneven));
        assertEquals(
                "dL/dm = centre(2·centre(m, COLUMN), COLUMN)",
                derivative(m.variance(Per.COLUMN, 1).elementSum(), m));
    }

    // ---- truth ------------------------------------------------------------------------------------------------------

    /** The formula is found at one point and computed at another, from its text alone. */
    @Property(tries = 400)
    void everyFormulaIsTheEnginesGradient(@ForAll long seed) {
        Value found = Programs.result(seed, Programs.leaves(seed));
        Value result = Programs.result(seed, Programs.leaves(seed + 17));
        Gradients gradients = result.gradients();
        Map<String, Value> values = new HashMap<>();
        List<Node> nodes = Graph.of(result).nodes();
        List<String> names = Names.of(nodes);
        nodes.forEach(node -> values.put(names.get(node.number()), node.value().detached()));
        for (Value variable : gradients.variables()) {
            Value twin = Graph.of(found).nodes().stream()
                    .map(Node::value)
                    .filter(value -> value.isVariable() && value.label().equals(variable.label()))
                    .findFirst()
                    .orElseThrow();
            String text = formula(found, twin);
            if (!text.isEmpty()) {
                requireEqual(text, gradients.of(variable), InfixReader.value(text, values));
            }
        }
    }

    private static String formula(Value result, Value by) {
        try {
            String text = Explanation.of(result).derivative(by).text();
            return text.substring(text.indexOf(" = ") + 3);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("more than 500 parts"), e.getMessage());
            return "";
        }
    }

    private static void requireEqual(String text, Value expected, Value actual) {
        assertEquals(expected.shape(), actual.shape(), text);
        double size = expected.abs().elementMax().scalar();
        double error = expected.minus(actual).abs().elementMax().scalar();
        assertTrue(
                error <= 1e-9 * Math.max(1, size), () -> text + "\nis " + actual + "\nbut the gradient is " + expected);
    }

    /** The same for every function of one number that has a derivative of its own to write. */
    @Test
    void everySmoothFunctionsFormulaIsTrue() {
        Map<String, Function<Value, Value>> functions = Map.of(
                "√",
                Value::sqrt,
                "ln",
                Value::elementLog,
                "1/x",
                Value::reciprocal,
                "exp",
                Value::elementExp,
                "tanh",
                Value::tanh,
                "σ",
                Value::sigmoid,
                "log σ",
                v -> v.negative().softplus().negative());
        functions.forEach((name, function) -> {
            Value result = function.apply(t).labelled("L");
            String text = formula(result, t);
            requireEqual(
                    text,
                    result.gradients().of(t),
                    InfixReader.value(text, Map.of("t", t.detached(), "L", result.detached())));
        });
    }

    @Test
    void theReaderRefusesAWrongFormula() {
        Value slope = t.tanh().gradients().of(t);
        assertThrows(
                AssertionError.class,
                () -> requireEqual("tanh(t)²", slope, InfixReader.value("tanh(t)²", Map.of("t", t.detached()))));
        assertThrows(IllegalArgumentException.class, () -> InfixReader.value("t t", Map.of("t", t)));
        assertEquals(-7, InfixReader.value("2 − 3²", Map.of()).scalar());
        assertEquals(0.75, InfixReader.value("6/2/4", Map.of()).scalar());
    }
}

package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.laws.EdgeRow.of;
import static org.ejgrad.laws.EdgeRow.row;
import static org.ejgrad.laws.EdgeRow.zeros;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.laws.EdgeRow;
import org.ejml.simple.SimpleMatrix;

/** What every operation gives at the edges of the numbers: the table behind {@code EDGES.md}, and a test. */
final class EdgeTable {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

    private EdgeTable() {}

    static final String INTRODUCTION = """
            # What ejgrad gives at the edges

            This page is written from a table that a test checks to the bit; `mvn test -pl core -Dtest=EdgeTableTest
            -Dejgrad.edges.write=true` writes it anew. The rules behind it:

            - NaN in, NaN out, in values and in gradients, unless an operation only picks elements.
            - At a kink the slope is the one of smallest magnitude from one side's to the other's: 0 if 0 lies between
              them. Only `clamp` has slope 1 at its bounds, and ties share equally.
            - An infinite slope is infinite, not clipped.
            - A zero by construction (a branch not taken, a masked element, a zero that a gradient arrives with) beats
              infinity and NaN, in derivatives of every order.
            - A reduction of nothing gives the neutral element if there is one, and is refused otherwise.
            - Singular linear algebra is refused.

            Gradients are those of the sum of all elements of the value. A semicolon parts several inputs and their
            gradients, and inside brackets the rows of a matrix. "Elsewhere" says where PyTorch 1.13 (T) or JAX (J)
            differ.
            """;

    /** All tables by title; add a table or a row here. */
    static Map<String, List<EdgeRow>> all() {
        Map<String, List<EdgeRow>> tables = new LinkedHashMap<>();
        tables.put("Kinks", KINKS);
        tables.put("The ends of a domain", DOMAINS);
        tables.put("Large arguments", LARGE);
        tables.put("Arithmetic with zero and infinity", ARITHMETIC);
        tables.put("Largest elements, products, norms, spread", REDUCTIONS);
        tables.put("Sums of exponentials", EXPONENTIALS);
        tables.put("What a mask hides", MASKED);
        tables.put("Nothing at all", EMPTY);
        tables.put("Linear algebra", LINEAR_ALGEBRA);
        return tables;
    }

    // spotless:off
    private static final List<EdgeRow> KINKS = List.of(
        of("x.relu()", Value::relu).at(0, 0, 0).at(-0.0, 0, 0).at(NaN, NaN, NaN)
            .elsewhere("T: −0 stays −0; slope 1 at NaN. J: slope 0 at NaN")
            .because("ReLU′(0) = 0 trains best (Bertoin et al. 2021); 0 or 1 at NaN would hide a fault"),
        of("x.maximum(0)", x -> x.maximum(0)).at(0, 0, 0).at(NaN, NaN, NaN)
            .elsewhere("T, J: slope 0 at NaN").because("as relu"),
        of("x.maximum(Value.constant(0))", x -> x.maximum(Value.constant(0))).at(0, 0, 0).at(NaN, NaN, NaN)
            .elsewhere("T: slope ½").because("as relu; beside a constant a tie is a kink of x alone"),
        of("x.greaterThan(0).where(x, Value.constant(0))", x -> x.greaterThan(0).where(x, Value.constant(0))).at(0, 0, 0).at(NaN, NaN, NaN)
            .because("as relu"),
        of("x.leakyRelu(0.01)", x -> x.leakyRelu(0.01)).at(0, 0, 0.01).at(NaN, NaN, NaN)
            .elsewhere("J: slope 1").because("the slope of smaller magnitude"),
        of("x.leakyRelu(2)", x -> x.leakyRelu(2)).at(0, 0, 1).at(-1, -2, 2).elsewhere("T: slope 2").because("the slope of smaller magnitude"),
        of("x.leakyRelu(-0.5)", x -> x.leakyRelu(-0.5)).at(0, 0, 0).at(-1, 0.5, -0.5).elsewhere("T: slope −0.5")
            .because("0 lies between the slopes of the two sides"),
        of("x.elu(0.7)", x -> x.elu(0.7)).at(0, 0, 0.7).because("the slope of smaller magnitude"),
        of("x.elu(2)", x -> x.elu(2)).at(0, 0, 1).elsewhere("T: slope 2").because("the slope of smaller magnitude"),
        of("x.elu(-1)", x -> x.elu(-1)).at(0, 0, 0).elsewhere("T: slope −1").because("0 lies between the slopes of the two sides"),
        of("x.celu(2)", x -> x.celu(2)).at(0, 0, 1).because("no kink"),
        of("x.selu()", Value::selu).at(0, 0, ActivationFunctions.SELU_SCALE).elsewhere("T: slope 1.758, that of the curved side")
            .because("the slope of smaller magnitude"),
        of("x.softshrink(1)", x -> x.softshrink(1)).at(1, 0, 0).at(-1, 0, 0).because("the slope of smallest magnitude"),
        of("x.relu6()", Value::relu6).at(0, 0, 0).at(6, 6, 0).because("the slope of smallest magnitude"),
        of("x.hardSigmoid()", Value::hardSigmoid).at(-3, 0, 0).at(3, 1, 0).because("the slope of smallest magnitude"),
        of("x.hardSwish()", Value::hardSwish).at(-3, 0, 0).at(3, 3, 1)
            .elsewhere("T: slopes −½ and 3/2, those of the curved piece").because("the slope of smallest magnitude"),
        of("x.abs()", Value::abs).at(0, 0, 0).at(NaN, NaN, NaN).elsewhere("J: slope 1").because("the slope of smallest magnitude"),
        of("x.sign()", Value::sign).at(0, 0, 0).at(NaN, NaN, NaN).elsewhere("T: 0 at NaN").because("NaN in, NaN out"),
        of("x.floor()", Value::floor).at(2, 2, 0).at(NaN, NaN, NaN).elsewhere("T: slope 0 at NaN").because("a step has the slope 0"),
        of("x.clamp(-1, 1)", x -> x.clamp(-1, 1)).at(1, 1, 1).at(-1, -1, 1).at(2, 1, 0).at(INF, 1, 0).at(NaN, NaN, NaN)
            .elsewhere("J: slope ½ at a bound. T, J: slope 0 at NaN").because("inclusive: a parameter at its bound can return"),
        of("x.clamp(1, 1)", x -> x.clamp(1, 1)).at(1, 1, 0).elsewhere("T: slope 1").because("a constant"),
        of("x.clampOpen(-1, 1)", x -> x.clampOpen(-1, 1)).at(1, 1, 0).at(-1, -1, 0).elsewhere("T: as `hardtanh`")
            .because("the slope of smallest magnitude"),
        of("x.clamp(1, -1)", x -> x.clamp(1, -1)).refuses(REFUSED, "clamp(1x1, 1.0, -1.0)", new SimpleMatrix(row(0)))
            .elsewhere("T: returns the high bound").because("there is no such number"),
        of("a.maximum(b)", Value::maximum).at(3, 3, 3, 0.5, 0.5).at(INF, INF, INF, 0.5, 0.5).at(NaN, 1, NaN, NaN, NaN)
            .at(1, NaN, NaN, NaN, NaN)
            .elsewhere("T: slopes 1 at NaN").because("ties share equally"),
        of("a.minimum(b)", Value::minimum).at(3, 3, 3, 0.5, 0.5).at(NaN, 1, NaN, NaN, NaN)
            .elsewhere("T: slopes 1 at NaN").because("ties share equally")
    );

    private static final List<EdgeRow> DOMAINS = List.of(
        of("x.sqrt()", Value::sqrt).at(0, 0, INF).at(-0.0, -0.0, -INF).at(-1, NaN, NaN).at(INF, INF, 0)
            .because("an infinite slope is infinite"),
        of("x.elementPower(0.5)", x -> x.elementPower(0.5)).at(0, 0, INF).at(-0.0, -0.0, -INF).at(-2, NaN, NaN)
            .elsewhere("J: 0, slope ∞ at −0").because("as sqrt"),
        of("x.rsqrt()", Value::rsqrt).at(0, INF, -INF).at(INF, 0, 0),
        of("x.square().sqrt()", x -> x.square().sqrt()).at(0, 0, NaN).because("∞·0 in the chain; write `abs` or `norm` instead"),
        of("x.elementLog()", Value::elementLog).at(0, -INF, INF).at(-1, NaN, NaN).at(INF, INF, 0)
            .elsewhere("T, J: slope −1 at −1").because("where there is no value there is no slope"),
        of("x.log1p()", Value::log1p).at(-1, -INF, INF).at(-2, NaN, NaN).elsewhere("T, J: slope −1 at −2").because("as the logarithm"),
        of("x.logit()", Value::logit).at(0, -INF, INF).at(1, INF, INF).at(2, NaN, NaN).at(0.5, 0, 4),
        of("x.log2()", Value::log2).at(0x1p29, 29, 2.687228919731385e-9).at(Double.MIN_VALUE, -1074, INF)
            .because("powers of two are exact"),
        of("x.asin()", Value::asin).at(1, Math.asin(1), INF).at(2, NaN, NaN),
        of("x.atanh()", Value::atanh).at(1, INF, INF).at(2, NaN, NaN),
        of("x.acosh()", Value::acosh).at(1, 0, INF).at(0.5, NaN, NaN).at(-1e8, NaN, NaN).at(-1e200, NaN, NaN),
        of("x.reciprocal()", Value::reciprocal).at(0, INF, -INF).at(-0.0, -INF, -INF).at(INF, 0, 0),
        of("x.elementPower(0)", x -> x.elementPower(0)).at(0, 1, 0).at(NaN, 1, 0)
            .elsewhere("J: slope NaN at NaN").because("x⁰ is 1 by IEEE 754, whatever x"),
        of("x.elementPower(1)", x -> x.elementPower(1)).at(0, 0, 1),
        of("x.elementPower(2)", x -> x.elementPower(2)).at(0, 0, 0),
        of("x.elementPower(3)", x -> x.elementPower(3)).at(0, 0, 0),
        of("x.elementPower(-1)", x -> x.elementPower(-1)).at(0, INF, -INF),
        of("a.elementPower(b)", (Value a, Value b) -> a.elementPower(b)).at(0, 0, 1, 0, 0).at(0, 1, 0, 1, 0).at(0, 2, 0, 0, 0)
            .at(0, -1, INF, -INF, -INF).at(-2, 2, 4, -4, NaN)
            .elsewhere("J: slope NaN in b at 0⁻¹").because("0ᵇ is flat in b from b = 0 on; a negative base has no slope in b"),
        of("a.xlogy(b)", Value::xlogy).at(0, 0, 0, 0, 0).at(0, 3, 0, Math.log(3), 0).at(2, 0, -INF, -INF, INF).at(2, -1, NaN, NaN, NaN)
            .elsewhere("at (0, 0) T: slopes 0 and NaN; J: −∞ and NaN").because("a zero weight beats infinity"),
        of("a.atan2(b)", Value::atan2).at(1, 0, Math.PI / 2, 0, -1).at(0, 0, 0, 0, 0)
            .at(1e-200, 1e-200, Math.PI / 4, 5e199, -5e199).at(1e200, 1e200, Math.PI / 4, 5e-201, -5e-201)
            .because("the origin has no direction: no slope is better than NaN"),
        of("x.greaterThan(0).where(x.elementLog(), Value.constant(0))", x -> x.greaterThan(0).where(x.elementLog(), Value.constant(0)))
            .at(0, 0, 0).at(-1, 0, 0)
            .elsewhere("T, J: slope NaN").because("the branch not taken is masked by construction"),
        of("a.greaterThan(0).where(a.elementMult(b), a)", (a, b) -> a.greaterThan(0).where(a.elementMult(b), a)).at(-1, NaN, -1, 1, 0)
            .at(-1, INF, -1, 1, 0)
            .elsewhere("T, J: slope NaN in a").because("the branch not taken is masked, even where it is NaN")
    );

    private static final List<EdgeRow> LARGE = List.of(
        of("x.elementExp()", Value::elementExp).at(710, INF, INF).at(-1000, 0, 0).at(-INF, 0, 0),
        of("x.sigmoid()", Value::sigmoid).at(1000, 1, 0).at(-1000, 0, 0).at(INF, 1, 0).at(-INF, 0, 0).at(40, 1, 4.248354255291589E-18)
            .elsewhere("T, J: slope 0 at 40").because("the slope is σ(x)·σ(−x), not y(1 − y), which loses all digits"),
        of("x.logSigmoid()", Value::logSigmoid).at(-1000, -1000, 1).at(1000, -0.0, 0),
        of("x.tanh()", Value::tanh).at(1000, 1, 0).at(-1000, -1, 0).at(INF, 1, 0).at(-INF, -1, 0)
            .at(20, 1, 1.6993417021166355e-17)
            .because("the slope is 4/(eˣ + e⁻ˣ)², not 1 − y², which loses all digits"),
        of("x.asinh()", Value::asinh).at(1e200, 461.2101657793691, 1e-200),
        of("x.softplus()", Value::softplus).at(21, 21.000000000758256, 0.9999999992417439).at(1000, 1000, 1).at(-1000, 0, 0).at(INF, INF, 1)
            .elsewhere("T: 21, slope 1 (cut at 20)").because("exact; `softplus(1, 20)` has PyTorch's cut"),
        of("x.gelu()", Value::gelu).at(-INF, -0.0, 0).at(INF, INF, 1)
            .elsewhere("T, J: NaN, NaN and ∞, NaN").because("the limits"),
        of("x.geluTanh()", Value::geluTanh).at(-INF, -0.0, 0).at(INF, INF, 1).elsewhere("T, J: NaN, NaN and ∞, NaN").because("the limits"),
        of("x.silu()", Value::silu).at(-INF, -0.0, 0).at(INF, INF, 1).elsewhere("T, J: NaN, NaN and ∞, NaN").because("the limits"),
        of("x.mish()", Value::mish).at(-INF, -0.0, 0).at(INF, INF, 1).because("the limits"),
        of("x.erfc()", Value::erfc).at(INF, 0, 0).at(-INF, 2, 0).at(27, 5.237048923789256E-319, erfcSlope(27)),
        of("a.logAddExp(b)", Value::logAddExp).at(1000, 1000, 1000 + Math.log(2), 0.5, 0.5).at(-INF, 0, 0, 0, 1)
            .at(-INF, -INF, -INF, NaN, NaN)
            .because("as logSumExp")
    );

    private static final List<EdgeRow> ARITHMETIC = List.of(
        of("a.elementDiv(b)", Value::elementDiv).at(1, 0, INF, INF, -INF).at(0, 0, NaN, INF, NaN).at(-1, 0, -INF, INF, INF)
            .at(INF, INF, NaN, 0, NaN),
        of("a.elementMult(b)", Value::elementMult).at(0, INF, NaN, INF, 0),
        of("a.plus(b)", (Value a, Value b) -> a.plus(b)).at(INF, -INF, NaN, 1, 1),
        of("a.minus(b)", (Value a, Value b) -> a.minus(b)).at(INF, INF, NaN, 1, -1)
    );

    private static final List<EdgeRow> REDUCTIONS = List.of(
        of("x.elementSum()", Value::elementSum).at(row(1e16, 1, -1e16), row(1), row(1, 1, 1)).at(row(1e308, 1e308, -1e308), row(1e308), row(1, 1, 1))
            .at(row(INF, 1), row(INF), row(1, 1)).at(row(INF, -INF), row(NaN), row(1, 1)).at(row(NaN, 1), row(NaN), row(1, 1))
            .at(row(-0.0, -0.0), row(0), row(1, 1))
            .elsewhere("T: 0 and ∞ for the first two").because("what rounding loses is carried along"),
        of("x.sum(Per.COLUMN)", x -> x.sum(Per.COLUMN)).at(row(1, -0.0, NaN), row(1, 0, NaN), row(1, 1, 1)).because("of one row"),
        of("x.mean()", x -> x.mean()).at(row(0.1, 0.1, 0.1), row(0.1), row(1 / 3.0, 1 / 3.0, 1 / 3.0)).at(row(1e308, 1e308), row(1e308), row(0.5, 0.5))
            .at(row(Double.MIN_VALUE, 0), row(0), row(0.5, 0.5)).at(row(INF, 1), row(INF), row(0.5, 0.5)).at(row(NaN, 1), row(NaN), row(0.5, 0.5))
            .elsewhere("T: 0.10000000000000002 and ∞ for the first two").because("of equal elements exactly that element"),
        of("x.mean(Per.ROW)", x -> x.mean(Per.ROW)).at(new double[][] {{7}, {-0.0}}, new double[][] {{7}, {0}}, new double[][] {{1}, {1}})
            .because("of one column"),
        of("x.variance(0)", x -> x.variance(0)).at(row(1e16, 1e16 + 2), row(1), row(-1, 1)).at(row(0.1, 0.1, 0.1), row(0), row(0, 0, 0))
            .at(row(1e200, -1e200), row(INF), row(1e200, -1e200)).at(row(1e307, -1e307), row(INF), row(1e307, -1e307))
            .at(row(INF, 1), row(NaN), row(NaN, NaN)).at(row(NaN, 1), row(NaN), row(NaN, NaN))
            .because("the mean is subtracted to twice the digits"),
        of("x.elementMax()", Value::elementMax).at(row(1, 3, 3), row(3), row(0, 0.5, 0.5)).at(row(1, NaN, 3), row(NaN), row(NaN, NaN, NaN))
            .because("ties share equally"),
        of("x.max(Per.ROW)", x -> x.max(Per.ROW)).at(row(-0.0, 0), row(0), row(0.5, 0.5)).at(row(-INF, -INF), row(-INF), row(0.5, 0.5))
            .at(row(2, 2, 2), row(2), row(1 / 3.0, 1 / 3.0, 1 / 3.0))
            .elsewhere("T: `max(dim)` gives all to the first, here `firstMax`").because("ties share equally"),
        of("x.firstMax(Per.ROW)", x -> x.firstMax(Per.ROW)).at(row(2, 2, 2), row(2), row(1, 0, 0))
            .at(row(1, NaN, 3), row(NaN), row(0, 1, 0))
            .because("it picks an element"),
        of("Value.constant(x.argMax(Per.ROW))", x -> Value.constant(x.argMax(Per.ROW)[0])).at(row(1, 3, 3), row(1), row(0, 0, 0))
            .at(row(1, NaN, 3), row(1), row(0, 0, 0))
            .because("the first; NaN is largest"),
        of("x.elementMin()", Value::elementMin).at(row(1, 1, 3), row(1), row(0.5, 0.5, 0)).at(row(1, NaN, 3), row(NaN), row(NaN, NaN, NaN)),
        of("x.product()", x -> x.product()).at(row(0, 2, 3), row(0), row(6, 0, 0)).at(row(0, 0, 3), row(0), row(0, 0, 0))
            .at(row(0x1p700, 0x1p700, 0x1p-700, 0x1p-700), row(1), row(0x1p-700, 0x1p-700, 0x1p700, 0x1p700))
            .at(row(1e200, 0, 1e200, 5), row(0), row(0, INF, 0, 0)).at(row(-1, 0), row(-0.0), row(0, -1))
            .at(row(0, INF), row(NaN), row(INF, 0)).at(row(INF, 2), row(INF), row(2, INF)).at(row(NaN, 2), row(NaN), row(2, NaN))
            .elsewhere("T: ∞ and NaN for the third").because("no division by x, and nothing on the way over- or underflows"),
        of("x.cumProduct(Per.ROW)", x -> x.cumProduct(Per.ROW)).at(row(2, 0, 3), row(2, 0, 0), row(1, 8, 0))
            .at(row(0, 1e200, 1e200), row(0, 0, 0), row(INF, 0, 0)).at(row(2, NaN, 0), row(2, NaN, NaN), row(NaN, 2, NaN))
            .because("as the product"),
        of("x.cumSum(Per.ROW)", x -> x.cumSum(Per.ROW)).at(row(1, INF, -INF), row(1, INF, NaN), row(3, 2, 1)).at(row(-0.0), row(-0.0), row(1)),
        of("x.cumMax(Per.ROW)", x -> x.cumMax(Per.ROW)).at(row(1, 3, 3, NaN, 5), row(1, 3, 3, NaN, NaN), row(1, 2, 0, 2, 0))
            .because("NaN is largest; of equal elements the first has the gradient"),
        of("x.sort(Per.ROW)", x -> x.sort(Per.ROW)).at(row(NaN, 2, -INF), row(-INF, 2, NaN), row(1, 1, 1)).because("NaN last"),
        of("x.normF()", Value::normF).at(row(0, 0), row(0), row(0, 0))
            .at(row(1e200, 1e200), row(Math.sqrt(2) * 1e200), row(1 / Math.sqrt(2), 1 / Math.sqrt(2)))
            .at(row(Double.MIN_VALUE, Double.MIN_VALUE), row(Double.MIN_VALUE), row(1 / Math.sqrt(2), 1 / Math.sqrt(2)))
            .at(row(INF, 1), row(INF), row(NaN, 0)).at(row(NaN, INF), row(NaN), row(NaN, NaN)).at(row(-0.0), row(0), row(0))
            .elsewhere("T, J: ∞ with gradient 0 at 10²⁰⁰; J: NaN at 0").because("scaled; a silent zero is the worst answer"),
        of("x.norm(1)", x -> x.norm(1)).at(row(0, -2), row(2), row(0, -1)).elsewhere("J: slope 1 at 0").because("as abs"),
        of("x.norm(3)", x -> x.norm(3)).at(row(0, 0), row(0), row(0, 0)),
        of("x.norm(INFINITY)", x -> x.norm(INF)).at(row(3, -3), row(3), row(0.5, -0.5)).because("ties share equally"),
        of("x.normalize(Per.ROW, 2, 1e-12)", x -> x.normalize(Per.ROW, 2, 1e-12)).at(row(0, 0), row(0, 0), row(1e12, 1e12))
            .because("divided by epsilon there"),
        of("x.normalize(Per.ROW, 2, 0)", x -> x.normalize(Per.ROW, 2, 0)).at(row(1e308), row(1), row(0))
            .at(row(-Double.MIN_VALUE), row(-1), row(0)).at(row(0), row(NaN), row(NaN)).because("scaled; 0/0 without an epsilon"),
        of("x.variance(1)", x -> x.variance(1)).refuses(REFUSED, "variance(1x1, 1): ddof 1 of 1 elements", new SimpleMatrix(row(7)))
            .elsewhere("T, J: NaN").because("0/0"),
        of("x.variance(Per.COLUMN, 1)", x -> x.variance(Per.COLUMN, 1))
            .refuses(REFUSED, "variance(1x3, COLUMN, 1): ddof 1 of 1 elements", new SimpleMatrix(row(7, 8, 9)))
            .elsewhere("T, J: NaN").because("0/0"),
        of("x.standardDeviation(1)", x -> x.standardDeviation(1))
            .refuses(REFUSED, "standardDeviation(1x1, 1): ddof 1 of 1 elements", new SimpleMatrix(row(7)))
            .elsewhere("T, J: NaN").because("0/0"),
        of("x.standardDeviation(0)", x -> x.standardDeviation(0)).at(row(7), row(0), row(0)).at(row(2, 2, 2), row(0), row(0, 0, 0))
            .at(row(0.1, 0.1, 0.1), row(0), row(0, 0, 0)).at(row(1e200, -1e200), row(1e200), row(0.4999999999999999, -0.4999999999999999))
            .at(row(Double.MAX_VALUE, -Double.MAX_VALUE), row(Double.MAX_VALUE), row(0.4999999999999999, -0.4999999999999999)).at(row(NaN, 1), row(NaN), row(NaN, NaN))
            .elsewhere("J: NaN for equal elements. T: 1.7E-17 for the third").because("the slope of smallest magnitude"),
        of("x.standardDeviation(Per.COLUMN, 0)", x -> x.standardDeviation(Per.COLUMN, 0)).at(row(7, 8), row(0, 0), row(0, 0))
            .because("as above, each column of one row")
    );

    private static final List<EdgeRow> EXPONENTIALS = List.of(
        of("x.softmax(Per.ROW)", x -> x.softmax(Per.ROW)).at(row(1000, 0, -1000), row(1, 0, 0), row(0, 0, 0)).at(row(5), row(1), row(0))
            .at(row(INF, 0), row(NaN, NaN), row(NaN, NaN)).at(row(INF, INF), row(NaN, NaN), row(NaN, NaN))
            .at(row(-INF, 0), row(0, 1), row(0, 0)).at(row(-INF, -INF), row(NaN, NaN), row(NaN, NaN)),
        of("x.softmax(Per.ROW).cols(0, 1)", x -> x.softmax(Per.ROW).cols(0, 1)).at(row(0, 0, -INF), row(0.5), row(0.25, -0.25, 0))
            .because("a masked logit has probability and gradient 0"),
        of("x.logSoftmax(Per.ROW)", x -> x.logSoftmax(Per.ROW)).at(row(1000, 0, -1000), row(0, -1000, -2000), row(-2, 1, 1))
            .at(row(5), row(0), row(0)).at(row(-INF, -INF), row(NaN, NaN), row(NaN, NaN)),
        of("x.logSumExp()", x -> x.logSumExp())
            .at(row(-1000, -1000, -1000), row(-998.9013877113318), row(0.3333333333333333, 0.3333333333333333, 0.3333333333333333))
            .at(row(1e308, 1e308, -1e308), row(1e308), row(0.5, 0.5, 0)).at(row(INF, 0), row(INF), row(NaN, NaN))
            .at(row(INF, INF), row(INF), row(NaN, NaN))
            .at(row(-INF, 0), row(0), row(0, 1)).at(row(-INF, -INF), row(-INF), row(NaN, NaN))
            .elsewhere("T: gradients 0.333333333333315 and [1, 1, 0] of the first two")
            .because("the gradient is the shifted softmax, not e^(x − y)"),
        of("x.cumLogSumExp(Per.ROW)", x -> x.cumLogSumExp(Per.ROW)).at(row(1000, 1000), row(1000, 1000 + Math.log(2)), row(1.5, 0.5))
    );

    /** Shows the first row of two. */
    private static Value shown(Value x) {
        return Value.constant(new double[][] {{1}, {0}}).where(x, Value.constant(0));
    }

    private static final List<EdgeRow> MASKED = List.of(
        of("first.where(x.logSoftmax(Per.ROW), zero).cols(0, 1)", x -> shown(x.logSoftmax(Per.ROW)).cols(0, 1))
            .at(new double[][] {{0, 0}, {-INF, -INF}}, new double[][] {{-Math.log(2)}, {0}}, new double[][] {{0.5, -0.5}, {0, 0}})
            .elsewhere("T, J: NaN").because("`first` is 1 in the first row and 0 in the second"),
        of("first.where(x.softmax(Per.ROW), zero).cols(0, 1)", x -> shown(x.softmax(Per.ROW)).cols(0, 1))
            .at(new double[][] {{0, 0}, {NaN, 1}}, new double[][] {{0.5}, {0}}, new double[][] {{0.25, -0.25}, {0, 0}})
            .elsewhere("T, J: NaN"),
        of("first.where(x.norm(Per.ROW, 2), zero)", x -> shown(x.norm(Per.ROW, 2)))
            .at(new double[][] {{3, 4}, {NaN, INF}}, new double[][] {{5}, {0}}, new double[][] {{0.6, 0.8}, {0, 0}}).elsewhere("T, J: NaN"),
        of("first.where(a.mult(b), zero)", (a, b) -> shown(a.mult(b)))
            .at(List.of(new SimpleMatrix(new double[][] {{2}, {INF}}), new SimpleMatrix(row(3))), new SimpleMatrix(new double[][] {{6}, {0}}),
                    new SimpleMatrix(new double[][] {{3}, {0}}), new SimpleMatrix(row(2))).elsewhere("T, J: NaN in b"),
        of("first.where(a.kron(b), zero)", (a, b) -> shown(a.kron(b)))
            .at(List.of(new SimpleMatrix(new double[][] {{2}, {NaN}}), new SimpleMatrix(row(3))), new SimpleMatrix(new double[][] {{6}, {0}}),
                    new SimpleMatrix(new double[][] {{3}, {0}}), new SimpleMatrix(row(2))).elsewhere("T, J: NaN in b"),
        of("never.where(x.determinant(), zero)", x -> Value.constant(0).where(x.determinant(), Value.constant(0)))
            .at(new double[][] {{NaN, 1}, {2, 3}}, row(0), new double[2][2]).elsewhere("T, J: NaN"),
        of("never.where(x.matrixExp(), zero)", x -> Value.constant(0).where(x.matrixExp(), Value.constant(0)))
            .at(new double[][] {{NaN, 1}, {2, INF}}, new double[2][2], new double[2][2]).elsewhere("T, J: NaN"),
        of("never.where(x.scale(INFINITY), zero)", x -> Value.constant(0).where(x.scale(INF), Value.constant(0))).at(1, 0, 0)
            .elsewhere("T, J: NaN"),
        of("never.where(x.divide(0), zero)", x -> Value.constant(0).where(x.divide(0), Value.constant(0))).at(1, 0, 0)
            .elsewhere("T, J: NaN")
    );

    private static final List<EdgeRow> EMPTY = List.of(
        of("x.elementSum()", Value::elementSum).at(List.of(zeros(0, 3)), new SimpleMatrix(row(0)), zeros(0, 3)),
        of("x.product()", x -> x.product()).at(List.of(zeros(0, 3)), new SimpleMatrix(row(1)), zeros(0, 3)),
        of("x.elementMax()", Value::elementMax).refuses(REFUSED, "max of 0 elements", zeros(0, 3)).because("there is no neutral element"),
        of("x.elementMin()", Value::elementMin).refuses(REFUSED, "min of 0 elements", zeros(0, 3)).because("there is no neutral element"),
        of("x.mean()", x -> x.mean()).refuses(REFUSED, "mean of 0 elements", zeros(0, 3)).elsewhere("T, J: NaN").because("0/0"),
        of("x.mean(Per.ROW)", x -> x.mean(Per.ROW)).refuses(REFUSED, "mean of 0 elements", zeros(3, 0))
            .elsewhere("T, J: NaN").because("0/0"),
        of("x.mean(Per.ROW)", x -> x.mean(Per.ROW)).at(List.of(zeros(0, 3)), zeros(0, 1), zeros(0, 3)).because("no group is empty, there is none"),
        of("x.mean(Per.COLUMN)", x -> x.mean(Per.COLUMN)).at(List.of(zeros(3, 0)), zeros(1, 0), zeros(3, 0))
            .refuses(REFUSED, "mean(0x3, COLUMN): mean of 0 elements", zeros(0, 3)).because("as above"),
        of("x.variance(Per.ROW, 1)", x -> x.variance(Per.ROW, 1)).at(List.of(zeros(0, 3)), zeros(0, 1), zeros(0, 3))
            .at(List.of(zeros(0, 1)), zeros(0, 1), zeros(0, 1))
            .refuses(REFUSED, "ddof 1 of 0 elements", zeros(3, 0)).because("as above"),
        of("x.standardDeviation(Per.COLUMN, 0)", x -> x.standardDeviation(Per.COLUMN, 0)).at(List.of(zeros(3, 0)), zeros(1, 0), zeros(3, 0))
            .refuses(REFUSED, "ddof 0 of 0 elements", zeros(0, 3)).because("as above"),
        of("x.max(Per.ROW)", x -> x.max(Per.ROW)).at(List.of(zeros(0, 3)), zeros(0, 1), zeros(0, 3))
            .refuses(REFUSED, "max of 0 elements", zeros(3, 0)).because("as above"),
        of("x.sum(Per.ROW)", x -> x.sum(Per.ROW)).at(List.of(zeros(2, 0)), zeros(2, 1), zeros(2, 0)).at(List.of(zeros(0, 2)), zeros(0, 1), zeros(0, 2)),
        of("x.product(Per.ROW)", x -> x.product(Per.ROW)).at(List.of(zeros(1, 0)), new SimpleMatrix(row(1)), zeros(1, 0))
            .at(List.of(zeros(0, 2)), zeros(0, 1), zeros(0, 2)),
        of("x.cumProduct(Per.COLUMN)", x -> x.cumProduct(Per.COLUMN)).at(List.of(zeros(0, 2)), zeros(0, 2), zeros(0, 2)),
        of("x.norm(Per.ROW, 3)", x -> x.norm(Per.ROW, 3)).at(List.of(zeros(2, 0)), zeros(2, 1), zeros(2, 0)),
        of("x.norm(INFINITY)", x -> x.norm(INF)).refuses(REFUSED, "max of 0 elements", zeros(0, 3)).because("as elementMax"),
        of("x.softmax(Per.ROW)", x -> x.softmax(Per.ROW)).at(List.of(zeros(3, 0)), zeros(3, 0), zeros(3, 0)),
        of("x.logSumExp(Per.ROW)", x -> x.logSumExp(Per.ROW))
            .at(List.of(zeros(2, 0)), new SimpleMatrix(new double[][] {{-INF}, {-INF}}), zeros(2, 0)),
        of("x.normF()", Value::normF).at(List.of(zeros(0, 3)), new SimpleMatrix(row(0)), zeros(0, 3)),
        of("a.mult(b)", Value::mult).at(List.of(zeros(2, 0), zeros(0, 3)), zeros(2, 3), zeros(2, 0), zeros(0, 3)),
        of("x.determinant()", Value::determinant).at(List.of(zeros(0, 0)), new SimpleMatrix(row(1)), zeros(0, 0))
    );

    private static final List<EdgeRow> LINEAR_ALGEBRA = List.of(
        of("x.determinant()", Value::determinant).at(new double[][] {{1, 2}, {2, 4}}, row(0), new double[][] {{4, -2}, {-2, 1}})
            .at(new double[][] {{1, 0, 0}, {0, 0, 0}, {0, 0, 0}}, row(0), new double[3][3])
            .elsewhere("T: gradient 0").because("the cofactors; 0 from rank n − 2 down"),
        of("x.logDeterminant()", Value::logDeterminant)
            .at(new double[][] {{0x1p-1000, 0}, {0, 0x1p-1000}}, row(-2000 * Math.log(2)), new double[][] {{0x1p1000, 0}, {0, 0x1p1000}})
            .refuses(SingularMatrixException.class, "logDeterminant", new SimpleMatrix(new double[][] {{1, 2}, {2, 4}}))
            .refuses(REFUSED, "logDeterminant", new SimpleMatrix(new double[][] {{0, 1}, {1, 0}}))
            .elsewhere("T, J: −∞ and NaN"),
        of("x.invert()", Value::invert)
            .refuses(SingularMatrixException.class, "invert", new SimpleMatrix(new double[][] {{1, 2}, {2, 4}}))
            .refuses(SingularMatrixException.class, "invert", new SimpleMatrix(new double[][] {{1, 1}, {1, 1 + 1e-15}}))
            .at(new double[][] {{0x1p-60, 0}, {0, 1}}, new double[][] {{0x1p60, 0}, {0, 1}}, new double[][] {{-0x1p120, -0x1p60}, {-0x1p60, -1}})
            .elsewhere("J: ∞ and NaN; T, J: 9·10¹⁴ for the second")
            .because("no digit would be right below a reciprocal condition of 10⁻¹⁴, in whatever units"),
        of("a.solve(b)", Value::solve)
            .refuses(SingularMatrixException.class, "solve", new SimpleMatrix(new double[][] {{1, 2}, {2, 4}}), zeros(2, 1))
            .elsewhere("J: ∞ or NaN"),
        of("x.cholesky()", Value::cholesky)
            .refuses(SingularMatrixException.class, "cholesky", new SimpleMatrix(new double[][] {{1, 2}, {2, 1}}))
            .refuses(REFUSED, "cholesky", new SimpleMatrix(new double[][] {{2, 1}, {0, 2}}))
            .refuses(REFUSED, "cholesky", new SimpleMatrix(new double[][] {{NaN, 0}, {0, 1}}))
            .elsewhere("T: reads the lower triangle; J: symmetrises, or NaN").because("not positive definite, not symmetric, not a number"),
        of("a.solveTriangular(LOWER, b)", (a, b) -> a.solveTriangular(Triangle.LOWER, b))
            .refuses(SingularMatrixException.class, "solveTriangular", new SimpleMatrix(new double[][] {{1, 0}, {2, 0}}), zeros(2, 1))
            .elsewhere("T, J: ∞ or NaN"),
        of("x.pseudoInverse()", Value::pseudoInverse)
            .refuses(SingularMatrixException.class, "pseudoInverse", new SimpleMatrix(new double[][] {{1, 2}, {2, 4}, {3, 6}}))
            .elsewhere("T, J: cut off small singular values").because("of a lower rank it is not continuous; say `truncatedPseudoInverse`"),
        of("x.truncatedPseudoInverse(1e-12)", x -> x.truncatedPseudoInverse(1e-12))
            .at(new double[][] {{2, 0}, {0, 0}}, new double[][] {{0.5, 0}, {0, 0}}, new double[][] {{-0.25, 0.25}, {0.25, 0}})
            .because("the gradient among matrices of the same rank"),
        of("x.eigSymmetric().values()", x -> x.eigSymmetric().values())
            .at(new double[][] {{2, 0}, {0, 2}}, new double[][] {{2}, {2}}, new double[][] {{1, 0}, {0, 1}})
            .because("of equal eigenvalues only the sum has a derivative; others are refused"),
        of("gradient(x -> x.eigSymmetric().vectors().elementSum(), x)",
                x -> Derivatives.gradient(v -> v.eigSymmetric().vectors().elementSum(), x))
            .refuses(SingularMatrixException.class, "a gap of 0.0", new SimpleMatrix(new double[][] {{2, 0}, {0, 2}}))
            .elsewhere("T, J: NaN or ∞").because("the eigenvectors of equal eigenvalues are not determined"),
        of("x.singularValues()", Value::singularValues)
            .at(new double[][] {{3, 0}, {0, 0}}, new double[][] {{3}, {0}}, new double[][] {{1, 0}, {0, 0}})
            .at(new double[][] {{0x1p1000, 0}, {0, 0x1p980}}, new double[][] {{0x1p1000}, {0x1p980}}, new double[][] {{1, 0}, {0, 1}})
            .because("a kink at 0 like that of |x|: the slope of smallest magnitude"),
        of("x.qr().q()", x -> x.qr().q())
            .refuses(SingularMatrixException.class, "qr", new SimpleMatrix(new double[][] {{1, 2}, {2, 4}}))
            .because("Q is not determined"),
        of("x.matrixExp()", Value::matrixExp).at(0, 1, 1).at(NaN, NaN, NaN)
            .at(new double[][] {{0, 1e200}, {0, 0}}, new double[][] {{1, 1e200}, {0, 1}}, new double[][] {{5e199, 1}, {INF, 5e199}})
            .at(new double[][] {{1000, 0}, {0, -1000}}, new double[][] {{INF, 0}, {0, 0}}, new double[][] {{INF, INF}, {INF, 0}})
            .because("zeros stay zeros beside ∞")
    );
    // spotless:on

    private static double erfcSlope(double x) {
        return -2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    }
}

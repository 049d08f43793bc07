package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.examples.articles.ArticleFigures;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.pages.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The laboratory's numbers are the engine's and those of the articles' figures, and formulas are what they say. */
class LaboratoryTest {
    private static final Map<String, Double> FIGURES = ArticleFigures.numbers();

    private static String binary(String query) throws IOException {
        return Section.json(Laboratory.of(Fields.of(query)));
    }

    private static String classes(String query) throws IOException {
        return Section.json(ClassLaboratory.of(Fields.of(query)));
    }

    private static String asked(String card, String query) throws IOException {
        return switch (card) {
            case "binary" -> binary(query);
            case "classes" -> classes(query);
            default -> Section.json(LabelLaboratory.of(Fields.of(query)));
        };
    }

    private static void requireLoss(String json, String id, double z, UnaryOperator<Value> loss) throws IOException {
        Value at = Value.variable("z", z);
        Value value = loss.apply(at);
        assertEquals(value.scalar(), Client.number(json, "losses/" + id + "/loss"), id);
        assertEquals(value.gradients().of(at).scalar(), Client.number(json, "losses/" + id + "/slope"), id);
    }

    @Test
    void slidersAreOptionsOfTheLosses() throws IOException {
        String json = binary("at=-1.3&target=1&weight=3&gamma=1.5&alpha=0.25&delta=0.2");
        Value yes = Value.constant(1);
        BinaryOptions weighted = BinaryOptions.DEFAULT.positiveWeight(3);
        requireLoss(json, "cross_entropy", -1.3, z -> BinaryCrossEntropy.fromLogits(z, yes, weighted));
        requireLoss(json, "focal", -1.3, z -> Focal.binary(z, yes, 1.5, 0.25, Reduction.MEAN));
        requireLoss(json, "huber", -1.3, z -> Regression.huber(z.sigmoid(), yes, 0.2));
        requireLoss(
                json,
                "squared",
                -1.3,
                z -> Regression.squaredError(z.sigmoid(), yes).scale(0.5));
        String smoothed = binary("at=2&target=1&smoothing=0.2");
        requireLoss(smoothed, "cross_entropy", 2, z -> BinaryCrossEntropy.fromLogits(z, Value.constant(0.9)));
        assertEquals(Client.number(smoothed, "p") - 0.9, Client.number(smoothed, "difference"), 1e-15);
    }

    /** On the way along the axis every curve passes the number of a slider that stands there. */
    @Test
    void curvesAreMadeOfWhatTheSliderShows() throws IOException {
        String curve = binary("at=0&target=0&epsilon=0.01");
        for (int i = 0; i <= 200; i += 25) {
            String one = binary("target=0&epsilon=0.01&at=" + Client.number(curve, "x/" + i));
            for (String loss : List.of(
                    "cross_entropy", "clipped", "epsilon", "squared", "huber", "divergence", "hinge", "focal")) {
                String path = "losses/" + loss;
                assertEquals(Client.number(one, path + "/loss"), Client.number(curve, path + "/values/" + i));
                assertEquals(Client.number(one, path + "/slope"), Client.number(curve, path + "/slopes/" + i));
            }
        }
    }

    @Test
    void softTargetsHaveNoHingeAndNoFocalLoss() throws IOException {
        for (String query : List.of("target=0.3", "target=1&smoothing=0.5", "target=0&smoothing=0.01", "smoothing=1")) {
            String soft = binary(query);
            assertNull(Client.at(soft, "losses/hinge"), query);
            assertNull(Client.at(soft, "losses/focal"), query);
            assertNotNull(Client.at(soft, "losses/divergence"), query);
        }
    }

    @Test
    void farOutTheDivergenceIsTheLogit() throws IOException {
        String far = binary("at=-800&target=1");
        assertEquals(800, Client.number(far, "losses/divergence/loss"));
        assertEquals(-1, Client.number(far, "losses/divergence/slope"));
        String smoothed = binary("at=800&target=1&smoothing=0.5");
        assertEquals(
                200 + 0.25 * Math.log(0.25) + 0.75 * Math.log(0.75),
                Client.number(smoothed, "losses/divergence/loss"),
                1e-12);
    }

    /** Where a probability is 0 as a double, its logarithm is not infinite. */
    @Test
    void farOutTheDivergenceOfClassesIsFinite() throws IOException {
        String far = classes("logits=1000,-1000,0&targets=0,1,0");
        assertEquals(2000, Client.number(far, "measures/cross_entropy/0"));
        assertEquals(2000, Client.number(far, "measures/divergence/0"));
        String excluded = classes("probabilities=0.5,0.5,0&targets=1,0,0");
        assertEquals(Math.log(2), Client.number(excluded, "measures/divergence/0"), 1e-15);
        assertEquals(
                Double.POSITIVE_INFINITY,
                Client.number(classes("probabilities=0.5,0.5,0&targets=0,0,1"), "measures/divergence/0"));
    }

    @Test
    void saturationAndExplosionAreNamed() throws IOException {
        assertEquals("saturated", Client.text(binary("at=-8"), "losses/squared/verdict"));
        assertEquals("", Client.text(binary("at=-8"), "losses/cross_entropy/verdict"));
        assertEquals("", Client.text(binary("at=8"), "losses/squared/verdict"));
        assertEquals("steep", Client.text(binary("axis=probability&at=0.001"), "losses/cross_entropy/verdict"));
        assertEquals("saturated", Client.text(binary("axis=probability&at=0"), "losses/clipped/verdict"));
        assertEquals(
                Double.POSITIVE_INFINITY, Client.number(binary("axis=probability&at=0"), "losses/cross_entropy/loss"));
    }

    @Test
    void crossEntropyIsEntropyPlusDivergence() throws IOException {
        String json = classes("logits=1,-2,0.5&targets=0.5,0.25,0.25&smoothing=0.1");
        for (int unit = 0; unit < 2; unit++) {
            assertEquals(
                    Client.number(json, "measures/cross_entropy/" + unit),
                    Client.number(json, "measures/entropy/" + unit)
                            + Client.number(json, "measures/divergence/" + unit),
                    1e-14);
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Client.number(json, "p/" + i) - Client.number(json, "y/" + i),
                    Client.number(json, "gradient/" + i),
                    1e-15);
        }
    }

    /** Each label is a yes-or-no answer of its own. */
    @Test
    void severalLabelsAreSeveralAnswers() throws IOException {
        String json = asked("labels", "logits=3,-0.7,0,-20&targets=1,1,0.4,0&smoothing=0.1");
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            Value z = Value.variable("z", Client.number(json, "logits/" + i));
            Value y = Value.constant(new double[] {0.95, 0.95, 0.41, 0.05}[i]);
            Value loss = BinaryCrossEntropy.fromLogits(z, y);
            assertEquals(loss.scalar(), Client.number(json, "losses/" + i), 1e-14);
            assertEquals(loss.gradients().of(z).scalar(), Client.number(json, "gradient/" + i), 1e-14);
            assertEquals(z.sigmoid().scalar(), Client.number(json, "p/" + i));
            sum += loss.scalar();
        }
        assertEquals(sum, Client.number(json, "sum"), 1e-13);
        assertEquals(sum / 4, Client.number(json, "mean"), 1e-13);
    }

    static List<ArticleButton> buttons() {
        return ArticleButton.ALL;
    }

    @ParameterizedTest
    @MethodSource("buttons")
    void aButtonShowsTheFigureOfTheArticle(ArticleButton button) throws IOException {
        String json = asked(button.card(), button.query());
        double figure = FIGURES.get(button.id());
        assertEquals(figure, Client.number(json, button.number()), 2e-15 * Math.abs(figure), button.id());
    }

    @ParameterizedTest
    @CsvSource({
        "classes, 'logits=1'",
        "classes, 'logits=1,2&targets=1'",
        "classes, 'logits=1,2&targets=1,1'",
        "classes, 'logits=1,x'",
        "classes, 'probabilities=2,1&targets=1,0'",
        "classes, 'logits=1,2,3,4,5,6,7,8,9'",
        "labels, 'logits='",
        "labels, 'logits=1,2&targets=1'",
        "labels, 'logits=1&targets=1.5'",
        "labels, 'logits=1&targets=1&smoothing=2'",
        "binary, 'at=x'",
        "binary, 'at=1e999'",
        "binary, 'axis=z'",
        "binary, 'target=2'",
        "binary, 'epsilon=0.9'",
        "binary, 'axis=probability&at=2'"
    })
    void wrongSlidersAreRefused(String card, String query) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> assertNotNull(asked(card, query)));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("expected")
                        || String.valueOf(refused.getMessage()).contains("more than"),
                refused.getMessage());
    }

    /** Under the title that the page gives a number, and in the page's spelling. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        binary  | at=-1001                                | logit z is "-1001"; expected a number from -1000 to 1000
        binary  | axis=probability&at=2                   | probability p is "2"; expected a number from 0 to 1
        binary  | delta=0                                 | Huber δ is "0"; expected a number from 0.001 to 10
        binary  | smoothing=-1                            | label smoothing is "-1"; expected a number from 0 to 1
        classes | logits=1,2,2000&targets=1,0,0           | logit 3 is "2000"; expected a number from -1000 to 1000
        classes | probabilities=0.5,x&targets=1,0         | probability 2 is "x"; expected a number from 0 to 1
        classes | logits=1,2&targets=1,-1                 | target 2 is "-1"; expected a number from 0 to 1
        labels  | logits=2000,-1,0.5                      | logit of label 1 is "2000"; expected a number from -1000 to 1000
        labels  | logits=1&targets=2                      | target of label 1 is "2"; expected a number from 0 to 1
        labels  | logits=1&targets=1&smoothing=2          | label smoothing is "2"; expected a number from 0 to 1""")
    void aComplaintNamesTheSlider(String card, String query, String complaint) {
        assertEquals(
                complaint,
                assertThrows(IllegalArgumentException.class, () -> asked(card, query))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "-3, -3", "0.001, 0.001", "1e-9, 1e-9", "1.5e-7, 1.5e-7", "1e300, 1e300", "NaN, NaN"})
    void noNumberIsSpelledAsInJava(double number, String text) {
        assertEquals(text, Fields.plain(number));
    }

    // ---- formulas ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "1 + 2*3 - 4/2, 5",
        "2x, 3",
        "-x^2, -2.25",
        "2^-1, 0.5",
        "2^3^2, 512",
        "(1+x)(1-x), -1.25",
        "sin(0) + cos(0) + tan(0) + tanh(0), 1",
        "exp(log(7)), 7",
        "sqrt(abs(-9)), 3",
        "pi - 3.141592653589793, 0",
        "e, 2.718281828459045",
        "6/2x, 4.5"
    })
    void formulasMeanWhatTheySay(String formula, double result) {
        assertEquals(result, Expression.of(formula).applyAsDouble(1.5), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "'', its end",
        "x +, its end",
        "(x, its end",
        "x), place 2",
        "y, place 1",
        "sin x, place 1",
        "1..2, place 1",
        "x $ 2, place 3",
        "System.exit(0), place 1"
    })
    void otherFormulasAreRefusedWithThePlace(String formula, String place) {
        String message = assertThrows(IllegalArgumentException.class, () -> Expression.of(formula))
                .getMessage();
        assertTrue(message.contains(place) && message.contains("expected"), message);
    }
}

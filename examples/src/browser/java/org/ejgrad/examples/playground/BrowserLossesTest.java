package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.ejgrad.examples.articles.ArticleFigures;
import org.ejgrad.nn.pages.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Every slider and button of the laboratory, and the tables that follow them, against the engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BrowserLossesTest {
    private final Shown shown = new Shown();
    private Browser browser;
    private Server server;

    @BeforeAll
    void open() throws IOException {
        browser = Browser.open();
        server = Server.start(0);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @BeforeEach
    void show() throws InterruptedException {
        browser.show(URI.create(server.origin() + "/losses?token=" + server.token()), 1200, "light");
        settle();
    }

    private void settle() throws InterruptedException {
        Browser.await(
                "all is answered",
                () -> "false".equals(browser.find("body").getAttribute("aria-busy"))
                        && Boolean.TRUE.equals(
                                browser.run("return Object.values(answers).every(each => each !== null)")));
    }

    /** The answers that the page holds are the engine's, and the tables are these answers. */
    private void requireEngine(String card, String fields, Section engine) throws Exception {
        settle();
        Map<?, ?> page = (Map<?, ?>)
                Client.at(String.valueOf(browser.run("return JSON.stringify(answers[arguments[0]])", card)), "");
        shown.requireSame(Client.at(Section.json(engine), ""), page, fields);
        assertEquals("", browser.text("#" + card + " .complaint"));
        if (card.equals("binary")) {
            List<?> losses = List.copyOf(((Map<?, ?>) page.get("losses")).values());
            for (int i = 0; i < losses.size(); i++) {
                requireRow(
                        "#binary-table",
                        i,
                        2,
                        6,
                        ((Map<?, ?>) losses.get(i)).get("loss"),
                        ((Map<?, ?>) losses.get(i)).get("slope"));
            }
            return;
        }
        boolean isClasses = card.equals("classes");
        List<String> columns = isClasses
                ? List.of("logits", "p", "y", "gradient")
                : List.of("logits", "p", "y", "losses", "gradient", "meanGradient", "softmax");
        for (int i = 0; i < ((List<?>) page.get("p")).size(); i++) {
            int row = i;
            requireRow(
                    isClasses ? "#class-table" : "#label-table",
                    i,
                    1,
                    6,
                    columns.stream()
                            .map(column -> ((List<?>) page.get(column)).get(row))
                            .toArray());
        }
        if (isClasses) {
            List<?> measures = List.of("cross_entropy", "entropy", "divergence", "own_entropy", "most");
            for (int i = 0; i < measures.size(); i++) {
                requireRow(
                        "#measures",
                        i,
                        1,
                        6,
                        ((List<?>) ((Map<?, ?>) page.get("measures")).get(measures.get(i))).toArray());
            }
        }
    }

    private void requireRow(String table, int row, int from, int digits, Object... numbers) {
        List<?> cells = (List<?>) browser.run(
                "return [...document.querySelectorAll(arguments[0] + ' > tbody > tr')[arguments[1]].children]"
                        + ".map(each => each.textContent)",
                table,
                row);
        for (int i = 0; i < numbers.length; i++) {
            double number = numbers[i] instanceof Number finite
                    ? finite.doubleValue()
                    : Double.parseDouble(String.valueOf(numbers[i]));
            shown.requireFigure(number, digits, String.valueOf(cells.get(from + i)));
        }
    }

    @Test
    void everySliderOfTheAnswerIsTheEngines() throws Exception {
        for (String axis : List.of("logit", "probability")) {
            browser.find("#axis [value=" + axis + "]").click();
            for (WebElement range : browser.all("#binary-sliders [type=range]")) {
                range.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
                String fields = String.valueOf(browser.run("return new URLSearchParams(binary).toString()"));
                requireEngine("binary", fields, Laboratory.of(Fields.of(fields)));
            }
        }
        for (int i = 0; i < browser.all("#shown input").size(); i++) {
            browser.all("#shown input").get(i).click();
        }
        WebElement exact = browser.find("#binary-sliders [type=number]");
        exact.sendKeys(Keys.chord(Keys.CONTROL, "a"), "0.123456", Keys.TAB);
        String fields = String.valueOf(browser.run("return new URLSearchParams(binary).toString()"));
        assertTrue(fields.contains("at=0.123456"), fields);
        requireEngine("binary", fields, Laboratory.of(Fields.of(fields)));
        browser.requireQuiet();
    }

    @Test
    void everySliderOfTheClassesIsTheEngines() throws Exception {
        for (int count = 0; count < browser.all("#count button").size(); count++) {
            browser.all("#count button").get(count).click();
            for (WebElement range : browser.all("#class-sliders [type=range]")) {
                range.sendKeys(Keys.ARROW_LEFT);
                String fields = String.valueOf(browser.run("return new URLSearchParams(classFields()).toString()"));
                requireEngine("classes", fields, ClassLaboratory.of(Fields.of(fields)));
            }
        }
        browser.requireQuiet();
    }

    @Test
    void everySliderOfTheLabelsIsTheEngines() throws Exception {
        for (int count = 0; count < 5; count++) {
            browser.all("#label-count button").get(count).click();
            for (WebElement range : browser.all("#label-sliders [type=range]")) {
                range.sendKeys(Keys.ARROW_LEFT);
                String fields = String.valueOf(browser.run("return new URLSearchParams(labels).toString()"));
                requireEngine("labels", fields, LabelLaboratory.of(Fields.of(fields)));
            }
        }
        browser.requireQuiet();
    }

    /** Under the slider's title; of targets whose sum must stay 1, the one that was typed. */
    @Test
    void aComplaintNamesTheSlider() throws Exception {
        for (List<String> each : List.of(
                List.of("binary", "logit z", "-1001", "from -1000 to 1000"),
                List.of("binary", "Huber δ", "0", "from 0.001 to 10"),
                List.of("classes", "logit 3", "2000", "from -1000 to 1000"),
                List.of("classes", "target 3", "1.5", "from 0 to 1"),
                List.of("classes", "target 3", "-1", "from 0 to 1"),
                List.of("labels", "logit of label 2", "-1e9", "from -1000 to 1000"))) {
            show();
            WebElement exact = browser.find("#" + each.get(0) + " [aria-label='" + each.get(1) + ", exactly']");
            exact.sendKeys(Keys.chord(Keys.CONTROL, "a"), each.get(2), Keys.TAB);
            String start = each.get(1) + " is \"";
            Browser.await(
                    "it is refused",
                    () -> browser.text("#" + each.get(0) + " .complaint").startsWith(start));
            assertTrue(
                    browser.text("#" + each.get(0) + " .complaint").endsWith("expected a number " + each.get(3)),
                    browser.text("#" + each.get(0) + " .complaint"));
        }
        browser.forget();
    }

    @Test
    void everyButtonOfTheArticlesShowsItsFigure() throws Exception {
        Map<String, Double> figures = ArticleFigures.numbers();
        browser.run("document.querySelectorAll('details').forEach(each => { each.open = true; })");
        List<WebElement> buttons = browser.driver().findElements(By.cssSelector("#articles button"));
        assertEquals(ArticleButton.ALL.size(), buttons.size());
        List<?> ids = (List<?>)
                browser.run(
                        "return data.chapters.flatMap(each => each.figures).filter(each => buttons.has(each.id)).map(each => each.id)");
        for (int i = 0; i < buttons.size(); i++) {
            browser.run("find('found').textContent = ''");
            buttons.get(i).click();
            Browser.await("the figure is told", () -> browser.text("#found").contains("ejgrad computes"));
            String told = browser.text("#found")
                    .replaceAll(".*ejgrad computes ([^ ,]+?)[.,]? .*|.*ejgrad computes (.+?)\\.$", "$1$2");
            double figure = figures.get(String.valueOf(ids.get(i)));
            double number =
                    Double.parseDouble(told.replace("[", "").replace('−', '-').replace("∞", "Infinity"));
            assertEquals(figure, number, 1e-12 * Math.abs(figure), ids.get(i) + ": " + browser.text("#found"));
            Object ours = browser.run(
                    "return data.chapters.flatMap(each => each.figures).find(each => each.id === arguments[0]).ours",
                    ids.get(i));
            assertEquals(
                    String.valueOf(ours).startsWith("["),
                    browser.text("#found").contains("ejgrad computes " + ours + "; the first of them stands here"),
                    "all numbers of a figure are told: " + browser.text("#found"));
        }
        browser.requireQuiet();
    }
}

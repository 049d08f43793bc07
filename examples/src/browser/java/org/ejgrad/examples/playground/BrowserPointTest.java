package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.nn.pages.Section;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** The backpropagation of one point: every step, every control, and what a changed number does, against the engine. */
@Timeout(120)
class BrowserPointTest extends OpenBrowser {
    private final Shown shown = new Shown();
    private Server server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(0);
        client = Client.open(server, "hidden=3&inputs=x,y,xy");
        client.control("step");
    }

    @AfterEach
    void stop() {
        browser.requireQuiet();
        server.close();
    }

    private void show(int width) {
        browser.show(client.address("/graph", "set=test&row=2"), width, "light");
    }

    /** The graph as the engine computes it, and the page's, which holds what its scripts have added to it too. */
    private void requireEngine(double... changes) throws IOException {
        OnePoint point = server.sessions().get(client.session()).kept(opened());
        List<?> engine = (List<?>) Client.at(Section.json(point.page(changes).section()), "drawing/nodes");
        List<?> page = (List<?>) Client.at(
                String.valueOf(browser.run(
                        "return JSON.stringify(graph.map(({id, value: {elements, abbreviated}, gradient, contributions}) => "
                                + "({id, value: {elements, abbreviated}, gradient, contributions})))")),
                "");
        for (int i = 0; i < engine.size(); i++) {
            Map<?, ?> node = (Map<?, ?>) engine.get(i);
            for (Object part : List.of("id", "value", "gradient", "contributions")) {
                shown.requireSame(node.get(part), ((Map<?, ?>) page.get(i)).get(part), i + "/" + part);
            }
        }
    }

    private int opened() {
        return ((Number) browser.run("return data.point")).intValue();
    }

    @Test
    void itIsSoundAndOpensAtItsInputs() {
        for (int width : new int[] {390, 1200, 1920}) {
            show(width);
            assertEquals(
                    true,
                    browser.run("const view = find('graph').getBoundingClientRect();"
                            + "const box = changeable[0].group.getBoundingClientRect();"
                            + "return box.top >= view.top && box.left >= view.left && box.right <= view.right "
                            + "&& box.bottom <= view.bottom"),
                    "at " + width);
        }
        browser.requireSound(client.address("/graph", ""));
    }

    /** On each step forwards and back the panel's table is the engine's matrix, number for number. */
    @Test
    void everyStepShowsTheEnginesNumbers() throws Exception {
        show(1200);
        requireEngine();
        int steps = ((Number) browser.run("return walk.length")).intValue();
        for (int step = 1; step < steps; step++) {
            browser.find("[data-step=next]").click();
            List<?> cells = (List<?>)
                    browser.run(
                            "return [...find('graph-panel').querySelectorAll('td')].map(each => [each.title, each.textContent])");
            assertTrue(!cells.isEmpty(), "step " + step);
            for (Object cell : cells) {
                List<?> both = (List<?>) cell;
                shown.requireFigure(Double.parseDouble(String.valueOf(both.get(0))), 4, String.valueOf(both.get(1)));
            }
        }
        assertEquals((steps - 1) + " / " + (steps - 1), browser.text("#graph-count"));
        for (String button : List.of("back", "first", "last", "play")) {
            browser.find("[data-step=" + button + "]").click();
        }
        Browser.await("it plays", () -> browser.text("#graph-count").startsWith("1 /"));
        browser.find("[data-step=play]").click();
        for (String button : List.of("in", "out", "fit", "turn", "turn")) {
            browser.find("[data-view=" + button + "]").click();
        }
        browser.find("body").sendKeys(Keys.END, Keys.ARROW_LEFT, "p", "p", "+", "-", "0");
        browser.find("#graph-all summary").sendKeys(Keys.ENTER);
        Browser.await(
                "every value has a row",
                () -> browser.run("return graph.length")
                        .equals((long) browser.all("#graph-table > tbody > tr").size()));
        assertTrue(shown.compared() > 300, shown.compared() + " numbers");
    }

    @Test
    void theQuizKnowsTheEnginesAnswers() {
        show(1200);
        browser.find("#quiz-start").click();
        int asked = ((Number) browser.run("return quiz.asked.length")).intValue();
        browser.find("[data-view=turn]").click();
        browser.run("showStep(step + 1)");
        assertEquals(1, browser.all("g.node.asked").size(), "the box of what is asked keeps its frame");
        for (int i = 0; i < asked; i++) {
            browser.find("#answer").sendKeys("12345", Keys.ENTER);
            assertTrue(browser.text("#verdict").startsWith("No."), browser.text("#verdict"));
            String truth = String.valueOf(
                    browser.run("return quiz.asked[quiz.at].gradient.elements[quiz.entry[0]][quiz.entry[1]]"));
            browser.find("#answer").sendKeys(Keys.chord(Keys.CONTROL, "a"), truth, Keys.ENTER);
            assertTrue(browser.text("#verdict").startsWith("Right"), browser.text("#verdict"));
            browser.find("#verdict button").click();
        }
        assertEquals("0 of " + asked + " at the first try.", browser.text("#quiz"));
        browser.find("#quiz-start").click();
        assertEquals(0, browser.all("g.node.asked").size(), "nothing is asked any more");
    }

    private void change(String name, int row, int column, String number) throws InterruptedException {
        new Select(browser.find("#change [name=which]")).selectByVisibleText(name);
        browser.find("#change [name=row]").sendKeys(Keys.chord(Keys.CONTROL, "a"), String.valueOf(row), Keys.TAB);
        browser.find("#change [name=column]").sendKeys(Keys.chord(Keys.CONTROL, "a"), String.valueOf(column), Keys.TAB);
        browser.find("#change [name=number]").sendKeys(Keys.chord(Keys.CONTROL, "a"), number);
        browser.find("#change [type=submit]").click();
        Browser.await(
                "it is computed", () -> "false".equals(browser.find("body").getAttribute("aria-busy")));
        assertEquals("", browser.text("#refusal"));
    }

    @Test
    void aChangedNumberIsComputedAnew() throws Exception {
        show(1200);
        browser.find("[data-step=last]").click();
        Object before = browser.run("return root.value.elements[0][0]");
        change("x", 1, 3, "0.5");
        requireEngine(0, 0, 2, 0.5);
        change("2.weight", 3, 2, "-1.25");
        requireEngine(0, 0, 2, 0.5, 3, 2, 1, -1.25);
        assertTrue(browser.text("#changed").contains("2.weight [3, 2]"), browser.text("#changed"));
        browser.requireAccessible();
        browser.find("#change [type=button]").click();
        Browser.await("all is as it was", () -> browser.text("#changed").startsWith("Everything"));
        requireEngine();
        assertEquals(before, browser.run("return root.value.elements[0][0]"));
    }

    /** A click on the plane opens the nearest point, and a click on a box chooses it. */
    @Test
    void aClickOpensThePoint() throws Exception {
        browser.show(URI.create(server.origin() + "/?token=" + server.token()), 1200, "light");
        Browser.await("it shows a network", () -> !browser.all(".plane").isEmpty());
        String own = browser.driver().getWindowHandle();
        new Actions(browser.driver())
                .moveToElement(browser.find(".plane"), 10, 10)
                .click()
                .perform();
        Browser.await("a page opens", () -> browser.driver().getWindowHandles().size() == 2);
        List<String> handles = new ArrayList<>(browser.driver().getWindowHandles());
        handles.remove(own);
        browser.driver().switchTo().window(handles.get(0));
        Browser.await("it is there", () -> browser.text("#graph-title").startsWith("Backpropagation of one point"));
        WebElement box = (WebElement) browser.run("return changeable[1].group");
        box.click();
        assertEquals("1", browser.find("#change [name=which]").getAttribute("value"));
        assertNotEquals("", browser.find("#change [name=number]").getAttribute("value"));
        browser.requireQuiet();
        browser.driver().close();
        browser.driver().switchTo().window(own);
        browser.find(".plane").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ENTER);
        Browser.await("a page opens", () -> browser.driver().getWindowHandles().size() == 2);
        assertTrue(browser.text(".inspected").startsWith("Training point ("), browser.text(".inspected"));
        handles = new ArrayList<>(browser.driver().getWindowHandles());
        handles.remove(own);
        browser.driver().switchTo().window(handles.get(0)).close();
        browser.driver().switchTo().window(own);
        browser.run("events?.close()");
    }
}

package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** Every control of the playground is used as a person would, and what the page then shows is the engine's. */
@Timeout(120)
class BrowserPlaygroundTest extends OpenPlayground {
    private final Shown shown = new Shown();

    private void show(String settings) throws Exception {
        browser.show(
                URI.create(server.origin() + "/?token=" + server.token() + (settings.isEmpty() ? "" : "#" + settings)),
                1200,
                "light");
        requireEngine();
    }

    private Object page() {
        try {
            return Client.at(
                    String.valueOf(browser.run("return JSON.stringify(views.map(view => view.frame || null))")), "");
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private Object engine() {
        try {
            return Client.at(session().frame(), "networks");
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Waits for the page to show what the engine has now, and compares the texts. */
    private void requireEngine() throws Exception {
        Browser.await("a session is open", () -> !"".equals(browser.run("return session")));
        Browser.await(
                "all is answered", () -> "false".equals(browser.find("body").getAttribute("aria-busy")));
        Browser.await("the page shows the engine's numbers", () -> page().equals(engine()));
        assertEquals("", browser.text("#complaint"));
        shown.requireSame(engine(), page(), "");
        List<?> numbers =
                (List<?>) browser.run("return [...document.querySelectorAll('.numbers')].map(each => each.innerText)");
        for (int i = 0; i < numbers.size(); i++) {
            String frame = session().frame();
            String[] words = String.valueOf(numbers.get(i)).split("\\s+");
            assertEquals("loss", words[1]);
            for (int set = 0; set < 2; set++) {
                String path = "networks/" + i + "/" + List.of("train", "test").get(set);
                shown.requireFigure(Client.number(frame, path + "/loss"), 4, words[6 * set + 2]);
                double accuracy = Client.number(frame, path + "/accuracy");
                assertEquals(Double.isNaN(accuracy) ? "NaN" : fixed(100 * accuracy), words[6 * set + 4], frame);
            }
        }
    }

    private String fixed(double number) {
        return String.valueOf(browser.run("return (" + number + ").toFixed(1)"));
    }

    private void choose(String name, String option) throws Exception {
        new Select(browser.find("#settings [name=" + name + "]")).selectByValue(option);
        browser.find("#step").click();
        requireEngine();
        assertEquals(option, browser.find("#settings [name=" + name + "]").getAttribute("value"));
    }

    private void type(String name, String text) throws Exception {
        WebElement field = browser.find("#settings [name=" + name + "]");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.TAB);
        requireEngine();
    }

    private List<String> options(String name) {
        return new Select(browser.find("#settings [name=" + name + "]"))
                .getOptions().stream().map(each -> each.getAttribute("value")).toList();
    }

    @Test
    void everyChoiceIsTrained() throws Exception {
        show("hidden=3&rows=40");
        for (String name : List.of("data", "activation", "loss", "optimizer")) {
            for (String option : options(name)) {
                if (option.equals("csv")) {
                    continue; // wants a table, see aTableIsPastedOrChosen
                }
                choose(name, option);
                if (option.equals("function")) {
                    type("f", "x^2 - 1");
                }
                if (option.equals("iris")) {
                    choose("across", "0");
                    choose("upwards", "1");
                }
            }
        }
        assertTrue(shown.compared() > 2_000, shown.compared() + " numbers");
    }

    /** Before the first step there are dots, which the key tells apart; an accuracy is rounded the same everywhere. */
    @Test
    void theFirstPointsAreToldApart() throws Exception {
        show("data=painted&points=1,1,0,-1,-1,1");
        assertTrue(browser.text("#networks").contains("No class has five points"));
        assertTrue(browser.text("#networks").contains("A click does what is chosen"));
        Browser.await(
                "three charts have points",
                () -> Boolean.TRUE.equals(browser.run(
                        "return charts.length === 3 && find('curves').querySelectorAll('.keys circle').length >= 4")));
        assertEquals(
                List.of(List.of(0L, 1L), List.of(0L, 1L), List.of(0L, 1L)),
                browser.run(
                        "return [...find('curves').querySelectorAll('canvas')].map(canvas => Chart.getChart(canvas).scales.x)"
                                + ".map(({min, max}) => [min, max])"));
        assertEquals(
                2L,
                browser.run("return new Set([...find('curves').querySelector('.keys').querySelectorAll('circle')]"
                        + ".map(each => each.outerHTML)).size"));
        assertEquals(
                List.of("23.8 %", "23.8 %"),
                browser.run("const chart = Chart.getChart(find('curves').querySelectorAll('canvas')[1]);"
                        + "return [percent(.2375), chart.options.scales.y.ticks.callback(.2375)]"));
    }

    @Test
    void everyFieldIsTrained() throws Exception {
        show("data=circles");
        Map<String, String> texts = Map.of(
                "rows", "61", "noise", "0.25", "seed", "-7", "hidden", "5,2", "rate", "0.03", "l2", "0.001", "batch",
                "7");
        for (Map.Entry<String, String> each : texts.entrySet()) {
            type(each.getKey(), each.getValue());
            browser.find("#step").click();
            requireEngine();
        }
        Fields said = Fields.of(browser.find("#text").getAttribute("value"));
        texts.forEach((name, text) -> assertEquals(text, said.text(name, "")));
        assertTrue(String.valueOf(browser.run("return location.hash")).contains("hidden=5,2"));
        browser.find("#text").sendKeys(Keys.chord(Keys.CONTROL, "a"), "data=xor&hidden=2", Keys.TAB);
        requireEngine();
        assertEquals("xor", browser.find("#settings [name=data]").getAttribute("value"));
        WebElement rate = browser.find("#settings [name=rate]");
        rate.sendKeys(Keys.chord(Keys.CONTROL, "a"), "-1", Keys.TAB);
        Browser.await("a refusal is read", () -> browser.text("#complaint").startsWith("Learning rate is"));
        assertEquals(
                true,
                browser.run("const place = find('complaint').getBoundingClientRect();"
                        + "return place.top >= 0 && place.bottom <= innerHeight"),
                "where it is seen");
        browser.find("#text").sendKeys(Keys.chord(Keys.CONTROL, "a"), "hiden=3", Keys.TAB);
        Browser.await("it is not known", () -> browser.text("#complaint").startsWith("there is no setting \"hiden\""));
        browser.find("#text").sendKeys(Keys.chord(Keys.CONTROL, "a"), "data=xor", Keys.TAB);
        Browser.await("all is well", () -> browser.text("#complaint").isEmpty());
        browser.find("#settings [name=hidden]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3 2", Keys.TAB);
        Browser.await("no 32 is read", () -> browser.text("#complaint").startsWith("Hidden widths is \"3 2\""));
        browser.forget(); // the status 400 is meant
        type("hidden", " 3 , 2 ");
        requireEngine();
        assertEquals(List.of(3, 2), session().ask(0, learner -> learner.plan().hidden()));
    }

    @Test
    void everyInputCanBeChosen() throws Exception {
        show("rows=40&hidden=2");
        for (Feature feature :
                List.of(Feature.X2, Feature.Y2, Feature.XY, Feature.SIN_X, Feature.SIN_Y, Feature.X, Feature.Y)) {
            browser.find("#settings [name=inputs][value=" + Fields.id(feature) + "]")
                    .click();
            requireEngine();
            browser.find("#step").click();
            requireEngine();
        }
        assertEquals(
                List.of("x²", "y²", "x·y", "sin x", "sin y"),
                browser.run("return views[0].frame.inputs.map(each => each.name)"));
        assertTrue(browser.find("#text").getAttribute("value").contains("inputs=x2,y2,xy,sin_x,sin_y"));
    }

    @Test
    void aTableIsPastedOrChosen(@TempDir Path folder) throws Exception {
        show("");
        new Select(browser.find("#settings [name=data]")).selectByValue("csv");
        Browser.await("it asks for a table", () -> browser.text("#complaint").startsWith("Paste"));
        String rows = "1,9,oak,2\n2,8,elm,1\n3,7,oak,5\n4.5,6,elm,4\n";
        browser.find("#settings textarea").sendKeys("a,b,kind,c\n" + rows, Keys.TAB);
        Browser.await(
                "its columns are there",
                () -> browser.all("#settings [name=target]").size() == 1);
        requireEngine();
        assertEquals(
                "column_x=a&column_y=b&target=kind",
                browser.find("#text").getAttribute("value").replace("data=csv&", ""));
        choose("column_y", "c");
        choose("target", "b");
        choose("target", "kind");
        assertEquals(List.of("a", "c"), browser.run("return plane.features"));
        Path file = Files.writeString(folder.resolve("t.csv"), "u;v;w\n" + "0;1;no\n1;0;yes\n2;5;yes\n".repeat(4));
        browser.find("#settings [type=file]").sendKeys(file.toString());
        Browser.await("its columns are there", () -> "w".equals(browser.run("return settings.target")));
        requireEngine();
        assertEquals(List.of("no", "yes"), browser.run("return plane.classes"));
        browser.find("#settings textarea").sendKeys(Keys.chord(Keys.CONTROL, "a"), "a,b\n1", Keys.TAB);
        Browser.await("a refusal is read", () -> browser.text("#complaint").contains("the row has 1 cell;"));
        browser.forget(); // the status 400 is meant
    }

    @Test
    void twoNetworksStandSideBySide() throws Exception {
        show("rows=60");
        browser.find("#settings [name=networks]").click();
        Browser.await("there are two", () -> browser.all(".numbers").size() == 2);
        for (String name : List.of("activation2", "loss2", "optimizer2")) {
            choose(name, options(name).get(2));
        }
        for (String name : List.of("rate2", "l22", "batch2", "hidden2")) {
            type(name, "1");
        }
        browser.find("#step").click();
        requireEngine();
        browser.find("#settings [name=networks]").click();
        Browser.await("there is one", () -> browser.all(".numbers").size() == 1);
    }

    /**
     * Clicks a button above a network; the field then says the same, and the button, while it can be used, has the
     * focus.
     */
    private void widen(int network, String label, String widths) throws Exception {
        WebElement button =
                browser.all(".widths").get(network).findElement(By.cssSelector("[aria-label='" + label + "']"));
        assertTrue(button.isEnabled(), label);
        button.click();
        String field = network == 0 ? "hidden" : "hidden2";
        Browser.await(
                label,
                () -> widths.equals(
                        browser.find("#settings [name=" + field + "]").getAttribute("value")));
        requireEngine();
        String again = ".widths [aria-label='" + label + "']";
        Browser.await(
                "the focus is where it was",
                () -> Boolean.TRUE.equals(browser.run("return [...document.querySelectorAll(`" + again + "`)].some("
                        + "each => each.disabled || each === document.activeElement)")));
    }

    @Test
    void unitsAndLayersComeAndGoByClicks() throws Exception {
        show("hidden=31,2&rows=40&networks=2&hidden2=");
        assertEquals(List.of(), Client.at(session().frame(), "networks/1/hidden"), "a network without hidden layers");
        widen(1, "One layer more", "4");
        widen(1, "One layer fewer", "");
        assertTrue(browser.run("return location.hash").toString().contains("hidden2="));
        widen(0, "One unit more in layer 1", "32,2");
        assertFalse(browser.find("[aria-label='One unit more in layer 1']").isEnabled(), "32 are the most");
        widen(0, "One unit fewer in layer 2", "32,1");
        assertFalse(browser.find("[aria-label='One unit fewer in layer 2']").isEnabled(), "one is the fewest");
        widen(0, "One layer more", "32,1,1");
        widen(0, "One layer more", "32,1,1,1");
        assertFalse(browser.find("[aria-label='One layer more']").isEnabled(), "four are the most");
        widen(0, "One unit more in layer 4", "32,1,1,2");
    }

    @Test
    void everyButtonDoesWhatItSays() throws Exception {
        show("");
        new Select(browser.find("#speed")).selectByValue("1000");
        browser.find("#play").click();
        Browser.await("it trains", () -> browser.text("#count").matches("step [0-9]{3,}.*"));
        assertEquals("true", browser.find("#play").getAttribute("aria-pressed"));
        browser.find("#play").click();
        Browser.await("it rests", () -> "false".equals(browser.find("#play").getAttribute("aria-pressed")));
        requireEngine();
        double steps = Client.number(session().frame(), "networks/0/steps");
        browser.find("#back").click();
        requireEngine();
        assertTrue(browser.text("#count").startsWith("step " + (int) (steps - 1) + ","), browser.text("#count"));
        browser.find("#step").click();
        browser.find("#reset").click();
        requireEngine();
        assertTrue(browser.text("#count").startsWith("step 0,"), browser.text("#count"));
        assertEquals("true", browser.find("#back").getAttribute("disabled"));
        String before = String.valueOf(browser.run("return document.documentElement.dataset.theme"));
        browser.find("#theme").click();
        assertTrue(!before.equals(browser.run("return document.documentElement.dataset.theme")));
    }

    /** Pointing at each unit tells its weights; these are the engine's. */
    @Test
    void aUnitTellsItsWeights() throws Exception {
        show("hidden=4,2");
        browser.find("#step").click();
        requireEngine();
        for (int layer = 0; layer < 3; layer++) {
            for (int unit = 0; unit < 2; unit++) {
                List<?> at = (List<?>) browser.run(
                        "const [l, u] = arguments; const v = views[0]; const p = v.places(1, v.ratio())[l + 1][u];"
                                + "const b = v.netCanvas.getBoundingClientRect();"
                                + "return [(p.x - .5) * b.width, p.y * b.width - .5 * b.height];",
                        layer,
                        unit);
                new Actions(browser.driver())
                        .moveToElement(
                                (WebElement) browser.run("return views[0].netCanvas"),
                                ((Number) at.get(0)).intValue(),
                                ((Number) at.get(1)).intValue())
                        .perform();
                String[] told = browser.text(".inspected").split("weights |; bias |\\.$");
                List<?> rows = (List<?>) Client.at(session().frame(), "networks/0/weights/" + layer);
                String[] weights = told[1].split(", ");
                assertEquals(rows.size() - 1, weights.length);
                for (int i = 0; i < weights.length; i++) {
                    shown.requireFigure((double) ((List<?>) rows.get(i)).get(unit), 3, weights[i]);
                }
                shown.requireFigure((double) ((List<?>) rows.get(rows.size() - 1)).get(unit), 3, told[2]);
            }
        }
    }

    @Test
    void pointsArePaintedAndErased() throws Exception {
        show("");
        choose("data", "painted");
        WebElement plane = (WebElement) browser.run("return views[0].planeCanvas");
        for (String tool : List.of("0", "1", "2", "erase", "1")) {
            browser.find("#tools [value='" + tool + "']").click();
            new Actions(browser.driver()).moveToElement(plane, 40, 30).click().perform();
            requireEngine();
            plane = (WebElement) browser.run("return views[0].planeCanvas");
        }
        assertEquals(7L, browser.run("return plane.points.filter(point => point[3] === 0).length"));
        assertEquals(session().frame().contains("\"1\""), true);
    }

    /**
     * A browser has six connections for all pages of a host; a hidden page gives its own back, and goes on when seen.
     */
    @Test
    void twentyPagesAreOpenAtOnce() throws Exception {
        show("rows=40&hidden=2");
        String first = browser.driver().getWindowHandle();
        browser.find("#play").click();
        Browser.await("it trains", () -> browser.text("#count").matches("step [0-9]{2,}.*"));
        for (int i = 1; i < 20; i++) {
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.driver().get(server.origin() + "/?token=" + server.token() + "#rows=40&hidden=2&seed=" + i);
            browser.find("#play").click();
        }
        assertEquals(20, server.sessions().count());
        for (String handle : browser.driver().getWindowHandles()) {
            browser.driver().switchTo().window(handle);
            Browser.await("each of them trains", () -> browser.text("#count").matches("step [0-9]{2,}.*"));
            browser.find("#play").click();
            Browser.await("it rests", () -> "false".equals(browser.find("#play").getAttribute("aria-pressed")));
            requireEngine();
            browser.requireQuiet();
            if (!handle.equals(first)) {
                browser.driver().close();
            }
        }
        browser.driver().switchTo().window(first);
        assertTrue(((Number) browser.run("return curves[0].length")).intValue() > 2, "its curves are still there");
    }

    /** What the links save is what the engine has. */
    @Test
    void linksSaveTheNetwork() throws Exception {
        show("");
        browser.find("#step").click();
        requireEngine();
        Client client = new Client(server);
        for (WebElement link : browser.all(".exports a")) {
            String address = link.getAttribute("href");
            byte[] body = client.bytes(URI.create(address));
            if (address.endsWith("safetensors")) {
                assertEquals(session().ask(0, learner -> learner.model().toBytes()).length, body.length);
            }
            assertTrue(body.length > 100, address);
        }
        assertEquals(3, browser.all(".exports a").size());
        String inputs = ".exports .hint";
        assertEquals("The models take rows with x and y, as they came.", browser.text(inputs));
        show("data=iris&inputs=y,x");
        assertEquals(
                "The models take rows with petal_width_cm and petal_length_cm, as they came.", browser.text(inputs));
        show("inputs=x,xy");
        assertEquals(
                "The models take what the network takes, 2 numbers a row; no table holds them.", browser.text(inputs));
    }

    @Test
    void thePagesAreSound() throws Exception {
        for (String path : List.of("/", "/losses")) {
            browser.requireSound(URI.create(server.origin() + path + "?token=" + server.token()));
        }
        browser.requireSound(URI.create(
                server.origin() + "/?token=" + server.token() + "#networks=2&data=painted&points=1,1,0,-1,-1,1"));
    }

    /** Settings that name no points begin with some, so that there is a plane to paint on. */
    @Test
    void paintingBeginsWithPoints() throws Exception {
        show("data=painted");
        Browser.await("a plane", () -> !browser.all(".plane").isEmpty());
        assertEquals("", browser.text("#complaint"));
        assertEquals(true, browser.run("return settings.points === FIRST_POINTS"));
    }
}

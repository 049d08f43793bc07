package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.Select;

/** What the page shows is so in the end, whichever of an answer, a frame and the next click comes first. */
@Timeout(60)
class BrowserRacesTest extends OpenPlayground {
    private void show(String settings) throws Exception {
        browser.show(URI.create(server.origin() + "/?token=" + server.token() + "#" + settings), 1280, "light");
        Browser.await("it is there", () -> browser.text("#count").startsWith("step 0,"));
        settle();
    }

    /** From now on each question reaches the server so late, and each answer the page. */
    private void delay(int before, int after) {
        browser.run(
                "const [before, after] = arguments; const ask = window.fetch;"
                        + "const rest = time => new Promise(done => setTimeout(done, time));"
                        + "window.fetch = async (...all) => {"
                        + "  await rest(before); const answer = await ask(...all); await rest(after); return answer; }",
                before,
                after);
    }

    private void settle() throws Exception {
        Browser.await("all is answered", () -> Boolean.TRUE.equals(browser.run("return unanswered === 0")));
    }

    private void requireSteps(int steps) throws Exception {
        Browser.await(
                "the page is at step " + steps + ", not at " + browser.text("#count"),
                () -> browser.text("#count").startsWith("step " + steps + ","));
        assertEquals(steps, Client.number(session().frame(), "networks/0/steps"));
    }

    /** The frame that tells the end is there before the answer to the click, and none comes after it. */
    @Test
    void trainingThatEndsAtOnceShowsPlay() throws Exception {
        show("activation=relu&hidden=32,32,32&rate=1000&l2=10");
        delay(0, 1_500);
        browser.find("#play").click();
        assertEquals("Pause", browser.text("#play"));
        Browser.await("it has diverged", () -> browser.text(".remarks").contains("diverged"));
        settle();
        assertEquals("▶ Play", browser.text("#play"));
        assertEquals("false", browser.find("#play").getAttribute("aria-pressed"));
        new Select(browser.find("#speed")).selectByValue("10"); // changes nothing about that
        settle();
        assertEquals("▶ Play", browser.text("#play"));
        assertFalse(session().isPlaying());
    }

    /** A step that is asked for after new settings is one with them. */
    @Test
    void aStepComesAfterTheSettingsBeforeIt() throws Exception {
        show("rows=40");
        delay(250, 0);
        new Select(browser.find("#settings [name=activation]")).selectByValue("relu");
        browser.find("#step").click();
        browser.find("#step").click();
        settle();
        requireSteps(2);
        assertTrue(browser.find("#text").getAttribute("value").contains("activation=relu"));
        assertEquals("", browser.text("#complaint"));
    }

    @Test
    void aResetAmongStepsComesInItsTurn() throws Exception {
        show("rows=40");
        delay(60, 60);
        for (String button : new String[] {"step", "step", "reset", "step", "step"}) {
            browser.run("document.getElementById(arguments[0]).click()", button);
        }
        settle();
        requireSteps(2);
        browser.find("#reset").click();
        settle();
        requireSteps(0);
        assertEquals(1L, browser.run("return curves[0].length"));
    }

    @Test
    void aSecondNetworkComesAndGoesWhileOneTrains() throws Exception {
        show("rows=40&hidden=2");
        new Select(browser.find("#speed")).selectByValue("1000000");
        for (int i = 0; i < 4; i++) {
            browser.find("#play").click();
            Browser.await("it trains", () -> !browser.text("#count").startsWith("step 0,"));
            browser.find("#settings [name=networks]").click();
            int networks = i % 2 == 0 ? 2 : 1;
            Browser.await("so many networks", () -> browser.all(".numbers").size() == networks);
            settle();
            assertEquals("▶ Play", browser.text("#play"));
            requireSteps(0);
        }
    }

    /** Its tab says so; seen again it goes on, and says that too. */
    @Test
    void aHiddenPagePausesAndGoesOn() throws Exception {
        show("rows=40&hidden=2");
        String title = browser.driver().getTitle();
        String own = browser.driver().getWindowHandle();
        Session session = session();
        browser.run("document.addEventListener('visibilitychange', () => {"
                + "if (document.hidden) { window.titleWhileHidden = document.title; } })");
        browser.find("#play").click();
        Browser.await("it trains", () -> browser.text("#count").matches("step [0-9]{2,}.*"));
        browser.driver().switchTo().newWindow(WindowType.TAB);
        Browser.await("it pauses", () -> !session.isPlaying());
        double steps = Client.number(session.frame(), "networks/0/steps");
        browser.driver().close();
        browser.driver().switchTo().window(own);
        Browser.await("it goes on", session::isPlaying);
        Browser.await("it says so", () -> browser.text("#away").contains("paused while this page was hidden"));
        assertEquals(title, browser.driver().getTitle());
        assertEquals("paused while hidden: ejgrad playground", browser.run("return window.titleWhileHidden"));
        Browser.await(
                "it trains on", () -> Double.parseDouble(browser.text("#count").split("[ ,]")[1]) > steps);
        assertEquals("Pause", browser.text("#play"));
    }
}

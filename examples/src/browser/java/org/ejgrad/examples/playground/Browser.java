package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window that knows no host but this one, and what is asked of every page in it. */
public final class Browser implements AutoCloseable {
    private static final String AXE = axe();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** {@return a browser; a test that asks for one is skipped where there is none} */
    public static Browser open() {
        Optional<Path> chromium = program("chromium");
        Optional<Path> chromedriver = program("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "chromium and chromedriver are not both on the PATH; Debian's packages are chromium and "
                        + "chromium-driver");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
        return new Browser(driver);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens a page that is so many pixels wide, in light or dark. */
    public void show(URI page, int width, String scheme) {
        size(width);
        scheme(scheme);
        driver.get("about:blank"); // another fragment alone would load nothing
        driver.get(page.toString());
    }

    /** Makes the window so wide. */
    public void size(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1080, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Looks at a page in three widths, in light and in dark, as it comes and after the scheme has changed. */
    public void requireSound(URI page) {
        for (int width : new int[] {390, 1200, 1920}) {
            List<String> schemes = width == 1200 ? List.of("dark", "light") : List.of("light", "dark");
            show(page, width, schemes.get(0));
            for (String scheme : schemes) {
                scheme(scheme);
                driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
                assertEquals(scheme, run("return document.documentElement.dataset.theme"));
                requireNoOverflow();
                requireAccessible();
            }
            requirePrintable();
            requireQuiet();
        }
    }

    /**
     * What is drawn stands on paper at once: no frame comes before a print. Its letters have 6 points, 8 pixels, or
     * more.
     */
    private void requirePrintable() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        Object small = run("""
                window.dispatchEvent(new Event('beforeprint'));
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const small = [];
                while (texts.nextNode()) {
                  const within = texts.currentNode.parentElement;
                  const box = within.getBoundingClientRect();
                  if (texts.currentNode.data.trim() && box.width * box.height > 4 && !within.closest('script, style, option')) {
                    const matrix = within.ownerSVGElement ? within.getScreenCTM() : {a: 1, b: 0};
                    const size = parseFloat(getComputedStyle(within).fontSize) * Math.hypot(matrix.a, matrix.b);
                    if (size < 8) {
                      small.push(`${size}: ${texts.currentNode.data}`);
                    }
                  }
                }
                const hidden = [...document.querySelectorAll('footer, details')].filter(each => each.offsetHeight === 0 || each.open === false);
                window.dispatchEvent(new Event('afterprint'));
                return [...small.slice(0, 5), ...hidden.map(each => `${each.tagName} cannot be read`)];""");
        assertEquals(List.of(), small, "letters on paper");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        Object blank = run("""
                const seen = [...document.querySelectorAll('canvas')].filter(canvas => canvas.offsetWidth > 0);
                window.dispatchEvent(new Event('beforeprint'));
                const blank = seen.filter(canvas => canvas.width * canvas.height === 0 || canvas.offsetWidth > document.body.clientWidth
                  || !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(part => part > 0));
                window.dispatchEvent(new Event('afterprint'));
                return blank.map(canvas => canvas.getAttribute('aria-label'));""");
        assertEquals(List.of(), blank, "blank or too wide on paper");
    }

    /** What the system of a person who looks at the page prefers. */
    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** {@return what a script in the page returns} */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** {@return what a person reads there} */
    public String text(String selector) {
        return find(selector).getText();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits until something is so, for at most half a minute. */
    static void await(String what, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "after half a minute it is not so: " + what);
            Thread.sleep(20);
        }
    }

    /** Fails if the page has printed anything to its console, or asked any other host for anything. */
    public void requireQuiet() {
        List<String> said = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            said.add(entry.toString());
        }
        assertEquals(List.of(), said);
        String own = String.valueOf(run("return location.origin"));
        for (Object url : (List<?>) run("return performance.getEntriesByType('resource').map(each => each.name)")) {
            assertTrue(
                    String.valueOf(url).startsWith(own + "/")
                            || String.valueOf(url).startsWith("data:"),
                    url + " was asked for");
        }
    }

    /** Leaves out of account what the console holds by now. */
    void forget() {
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** Fails if something reaches beyond the right edge of the page. */
    public void requireNoOverflow() {
        assertEquals(
                List.of(),
                run("const wide = document.documentElement.clientWidth;"
                        + "return document.documentElement.scrollWidth <= wide ? [] : [...document.querySelectorAll('body *')]"
                        + ".filter(each => each.getBoundingClientRect().right > wide + 1)"
                        + ".map(each => each.tagName + '.' + each.className + '#' + each.id)"));
    }

    /** Fails if axe finds fault with the page. */
    public void requireAccessible() {
        run("if (!window.axe) {" + AXE + "}");
        assertEquals(
                List.of(),
                driver.executeAsyncScript("const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
                        + ".then(found => done(found.violations.flatMap(each =>"
                        + "each.nodes.map(node => each.id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary))),"
                        + "error => done([String(error)]))"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

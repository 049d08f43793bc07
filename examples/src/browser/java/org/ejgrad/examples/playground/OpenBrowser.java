package org.ejgrad.examples.playground;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A browser for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpenBrowser {
    protected Browser browser;

    @BeforeAll
    public final void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    public final void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }
}

package org.ejgrad.examples.playground;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A browser for all tests of a class, and a playground of its own for each test. */
abstract class OpenPlayground extends OpenBrowser {
    Server server;

    @BeforeEach
    void start() throws IOException {
        server = Server.start(0);
    }

    @AfterEach
    void stop() {
        browser.run("events?.close()"); // so that a server that ends is no complaint
        browser.requireQuiet();
        server.close();
    }

    Session session() {
        return server.sessions().get(String.valueOf(browser.run("return session")));
    }
}

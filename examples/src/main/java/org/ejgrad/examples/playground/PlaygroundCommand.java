package org.ejgrad.examples.playground;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code playground}: a page on which networks train live, and one on which losses can be tried. */
@Command(
        name = "playground",
        mixinStandardHelpOptions = true,
        footer = "%nExample: playground --port 8000",
        description = "Opens a page, on this computer only, on which networks train live, and a laboratory of losses. "
                + "It runs until Ctrl-C.")
public final class PlaygroundCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "settings",
            arity = "0..1",
            defaultValue = "",
            description = "what the page begins with, as its field \"settings as text\" shows them")
    private String settings = "";

    @Option(names = "--port", defaultValue = "8642", description = "where to listen; 0 for any that is free")
    private int port;

    /** Made by the command line. */
    public PlaygroundCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port is " + port + "; expected 0 to 65535");
        }
        Fields fields = Fields.of(settings.replaceFirst("^.*#", ""));
        if (!fields.text("data", "").equals("csv")) { // whose table is pasted into the page
            new Session(fields); // refuses what the page would
        }
        System.setProperty("sun.net.httpserver.maxReqTime", "15"); // seconds in which a request must have arrived
        try (Server server = Server.start(port)) {
            PrintWriter out = spec.commandLine().getOut();
            String query = "?token=" + server.token();
            out.println("Playground: " + server.origin() + "/" + query + (settings.isEmpty() ? "" : "#" + settings));
            out.println("Losses:     " + server.origin() + "/losses" + query);
            out.println("Ctrl-C ends it.");
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        } catch (BindException taken) {
            throw new IllegalArgumentException(
                    "port " + port + " is taken"
                            + (isPlayground()
                                    ? " by a playground that listens at http://127.0.0.1:" + port
                                            + "/; the address with its token is where it was started. --port 0 starts another one"
                                    : " by another program; --port 0 takes one that is free"),
                    taken);
        }
    }

    /** Whether who listens at the port is one of these. */
    private boolean isPlayground() throws InterruptedException {
        try {
            HttpResponse<Void> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return response.headers().firstValue("Server").equals(Optional.of(Server.NAME));
        } catch (IOException other) {
            return false;
        }
    }
}

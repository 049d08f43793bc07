package org.ejgrad.examples.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's HTTP server on the loopback address. Every request must name this host, come from this origin if from any,
 * and carry the token of this start; whatever is wrong with one is answered in a sentence.
 */
final class Server implements AutoCloseable {
    /** What it calls itself, so that a second start recognises it. */
    static final String NAME = "ejgrad-playground";

    private static final int MOST_THREADS = 2 * Sessions.MOST;
    private static final int LONGEST_QUERY = 16_384;
    private static final int LARGEST_BODY = 32_768;
    private static final int REQUESTS_A_SECOND = 300;
    private static final long MINUTE_MILLIS = 60_000;

    private final HttpServer http;
    private final String token;
    private final Sessions sessions;
    private final Pages pages;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Server::daemon);
    private final Timer clock = new Timer(NAME, true);
    private final Rate rate = new Rate(REQUESTS_A_SECOND, System.nanoTime());

    private Server(HttpServer http) throws IOException {
        this.http = http;
        SecureRandom random = new SecureRandom();
        token = Sessions.secret(random);
        sessions = new Sessions(random);
        pages = new Pages(sessions);
    }

    /**
     * Starts to listen.
     *
     * @param port where, 0 for any that is free
     * @throws java.net.BindException if the port is taken
     */
    static Server start(int port) throws IOException {
        Server server =
                new Server(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64));
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        server.clock.schedule(server.freeIdle(), MINUTE_MILLIS, MINUTE_MILLIS);
        return server;
    }

    private TimerTask freeIdle() {
        return new TimerTask() {
            @Override
            public void run() {
                sessions.closeIdle(System.nanoTime());
            }
        };
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /** Where it listens. */
    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    String token() {
        return token;
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void close() {
        sessions.closeAll();
        http.stop(0);
        clock.cancel();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Server", NAME);
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
            try {
                answer(exchange);
            } catch (Refusal refused) {
                complain(exchange, refused.status(), refused);
            } catch (IllegalArgumentException wrong) {
                complain(exchange, 400, wrong);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void complain(HttpExchange exchange, int status, Exception reason) throws IOException {
        byte[] text = (reason.getMessage() + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? text.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(text);
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        if (!rate.admits(System.nanoTime())) {
            throw new Refusal(429, "there are too many requests; wait a second");
        }
        requireOwnPage(exchange.getRequestHeaders());
        String queryText = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        if (queryText.length() > LONGEST_QUERY) {
            throw new Refusal(414, "the address is longer than " + LONGEST_QUERY);
        }
        Fields query = Fields.of(queryText);
        if (!MessageDigest.isEqual(
                token.getBytes(UTF_8), query.text("token", "").getBytes(UTF_8))) {
            throw new Refusal(
                    403, "the address lacks the token of this start; open the one that the program has printed");
        }
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                if (path.equals("/events")) {
                    events(exchange, pages.session(query));
                } else {
                    send(exchange, pages.get(path, query));
                }
            }
            case "POST" -> send(exchange, pages.post(path, query, Fields.of(body(exchange))));
            default -> {
                exchange.getResponseHeaders().set("Allow", "GET, POST");
                throw new Refusal(405, "only GET and POST are understood");
            }
        }
    }

    /** Refuses what a page of another site, or another name for this address, has sent. */
    private void requireOwnPage(Headers headers) {
        int port = http.getAddress().getPort();
        List<String> hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            throw new Refusal(403, "the request is for another host; expected one of " + hosts);
        }
        for (String origin : headers.getOrDefault("Origin", List.of())) {
            if (!origin.equals("http://" + host.get(0))) {
                throw new Refusal(403, "the request comes from another origin");
            }
        }
        for (String site : headers.getOrDefault("Sec-Fetch-Site", List.of())) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                throw new Refusal(403, "the request comes from another site");
            }
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new Refusal(413, "the body is larger than " + LARGEST_BODY + " bytes");
        }
        return new String(body, UTF_8);
    }

    private static void send(HttpExchange exchange, Pages.Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (!answer.file().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + answer.file() + "\"");
        }
        exchange.sendResponseHeaders(200, answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static void events(HttpExchange exchange, Session session) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        session.stream(exchange.getResponseBody());
    }
}

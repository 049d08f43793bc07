package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Who is answered and who is refused; clients that come in numbers, vanish, or mean harm. */
@Timeout(120)
class ServerTest {
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = Server.start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.sleep(20);
        }
        assertTrue(condition.getAsBoolean());
    }

    /** The status of a request as it stands, head and all. */
    private int raw(String request) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(head.substring(9));
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private int port() {
        return Integer.parseInt(server.origin().replaceAll(".*:", ""));
    }

    private String host() {
        return server.origin().substring("http://".length());
    }

    private String path(String path) {
        return path + "?token=" + server.token();
    }

    // ---- who is refused ---------------------------------------------------------------------------------------------

    @Test
    void thePagesAreWhole() throws Exception {
        Client client = new Client(server);
        for (String path : List.of("/", "/losses")) {
            HttpResponse<String> page = client.get(path, "");
            assertEquals(200, page.statusCode());
            assertTrue(page.body().length() < 600_000, page.body().length() + " characters");
            assertFalse(page.body().contains("{{"), "a part of the template is missing");
            assertFalse(page.body().replace("http://www.w3.org/", "").contains("src=\"http"), "it asks for more");
            assertEquals("DENY", page.headers().firstValue("X-Frame-Options").orElse(""));
            assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?token=", "?token=0", "?token=00000000000000000000000000000000", "?token"})
    void nothingIsAnsweredWithoutTheToken(String query) throws Exception {
        for (String path : List.of("/", "/losses", "/losses/binary", "/events", "/export", "/nothing")) {
            HttpResponse<String> response =
                    new Client(server).send(HttpRequest.newBuilder(URI.create(server.origin() + path + query)));
            assertEquals(403, response.statusCode());
            assertTrue(response.body().contains("token"), response.body());
            assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
        }
    }

    @Test
    void otherHostsAreRefused() throws IOException {
        assertEquals(200, raw("GET " + path("/") + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"));
        assertEquals(
                200,
                raw("GET " + path("/") + " HTTP/1.1\r\nHost: " + host().replace("127.0.0.1", "localhost")
                        + "\r\n\r\n"));
        for (String other : List.of("evil.example", "127.0.0.1", "127.0.0.1:1", host() + ".evil.example", "")) {
            assertEquals(403, raw("GET " + path("/") + " HTTP/1.1\r\nHost: " + other + "\r\n\r\n"), other);
        }
        assertEquals(403, raw("GET " + path("/") + " HTTP/1.1\r\nHost: " + host() + "\r\nHost: evil.example\r\n\r\n"));
        assertEquals(403, raw("GET " + path("/") + " HTTP/1.0\r\n\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, https://127.0.0.1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void otherOriginsAreRefused(String name, String value) throws Exception {
        Client client = new Client(server);
        HttpRequest.Builder request = HttpRequest.newBuilder(client.address("/session", ""))
                .header(name, value)
                .POST(HttpRequest.BodyPublishers.ofString(""));
        assertEquals(403, client.send(request).statusCode());
        assertEquals(0, server.sessions().count());
    }

    @Test
    void thePagesOwnOriginIsAnswered() throws Exception {
        Client client = new Client(server);
        HttpRequest.Builder request = HttpRequest.newBuilder(client.address("/session", ""))
                .header("Origin", server.origin())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(""));
        assertEquals(200, client.send(request).statusCode());
    }

    @Test
    void sizesAreLimited() throws Exception {
        Client client = new Client(server);
        assertEquals(413, client.post("/session", "", "f=" + "x".repeat(40_000)).statusCode());
        assertEquals(
                414, client.get("/losses/binary", "at=" + "1".repeat(20_000)).statusCode());
        assertEquals(400, client.post("/session", "", "a&".repeat(100) + "b").statusCode());
        assertEquals(0, server.sessions().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/style.css", "/nothing", "//etc/passwd"})
    void nothingOnDiskIsReachable(String path) throws IOException {
        int status = raw("GET " + path(path) + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
        assertEquals(404, status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "HEAD", "PATCH"})
    void otherMethodsAreRefused(String method) throws IOException {
        assertEquals(405, raw(method + " " + path("/") + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"));
    }

    /** A bad request is said to be one, and the next good one is answered as if nothing had been. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data=nothing",
                "data=%zz",
                "data=moons&data=xor",
                "rows=1e9",
                "rows=-1",
                "noise=NaN",
                "noise=-1",
                "seed=1.5",
                "hidden=0",
                "hidden=33",
                "hidden=4,4,4,4,4",
                "hidden=,",
                "hidden=4;4",
                "activation=softmax",
                "activation=%00",
                "loss=mse",
                "optimizer=",
                "rate=0",
                "rate=Infinity",
                "l2=-1",
                "batch=0",
                "networks=3",
                "networks=2&loss2=x",
                "data=function&f=",
                "data=function&f=x%2B",
                "data=function&f=java.lang.Runtime",
                "data=function&f=exec(x)",
                "data=function&f=((((((((((((((((((((((((((((((((((((((((",
                "data=function&f=--------------------------------------------------x",
                "data=painted",
                "data=painted&points=1,2",
                "data=painted&points=1,2,7",
                "data=painted&points=1,99,0",
                "data=iris&across=4",
                "data=iris&across=1&upwards=1",
                "data=function&f=0/0",
                "data=function&f=sqrt(x)",
                "data=function&f=1/0",
                "data=function&f=-9",
                "hidden=3+2",
                "hiden=8,8",
                "rows2=20",
                "inputs=",
                "inputs=x,x",
                "inputs=z",
                "data=csv",
                "data=csv&csv=%20",
                "data=csv&csv=a",
                "data=csv&csv=a;b;c%0A1;x;y%0A2;y;z&column_x=a&column_y=b&target=c",
                "data=csv&csv=a,b,c%0A1,2",
                "data=csv&csv=a,a,c%0A1,2,x%0A2,3,y&column_x=a&column_y=a&target=c",
                "data=csv&csv=a,b,c%0A1,2,x%0A2,3,y&column_x=a&column_y=a&target=c",
                "data=csv&csv=a,b,c%0A1,2,x%0A2,3,y&column_x=a&column_y=c&target=b",
                "data=csv&csv=a,b,c%0A1,2,x%0A2,3,x&column_x=a&column_y=b&target=c",
                "data=csv&csv=a,b,c%0A1,2,x%0A2,3,y&column_x=a&column_y=b&target=none",
                "data=csv&csv=a,b,c%0A1,1e999,x%0A2,3,y&column_x=a&column_y=b&target=c",
                "data=csv&csv=a,b,c%0A,2,x%0A2,,y&column_x=a&column_y=b&target=c",
                "data=csv&csv=%22%0Aa,b",
                "data=csv&csv=1,2%0A3,4",
                "data=csv&csv=a%20b%20c%0A1%202%203"
            })
    void wrongSettingsAreRefusedInASentence(String settings) throws Exception {
        HttpResponse<String> response = new Client(server).post("/session", "", settings);
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(response.body().length() < 400, response.body());
        assertFalse(response.body().contains("Exception"), response.body());
        assertFalse(response.body().matches("(?s).*\\bwith(out)?[A-Z].*"), response.body());
        assertEquals(0, server.sessions().count());
        Client.open(server, "").control("step");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hidden=3+2              | hidden is "3 2"; expected whole numbers between commas, each from 1 to 32
        hidden=4,,4             | hidden is "4,,4"; expected whole numbers between commas, each from 1 to 32
        hidden=0                | hidden is "0"; expected whole numbers between commas, each from 1 to 32, or nothing
        hidden=4,4,4,4,4,4,4,4  | hidden has more than 4 parts between commas; expected at most 4
        rate=x                  | rate is "x"; expected a number from 1e-9 to 1000
        data=function&f=-9      | all 200 points are above f(x) = "-9"; expected some on either side
        data=function&f=1/0     | all 200 points are below f(x) = "1/0"; expected some on either side
        data=function&f=log(x)  | f(x) = "log(x)" is no number at x = -
        data=csv&csv=1,2,k%0A2,1,l%0A3,3,k | the table:1:1: the header looks like a row of data; put a line above it that names the columns, such as x,y,kind
        hiden=8,8               | there is no setting "hiden"; expected some of [data,""")
    void aWrongSettingIsNamed(String settings, String complaint) throws Exception {
        String body = new Client(server).post("/session", "", settings).body();
        assertTrue(body.startsWith(complaint), body);
    }

    @Test
    void tooManyPointsAreCountedAsPoints() throws Exception {
        String points = String.join(",", Collections.nCopies(401, "0.5,0.5,1"));
        String body = new Client(server)
                .post("/session", "", "data=painted&points=" + points)
                .body();
        assertTrue(body.startsWith("points holds 401 points; expected at most 400"), body);
    }

    /** The page asks for the columns first; a table is read whatever stands between its cells. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b,kind\n1,2,x\n2,3,y\n",
                "a;b;kind\n1;2;x\n2;3;y",
                "a\tb\tkind\r\n1\t2\tx\r\n2\t3\ty",
                "a;b;kind\n1,5;2;x\n2,5;3,25;y"
            })
    void aTableTellsItsColumns(String csv) throws Exception {
        String columns = new Client(server).posted("/columns", "", "csv=" + Client.encoded(csv));
        assertEquals(
                "[{name=a, numbers=true}, {name=b, numbers=true}, {name=kind, numbers=false}]",
                Client.text(columns, "columns"));
        assertEquals(2, Client.number(columns, "rows"));
        String long401 = "a,b,c\n" + "1,2,x\n".repeat(401);
        HttpResponse<String> refused = new Client(server).post("/columns", "", "csv=" + Client.encoded(long401));
        assertEquals(400, refused.statusCode());
        assertEquals("the table has 401 rows; expected at most 400\n", refused.body());
    }

    @Test
    void malformedRequestsEndNothing() throws Exception {
        for (String request : List.of(
                "GET\r\n\r\n",
                "\0\1\2\3\r\n\r\n",
                "GET / HTTP/1.1\r\nHost\r\n\r\n",
                "POST " + path("/session") + " HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: -5\r\n\r\n",
                "GET " + path("/") + "&a=%F HTTP/1.1\r\nHost: " + host() + "\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET " + path("/%00") + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n",
                "GET " + path("/changed") + "&session=none HTTP/1.1\r\nHost: " + host() + "\r\n\r\n",
                "POST " + path("/columns") + " HTTP/1.1\r\nHost: " + host()
                        + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST " + path("/session") + " HTTP/1.1\r\nHost: " + host()
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n8001\r\n" + "x".repeat(0x8001) + "\r\n0\r\n\r\n")) {
            try {
                int status = raw(request);
                assertTrue(status >= 400 && status < 502, request + " " + status);
            } catch (IOException | StringIndexOutOfBoundsException closed) {
                // hung up on, which is an answer too
            }
        }
        assertEquals(200, new Client(server).get("/", "").statusCode());
    }

    @Test
    void aRateIsSoManyASecond() {
        Rate rate = new Rate(10, 0);
        assertEquals(10, LongStream.range(0, 100).filter(i -> rate.admits(i)).count());
        assertEquals(
                5,
                LongStream.range(0, 100)
                        .filter(i -> rate.admits(500_000_000 + i))
                        .count());
        assertEquals(
                10,
                LongStream.range(0, 100)
                        .filter(i -> rate.admits(9_000_000_000L + i))
                        .count());
    }

    @Test
    void tooManyRequestsAreRefused() throws Exception {
        String one = "GET " + path("/nothing") + " HTTP/1.1\r\nHost: " + host() + "\r\n";
        try (Socket socket = socket()) {
            socket.getOutputStream()
                    .write(((one + "\r\n").repeat(3_000) + one + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answers.contains("HTTP/1.1 404"), answers);
            assertTrue(answers.contains("HTTP/1.1 429"), "none of 3000 requests at once was refused");
        }
        Thread.sleep(1_100);
        assertEquals(200, new Client(server).get("/", "").statusCode());
    }

    // ---- clients ----------------------------------------------------------------------------------------------------

    @Test
    void aClientThatVanishesPausesItsSession() throws Exception {
        Client client = Client.open(server, "");
        Session session = server.sessions().get(client.session());
        Client.Events events = client.events();
        events.frame();
        client.control("play");
        while (Client.number(events.frame(), "networks/0/steps") < 1) {
            // until it trains
        }
        events.close();
        await(() -> !session.isPlaying());
        double steps = Client.number(session.frame(), "networks/0/steps");
        Thread.sleep(300);
        assertEquals(steps, Client.number(session.frame(), "networks/0/steps"));
        try (Client.Events again = client.events()) {
            assertEquals(steps, Client.number(again.frame(), "networks/0/steps"));
        }
    }

    /** A socket that is cut, and one that is open but never read from: others train on, and nothing stays behind. */
    @Test
    void aReaderThatStallsHoldsNobodyUp() throws Exception {
        Client client = Client.open(server, "networks=2&hidden=32,32,32,32&rows=20");
        Session session = server.sessions().get(client.session());
        try (Socket stalled = new Socket()) {
            stalled.setReceiveBufferSize(4_096);
            stalled.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            stalled.getOutputStream()
                    .write(("GET " + path("/events") + "&session=" + client.session() + " HTTP/1.1\r\nHost: " + host()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            client.control("play");
            await(() -> session.isPlaying() && isSameForASecond(session)); // the thread that writes is held up
            Client other = Client.open(server, "rows=20&hidden=1");
            try (Client.Events events = other.events()) {
                other.control("play");
                while (Client.number(events.frame(), "networks/0/steps") < 20) {
                    // trains
                }
            }
            client.control("step");
            stalled.setSoLinger(true, 0);
        }
        await(() -> !session.isPlaying());
        try (Client.Events events = client.events()) {
            assertEquals(steps(session), Client.text(events.frame(), "networks/0/steps"));
        }
    }

    private static String steps(Session session) {
        try {
            return Client.text(session.frame(), "networks/0/steps");
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static boolean isSameForASecond(Session session) {
        String before = steps(session);
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        return before.equals(steps(session));
    }

    @Test
    void anIdleSessionIsFreedAndTheOldestGivesWay() throws Exception {
        Client first = Client.open(server, "");
        server.sessions().closeIdle(System.nanoTime() + Duration.ofMinutes(9).toNanos());
        assertEquals(1, server.sessions().count());
        for (int i = 0; i < Sessions.MOST; i++) {
            Client.open(server, "rows=20&hidden=1");
        }
        assertEquals(Sessions.MOST, server.sessions().count());
        assertEquals(404, first.post("/control", "", "do=step").statusCode());
        server.sessions().closeIdle(System.nanoTime() + Duration.ofMinutes(11).toNanos());
        assertEquals(0, server.sessions().count());
    }

    @Test
    void twentyClientsTrainAtOnce() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(20);
        try {
            List<Future<String>> frames = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int seed = i / 2;
                frames.add(crowd.submit(() -> {
                    Client client = Client.open(server, "seed=" + seed);
                    try (Client.Events events = client.events()) {
                        events.frame();
                        client.control("play");
                        while (Client.number(events.frame(), "networks/0/steps") < 30) {
                            // trains
                        }
                        client.control("reset");
                        for (int step = 0; step < 5; step++) {
                            client.control("step");
                        }
                        String frame = events.frame();
                        while (Client.number(frame, "networks/0/steps") != 5) {
                            frame = events.frame();
                        }
                        return Client.shown(frame);
                    }
                }));
            }
            for (int i = 0; i < 20; i += 2) {
                assertEquals(frames.get(i).get(), frames.get(i + 1).get(), "the same seed, the same numbers");
            }
        } finally {
            crowd.shutdownNow();
        }
        assertEquals(20, server.sessions().count());
    }

    @Test
    void aSecondStreamTakesTheFirstOnesPlace() throws Exception {
        Client client = Client.open(server, "");
        try (Client.Events first = client.events()) {
            first.frame();
            try (Client.Events second = client.events()) {
                second.frame();
                assertThrows(IOException.class, () -> {
                    while (true) {
                        first.frame();
                    }
                });
                client.control("step");
                assertEquals(1, Client.number(second.frame(), "networks/0/steps"));
            }
        }
    }

    @Test
    void aPortIsTakenOnce() {
        assertThrows(BindException.class, () -> Server.start(port()).close());
        StringWriter said = new StringWriter();
        int code = new CommandLine(new PlaygroundCommand())
                .setExecutionExceptionHandler((mistake, command, parsed) -> {
                    said.write(String.valueOf(mistake.getMessage()));
                    return 2;
                })
                .execute("--port", Integer.toString(port()));
        assertEquals(2, code);
        assertTrue(
                said.toString().contains("by a playground that listens at " + server.origin() + "/"), said.toString());
    }
}

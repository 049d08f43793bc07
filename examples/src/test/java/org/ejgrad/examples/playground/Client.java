package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page does, without a page. */
final class Client {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Server server;
    private String session = "";

    Client(Server server) {
        this.server = server;
    }

    String session() {
        return session;
    }

    /** Opens a session with these settings. */
    static Client open(Server server, String settings) throws Exception {
        Client client = new Client(server);
        String opened = client.posted("/session", "", settings);
        client.session = text(opened, "session");
        return client;
    }

    URI address(String path, String query) {
        return URI.create(server.origin() + path + "?token=" + server.token()
                + (session.isEmpty() ? "" : "&session=" + session) + (query.isEmpty() ? "" : "&" + query));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String query) throws Exception {
        return send(HttpRequest.newBuilder(address(path, query)));
    }

    byte[] bytes(String path, String query) throws Exception {
        return bytes(address(path, query));
    }

    byte[] bytes(URI address) throws Exception {
        HttpResponse<byte[]> response =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        return response.body();
    }

    HttpResponse<String> post(String path, String query, String body) throws Exception {
        return send(HttpRequest.newBuilder(address(path, query)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The body of an answer that must be one. */
    String posted(String path, String query, String body) throws Exception {
        HttpResponse<String> response = post(path, query, body);
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    void control(String action) throws Exception {
        posted("/control", "", "do=" + action);
    }

    /** The events of the session. */
    Events events() throws Exception {
        return new Events(http.send(
                        HttpRequest.newBuilder(address("/events", "")).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** All of a frame but the number by which the newest is known. */
    static String shown(String frame) {
        String shown = frame.replaceFirst("\"version\":\\d+,", "");
        assertEquals(-1, shown.indexOf("version"), frame);
        return shown;
    }

    /** The number at a path such as {@code networks/0/train/loss}. */
    static double number(String json, String path) throws IOException {
        return number(parsed(json), path);
    }

    /** The same of a text that is parsed once for many of its numbers. */
    static double number(Object parsed, String path) {
        return at(parsed, path) instanceof Number number
                ? number.doubleValue()
                : Double.parseDouble(text(parsed, path));
    }

    static String text(String json, String path) throws IOException {
        return text(parsed(json), path);
    }

    static String text(Object parsed, String path) {
        return String.valueOf(at(parsed, path));
    }

    static Object at(String json, String path) throws IOException {
        return at(parsed(json), path);
    }

    private static Object at(Object parsed, String path) {
        Object value = parsed;
        for (String key : path.isEmpty() ? new String[0] : path.split("/")) {
            value = value instanceof List<?> list
                    ? list.get(Integer.parseInt(key))
                    : value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** A map, a list, a text, a number, a boolean, or null. */
    static Object parsed(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
                return parser.getDoubleValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return parser.getText();
            }
        }
    }

    /** A stream of events; closing it is what a page that is left does. */
    record Events(InputStream stream, BufferedReader reader) implements AutoCloseable {
        Events(InputStream stream) {
            this(stream, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        }

        /** The next frame. */
        String frame() throws IOException {
            String line = reader.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = reader.readLine();
            }
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            return line.substring("data: ".length());
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}

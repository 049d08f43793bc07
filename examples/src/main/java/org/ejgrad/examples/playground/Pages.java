package org.ejgrad.examples.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.examples.articles.ArticleFigures;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.onnx.OnnxModel;
import org.ejgrad.nn.onnx.Precision;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;

/** What is answered to which request; nothing is read from a disk or written to one. */
final class Pages {
    private static final List<Activation> ACTIVATIONS = List.of(
            Activation.TANH,
            Activation.RELU,
            Activation.LEAKY_RELU,
            Activation.SIGMOID,
            Activation.SILU,
            Activation.GELU,
            Activation.SOFTPLUS);

    private final Sessions sessions;
    private final String playground;
    private final String losses;

    /**
     * An answer.
     *
     * @param type its media type
     * @param file the name to save it under, empty to show it
     */
    record Answer(String type, String file, byte[] body) {
        static Answer html(String text) {
            return new Answer("text/html; charset=utf-8", "", text.getBytes(UTF_8));
        }

        static Answer json(String text) {
            return new Answer("application/json", "", text.getBytes(UTF_8));
        }
    }

    Pages(Sessions sessions) throws IOException {
        this.sessions = sessions;
        playground = Page.of(Pages.class, "playground.html", Section.json(choices()));
        losses = Page.of(
                Pages.class,
                "losses.html",
                Section.json(Map.of(
                        "chapters",
                        ArticleFigures.section(),
                        "buttons",
                        Pages::writeButtons,
                        "titles",
                        Pages::writeTitles)));
    }

    private static Map<String, Section> choices() {
        Map<String, Section> choices = new LinkedHashMap<>();
        choices.put("data", titled(PlaneData.Source.values()));
        choices.put("inputs", titled(Feature.values()));
        choices.put("loss", titled(TrainingLoss.values()));
        choices.put("activation", titled(ACTIVATIONS.toArray(Activation[]::new)));
        choices.put(
                "optimizer",
                Section.rows(Arrays.stream(OptimizerKind.values())
                        .map(kind -> List.of(Fields.id(kind), Fields.id(kind)))
                        .toList()));
        choices.put("size", Section.number(Frame.SIZE));
        choices.put("most", Section.numbers(Plan.MOST_LAYERS, Plan.MOST_UNITS));
        return choices;
    }

    private static Section titled(Enum<?>... constants) {
        return Section.rows(Arrays.stream(constants)
                .map(each -> List.of(Fields.id(each), each.toString()))
                .toList());
    }

    private static void writeButtons(JsonGenerator json) throws IOException {
        Section.rows(ArticleButton.ALL.stream()
                        .map(each -> List.of(each.id(), each.card(), each.query(), each.number()))
                        .toList())
                .write(json);
    }

    private static void writeTitles(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> title : Laboratory.TITLES.entrySet()) {
            json.writeStringField(title.getKey(), title.getValue());
        }
        json.writeEndObject();
    }

    /** The answer to a question that changes nothing. */
    Answer get(String path, Fields query) throws IOException {
        return switch (path) {
            case "/" -> Answer.html(playground);
            case "/losses" -> Answer.html(losses);
            case "/losses/binary" -> Answer.json(Section.json(Laboratory.of(query)));
            case "/losses/classes" -> Answer.json(Section.json(ClassLaboratory.of(query)));
            case "/losses/labels" -> Answer.json(Section.json(LabelLaboratory.of(query)));
            case "/graph" -> graph(query);
            case "/changed" -> changed(query);
            case "/export" -> ask(query, learner -> export(learner, query.text("as", "")));
            default -> throw unknown(path);
        };
    }

    /** The answer to a request that changes something. */
    Answer post(String path, Fields query, Fields form) throws IOException {
        return switch (path) {
            case "/session" -> {
                yield opened(sessions.open(new Session(form)));
            }
            case "/settings" -> {
                session(query).configure(form);
                yield opened(query.text("session", ""));
            }
            case "/control" -> {
                Session session = session(query);
                session.control(form);
                yield Answer.json(Section.json(session.state()));
            }
            case "/columns" -> Answer.json(Section.json(OwnTable.of(form)));
            default -> throw unknown(path);
        };
    }

    Session session(Fields query) {
        return sessions.get(query.text("session", ""));
    }

    private Answer opened(String name) throws IOException {
        Map<String, Section> parts = sessions.get(name).state();
        parts.put("session", Section.text(name));
        return Answer.json(Section.json(parts));
    }

    private static Refusal unknown(String path) {
        return new Refusal(404, "there is nothing at " + Fields.shown(path));
    }

    private <T> T ask(Fields query, Session.Question<T> question) throws IOException {
        return session(query).ask((int) query.whole("network", 0, 0, 1), question);
    }

    /** The page that steps through the loss of one point, with the weights as they are now. */
    private Answer graph(Fields query) throws IOException {
        boolean isTest = query.text("set", "train").equals("test");
        OnePoint point = ask(query, learner -> {
            int rows = (isTest ? learner.test() : learner.train()).size();
            return learner.onePoint(isTest, (int) query.whole("row", 0, 0, rows - 1L));
        });
        int number = session(query).keep(point);
        Map<String, Section> parts = Map.of(
                "graph", point.page().section(),
                "names", Section.texts(point.names()),
                "session", Section.text(query.text("session", "")),
                "point", Section.number(number));
        return Answer.html(Page.of(Pages.class, "point.html", Section.json(parts)));
    }

    /** The same graph with other numbers. */
    private Answer changed(Fields query) throws IOException {
        OnePoint point = session(query).kept((int) query.whole("point", 0, 0, Integer.MAX_VALUE));
        return Answer.json(Section.json(point.page(OnePoint.changes(query)).section()));
    }

    private static Answer export(Learner learner, String format) throws IOException {
        return switch (format) {
            case "safetensors" ->
                new Answer(
                        "application/octet-stream",
                        "playground.safetensors",
                        learner.model().toBytes());
            case "onnx" ->
                new Answer(
                        "application/octet-stream", "playground.onnx", OnnxModel.of(learner.model(), Precision.DOUBLE));
            case "java" ->
                new Answer(
                        "text/plain; charset=utf-8",
                        "Playground.java",
                        JavaProgram.of(learner).getBytes(UTF_8));
            default ->
                throw new IllegalArgumentException(
                        "as is " + Fields.shown(format) + "; expected one of safetensors, onnx, java");
        };
    }
}

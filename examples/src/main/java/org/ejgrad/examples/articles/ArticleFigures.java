package org.ejgrad.examples.articles;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.nn.pages.Section;

/** The figures of the articles beside ours, for pages. */
public final class ArticleFigures {
    private ArticleFigures() {}

    /** {@return our number for each figure, by the figure's id; of a row of numbers the first} */
    public static Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Chapter chapter : ArticlesCommand.chapters(0)) {
            chapter.figures().forEach(figure -> numbers.put(figure.id(), first(figure.ours())));
        }
        return numbers;
    }

    private static double first(Value ours) {
        return ours.get(0, 0);
    }

    /** {@return all figures: an array of chapters, each with its title, introduction and figures} */
    public static Section section() {
        return json -> write(json, ArticlesCommand.chapters(0));
    }

    private static void write(JsonGenerator json, List<Chapter> chapters) throws IOException {
        json.writeStartArray();
        for (Chapter chapter : chapters) {
            json.writeStartObject();
            json.writeStringField("title", chapter.title());
            json.writeStringField("introduction", chapter.introduction());
            json.writeArrayFieldStart("figures");
            for (Figure figure : chapter.figures()) {
                boolean isMisrounded = figure.isDecimal() && !figure.rounded().equals(figure.article());
                json.writeStartObject();
                json.writeStringField("id", figure.id());
                json.writeStringField("what", figure.what());
                json.writeStringField("article", figure.article());
                json.writeStringField("ours", Numbers.text(figure.ours()));
                json.writeStringField("rounded", isMisrounded ? figure.rounded() : "");
                json.writeStringField("remark", figure.remark());
                json.writeBooleanField("disputed", figure.disputed());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

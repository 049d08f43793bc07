package org.ejgrad.examples.images;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.ConstMatrix;

/**
 * A row of pictures of one size under a heading.
 *
 * @param title what they show
 * @param shape of one channel of each
 * @param kind how a number becomes a colour: {@code grey} from 0 to 1, {@code signed} around 0, {@code class}
 * @param names of the pictures
 * @param pixels a row per picture
 */
record Pictures(String title, ImageShape shape, String kind, List<String> names, ConstMatrix<?> pixels)
        implements Section {
    static final String GREY = "grey";
    static final String SIGNED = "signed";
    static final String CLASS = "class";

    Pictures {
        names = List.copyOf(names);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", title);
        json.writeStringField("kind", kind);
        json.writeNumberField("height", shape.height());
        json.writeNumberField("width", shape.width());
        json.writeFieldName("names");
        Section.texts(names).write(json);
        json.writeArrayFieldStart("pixels");
        for (int row = 0; row < pixels.getNumRows(); row++) {
            json.writeStartArray();
            for (int i = 0; i < shape.pixels(); i++) {
                json.writeNumber(pixels.get(row, i));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Several rows of pictures. */
    static Section all(List<Pictures> rows) {
        return json -> {
            json.writeStartArray();
            for (Pictures each : rows) {
                each.write(json);
            }
            json.writeEndArray();
        };
    }
}

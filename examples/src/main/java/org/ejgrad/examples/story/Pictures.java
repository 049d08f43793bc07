package org.ejgrad.examples.story;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.ConstMatrix;

/** A row of pictures of one size under a heading, for a page. */
public final class Pictures implements Section {
    private final Map<String, Section> fields = new LinkedHashMap<>();

    private Pictures(
            String title,
            String colours,
            ImageShape shape,
            List<String> names,
            ConstMatrix<?> pixels,
            List<String> classes) {
        requireNonNull(title, "title");
        int columns = requireNonNull(shape, "shape").pixels();
        Require.elements(names, "names");
        if (requireNonNull(pixels, "pixels").getNumRows() != names.size() || pixels.getNumCols() != columns) {
            throw new IllegalArgumentException("Pictures: the pixels are " + pixels.getNumRows() + "x"
                    + pixels.getNumCols() + "; expected " + names.size() + "x" + columns + ", a row per picture");
        }
        List<Section> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            int picture = row;
            rows.add(Section.numbers(IntStream.range(0, columns)
                    .mapToDouble(i -> pixels.get(picture, i))
                    .toArray()));
        }
        fields.put("title", Section.text(title));
        fields.put("colours", Section.text(colours));
        fields.put("height", Section.number(shape.height()));
        fields.put("width", Section.number(shape.width()));
        fields.put("names", Section.texts(names));
        fields.put("pixels", Section.list(rows));
        fields.put("classes", Section.texts(Require.elements(classes, "classes")));
    }

    /**
     * Grey levels.
     *
     * @param title what they show
     * @param shape of one channel of each
     * @param names of the pictures
     * @param pixels a row per picture, from 0, black, to 1, white
     * @return the pictures
     */
    public static Pictures grey(String title, ImageShape shape, List<String> names, ConstMatrix<?> pixels) {
        return new Pictures(title, "grey", shape, names, pixels, List.of());
    }

    /**
     * Numbers around 0, one colour above and one below, the stronger the farther.
     *
     * @param title what they show
     * @param shape of one channel of each
     * @param names of the pictures
     * @param pixels a row per picture
     * @return the pictures
     */
    public static Pictures signed(String title, ImageShape shape, List<String> names, ConstMatrix<?> pixels) {
        return new Pictures(title, "signed", shape, names, pixels, List.of());
    }

    /**
     * A class for each pixel.
     *
     * @param title what they show
     * @param shape of one channel of each
     * @param names of the pictures
     * @param pixels a row per picture; what is no index of a class is unknown
     * @param classes their names, the ground on which the others lie first
     * @return the pictures
     */
    public static Pictures classes(
            String title, ImageShape shape, List<String> names, ConstMatrix<?> pixels, List<String> classes) {
        return new Pictures(title, "class", shape, names, pixels, classes);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        Section.object(fields).write(json);
    }
}

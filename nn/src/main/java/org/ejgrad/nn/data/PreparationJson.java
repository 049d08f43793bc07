package org.ejgrad.nn.data;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.nn.arguments.StrictJson;

/**
 * A {@link Preparation} as JSON, read back to the last bit: its fields in one order, all of them and no others.
 *
 * <pre>
 * {"format": "ejgrad-preparation-1", "kind": "CLASSES", "targets": ["species"], "classes": ["no", "yes"],
 *  "targetScales": [], "missing": "MEAN", "unseen": "REFUSE", "columns": [
 *  {"name": "age", "fill": 30.5, "scale": [0.0078125, 0.23828125, 0.0, 0.0625]},
 *  {"name": "colour", "categories": ["blue", "red", ""]}]}
 * </pre>
 *
 * <p>A scale is the unit, the mean, the rest and the deviation of {@link Standardizer.Column}.
 */
final class PreparationJson {
    private static final String FORMAT = "ejgrad-preparation-1";
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_NUMBER = 100;
    private static final int DEEPEST_NESTING = 4;

    /** Characters of the whole. */
    private static final int MOST_CHARACTERS = 1 << 26;

    private final JsonParser parser;

    private PreparationJson(JsonParser parser) {
        this.parser = parser;
    }

    // ---- writing ----------------------------------------------------------------------------------------------------

    static String of(Preparation preparation) {
        List<Standardizer.Column> scales = preparation.scale().columns();
        List<String> columns = new ArrayList<>();
        int at = 0;
        for (RawColumn column : preparation.rawColumns()) {
            boolean isNumber = column.kind() == ColumnKind.NUMBER;
            columns.add("{\"name\": " + quoted(column.name())
                    + (isNumber
                            ? ", \"fill\": "
                                    + (column.fill().isPresent() ? column.fill().getAsDouble() : null) + ", \"scale\": "
                                    + scale(scales.get(at))
                            : ", \"categories\": " + list(column.categories(), PreparationJson::quoted))
                    + "}");
            at += isNumber ? 1 : column.categories().size();
        }
        String text = "{\"format\": \"" + FORMAT + "\", \"kind\": \"" + preparation.kind() + "\", \"targets\": "
                + list(preparation.targetNames(), PreparationJson::quoted) + ", \"classes\": "
                + list(preparation.classNames(), PreparationJson::quoted) + ", \"targetScales\": "
                + list(preparation.targetScale().columns(), PreparationJson::scale) + ", \"missing\": \""
                + preparation.missing() + "\", \"unseen\": \"" + preparation.unseen() + "\", \"columns\": [\n "
                + String.join(",\n ", columns) + "]}";
        if (text.length() > MOST_CHARACTERS) {
            throw new ResourceLimitException("Preparation: names and categories make a text of " + text.length()
                    + " characters; at most " + MOST_CHARACTERS + " are allowed");
        }
        return text;
    }

    private static <T> String list(List<T> elements, Function<T, String> text) {
        return elements.stream().map(text).collect(joining(", ", "[", "]"));
    }

    private static String scale(Standardizer.Column scale) {
        return list(List.of(scale.unit(), scale.mean(), scale.rest(), scale.deviation()), number -> number.toString());
    }

    private static String quoted(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new ResourceLimitException("Preparation: the name or category \"" + CsvFormat.shortened(text)
                    + "\" has " + text.length() + " characters; at most " + LONGEST_TEXT + " are allowed");
        }
        if (!StrictJson.isUnicode(text)) {
            throw new IllegalArgumentException("Preparation: the name or category \"" + CsvFormat.shortened(text)
                    + "\" holds half of a surrogate pair, which is not valid Unicode");
        }
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    static Preparation parse(String text) throws DatasetFormatException {
        if (text.length() > MOST_CHARACTERS) {
            throw new DatasetFormatException(
                    "preparation", text.length() + " characters; expected at most " + MOST_CHARACTERS);
        }
        JsonFactory strict = StrictJson.factory(DEEPEST_NESTING, LONGEST_TEXT, LONGEST_TEXT, LONGEST_NUMBER);
        try (JsonParser parser = strict.createParser(text)) {
            return new PreparationJson(parser).read();
        } catch (DatasetFormatException wrong) {
            throw wrong;
        } catch (IOException wrong) {
            throw new DatasetFormatException("preparation", "not the expected JSON: " + firstLine(wrong));
        }
    }

    private static String firstLine(IOException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    private Preparation read() throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
        field("format");
        String format = text();
        if (!format.equals(FORMAT)) {
            throw wrong("the format is \"" + CsvFormat.shortened(format) + "\"; expected \"" + FORMAT
                    + "\", of this version of the library");
        }
        field("kind");
        TargetKind kind = oneOf(TargetKind.values());
        field("targets");
        List<String> targets = texts();
        field("classes");
        List<String> classes = texts();
        field("targetScales");
        List<Standardizer.Column> targetScales = new ArrayList<>();
        expect(parser.nextToken() == JsonToken.START_ARRAY, "a list of scales");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            targetScales.add(scale());
        }
        field("missing");
        Missing missing = oneOf(Missing.values());
        field("unseen");
        Unseen unseen = oneOf(Unseen.values());
        field("columns");
        expect(parser.nextToken() == JsonToken.START_ARRAY, "a list of columns");
        List<RawColumn> columns = new ArrayList<>();
        List<Standardizer.Column> scales = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            columns.add(column(missing, scales));
        }
        expect(parser.nextToken() == JsonToken.END_OBJECT, "the end of the object");
        expect(parser.nextToken() == null, "nothing more");
        List<String> names = Stream.concat(targets.stream(), columns.stream().map(RawColumn::name))
                .toList();
        requireDifferent(names, "column");
        boolean isSound = switch (kind) {
            case CLASSES -> targets.size() == 1 && classes.size() > 1 && targetScales.isEmpty();
            case LABELS -> classes.equals(targets) && targetScales.isEmpty();
            case NUMBERS -> classes.isEmpty() && targetScales.size() == targets.size();
        };
        if (!isSound || targets.isEmpty() || columns.isEmpty()) {
            throw wrong(targets.size() + " targets, " + classes.size() + " classes, " + targetScales.size()
                    + " scales of targets and " + columns.size() + " columns do not fit " + kind);
        }
        return new Preparation(
                new Targets(kind, targets, classes, Standardizer.of(targetScales)),
                missing,
                unseen,
                List.copyOf(columns),
                Standardizer.of(scales));
    }

    private RawColumn column(Missing missing, List<Standardizer.Column> scales) throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "an object");
        field("name");
        String name = text();
        expect(parser.nextToken() == JsonToken.FIELD_NAME, "the field \"fill\" or \"categories\"");
        RawColumn column;
        if (parser.currentName().equals("categories")) {
            List<String> categories = texts();
            expect(!categories.isEmpty(), "at least 1 category");
            categories.forEach(category -> scales.add(Standardizer.Column.AS_IT_IS));
            column = new RawColumn(name, ColumnKind.TEXT, categories, OptionalDouble.empty());
        } else {
            expect(parser.currentName().equals("fill"), "the field \"fill\" or \"categories\"");
            boolean isFilled = parser.nextToken() != JsonToken.VALUE_NULL;
            OptionalDouble fill = isFilled ? OptionalDouble.of(number()) : OptionalDouble.empty();
            expect(
                    isFilled == (missing == Missing.MEAN || missing == Missing.MEDIAN),
                    "a fill if, and only if, " + "missing cells are filled");
            field("scale");
            parser.nextToken();
            scales.add(scale());
            column = new RawColumn(name, ColumnKind.NUMBER, List.of(), fill);
        }
        expect(parser.nextToken() == JsonToken.END_OBJECT, "the end of the column");
        return column;
    }

    private Standardizer.Column scale() throws IOException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "a scale of 4 numbers");
        double[] numbers = new double[4];
        for (int i = 0; i < numbers.length; i++) {
            parser.nextToken();
            numbers[i] = number();
        }
        expect(parser.nextToken() == JsonToken.END_ARRAY, "a scale of 4 numbers");
        expect(numbers[0] > 0 && numbers[3] > 0, "a scale whose unit and deviation are greater than 0");
        return new Standardizer.Column(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private double number() throws IOException {
        JsonToken token = parser.currentToken();
        expect(token != null && token.isNumeric(), "a number");
        double number = Double.parseDouble(parser.getText());
        expect(Double.isFinite(number), "a number that is finite as a double");
        return number;
    }

    private List<String> texts() throws IOException {
        expect(parser.nextToken() == JsonToken.START_ARRAY, "a list of texts");
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(currentText());
        }
        requireDifferent(texts, "text");
        return List.copyOf(texts);
    }

    private String text() throws IOException {
        parser.nextToken();
        return currentText();
    }

    /** JSON's escapes can spell half a surrogate pair. */
    private String currentText() throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "a text");
        expect(StrictJson.isUnicode(parser.getText()), "a text without half of a surrogate pair");
        return parser.getText();
    }

    private <E extends Enum<E>> E oneOf(E[] values) throws IOException {
        String found = text();
        for (E value : values) {
            if (value.name().equals(found)) {
                return value;
            }
        }
        throw wrong("\"" + CsvFormat.shortened(found) + "\"; expected one of " + List.of(values));
    }

    private void field(String name) throws IOException {
        boolean isField = parser.nextToken() == JsonToken.FIELD_NAME;
        expect(isField && parser.currentName().equals(name), "the field \"" + name + "\"");
    }

    private void requireDifferent(Collection<String> texts, String what) throws IOException {
        Set<String> seen = new HashSet<>();
        for (String text : texts) {
            if (!seen.add(text)) {
                throw wrong("two equal names, \"" + CsvFormat.shortened(text) + "\"; expected each " + what + " once");
            }
        }
    }

    private void expect(boolean right, String expected) throws IOException {
        if (!right) {
            String found = parser.currentToken() == null ? "the end" : CsvFormat.shortened(parser.getText());
            throw wrong("found " + found + "; expected " + expected);
        }
    }

    private DatasetFormatException wrong(String reason) {
        return new DatasetFormatException(
                "preparation",
                "character " + Math.max(parser.currentTokenLocation().getCharOffset(), 0) + ": " + reason);
    }
}

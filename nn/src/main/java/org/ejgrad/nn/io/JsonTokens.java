package org.ejgrad.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Strict JSON, read in one pass over its tokens: a field given twice, deep nesting and whatever else is not expected is
 * refused with its place.
 *
 * @param parser at the current token
 * @param source the file's name for messages
 * @param whole what messages call the text as a whole
 * @param place what messages give as the place of a fault
 */
record JsonTokens(JsonParser parser, String source, String whole, ToLongFunction<JsonLocation> place) {
    /** Makes something of the tokens of an object, from its first field to its end. */
    @FunctionalInterface
    interface Content<T> {
        T read(JsonTokens json) throws IOException;
    }

    /** What is made of the object that a text is. */
    static <T> T read(
            String text,
            int deepest,
            String source,
            String whole,
            ToLongFunction<JsonLocation> place,
            Content<T> object)
            throws ModelFormatException {
        JsonFactory strict = new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(deepest).build())
                .build();
        try (JsonParser parser = strict.createParser(text)) {
            JsonTokens json = new JsonTokens(parser, source, whole, place);
            json.expect(JsonToken.START_OBJECT, whole);
            T read = object.read(json);
            if (parser.nextToken() != null) {
                throw json.wrong(whole, "there is more after the closing brace");
            }
            return read;
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation() == null ? JsonLocation.NA : wrong.getLocation();
            String reason = "not the expected JSON at character " + at.getCharOffset() + ": ";
            throw new ModelFormatException(source, whole, place.applyAsLong(at), reason + wrong.getOriginalMessage());
        } catch (IOException wrong) {
            long nowhere = place.applyAsLong(JsonLocation.NA);
            throw new ModelFormatException(source, whole, nowhere, "unreadable: " + wrong.getMessage());
        }
    }

    /** A text between quotation marks. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** Goes on, to a token that must be of this kind. */
    void expect(JsonToken expected, String section) throws IOException {
        JsonToken found = parser.nextToken();
        if (found != expected) {
            throw wrong(section, "found " + found + "; expected " + expected);
        }
    }

    /** Goes on, and tells whether there is another field. */
    boolean hasField() throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME;
    }

    /** Goes on, through an object of texts. */
    Map<String, String> texts(String section) throws IOException {
        expect(JsonToken.START_OBJECT, section);
        Map<String, String> texts = new LinkedHashMap<>();
        while (hasField()) {
            String key = checked(parser.currentName(), section);
            String entry = section + " \"" + key + "\"";
            expect(JsonToken.VALUE_STRING, entry);
            texts.put(key, checked(parser.getText(), entry));
        }
        return texts;
    }

    /** JSON's escapes can spell half a surrogate pair, which no UTF-8 file can hold again. */
    String checked(String text, String section) throws ModelFormatException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong(section, "a text holds half of a surrogate pair, which is not valid Unicode");
        }
        return text;
    }

    ModelFormatException wrong(String section, String reason) {
        return new ModelFormatException(source, section, place.applyAsLong(parser.currentTokenLocation()), reason);
    }
}

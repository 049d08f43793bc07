package org.ejgrad.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.StrictJson;

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
    /** More digits than any double needs. */
    private static final int LONGEST_NUMBER = 1000;

    /** Makes something of the tokens of an object, from its first field to its end. */
    @FunctionalInterface
    interface Content<T> {
        T read(JsonTokens json) throws IOException;
    }

    /** What is made of the object that a text is. */
    static <T> T read(
            Reader text,
            int deepest,
            String source,
            String whole,
            ToLongFunction<JsonLocation> place,
            Content<T> object)
            throws IOException {
        JsonFactory strict =
                StrictJson.factory(deepest, ModelLimits.LONGEST_NAME, ModelLimits.LONGEST_NOTE, LONGEST_NUMBER);
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
        } catch (StreamConstraintsException tooMuch) {
            throw new ModelFormatException(
                    source,
                    whole,
                    place.applyAsLong(JsonLocation.NA),
                    "it has a nesting depth over " + deepest + ", a name over " + ModelLimits.LONGEST_NAME
                            + " characters, a text over " + ModelLimits.LONGEST_NOTE + " or a number over "
                            + LONGEST_NUMBER);
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation() == null ? JsonLocation.NA : wrong.getLocation();
            String reason = "not the expected JSON at character " + at.getCharOffset() + ": ";
            throw new ModelFormatException(source, whole, place.applyAsLong(at), reason + wrong.getOriginalMessage());
        } catch (CharacterCodingException malformed) {
            throw new ModelFormatException(source, whole, 0, "it is not valid UTF-8");
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
            if (texts.size() == ModelLimits.MOST_ENTRIES) {
                throw wrong(section, "it has more than " + ModelLimits.MOST_ENTRIES + " entries");
            }
            String key = checked(parser.currentName(), section);
            String entry = section + " \"" + key + "\"";
            expect(JsonToken.VALUE_STRING, entry);
            texts.put(key, checked(parser.getText(), entry));
        }
        return texts;
    }

    /** JSON's escapes can spell half a surrogate pair, which no UTF-8 file can hold again. */
    String checked(String text, String section) throws ModelFormatException {
        if (!StrictJson.isUnicode(text)) {
            throw wrong(section, "a text holds half of a surrogate pair, which is not valid Unicode");
        }
        return text;
    }

    /** A text of any length, for a message. */
    static String shortened(String text) {
        String found = PlainText.of(String.valueOf(text));
        return found.length() <= 40 ? found : found.substring(0, 40) + "…";
    }

    ModelFormatException wrong(String section, String reason) {
        return new ModelFormatException(source, section, place.applyAsLong(parser.currentTokenLocation()), reason);
    }
}

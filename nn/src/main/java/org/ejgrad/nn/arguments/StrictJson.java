package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.nio.charset.StandardCharsets;

/** How JSON from outside is read: a field given twice is refused, and so is what is deeper or longer than expected. */
public final class StrictJson {
    private StrictJson() {}

    /**
     * {@return what makes parsers with these limits}
     *
     * @param deepest how deep objects and lists lie within each other
     * @param longestName characters of a field's name
     * @param longestText characters of a text
     * @param longestNumber characters of a number
     * @throws IllegalArgumentException if a limit is negative
     */
    public static JsonFactory factory(int deepest, int longestName, int longestText, int longestNumber) {
        return new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Require.atLeast(deepest, 0, "StrictJson: the deepest nesting"))
                        .maxNameLength(Require.atLeast(longestName, 0, "StrictJson: the longest name"))
                        .maxStringLength(Require.atLeast(longestText, 0, "StrictJson: the longest text"))
                        .maxNumberLength(Require.atLeast(longestNumber, 0, "StrictJson: the longest number"))
                        .build())
                .build();
    }

    /** {@return whether UTF-8 can spell a text: half of a surrogate pair, which JSON's escapes can, it cannot} */
    public static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(requireNonNull(text, "text"));
    }
}

package org.ejgrad.examples.sequences;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** The characters of a text, each with a number: code points of Unicode, of which Java keeps some in two halves. */
final class Alphabet {
    private final int[] characters;

    private Alphabet(int... characters) {
        this.characters = characters;
    }

    /** All characters of a text, in the order of Unicode. */
    static Alphabet of(String text) {
        return new Alphabet(
                requireNonNull(text, "text").codePoints().distinct().sorted().toArray());
    }

    int size() {
        return characters.length;
    }

    /** The numbers of a text's characters; one that is not known is refused. */
    int[] symbols(String text) {
        int[] symbols = requireNonNull(text, "text").codePoints().toArray();
        for (int i = 0; i < symbols.length; i++) {
            int symbol = Arrays.binarySearch(characters, symbols[i]);
            if (symbol < 0) {
                throw new IllegalArgumentException("the character \"" + Character.toString(symbols[i]) + "\" at place "
                        + i + " is none of the " + size() + " that are known");
            }
            symbols[i] = symbol;
        }
        return symbols;
    }

    String text(int... symbols) {
        StringBuilder text = new StringBuilder();
        for (int symbol : symbols) {
            text.appendCodePoint(characters[symbol]);
        }
        return text.toString();
    }
}

package org.ejgrad.examples.sequences;

import static java.util.Objects.requireNonNull;

/** The characters of a text, each with a number. */
final class Alphabet {
    private final String characters;

    private Alphabet(String characters) {
        this.characters = characters;
    }

    /** All characters of a text, in the order of Unicode. */
    static Alphabet of(String text) {
        StringBuilder characters = new StringBuilder();
        requireNonNull(text, "text").chars().distinct().sorted().forEach(each -> characters.append((char) each));
        return new Alphabet(characters.toString());
    }

    int size() {
        return characters.length();
    }

    /** The numbers of a text's characters; one that is not known is refused. */
    int[] symbols(String text) {
        int[] symbols = new int[requireNonNull(text, "text").length()];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = characters.indexOf(text.charAt(i));
            if (symbols[i] < 0) {
                throw new IllegalArgumentException("the character \"" + text.charAt(i) + "\" at place " + i
                        + " is none of the " + size() + " that are known");
            }
        }
        return symbols;
    }

    String text(int... symbols) {
        StringBuilder text = new StringBuilder();
        for (int symbol : symbols) {
            text.append(characters.charAt(symbol));
        }
        return text.toString();
    }
}

package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is split as a shell splits it. */
class WordsTest {
    @Test
    void wordsEndAtSpacesOutsideQuotes() {
        assertEquals(List.of("python3", "mine.py"), Words.of("  python3\t mine.py\n"));
        assertEquals(List.of("a b", "c\"d", ""), Words.of("'a b' 'c\"d' ''"));
        assertEquals(List.of("a b", "c'd\"e\\f\\n"), Words.of("\"a b\" \"c'd\\\"e\\\\f\\n\""));
        assertEquals(List.of("a b", "c\\", "'"), Words.of("a\\ b c\\\\ \\'"));
        assertEquals(List.of("--x=1 2", "$HOME", "*.py", "|"), Words.of("--x='1 2' $HOME *.py |"));
        assertEquals(List.of("end\\"), Words.of("end\\"));
        assertEquals(List.of(), Words.of(" \n"));
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Words.of("python3 'mine.py"));
        assertThrows(IllegalArgumentException.class, () -> Words.of("python3 \"mine.py'"));
        assertThrows(IllegalArgumentException.class, () -> Words.of("\"a\\\""));
    }
}

package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands over sequences, ratings and anomalies print, write and refuse. */
class SequenceCommandsTest {
    @TempDir
    Path folder;

    /** What was printed, on one line; before, no line but that of the page is too long for a terminal. */
    private static String said(Program program) {
        program.out()
                .lines()
                .filter(line -> !line.startsWith("Page: "))
                .forEach(line -> assertTrue(line.length() <= 80, line));
        return program.out().replaceAll("\\R+", " ");
    }

    @Test
    void textComparesWithCountsAndWrites() throws IOException {
        Path text = Files.writeString(folder.resolve("rhyme.txt"), "<b>one</b>, two, three; ".repeat(60));
        Path page = folder.resolve("new").resolve("text.html");
        Program program = Program.run(
                "text",
                "--text",
                text.toString(),
                "--epochs",
                "2",
                "--hidden",
                "8",
                "--seeds",
                "2",
                "--page",
                page.toString());
        assertEquals(0, program.code(), program.err());
        String said = said(program);
        String first = "The text has 1,440 characters, 14 different ones; the last tenth of it is for testing. ";
        assertTrue(said.startsWith(first), said);
        assertTrue(said.matches(".* A GRU of 8 columns needs \\d\\.\\d\\d bits a character, .* more than .*"), said);
        assertTrue(
                program.out().matches("(?s).*triples counted \\(trigrams\\) +(\\d+\\.\\d{4} ± 0\\.0000 *){2}\\R.*"),
                program.out());
        assertTrue(program.out().contains("== temperature 1.5"), program.out());
        assertTrue(program.err().contains("8/8 networks"), program.err());
        String html = Files.readString(page);
        assertTrue(html.contains("A character model") && !html.contains("<b>one"), "what is read is no markup");
        assertTrue(program.out().contains("Page: " + page));
    }

    /** The same text, whichever system wrote it; what is written holds no half of a character. */
    @Test
    void aTextIsItsCharactersHoweverTheyAreStored() throws IOException {
        String lines = "hi 👋🏽 and 🌍\nbye 👋\n".repeat(45);
        List<String> told = new ArrayList<>();
        for (String each : List.of(lines, "\uFEFF" + lines.replace("\n", "\r\n"), lines.replace("\n", "\r"))) {
            Path file = Files.writeString(folder.resolve("emoji.txt"), each);
            Program program =
                    Program.run("text", "--text", file.toString(), "--epochs", "2", "--hidden", "1", "--seeds", "1");
            assertEquals(0, program.code(), program.err());
            told.add(program.out());
        }
        assertTrue(told.get(0).startsWith("The text has 810 characters, 13 different ones;"), told.get(0));
        assertTrue(told.get(0).contains("A GRU of 1 column needs"), told.get(0));
        assertFalse(told.get(0).matches("(?s).*[?\uFFFD].*"), told.get(0));
        assertEquals(told.get(0), told.get(1));
        assertEquals(told.get(0), told.get(2));
    }

    @Test
    void textRefusesWhatItCannotRead() throws IOException {
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9, 'a'});
        assertEquals(
                "ejgrad text: " + latin + ": this is no text in UTF-8; see ejgrad text --help",
                Program.run("text", "--text", latin.toString()).err().strip());
        Path none = folder.resolve("none.txt");
        Program missing = Program.run("text", "--text", none.toString());
        assertTrue(missing.code() == 2 && missing.err().contains("there is no such file"), missing.err());
        Path empty = Files.writeString(folder.resolve("empty.txt"), "");
        assertTrue(Program.run("text", "--text", empty.toString())
                .err()
                .contains("--text: the number of characters = 0; expected at least 713"));
        Path small = Files.writeString(folder.resolve("short.txt"), "abc".repeat(20));
        assertTrue(Program.run("text", "--text", small.toString()).err().contains("expected at least 713"));
        assertEquals(2, Program.run("text", "--epochs", "0").code());
        assertEquals(2, Program.run("text", "--hidden", "0").code());
        assertEquals(2, Program.run("attention", "--steps", "0").code());
    }

    @Test
    @Tag("training")
    void attentionShowsWhereItLooks() throws IOException {
        Path page = folder.resolve("attention.html");
        Program program = Program.run("attention", "--steps", "400", "--seeds", "1", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        String said = said(program);
        assertTrue(
                said.startsWith("Sequences of 6 of 8 symbols; the shares of symbols put right, over one seed. "), said);
        assertTrue(said.contains("6 of 6 places look most at the place they copy"), said);
        assertTrue(program.out().matches("(?s).*one attention head +[01]\\.\\d{4} +[01]\\.\\d{4}.*"), program.out());
        assertTrue(Files.readString(page).contains("One attention head"));
    }

    @Test
    void rankingComparesLosses() throws IOException {
        Path page = folder.resolve("ranking.html");
        Program program = Program.run("ranking", "--epochs", "5", "--seeds", "2", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        String said = said(program);
        assertTrue(said.startsWith("100 lists of 10 items to learn from, 1000 to test; means over 2 seeds. "), said);
        assertTrue(
                program.out().matches("(?s).*listwise cross-entropy( +[01]\\.\\d{4} ± 0\\.\\d{4}){3}\\R.*"),
                program.out());
        assertTrue(Files.readString(page).contains("Items in order"));
        assertEquals(2, Program.run("ranking", "--epochs", "0").code());
    }

    @Test
    void ratingsTellWhatTheyReach() throws IOException {
        Path page = folder.resolve("ratings.html");
        Program ratings = Program.run("ratings", "--seeds", "1", "--page", page.toString());
        assertEquals(0, ratings.code(), ratings.err());
        assertTrue(
                said(ratings).matches(".* Cross-entropy names the stars of 6\\d % of the ratings, .*"), said(ratings));
        assertTrue(Files.readString(page).contains("factors, cross-entropy"));
    }

    @Test
    @Tag("training")
    void speechTellsWhatItReaches() throws IOException {
        Path page = folder.resolve("speech.html");
        Program speech = Program.run("speech", "--seeds", "1", "--page", page.toString());
        assertEquals(0, speech.code(), speech.err());
        assertTrue(
                said(speech).matches(".* With masks (9[6-9]|100)\\.\\d % of the words are told apart, .*"),
                said(speech));
        assertTrue(speech.out().matches("(?s).*\nmeans of formants +0\\.[0-5]\\d+\\R.*"), speech.out());
        assertTrue(Files.readString(page).contains("GRU with masks"));
    }

    @Test
    @Tag("training")
    void anomaliesShowsTheStrangestDigits() throws IOException {
        Path page = folder.resolve("anomalies.html");
        Program program = Program.run("anomalies", "--seeds", "1", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        String said = said(program);
        assertTrue(said.matches(".* auto-encoder takes the right one for strange 9\\d times in 100, .*"), said);
        assertTrue(Files.readString(page).contains("As the network puts them together"));
    }

    @Test
    void helpFitsATerminal() {
        for (String command : List.of("text", "attention", "ranking", "ratings", "anomalies", "speech")) {
            Program help = Program.run(command, "--help");
            assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
            assertTrue(help.out().contains("Example: " + command), help.out());
        }
    }
}

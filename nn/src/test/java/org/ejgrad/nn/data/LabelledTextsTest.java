package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.ejgrad.nn.Thrown;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are read line by line and become rows of the words they contain. */
class LabelledTextsTest {
    private static LabelledTexts read(String content) throws IOException {
        return read(content, Limits.DEFAULT);
    }

    private static LabelledTexts read(String content, Limits limits) throws IOException {
        return LabelledTexts.read("t.txt", new ByteArrayInputStream(content.getBytes(UTF_8)), limits, "ham", "spam");
    }

    private static String refusal(String content) {
        return Thrown.message(DatasetFormatException.class, () -> read(content));
    }

    @Test
    void eachLineIsAClassATabAndAText() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            LabelledTexts texts = read("ham\tHi, \"you\"" + end + "spam\t" + end + "ham\tÜber £5");
            assertEquals(List.of("Hi, \"you\"", "", "Über £5"), texts.texts());
            assertArrayEquals(new int[] {0, 1, 0}, texts.labels());
            assertEquals(List.of("ham", "spam"), texts.classNames());
        }
    }

    @Test
    void whatIsNoSuchLineIsRefused() {
        assertEquals("t.txt:2:1: no tab; expected a class name, a tab, a text", refusal("ham\ta\nspam b\n"));
        assertEquals("t.txt:1:1: two tabs; expected a class name, a tab, a text", refusal("ham\ta\tb\n"));
        assertEquals("t.txt:1:1: two tabs; expected a class name, a tab, a text", refusal("\ta\tb\n"));
        assertEquals("t.txt:1:1: the class is \"\"; expected one of [ham, spam]", refusal("\ta\n"));
        assertEquals("t.txt:3:1: no tab; expected a class name, a tab, a text", refusal("ham\ta\nham\tb\n\nham\tc"));
        assertEquals("t.txt:1:1: the class is \"Ham\"; expected one of [ham, spam]", refusal("Ham\ta\n"));
        assertEquals("t.txt: 0 data rows; expected at least 1", refusal(""));
        assertEquals("t.txt: byte 4: a NUL byte; expected text that was saved as UTF-8", refusal("ham\t\0"));
        Limits limits = new Limits(1000, 1, 10, 1, 2);
        assertTrue(Thrown.message(ResourceLimitException.class, () -> read("ham\taaaaaaa\n", limits))
                .contains("the line exceeds 10"));
        assertTrue(Thrown.message(ResourceLimitException.class, () -> read("ham\ta\n".repeat(3), limits))
                .contains("more than 2 rows"));
    }

    @Test
    void filesAreReadFromPaths(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("t.gz"), CsvFormatTest.gzip("a\tx y\n".getBytes(UTF_8)));
        assertEquals(List.of("x y"), LabelledTexts.read(path, "a").texts());
        assertThrows(NoSuchFileException.class, () -> LabelledTexts.read(folder.resolve("none"), "a"));
    }

    @Test
    void wordsAreRunsOfLowerCaseLettersAndDigits() {
        assertEquals(
                List.of("don", "t", "call", "08001234", "n", "l", "a1b2"),
                BagOfWords.words("Don't CALL 08001234! ñnÉl_a1B2"));
        assertEquals(List.of(), BagOfWords.words(" ... ÄÖ "));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals(List.of("win", "i"), BagOfWords.words("WIN I"));
        } finally {
            Locale.setDefault(before);
        }
        assertEquals(List.of(), BagOfWords.words("\u0130\u0131\u212A"), "dotted I, dotless i, Kelvin sign");
    }

    @Test
    void theVocabularyIsOfWordsInEnoughTrainingTexts() {
        BagOfWords bag = BagOfWords.fit(List.of("b b b a", "a c", "C b", "d"), 2);
        assertEquals(List.of("a", "b", "c"), bag.words());
        assertArrayEquals(
                new double[][] {{1, 0, 0}, {0, 1, 1}, {0, 0, 0}},
                bag.apply(List.of("A a a d", "c B", "e")).toArray2());
        assertEquals(List.of(), BagOfWords.fit(List.of("a"), 2).words());
        assertEquals("fit: fewest = 0; expected at least 1", Thrown.argument(() -> BagOfWords.fit(List.of(), 0)));
    }

    @Test
    void textsBecomeADatasetWhoseFeaturesAreTheWords() throws IOException {
        LabelledTexts texts = read("ham\tsee you\nspam\twin cash\nham\tyou win\n");
        Dataset data = texts.dataset(BagOfWords.fit(texts.texts(), 2));
        assertEquals(List.of("win", "you"), data.featureNames());
        assertArrayEquals(new double[][] {{0, 1}, {1, 0}, {1, 1}}, data.inputs().toArray2());
        assertArrayEquals(new int[] {0, 1, 0}, data.labels());
        assertEquals("t.txt: 3 rows, 2 features, 2 classes (ham 2, spam 1)", data.toString());
    }

    @Tag("long")
    @Test
    void aTableTooLargeIsRefusedBeforeAllocating() {
        BagOfWords bag = BagOfWords.fit(List.of("a b"), 1);
        assertThrows(ResourceLimitException.class, () -> bag.apply(Collections.nCopies((1 << 26) + 1, "a")));
    }
}

package org.ejgrad.examples.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The toys learn what they are said to learn, and what they are compared with is right. */
class SequencesTest {
    private static final String RHYME = "one two three four five six seven eight nine ten ".repeat(40);
    private static final Alphabet ALPHABET = Alphabet.of(RHYME);
    private static final int[] SYMBOLS = ALPHABET.symbols(RHYME);

    @Test
    void anAlphabetGoesBothWays() {
        assertEquals(RHYME, ALPHABET.text(SYMBOLS));
        assertEquals(15, ALPHABET.size());
        assertEquals(
                "the character \"b\" at place 2 is none of the 15 that are known",
                assertThrows(IllegalArgumentException.class, () -> ALPHABET.symbols("orbit"))
                        .getMessage());
    }

    @Test
    void aCharacterOfTwoHalvesIsOne() {
        String text = "👋🏽 🌍 é 👋";
        Alphabet alphabet = Alphabet.of(text);
        assertEquals(5, alphabet.size());
        int[] symbols = alphabet.symbols(text);
        assertArrayEquals(new int[] {4, 3, 0, 2, 0, 1, 0, 4}, symbols);
        assertEquals(text, alphabet.text(symbols));
        assertEquals(
                "the character \"🌙\" at place 1 is none of the 5 that are known",
                assertThrows(IllegalArgumentException.class, () -> alphabet.symbols("👋🌙"))
                        .getMessage());
    }

    /** After "a" came "b" twice and "a" once: p(b) = (2 + p₀(b))/(3 + 1), where p₀(b) = (2 + 1/2)/(5 + 1). */
    @Test
    void countsAreMixedWithShorterContexts() {
        Counts counts = new Counts(1, 2, 0, 0, 1, 0, 1);
        double shorter = (2 + 0.5) / 6;
        double first = (3 + 0.5) / 6;
        double second = (2 + shorter) / 4;
        assertEquals(-(Math.log(first) + Math.log(second)) / 2 / Math.log(2), counts.bits(0, 1), 1e-14);
        assertArrayEquals(new double[] {1, 2}, counts.pairs()[0]);
        assertEquals(1, new Counts(0, 2).bits(0, 1, 1), "nothing counted, all alike");
    }

    /** The optimum is the count table: no loss is below the entropy, and training comes to it. */
    @Test
    void theTableOfLogitsEndsAtTheEntropyOfTheCounts() {
        BigramTable table = new BigramTable(new Counts(1, ALPHABET.size(), SYMBOLS).pairs());
        double before = table.bits();
        assertEquals(Math.log(ALPHABET.size()) / Math.log(2), before, 1e-12, "all alike at first");
        table.train(300);
        double entropy = plainEntropy();
        assertEquals(entropy, table.entropy(), 1e-12);
        assertTrue(table.bits() >= entropy && table.bits() < entropy + 1e-3, table.bits() + " of " + entropy);
    }

    private static double plainEntropy() {
        double[][] pairs = new double[ALPHABET.size()][ALPHABET.size()];
        for (int i = 1; i < SYMBOLS.length; i++) {
            pairs[SYMBOLS[i - 1]][SYMBOLS[i]]++;
        }
        double bits = 0;
        for (double[] row : pairs) {
            double sum = Arrays.stream(row).sum();
            bits -= Arrays.stream(row)
                    .filter(count -> count > 0)
                    .map(count -> count * Math.log(count / sum))
                    .sum();
        }
        return bits / (SYMBOLS.length - 1) / Math.log(2);
    }

    @Test
    void aRhymeIsLearntByHeart() {
        CharacterModel model = new CharacterModel(ALPHABET.size(), 24, 1);
        model.train(60, SYMBOLS);
        double bits = model.bits(SYMBOLS);
        double trigram = new Counts(2, ALPHABET.size(), SYMBOLS).bits(SYMBOLS);
        assertTrue(bits < 0.1 && bits < trigram, bits + " bits, triples " + trigram);
        int[] beginning = ALPHABET.symbols("one two three ");
        assertEquals("four five six seven ", ALPHABET.text(model.sample(beginning, 20, 0.1, 3)));
        assertArrayEquals(model.sample(beginning, 30, 1, 5), model.sample(beginning, 30, 1, 5));
        assertTrue(model.network().description().contains("Recurrent(GruCell(24, 24), all outputs)"));
        assertEquals(
                "the number of characters to train on = 100; expected at least 641",
                assertThrows(IllegalArgumentException.class, () -> model.train(1, Arrays.copyOf(SYMBOLS, 100)))
                        .getMessage());
    }

    /** From one symbol on, without a memory of the text: what a network that has not learnt says is all alike. */
    @Test
    void highTemperaturesMakeAllAlike() {
        CharacterModel model = new CharacterModel(4, 8, 2);
        int[] sample = model.sample(new int[] {0}, 4000, 1e9, 1);
        for (int symbol = 0; symbol < 4; symbol++) {
            int own = symbol;
            double count = Arrays.stream(sample).filter(each -> each == own).count();
            assertEquals(1000, count, 5 * Math.sqrt(4000 * 0.25 * 0.75));
        }
    }

    @Tag("training")
    @ParameterizedTest
    @EnumSource(Rearrangement.class)
    void aHeadLearnsWhatNoPlaceKnowsByItself(Rearrangement task) {
        SimpleMatrix sequences = Rearrangement.sequences(1, new RandomStream(4));
        double[] symbols = sequences.getDDRM().getData().clone();
        double[] target = task.target(sequences).getDDRM().getData();
        assertArrayEquals(
                Arrays.stream(symbols).sorted().toArray(),
                Arrays.stream(target).sorted().toArray());
        Rearrangement.Trained trained = task.train(true, 500, 1);
        double with = task.accuracy(trained.network(), 7);
        double without = task.accuracy(task.train(false, 500, 1).network(), 7);
        assertTrue(with > 0.9 && without < 0.5, task + ": " + with + " with, " + without + " without");
        SimpleMatrix weights = trained.weights(sequences);
        assertEquals(Rearrangement.STEPS, weights.elementSum(), 1e-12);
    }

    @Test
    void lossesThatKnowOfListsPutThemInOrder() {
        Comparison gains = RankingCommand.compare(20, Seeds.of(3, 3));
        for (String loss : List.of("pairwise cross-entropy", "listwise cross-entropy")) {
            double mean = gains.mean(loss, "NDCG of 3");
            assertTrue(mean > gains.mean("squared error of ratings", "NDCG of 3"), loss);
            assertTrue(mean > gains.mean("scores before training", "NDCG of 3") + 0.2, loss);
        }
    }

    /** How well they are told apart is told by the command. */
    @Test
    void aWordIsSilentAfterItsEnd() {
        SpokenWords spoken = SpokenWords.drawn(300, 11);
        assertEquals(21, SpokenWords.WORDS.stream().distinct().count());
        for (int row = 0; row < 300; row++) {
            String word = SpokenWords.WORDS.get(spoken.words()[row]);
            int length = spoken.lengths()[row];
            assertTrue(length >= 3 * word.length() && length <= 12 * word.length() + 12, word + " of " + length);
            SimpleMatrix beyond = spoken.tracks().getRow(row).cols(3 * length, 144);
            assertTrue(beyond.getNumElements() == 0 || beyond.elementMaxAbs() == 0, word);
            assertEquals(
                    spoken.tracks().getRow(row).cols(0, 3 * length).elementSum() / length,
                    spoken.means(1).getRow(row).elementSum(),
                    1e-12);
        }
    }

    @Test
    void theTasksAreWhatTheyAreCalled() {
        SimpleMatrix sequence = new SimpleMatrix(1, 6, true, 3, 1, 2, 7, 0, 1);
        assertArrayEquals(
                new double[] {1, 0, 7, 2, 1, 3},
                Rearrangement.COPY_BACKWARDS.target(sequence).getDDRM().data);
        assertArrayEquals(
                new double[] {0, 1, 1, 2, 3, 7},
                Rearrangement.SORT.target(sequence).getDDRM().data);
    }
}

package org.ejgrad.examples.sequences;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.image.ImageShape;
import org.ejml.simple.SimpleMatrix;

/**
 * Words of one to three vowels, as tracks of three formants: how high the resonances of a mouth are that goes from
 * vowel to vowel, frame after frame. Voices are higher or lower, speak faster or slower, and tremble.
 *
 * @param tracks a row per word, the frames side by side, zeros after the last one
 * @param lengths how many frames each has
 * @param words the number of each
 */
record SpokenWords(SimpleMatrix tracks, int[] lengths, int[] words) {
    static final int FORMANTS = 3;
    private static final int FRAMES = 48;

    private static final int THICK = 6;

    /** Of a word: a stripe per formant. */
    static final ImageShape IMAGE = new ImageShape(1, FORMANTS * THICK, FRAMES);

    static final List<String> WORDS = words("a", "i", "u");

    /** Men's means in hertz, of "father", "heed" and "who'd" (Peterson and Barney 1952). */
    private static final double[][] VOWELS = {{730, 1090, 2440}, {270, 2290, 3010}, {300, 870, 2240}};

    private static final double VOICE = 0.2;
    private static final double TREMBLE = 0.3;

    /** All that say no vowel twice in a row. */
    private static List<String> words(String... vowels) {
        List<String> words = new ArrayList<>(List.of(vowels));
        for (int i = 0; words.get(i).length() < 3; i++) {
            for (String vowel : vowels) {
                if (!words.get(i).endsWith(vowel)) {
                    words.add(words.get(i) + vowel);
                }
            }
        }
        return List.copyOf(words);
    }

    static SpokenWords drawn(int count, long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix tracks = new SimpleMatrix(count, FRAMES * FORMANTS);
        int[] lengths = new int[count];
        int[] words = new int[count];
        for (int row = 0; row < count; row++) {
            words[row] = random.nextInt(WORDS.size());
            List<double[]> frames = frames(WORDS.get(words[row]), random);
            lengths[row] = frames.size();
            for (int frame = 0; frame < lengths[row]; frame++) {
                tracks.setRow(row, frame * FORMANTS, frames.get(frame));
            }
        }
        return new SpokenWords(tracks, lengths, words);
    }

    /** Each vowel is held for some frames, and on the way to the next there are some. */
    private static List<double[]> frames(String word, RandomStream random) {
        double voice = VOICE * random.nextGaussian();
        List<double[]> frames = new ArrayList<>();
        for (int place = 0; place < word.length(); place++) {
            double[] here = VOWELS["aiu".indexOf(word.charAt(place))];
            double[] next = VOWELS["aiu".indexOf(word.charAt(Math.min(place + 1, word.length() - 1)))];
            int held = 3 + random.nextInt(10);
            int glide = place < word.length() - 1 ? 1 + random.nextInt(6) : 0;
            for (int frame = 0; frame < held + glide; frame++) {
                double share = Math.max(0, frame - held + 1) / (glide + 1.0);
                frames.add(IntStream.range(0, FORMANTS)
                        .mapToDouble(i -> octaves(here[i] + share * (next[i] - here[i]), i)
                                + voice
                                + TREMBLE * random.nextGaussian())
                        .toArray());
            }
        }
        return frames;
    }

    /** Above the resonance of a tube that is as long as a mouth and as wide everywhere: 500, 1500 and 2500 Hz. */
    private static double octaves(double hertz, int formant) {
        return Elementary.log(hertz / (500 + 1000 * formant)) / Elementary.log(2);
    }

    /** What the first so many words are. */
    List<String> names(int count) {
        return IntStream.of(words).limit(count).mapToObj(WORDS::get).toList();
    }

    /** The first so many words as pictures, a row each. */
    SimpleMatrix images(int count) {
        SimpleMatrix images = new SimpleMatrix(count, IMAGE.pixels());
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < IMAGE.pixels(); i++) {
                int frame = i % FRAMES;
                int formant = i / FRAMES / THICK;
                images.set(row, i, tracks.get(row, frame * FORMANTS + formant));
            }
        }
        return images;
    }

    SpokenWords rows(int... rows) {
        return new SpokenWords(
                Value.constant(tracks).rowsAt(rows).matrix(),
                IntStream.of(rows).map(row -> lengths[row]).toArray(),
                IntStream.of(rows).map(row -> words[row]).toArray());
    }

    /** The mean of each formant over each of so many parts of a word, which are as long as each other. */
    SimpleMatrix means(int parts) {
        SimpleMatrix means = new SimpleMatrix(words.length, parts * FORMANTS);
        for (int row = 0; row < words.length; row++) {
            for (int part = 0; part < parts; part++) {
                int from = part * lengths[row] / parts;
                int to = (part + 1) * lengths[row] / parts;
                SimpleMatrix some = tracks.extractMatrix(row, row + 1, from * FORMANTS, to * FORMANTS);
                for (int i = 0; i < some.getNumElements(); i++) {
                    int column = part * FORMANTS + i % FORMANTS;
                    means.set(row, column, means.get(row, column) + some.get(i) / (to - from));
                }
            }
        }
        return means;
    }
}

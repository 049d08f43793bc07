package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import org.ejgrad.PlainText;

/** Which of some words was meant by one that is not among them, for the end of a message. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * {@return a question to be put behind a message, such as {@code ; did you mean "age"?}, or nothing}
     *
     * @param word what was written
     * @param words what could have been
     */
    public static String question(String word, List<String> words) {
        String written = requireNonNull(word, "word").strip().toLowerCase(Locale.ROOT);
        String nearest = "";
        int fewest = Math.min(written.length(), LONGEST) / 3 + 1;
        for (String each : Require.elements(words, "words")) {
            String meant = each.strip().toLowerCase(Locale.ROOT);
            int slips = Math.abs(meant.length() - written.length()) < fewest ? slips(written, meant) : fewest;
            if (slips < fewest) {
                fewest = slips;
                nearest = each;
            }
        }
        return nearest.isEmpty() ? "" : "; did you mean \"" + PlainText.line(nearest) + "\"?";
    }

    /** Characters to put in, leave out, replace or swap with a neighbour (Damerau 1964, each place at most once). */
    private static int slips(String from, String to) {
        if (from.length() > LONGEST || to.length() > LONGEST) {
            return from.equals(to) ? 0 : LONGEST;
        }
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int replaced = slips[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(replaced, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }
        return slips[from.length()][to.length()];
    }
}

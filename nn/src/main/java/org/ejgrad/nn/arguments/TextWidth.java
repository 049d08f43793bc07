package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

/**
 * How many columns of a terminal a text takes: a letter of Chinese, Japanese or Korean and a picture take two, a mark
 * that is set over a letter takes none.
 */
public final class TextWidth {
    /** Firsts and lasts of the blocks that Unicode calls wide (UAX 11), by whole blocks. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}
    };

    /** Nothing that is read is wider. */
    private static final int MOST = 1 << 24;

    private TextWidth() {}

    /** {@return the columns of a text on one line} */
    public static int of(String text) {
        return requireNonNull(text, "text").codePoints().map(TextWidth::of).sum();
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (character >= block[0] && character <= block[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** {@return blanks that fill a text up to so many columns; none if it is as wide} */
    public static String padding(String text, int columns) {
        int width = of(text);
        return " ".repeat(Math.max(0, Require.atMost(columns, MOST, "columns") - width));
    }

    /** {@return the text, or of a wider one what fits before an ellipsis; no character is halved} */
    public static String cut(String text, int columns) {
        Require.atLeast(columns, 1, "columns");
        if (of(text) <= columns) {
            return text;
        }
        int end = 0;
        for (int left = columns - 1; (left -= of(text.codePointAt(end))) >= 0; ) {
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + "…";
    }
}

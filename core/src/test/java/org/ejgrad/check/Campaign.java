package org.ejgrad.check;

import java.util.Locale;

/** How many cases to try: a seeded sample in the normal test run, all of them with -Dejgrad.campaign=full. */
final class Campaign {
    private static final boolean FULL = "full".equals(System.getProperty("ejgrad.campaign"));

    private Campaign() {}

    static int cases(int sample, int full) {
        return FULL ? full : sample;
    }

    /** Prints a figure of the full campaign. */
    static void print(String format, Object... arguments) {
        if (FULL) {
            System.out.println("campaign: " + String.format(Locale.ROOT, format, arguments));
        }
    }
}

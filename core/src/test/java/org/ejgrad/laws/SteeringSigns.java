package org.ejgrad.laws;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The signs by which a text can steer the terminal that shows it, for tests of texts that others wrote. */
public final class SteeringSigns {
    /** Red, cleared, overwritten, from right to left, on a line of its own. */
    public static final String ALL = IntStream.concat(
                    IntStream.concat(IntStream.rangeClosed(1, 0x1f), IntStream.rangeClosed(0x7f, 0x9f)),
                    IntStream.of(
                            0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066,
                            0x2067, 0x2068, 0x2069))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    private SteeringSigns() {}
}

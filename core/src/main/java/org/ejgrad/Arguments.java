package org.ejgrad;

import java.util.List;

/** Refuses null by the name of the argument it was given for. */
final class Arguments {
    private Arguments() {}

    static <T> T given(T argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return argument;
    }

    /** The arguments as an unmodifiable list. */
    static <T> List<T> allGiven(String name, T[] arguments) {
        given(arguments, name);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                throw new IllegalArgumentException(name + ": number " + i + " is null");
            }
        }
        return List.of(arguments);
    }
}

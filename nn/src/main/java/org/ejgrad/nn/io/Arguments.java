package org.ejgrad.nn.io;

/** Refuses null by the name of the argument it was given for. */
final class Arguments {
    private Arguments() {}

    static <T> T given(T argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return argument;
    }
}

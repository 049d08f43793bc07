package org.ejgrad.examples;

import java.util.ArrayList;
import java.util.List;

/** The words of a command, split as a shell splits them; nothing else that a shell does is done. */
final class Words {
    private Words() {}

    /**
     * Words end at spaces, tabs and line ends. Within single quotes every character stands for itself; within double
     * quotes too, but for a backslash before a double quote or another backslash; elsewhere a backslash before any
     * character.
     */
    static List<String> of(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isOpen = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            boolean escapes = c == '\\'
                    && i + 1 < command.length()
                    && (quote == 0 || (quote == '"' && "\"\\".indexOf(command.charAt(i + 1)) >= 0));
            if (escapes) {
                i++;
                word.append(command.charAt(i));
                isOpen = true;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                isOpen = true;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (isOpen) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isOpen = false;
            } else {
                word.append(c);
                isOpen = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException(
                    "the command has a quotation mark " + quote + " without another; expected pairs");
        }
        if (isOpen) {
            words.add(word.toString());
        }
        return words;
    }
}

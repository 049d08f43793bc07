package org.ejgrad.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a document must keep to so that LaTeX takes it: known commands, closed groups, no alignment out of place. */
final class LatexSyntax {
    private static final Set<String> COMMANDS = Set.of(("documentclass usepackage allowdisplaybreaks setcounter begin "
                    + "end section nabla text mathrm operatorname frac tfrac partial underbrace vdots cdots quad "
                    + "leftarrow cdot odot oslash otimes top sqrt surd infty le ge langle rangle backslash hat sim exp "
                    + "ln sin cos tan sinh cosh tanh sum alpha beta gamma delta varepsilon eta theta lambda mu pi rho "
                    + "sigma tau varphi omega Phi textbackslash textasciicircum textasciitilde")
            .split(" "));

    private static final Pattern TOKEN = Pattern.compile("\\\\([a-zA-Z]+)\\*?|\\\\(.)|[{}&^_$%#~]|[^\\\\{}&^_$%#~]+");

    private LatexSyntax() {}

    static void requireDocument(String document) {
        assertTrue(document.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), "only ASCII");
        assertFalse(document.contains("\n\n\\end{align*}") || document.contains("\\\\\n\\end{align*}"), document);
        Deque<String> open = new ArrayDeque<>();
        Matcher tokens = TOKEN.matcher(document);
        int cells = 0;
        boolean isShifted = false;
        int end = 0;
        while (tokens.find()) {
            assertEquals(end, tokens.start(), "a stray sign");
            end = tokens.end();
            String token = tokens.group();
            String command = tokens.group(1);
            boolean isShift = token.equals("^") || token.equals("_");
            assertFalse(isShift && isShifted, () -> "shifted twice: " + around(document, tokens.start()));
            isShifted = false;
            if (command != null) {
                assertTrue(COMMANDS.contains(command), "unknown: " + token);
            }
            if (token.startsWith("\\begin") || token.startsWith("\\end")) {
                assertTrue(tokens.find() && tokens.group().equals("{") && tokens.find());
                String environment = tokens.group();
                if (environment.endsWith("bmatrix") && !token.startsWith("\\begin")) {
                    assertEquals("bmatrix", open.pop());
                } else if (token.startsWith("\\begin")) {
                    open.push(environment);
                } else {
                    assertEquals(environment, open.pop());
                }
                assertTrue(tokens.find() && tokens.group().equals("}"));
                end = tokens.end();
                cells = environment.equals("align*") ? 0 : cells;
            } else if (token.equals("{")) {
                open.push("{");
            } else if (token.equals("}")) {
                String closed = open.pop();
                assertTrue(closed.startsWith("{"), "a brace closes " + closed);
                isShifted = closed.equals("{shift");
            } else if (isShift) {
                assertTrue(tokens.find() && tokens.group().equals("{"), "a shift without braces");
                end = tokens.end();
                open.push("{shift");
            } else if (token.equals("&")) {
                assertTrue(Set.of("align*", "bmatrix").contains(open.peek()), "& in " + open.peek());
                cells += "align*".equals(open.peek()) ? 1 : 0;
                assertTrue(cells <= 1, () -> "two & in a line: " + around(document, tokens.start()));
            } else if ("\\\\".equals(token) && "align*".equals(open.peek())) {
                assertEquals(1, cells, () -> around(document, tokens.start()));
                cells = 0;
            } else {
                assertFalse("#%~".contains(token), "bare " + token);
            }
        }
        assertEquals(document.length(), end);
        assertTrue(open.isEmpty(), open.toString());
    }

    private static String around(String document, int at) {
        return document.substring(Math.max(0, at - 60), Math.min(document.length(), at + 60));
    }
}

package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

/** Strings and numbers as JSON text that can also stand inside a page's script element. */
public final class Json {
    private Json() {}

    /** {@return the text in quotation marks, escaped, also what would end a script element} */
    public static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < requireNonNull(text, "text").length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** {@return digits that read back exactly; a string for an infinity or NaN, which JSON does not have} */
    public static String number(double number) {
        return Double.isFinite(number) ? Double.toString(number) : string(Double.toString(number));
    }
}

package org.ejgrad.show;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formulas with Unicode signs as LaTeX's mathematics; what LaTeX has no sign for becomes its code point as text. */
final class Latex {
    private static final Pattern NAME =
            Pattern.compile("(?:[0-9]{1,3}\\.){0,3}[\\p{Lu}\\p{Ll}\\p{Lo}_][\\p{Lu}\\p{Ll}\\p{Lo}\\p{Nd}_]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");
    private static final Pattern EXPONENT = Pattern.compile("e(-?[0-9]+)");
    private static final Pattern OWN = Pattern.compile("['’]s(?!\\p{L})");
    private static final Pattern INDEXED = Pattern.compile("([A-Za-z])([0-9]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._]+");

    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀˣʸᵃᵇ";
    private static final String RAISED_AS = "0123456789-+Txyab";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ";
    private static final String LOWERED_AS = "0123456789ijkn";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("exp", "\\exp"),
            Map.entry("ln", "\\ln"),
            Map.entry("sin", "\\sin"),
            Map.entry("cos", "\\cos"),
            Map.entry("tan", "\\tan"),
            Map.entry("sinh", "\\sinh"),
            Map.entry("cosh", "\\cosh"),
            Map.entry("tanh", "\\tanh"),
            Map.entry("Σ", "\\sum"),
            Map.entry("α", "\\alpha"),
            Map.entry("β", "\\beta"),
            Map.entry("γ", "\\gamma"),
            Map.entry("δ", "\\delta"),
            Map.entry("ε", "\\varepsilon"),
            Map.entry("η", "\\eta"),
            Map.entry("θ", "\\theta"),
            Map.entry("λ", "\\lambda"),
            Map.entry("μ", "\\mu"),
            Map.entry("π", "\\pi"),
            Map.entry("ρ", "\\rho"),
            Map.entry("σ", "\\sigma"),
            Map.entry("τ", "\\tau"),
            Map.entry("φ", "\\varphi"),
            Map.entry("ω", "\\omega"),
            Map.entry("Φ", "\\Phi"));

    private static final Map<Integer, String> SIGNS = Map.ofEntries(
            sign('⊙', "\\odot "),
            sign('⊘', "\\oslash "),
            sign('⊗', "\\otimes "),
            sign('·', "\\cdot "),
            sign('−', "-"),
            sign('…', "\\cdots "),
            sign('∞', "\\infty "),
            sign('≤', "\\le "),
            sign('≥', "\\ge "),
            sign('⟨', "\\langle "),
            sign('⟩', "\\rangle "),
            sign('√', "\\surd "),
            sign('½', "\\tfrac{1}{2}"),
            sign('⅓', "\\tfrac{1}{3}"),
            sign('⅙', "\\tfrac{1}{6}"),
            sign('′', "{}'"),
            sign('″', "{}''"),
            sign('‴', "{}'''"),
            sign('\\', "\\backslash "),
            sign('^', "\\hat{}"),
            sign('~', "\\sim "),
            sign('"', "\\text{''}"),
            sign('\'', "\\text{'}"),
            sign('`', "\\text{`}"),
            sign('#', "\\#"),
            sign('$', "\\$"),
            sign('%', "\\%"),
            sign('&', "\\&"),
            sign('_', "\\_"),
            sign('{', "\\{"),
            sign('}', "\\}"));

    private final Map<String, String> names = new HashMap<>();

    /** With the names of a graph's values, by number. */
    Latex(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = symbol(names.get(i), Node.id(i));
            this.names.put(names.get(i), name);
            this.names.put("d" + names.get(i), "\\nabla_{" + name + "}");
        }
    }

    private static Map.Entry<Integer, String> sign(char sign, String latex) {
        return Map.entry((int) sign, latex);
    }

    private static String symbol(String name, String id) {
        Matcher indexed = INDEXED.matcher(name);
        if (name.length() == 1 && PLAIN.matcher(name).matches() && !name.equals("_")) {
            return name;
        }
        if (indexed.matches()) {
            return indexed.group(1) + "_{" + indexed.group(2) + "}";
        }
        if (PLAIN.matcher(name).matches()) {
            return "\\mathrm{" + text(name) + "}";
        }
        return WORDS.getOrDefault(name, symbolOfId(id));
    }

    private static String symbolOfId(String id) {
        return id.charAt(0) + "_{" + id.substring(1) + "}";
    }

    String name(String name) {
        return names.getOrDefault(name, name);
    }

    /** For text, outside of mathematics. */
    static String text(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if ("#$%&_{}".indexOf(c) >= 0) {
                out.append('\\').appendCodePoint(c);
            } else if (c == '\\' || c == '^' || c == '~') {
                out.append(c == '\\' ? "\\textbackslash{}" : c == '^' ? "\\textasciicircum{}" : "\\textasciitilde{}");
            } else {
                out.append(c >= ' ' && c < 0x7f ? Character.toString(c) : code(c));
            }
        });
        return out.toString();
    }

    private static String code(int c) {
        return String.format(Locale.ROOT, "U+%04X", c);
    }

    String math(String formula) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < formula.length()) {
            at = append(formula, at, out);
        }
        return out.toString();
    }

    /** Writes what begins at a place, and returns the place behind it. */
    private int append(String formula, int at, StringBuilder out) {
        Matcher name = NAME.matcher(formula).region(at, formula.length());
        if (name.lookingAt()) {
            out.append(word(name.group(), name.end() < formula.length() && formula.charAt(name.end()) == '('));
            return name.end();
        }
        Matcher own = OWN.matcher(formula).region(at, formula.length());
        if (own.lookingAt()) {
            out.append("\\text{'s}");
            return own.end();
        }
        Matcher number = NUMBER.matcher(formula).region(at, formula.length());
        if (number.lookingAt()) {
            out.append(number.group());
            Matcher exponent = EXPONENT.matcher(formula).region(number.end(), formula.length());
            if (exponent.lookingAt()) {
                out.append("\\cdot{10}{}^{").append(exponent.group(1)).append('}');
                return exponent.end();
            }
            return number.end();
        }
        char c = formula.charAt(at);
        if (RAISED.indexOf(c) >= 0 || LOWERED.indexOf(c) >= 0) {
            return shifted(formula, at, out);
        }
        if (c == '√' && at + 1 < formula.length() && formula.charAt(at + 1) == '(') {
            return group(formula, at + 1, "\\sqrt", out);
        }
        if (c == '^' && at + 1 < formula.length()) {
            return power(formula, at + 1, out);
        }
        int point = formula.codePointAt(at);
        out.append(sign(formula, at, point, out));
        return at + Character.charCount(point);
    }

    private String word(String word, boolean isFunction) {
        String known = names.containsKey(word) ? names.get(word) : WORDS.get(word);
        if (known != null) {
            return known + (known.startsWith("\\") && Character.isLetter(known.charAt(known.length() - 1)) ? " " : "");
        }
        if (word.codePointCount(0, word.length()) == 1) {
            return PLAIN.matcher(word).matches() && !word.equals("_") ? word : "\\text{" + text(word) + "}";
        }
        if (isFunction || PLAIN.matcher(word).matches()) {
            return (isFunction ? "\\operatorname{" : "\\text{") + text(word) + "}";
        }
        StringBuilder letters = new StringBuilder();
        word.codePoints().forEach(c -> letters.append(word(Character.toString(c), false)));
        return letters.toString();
    }

    private String sign(String formula, int at, int point, StringBuilder out) {
        if (Character.isWhitespace(point) || Character.isISOControl(point)) {
            if (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
                return "";
            }
            int open = out.lastIndexOf("\\text{");
            boolean isBehindText = open >= 0 && out.indexOf("}", open) == out.length() - 1;
            return isBehindText || isText(formula, at + 1) ? "\\ " : " ";
        }
        String known = SIGNS.get(point);
        return known != null ? known : point < 0x7f ? Character.toString(point) : "\\text{" + code(point) + "}";
    }

    private boolean isText(String formula, int at) {
        Matcher name = NAME.matcher(formula).region(at, formula.length());
        return name.lookingAt()
                && !(name.end() < formula.length() && formula.charAt(name.end()) == '(')
                && word(name.group(), false).startsWith("\\text{");
    }

    /** Superscripts or subscripts beside each other. */
    private static int shifted(String formula, int at, StringBuilder out) {
        boolean isRaised = RAISED.indexOf(formula.charAt(at)) >= 0;
        String from = isRaised ? RAISED : LOWERED;
        int end = at;
        StringBuilder inner = new StringBuilder();
        while (end < formula.length() && from.indexOf(formula.charAt(end)) >= 0) {
            char c = formula.charAt(end);
            inner.append(
                    c == 'ᵀ'
                            ? "\\top "
                            : Character.toString((isRaised ? RAISED_AS : LOWERED_AS).charAt(from.indexOf(c))));
            end++;
        }
        out.append(raise(out, isRaised ? "^{" : "_{")).append(inner).append('}');
        return end;
    }

    /** Nothing may be raised twice, so what has been is closed first. */
    private static String raise(StringBuilder out, String sign) {
        boolean isRaised = out.length() == 0 || "}'".indexOf(out.charAt(out.length() - 1)) >= 0;
        return isRaised ? "{}" + sign : sign;
    }

    private int power(String formula, int at, StringBuilder out) {
        String sign = raise(out, "^");
        if (formula.charAt(at) == '(') {
            out.append(sign);
            return group(formula, at, "", out);
        }
        StringBuilder exponent = new StringBuilder();
        int end = append(formula, at, exponent);
        out.append(sign).append('{').append(exponent).append('}');
        return end;
    }

    /** What stands in parentheses, in braces behind a command. */
    private int group(String formula, int open, String command, StringBuilder out) {
        int depth = 0;
        for (int i = open; i < formula.length(); i++) {
            depth += formula.charAt(i) == '(' ? 1 : formula.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                out.append(command)
                        .append('{')
                        .append(math(formula.substring(open + 1, i)))
                        .append('}');
                return i + 1;
            }
        }
        out.append(command)
                .append('{')
                .append(math(formula.substring(open + 1)))
                .append('}');
        return formula.length();
    }
}

package org.ejgrad.show;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** The formula of a derivative rule, as it stands in the table, with this graph's names for {@code x a b y dy}. */
final class RuleFormula {
    /** A word, or a superscript letter. */
    private static final Pattern WORD = Pattern.compile("[\\p{Lu}\\p{Ll}\\p{Lo}]+|[ˣʸᵃᵇ]");

    private static final Map<String, String> SUPERSCRIPTS = Map.of("ˣ", "x", "ʸ", "y", "ᵃ", "a", "ᵇ", "b");
    /** What rules call inputs, their number and letters: the first that knows all of a rule's letters holds. */
    private static final List<String> INPUTS = List.of("x", "ab", "xq", "abc", "xwb", "xab", "xqg", "xabg");

    private static final Pattern PARAMETER = Pattern.compile("(?<![\\p{L}\\p{N}'])([a-df-z])(?![\\p{L}′″])");

    private static final Pattern SOFTMAX = Pattern.compile("softmax\\(([^()]*)\\)");

    private RuleFormula() {}

    /**
     * The formula of one input of a value.
     *
     * @param inputs the names of the inputs, in order
     * @param output the name of the value
     */
    static String of(Value value, int position, List<String> inputs, String output) {
        Operation operation = value.operation();
        String formula = counted(PlainText.line(operation.rules().get(position).formula()), value);
        Map<String, String> names = new HashMap<>();
        letters(operation).forEach(letter -> names.put(letter, ""));
        List<String> letters = letters(operation);
        for (int i = 0; i < Math.min(letters.size(), inputs.size()); i++) {
            names.put(letters.get(i), inputs.get(i));
        }
        names.put("y", output);
        names.put("dy", "d" + output);
        names.putAll(parameters(formula, names.keySet(), value));
        String named = alongAxis(substitute(formula, names), operation.parameters());
        boolean isScalar = value.shape().isScalar()
                && value.inputs().stream().allMatch(input -> input.shape().isScalar());
        return isScalar ? named.replace(" ⊙ ", "·").replace(" ⊘ ", "/") : named;
    }

    /**
     * With how many rows or elements the first input has in place of these words, where something is divided by them.
     */
    private static String counted(String formula, Value value) {
        if (value.inputs().isEmpty()) {
            return formula;
        }
        Shape first = value.inputs().get(0).shape();
        return formula.replaceAll("/rows\\b", "/" + first.rows()).replaceAll("/elements\\b", "/" + first.elements());
    }

    /** What the rules of an operation call its inputs. */
    static List<String> letters(Operation operation) {
        Set<String> used = operation.rules().stream()
                .flatMap(rule -> WORD.matcher(rule.formula()).results())
                .map(word -> SUPERSCRIPTS.getOrDefault(word.group(), word.group()))
                .filter(word -> "abcgqwx".contains(word))
                .collect(toSet());
        int count = operation.rules().size();
        Stream<String> known = INPUTS.stream().filter(letters -> letters.length() == count);
        Comparator<String> byUnknown = Comparator.comparingLong(letters ->
                used.stream().filter(letter -> !letters.contains(letter)).count());
        return known.min(byUnknown).map(letters -> List.of(letters.split(""))).orElse(List.of());
    }

    /** What letters stand for that are an operation's numbers, in their order, or how many elements a group has. */
    private static Map<String, String> parameters(String formula, Set<String> known, Value value) {
        List<Object> parameters = value.operation().parameters();
        List<String> letters = PARAMETER
                .matcher(formula)
                .results()
                .map(match -> match.group(1))
                .filter(letter -> !known.contains(letter))
                .distinct()
                .toList();
        if (letters.equals(List.of("n")) && !parameters.isEmpty() && parameters.get(0) instanceof Per) {
            int elements = value.shape().elements();
            double size = (double) value.inputs().get(0).shape().elements() / elements;
            return elements == 0 ? Map.of() : Map.of("n", Infix.number(size - Notation.ddof(parameters)));
        }
        List<Number> numbers = parameters.stream()
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .toList();
        Map<String, String> found = new HashMap<>();
        for (int i = 0; numbers.size() == letters.size() && i < letters.size(); i++) {
            found.put(letters.get(i), Infix.number(numbers.get(i).doubleValue()));
        }
        return found;
    }

    /** The axis of a softmax, unless it is that of one example per row. */
    private static String alongAxis(String formula, List<Object> parameters) {
        return parameters.isEmpty() || !(parameters.get(0) instanceof Per per) || per == Per.ROW
                ? formula
                : SOFTMAX.matcher(formula).replaceAll("softmax($1, " + per + ")");
    }

    /** Names for letters; what a letter stands beside without a sign is multiplied, which a name has to say. */
    private static String substitute(String formula, Map<String, String> names) {
        StringBuilder out = new StringBuilder();
        Matcher words = WORD.matcher(formula);
        int end = 0;
        while (words.find()) {
            out.append(formula.substring(end, words.start()));
            end = words.end();
            String word = words.group();
            boolean isPower = SUPERSCRIPTS.containsKey(word);
            String name = names.get(SUPERSCRIPTS.getOrDefault(word, word));
            if (name == null) {
                out.append(word);
                continue;
            }
            if (isPower) {
                out.append('^');
            } else if (out.length() > 0) {
                out.append(sign(out.codePointBefore(out.length())));
            }
            out.append(name);
            if (end < formula.length() && formula.charAt(end) == '(') {
                out.append(" ⊙ ");
            }
        }
        return out.append(formula.substring(end)).toString();
    }

    /** What stands between a name and what stands before it: a number multiplies, a parenthesis element by element. */
    private static String sign(int before) {
        boolean isNumber = Character.isDigit(before) || Character.getType(before) == Character.OTHER_NUMBER;
        return before == ')' ? " ⊙ " : isNumber ? "·" : "";
    }
}

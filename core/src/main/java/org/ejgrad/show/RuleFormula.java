package org.ejgrad.show;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern PARAMETER = Pattern.compile("(?<![\\p{L}\\p{N}'])([a-df-z])(?![\\p{L}′″])");

    private RuleFormula() {}

    /**
     * The formula of one input of a value.
     *
     * @param inputs the names of the inputs, in order
     * @param output the name of the value
     */
    static String of(Value value, int position, List<String> inputs, String output) {
        Operation operation = value.operation();
        String formula = PlainText.line(operation.rules().get(position).formula());
        Map<String, String> names = new HashMap<>();
        letters(operation).forEach(letter -> names.put(letter, ""));
        List<String> letters = letters(operation);
        for (int i = 0; i < Math.min(letters.size(), inputs.size()); i++) {
            names.put(letters.get(i), inputs.get(i));
        }
        names.put("y", output);
        names.put("dy", "d" + output);
        parameter(formula, names.keySet(), value).ifPresent(found -> names.put(found.letter, found.number));
        String named = substitute(formula, names);
        boolean isScalar = value.shape().isScalar()
                && value.inputs().stream().allMatch(input -> input.shape().isScalar());
        return isScalar ? named.replace(" ⊙ ", "·").replace(" ⊘ ", "/") : named;
    }

    /** What the rules of an operation call its inputs. */
    private static List<String> letters(Operation operation) {
        int count = operation.rules().size();
        if (count == 3
                && operation.rules().stream().anyMatch(rule -> rule.formula().contains("w"))) {
            return List.of("x", "w", "b");
        }
        return count == 1 ? List.of("x") : List.of("a", "b", "c");
    }

    private record Parameter(String letter, String number) {}

    /** The one letter that stands for an operation's one number, or for how many elements a group has. */
    private static Optional<Parameter> parameter(String formula, Set<String> known, Value value) {
        List<Object> parameters = value.operation().parameters();
        Set<String> letters = PARAMETER
                .matcher(formula)
                .results()
                .map(match -> match.group(1))
                .filter(letter -> !known.contains(letter))
                .collect(toSet());
        if (letters.size() != 1 || parameters.size() != 1) {
            return Optional.empty();
        }
        String letter = letters.iterator().next();
        if (parameters.get(0) instanceof Double number) {
            return Optional.of(new Parameter(letter, Infix.number(number)));
        }
        Shape x = value.inputs().get(0).shape();
        return parameters.get(0) instanceof Per
                        && letter.equals("n")
                        && value.shape().elements() > 0
                ? Optional.of(new Parameter(
                        letter,
                        Infix.number((double) x.elements() / value.shape().elements())))
                : Optional.empty();
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
            boolean isFactor = out.length() > 0 && isMultiplied(out.codePointBefore(out.length()));
            if (isPower) {
                out.append('^');
            } else if (isFactor) {
                out.append('·');
            }
            out.append(name);
            if (end < formula.length() && formula.charAt(end) == '(') {
                out.append('·');
            }
        }
        return out.append(formula.substring(end)).toString();
    }

    private static boolean isMultiplied(int before) {
        return before == ')' || Character.isDigit(before) || Character.getType(before) == Character.OTHER_NUMBER;
    }
}

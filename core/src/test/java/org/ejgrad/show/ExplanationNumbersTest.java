package org.ejgrad.show;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Every number and every formula of an explanation, read back from its text and compared with the engine. */
class ExplanationNumbersTest {
    private static final String AMOUNT = "(\\[[^\\]]*\\]|[^ ,;:]+)";
    private static final Pattern MADE = Pattern.compile("(\\S+) += (?:(.*?) += )?" + AMOUNT + "(?:  (\\d+x\\d+))?");
    private static final Pattern GRADIENT = Pattern.compile("(?<=^|, |: )d(\\w+) = " + AMOUNT);
    private static final Pattern GETS =
            Pattern.compile("(?<=^|, |; )(\\w+) gets ([^=;]*?)(?: = " + AMOUNT + ")?(?=$|, \\w+ gets)");
    private static final Pattern FROM = Pattern.compile(AMOUNT + " from (\\w+)");

    @Property(tries = 150)
    void everyNumberIsTheEngines(@ForAll long seed) {
        requireEngines(Programs.result(seed, Programs.leaves(seed)));
    }

    @Test
    void theNumbersOfTheExamplesAreTheEngines() {
        requireEngines(ExplanationTest.neuron());
        requireEngines(ExplanationTest.dense());
        requireEngines(ExplanationTest.chain(30));
    }

    /** Reads every line of the text back and compares it with what the engine computes. */
    static void requireEngines(Value result) {
        List<Node> nodes = Graph.of(result).nodes();
        List<String> names = Names.of(nodes);
        Map<String, Value> values = nodes.stream().collect(toMap(n -> names.get(n.number()), Node::value));
        List<String> lines = Graph.of(result)
                .abbreviatedTo(9, 9)
                .explain()
                .text()
                .lines()
                .map(String::strip)
                .toList();
        int title = 1;
        while (!lines.get(title).startsWith("backward")) {
            title++;
        }
        List<String> made = requireMade(lines.subList(1, title), values);
        assertEquals(names.stream().sorted().toList(), made.stream().sorted().toList());
        requirePassedOn(
                lines.subList(title + 1, lines.size()),
                values,
                result.gradients(Value.ones(result.shape()), Gradients.Option.INTERMEDIATE));
    }

    /** Forward: the number is the engine's, and so is what the formula says. */
    private static List<String> requireMade(List<String> lines, Map<String, Value> values) {
        List<String> made = new ArrayList<>();
        for (String line : lines) {
            for (String item : line.split(", (?=[\\w.]+ = )")) {
                Matcher match = MADE.matcher(item);
                assertTrue(match.matches(), item);
                Value value = values.get(match.group(1));
                requireSame(item, value, match.group(3));
                assertEquals(value.shape().isScalar() ? null : value.shape().toString(), match.group(4), item);
                if (match.group(2) != null) {
                    requireClose(item, value, InfixReader.value(match.group(2).strip(), values));
                }
                made.add(match.group(1));
            }
        }
        return made;
    }

    /** Backward: what arrives, what it is the sum of and what is passed on, in the engine's order. */
    private static void requirePassedOn(List<String> lines, Map<String, Value> values, Gradients gradients) {
        List<String> completed = new ArrayList<>();
        String giver = "";
        for (String line : lines) {
            String[] parts = line.split("(?:^|; |, )(?=\\w+ gets (?!\\S+ from |\\[[^\\]]*\\] from ))", 2);
            for (MatchResult match : GRADIENT.matcher(parts[0]).results().toList()) {
                giver = match.group(1);
                completed.add(giver);
                Value receiver = values.get(giver);
                requireSame(line, gradients.of(receiver), match.group(2));
                for (MatchResult from : FROM.matcher(parts[0]).results().toList()) {
                    requireContribution(line, values.get(from.group(2)), receiver, gradients, from.group(1));
                }
            }
            assertTrue(parts.length == 2 || !parts[0].isEmpty(), line);
            String passed = parts.length < 2 ? "" : parts[1];
            List<MatchResult> gets = GETS.matcher(passed).results().toList();
            assertEquals(passed.split(" gets ", -1).length - 1, gets.size(), line);
            for (MatchResult part : gets) {
                Value to = values.get(part.group(1));
                Value own = gradients.of(values.get(giver));
                if (part.group(3) == null) {
                    assertEquals("d" + giver, part.group(2), line);
                    assertTrue(
                            contributions(values.get(giver), to, gradients).anyMatch(given -> same(given, own)), line);
                } else {
                    requireContribution(line, values.get(giver), to, gradients, part.group(3));
                }
            }
        }
        assertEquals(gradients.values().stream().map(v -> name(values, v)).toList(), completed);
    }

    private static void requireContribution(String line, Value from, Value to, Gradients gradients, String read) {
        assertTrue(contributions(from, to, gradients).anyMatch(part -> isSame(part, read)), line);
    }

    private static String name(Map<String, Value> values, Value value) {
        return values.entrySet().stream()
                .filter(e -> e.getValue() == value)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Stream<Value> contributions(Value from, Value to, Gradients gradients) {
        List<Value> inputs = from.inputs().stream().map(Value::detached).toList();
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (from.inputs().get(i) == to) {
                parts.add(from.operation()
                        .gradient(i, inputs, from.detached(), gradients.of(from).detached()));
            }
        }
        return parts.stream();
    }

    private static boolean same(Value a, Value b) {
        return a.shape().equals(b.shape())
                && Arrays.equals(a.matrix().getDDRM().data, b.matrix().getDDRM().data);
    }

    private static boolean isSame(Value value, String text) {
        double[] read = Stream.of(text.replaceAll("[\\[\\]]", "").split("[,;] "))
                .mapToDouble(number -> Double.parseDouble(number.replace("∞", "Infinity")))
                .toArray();
        double[] known = value.matrix().getDDRM().data;
        boolean same = read.length == known.length;
        for (int i = 0; same && i < read.length; i++) {
            same = Math.abs(read[i] - known[i]) <= 5.0001e-4 * Math.abs(known[i]) || read[i] == known[i];
        }
        return same;
    }

    private static void requireSame(String line, Value value, String text) {
        assertTrue(isSame(value, text), () -> line + " but the engine has " + value);
    }

    private static void requireClose(String line, Value expected, Value actual) {
        assertEquals(expected.shape(), actual.shape(), line);
        double size = Math.max(1, expected.abs().elementMax().scalar());
        assertTrue(expected.minus(actual).abs().elementMax().scalar() <= 1e-10 * size, line);
    }

    /** The parts stand in the order in which the engine adds them, so that their sum has its bits. */
    @Property(tries = 100)
    void thePartsAddUpToTheLastBit(@ForAll long seed) {
        Value result = Programs.result(seed, Programs.leaves(seed));
        for (Steps.Received step : Steps.of(Graph.of(result).nodes()).backward()) {
            step.from().stream()
                    .map(Steps.Part::amount)
                    .reduce(Value::plus)
                    .ifPresent(sum -> assertTrue(same(sum, step.gradient()), step::name));
        }
    }
}

package org.ejgrad.examples.lessons;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejml.simple.SimpleMatrix;

/**
 * A gradient to be written by hand in plain Java.
 *
 * @param task what to write, in lines
 * @param loss from the values of the parameters, by name, to what is differentiated
 * @param given the parameters of the method, or of each method if several gradients are asked for
 * @param hint what to say to a wrong answer of which nothing better is known
 * @param slips mistakes to be told by more than the checker knows
 * @param bodies what a method begins as, by the parameter's name, if not as an empty one
 * @param helpers what stands in the class beside the methods, possibly nothing
 */
record Exercise(
        String task,
        Function<Values, Value> loss,
        List<Given> given,
        String hint,
        List<Slip> slips,
        Map<String, String> bodies,
        String helpers) {

    static Exercise of(String task, Function<Values, Value> loss, String hint, Given... given) {
        return new Exercise(task, loss, List.of(given), hint, List.of(), Map.of(), "");
    }

    /** With one slip more, to be looked for after the others. */
    Exercise slip(String sentence, Function<Values, Value> other) {
        List<Slip> more = new ArrayList<>(slips);
        more.add(new Slip(sentence, other));
        return new Exercise(task, loss, given, hint, List.copyOf(more), bodies, helpers);
    }

    Exercise beginning(Map<String, String> other, String beside) {
        return new Exercise(task, loss, given, hint, slips, other, beside);
    }

    /** Those whose gradient is asked for. */
    List<Given> sought() {
        return given.stream().filter(Given::sought).toList();
    }

    /** The name of the method that answers for a parameter. */
    String method(Given parameter) {
        String name = parameter.name();
        return sought().size() == 1
                ? "gradient"
                : "gradientOf" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    String signature(Given parameter) {
        String parameters = given.stream().map(Given::parameter).collect(joining(", "));
        return "static " + parameter.form().type() + " " + method(parameter) + "(" + parameters + ")";
    }

    /** The file that a student begins with. */
    String start(String className) {
        StringBuilder text = new StringBuilder("/**\n");
        task.lines().forEach(line -> text.append(" * ").append(line).append('\n'));
        text.append(" */\npublic class ").append(className).append(" {\n");
        for (Given parameter : sought()) {
            text.append("    ").append(signature(parameter)).append(" {\n");
            bodies.getOrDefault(parameter.name(), parameter.emptyBody())
                    .lines()
                    .forEach(line -> text.append("        ").append(line).append('\n'));
            text.append("    }\n\n");
        }
        helpers.lines()
                .forEach(line -> text.append(("    " + line).stripTrailing()).append('\n'));
        return text.toString().stripTrailing() + "\n}\n";
    }

    /** Checks a gradient of each parameter whose gradient is asked for, in their order. */
    CheckReport check(List<SimpleMatrix> gradients) {
        return check(loss, gradients);
    }

    /** The slip of which they are the gradients. */
    Optional<Slip> slip(List<SimpleMatrix> gradients) {
        return slips.stream()
                .filter(each -> check(each.loss(), gradients).passed())
                .findFirst();
    }

    /** The gradients of a loss, in the order of the parameters whose gradients are asked for. */
    List<SimpleMatrix> gradients(Function<Values, Value> other) {
        Gradients gradients = other.apply(new Values(given)).gradients();
        return sought().stream()
                .map(each -> gradients.orZero(each.value()).matrix())
                .toList();
    }

    private CheckReport check(Function<Values, Value> other, List<SimpleMatrix> gradients) {
        Map<Value, SimpleMatrix> claimed = new LinkedHashMap<>();
        for (int i = 0; i < gradients.size(); i++) {
            claimed.put(sought().get(i).value(), gradients.get(i));
        }
        return GradientCheck.of(other.apply(new Values(given))).against(claimed).run();
    }
}

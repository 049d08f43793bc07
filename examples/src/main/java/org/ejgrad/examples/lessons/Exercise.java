package org.ejgrad.examples.lessons;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.check.Mistake;
import org.ejml.simple.SimpleMatrix;

/**
 * A gradient to be written by hand in plain Java.
 *
 * @param task what to write, in lines
 * @param loss from the values of the parameters, by name, to what is differentiated
 * @param given the parameters of the method, or of each method if several gradients are asked for
 * @param hint what to say to a wrong answer of which nothing better is known
 * @param hints what to say to some mistakes, in place of what is said to them in all exercises
 * @param bodies what a method begins as, by the parameter's name, if not as an empty one
 * @param helpers what stands in the class beside the methods, possibly nothing
 */
record Exercise(
        String task,
        Function<Map<String, Value>, Value> loss,
        List<Given> given,
        String hint,
        Map<Mistake, String> hints,
        Map<String, String> bodies,
        String helpers) {

    static Exercise of(String task, Function<Map<String, Value>, Value> loss, String hint, Given... given) {
        return new Exercise(task, loss, List.of(given), hint, Map.of(), Map.of(), "");
    }

    Exercise hinting(Map<Mistake, String> other) {
        return new Exercise(task, loss, given, hint, other, bodies, helpers);
    }

    Exercise beginning(Map<String, String> other, String beside) {
        return new Exercise(task, loss, given, hint, hints, other, beside);
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
        task.lines().forEach(line -> text.append((" * " + line).stripTrailing()).append('\n'));
        text.append(" */\npublic class ").append(className).append(" {\n");
        for (Given parameter : sought()) {
            text.append("    ").append(signature(parameter)).append(" {\n");
            bodies.getOrDefault(parameter.name(), parameter.emptyBody())
                    .lines()
                    .forEach(line -> text.append("        ").append(line).append('\n'));
            text.append("    }\n\n");
        }
        helpers.lines().forEach(line -> text.append(("    " + line).stripTrailing()).append('\n'));
        return text.toString().stripTrailing() + "\n}\n";
    }

    /** Checks a gradient of each parameter whose gradient is asked for, in their order. */
    CheckReport check(List<SimpleMatrix> gradients) {
        Map<String, Value> values = new LinkedHashMap<>();
        given.forEach(each -> values.put(each.name(), each.value()));
        Map<Value, SimpleMatrix> claimed = new LinkedHashMap<>();
        for (int i = 0; i < gradients.size(); i++) {
            claimed.put(sought().get(i).value(), gradients.get(i));
        }
        return GradientCheck.of(loss.apply(values)).against(claimed).run();
    }
}

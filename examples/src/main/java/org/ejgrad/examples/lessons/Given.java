package org.ejgrad.examples.lessons;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * A parameter of the method that an exercise asks for, and what the method is called with.
 *
 * @param sought whether its gradient is asked for
 */
record Given(String name, Form form, Value value, boolean sought) {
    /** How a matrix stands in plain Java. */
    enum Form {
        NUMBER("double", "%s", "0"),
        NUMBERS("double[]", "new double[] {%s}", "new double[%s.length]"),
        MATRIX("double[][]", "new double[][] {%s}", "new double[%1$s.length][%1$s[0].length]"),
        LABELS("int[]", "new int[] {%s}", "new int[%s.length]");

        private final String type;
        private final String literal;
        private final String zero;

        Form(String type, String literal, String zero) {
            this.type = type;
            this.literal = literal;
            this.zero = zero;
        }

        String type() {
            return type;
        }
    }

    static Given number(String name, double number) {
        return new Given(name, Form.NUMBER, Value.constant(number).labelled(name), false);
    }

    static Given numbers(String name, double... numbers) {
        return new Given(name, Form.NUMBERS, Value.row(numbers).labelled(name), false);
    }

    static Given matrix(String name, double[]... rows) {
        return new Given(name, Form.MATRIX, Value.constant(rows).labelled(name), false);
    }

    static Given labels(String name, int... labels) {
        double[] numbers = IntStream.of(labels).asDoubleStream().toArray();
        return new Given(name, Form.LABELS, Value.row(numbers), false);
    }

    /** The same, and its gradient is asked for. */
    Given asked() {
        return new Given(name, form, Value.variable(name, value), true);
    }

    Shape shape() {
        return value.shape();
    }

    /** As it is declared. */
    String parameter() {
        return form.type + " " + name;
    }

    /** A method's lines that return zeros. */
    String emptyBody() {
        return form.type + " gradient = " + String.format(Locale.ROOT, form.zero, name)
                + ";\n// Your lines come here.\nreturn gradient;";
    }

    /** The class labels. */
    int[] labels() {
        return IntStream.range(0, shape().columns())
                .map(i -> (int) value.get(0, i))
                .toArray();
    }

    /** A row for each label, with a one in its column. */
    Value oneHot(int classes) {
        return Value.identity(classes).rowsAt(labels());
    }

    /** An expression in Java. */
    String literal() {
        String elements = form == Form.MATRIX
                ? IntStream.range(0, shape().rows())
                        .mapToObj(row -> "{" + row(row) + "}")
                        .collect(joining(", "))
                : row(0);
        return String.format(Locale.ROOT, form.literal, elements);
    }

    private String row(int row) {
        Stream<String> numbers = form == Form.LABELS
                ? IntStream.of(labels()).mapToObj(String::valueOf)
                : IntStream.range(0, shape().columns()).mapToObj(column -> String.valueOf(value.get(row, column)));
        return numbers.collect(joining(", "));
    }
}

package org.ejgrad.examples.playground;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.pages.GraphPage;
import org.ejml.simple.SimpleMatrix;

/**
 * The loss of one point under the weights of one moment, for a page to step through. Its numbers can be changed; the
 * network trains on without noticing.
 *
 * @param plan of the network
 * @param weights the values of its parameters
 * @param row the point, as the network is told of it, and its class
 * @param words what the page says of it
 */
record OnePoint(Plan plan, List<Value> weights, Dataset row, String words) {
    /** How many numbers can be changed at once. */
    private static final int MOST_CHANGES = 64;

    /** What the page calls the parts of a change. */
    private static final List<String> PARTS = List.of("Value", "Row", "Column", "Number");

    private static final double LARGEST = 1e6;

    /** The names of what can be changed: the input, then each parameter. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of("x"));
        plan.network(row.classes()).parameters().forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    /**
     * The page.
     *
     * @param changes four numbers for each change: which of {@link #names}, row, column, and the number to stand there
     */
    GraphPage page(double... changes) {
        Sequential network = plan.network(row.classes());
        List<Parameter> parameters = network.parameters();
        List<SimpleMatrix> numbers =
                new ArrayList<>(List.of(Value.constant(row.inputs()).matrix()));
        weights.forEach(weight -> numbers.add(weight.matrix()));
        change(numbers, changes);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).set(numbers.get(i + 1));
        }
        Value z = network.forward(Value.constant(numbers.get(0)).labelled("x")).labelled("z");
        return GraphPage.of(plan.loss().of(z, row).labelled("loss"))
                .parameters(network)
                .titled("Backpropagation of one point", words);
    }

    /** The numbers of {@link #page} that a request holds. */
    static double[] changes(Fields query) {
        return query.numbers(
                "changes", "", PARTS.size() * MOST_CHANGES, -LARGEST, LARGEST, i -> PARTS.get(i % PARTS.size()));
    }

    private static void change(List<SimpleMatrix> numbers, double... changes) {
        if (changes.length % PARTS.size() != 0) {
            throw new IllegalArgumentException("changes has " + changes.length + " numbers; expected four for each");
        }
        for (int i = 0; i < changes.length; i += PARTS.size()) {
            SimpleMatrix matrix = numbers.get(index("Value", changes[i], numbers.size()));
            matrix.set(
                    index("Row", changes[i + 1], matrix.getNumRows()),
                    index("Column", changes[i + 2], matrix.getNumCols()),
                    changes[i + 3]);
        }
    }

    /** What is counted from 1 on the page. */
    private static int index(String title, double number, int count) {
        if (!(number >= 0 && number < count && number == Math.rint(number))) {
            throw new IllegalArgumentException(
                    title + " is " + Fields.plain(number + 1) + "; expected a whole number from 1 to " + count);
        }
        return (int) number;
    }
}

package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.data.Tables;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.pages.DecisionBoundary;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Points of a plane in classes: every fifth of a class is a test row. Sets too small for that are tested on what they
 * are trained on.
 *
 * @param train the rows to learn from
 * @param test the others
 * @param x from where to where the plane is shown, across
 * @param y and upwards
 * @param rows the rows to learn from as they came
 * @param plan how they are prepared
 * @param remarks what a person who brought the points is to know of them
 */
record PlaneData(
        Dataset train,
        Dataset test,
        List<Double> x,
        List<Double> y,
        Table rows,
        PreparationPlan plan,
        List<String> remarks)
        implements Section {
    private static final List<String> UNTESTED = List.of("No class has five points, so none is kept for a test: the "
            + "test loss and accuracy are those of the points it learns from.");

    /** Arms of spirals are so much nearer to each other than other classes. */
    private static final double NEAR = 0.3;

    /** The settings that it is made of. */
    static final List<String> SETTINGS = List.of(
            "data",
            "f",
            "across",
            "upwards",
            "rows",
            "noise",
            "seed",
            "points",
            "csv",
            "column_x",
            "column_y",
            "target");

    private static final int MOST_POINTS = 400;
    private static final double SIDE = 3;

    /** Where points come from. */
    enum Source {
        MOONS("two moons"),
        CIRCLES("circles"),
        XOR("exclusive or"),
        SPIRALS("two spirals"),
        THREE_SPIRALS("three spirals"),
        BLOBS("four blobs"),
        IMBALANCED("one rare class"),
        FUNCTION("y > f(x)"),
        PAINTED("painted by hand"),
        IRIS("iris, two columns"),
        CSV("own CSV");

        private final String title;

        Source(String title) {
            this.title = title;
        }

        /** What a person reads. */
        @Override
        public String toString() {
            return title;
        }
    }

    static PlaneData of(Fields fields) {
        Source source = fields.choice("data", Source.MOONS);
        int n = (int) fields.whole("rows", 200, 20, MOST_POINTS);
        double noise = fields.number("noise", 0.1, 0, 2);
        long seed = fields.whole("seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return switch (source) {
            case MOONS -> shown(ToySets.moons(n, noise, seed));
            case CIRCLES -> shown(ToySets.circles(n, noise, seed));
            case XOR -> shown(ToySets.noisyXor(n, noise, seed));
            case SPIRALS -> shown(ToySets.spirals(n, 2, NEAR * noise, seed));
            case THREE_SPIRALS -> shown(ToySets.spirals(n, 3, NEAR * noise, seed));
            case BLOBS -> shown(ToySets.blobs(n, 4, seed));
            case IMBALANCED -> shown(ToySets.imbalancedBlobs(n, n / 10, noise + 0.3, seed));
            case FUNCTION -> square(function(fields.text("f", "sin(2x)"), n, noise, seed));
            case PAINTED -> square(painted(fields));
            case CSV ->
                OwnTable.of(fields)
                        .plane(fields.text("column_x", ""), fields.text("column_y", ""), fields.text("target", ""));
            case IRIS -> iris((int) fields.whole("across", 2, 0, 3), (int) fields.whole("upwards", 3, 0, 3));
        };
    }

    /** Points uniform in the square; the class is 1 above the function, from which noise may move a point. */
    private static Dataset function(String formula, int n, double noise, long seed) {
        DoubleUnaryOperator f = Expression.of(formula);
        RandomStream random = new RandomStream(seed, "function".hashCode());
        SimpleMatrix inputs = new SimpleMatrix(n, 2);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double x = random.nextDouble(-SIDE, SIDE);
            double y = random.nextDouble(-SIDE, SIDE);
            inputs.setRow(i, 0, x, y);
            double bound = f.applyAsDouble(x);
            if (Double.isNaN(bound)) {
                throw new IllegalArgumentException("f(x) = " + Fields.shown(formula) + " is no number at x = "
                        + Fields.plain(x) + "; expected one at every x from -3 to 3");
            }
            labels[i] = y + noise * random.nextGaussian() > bound ? 1 : 0;
        }
        long above = Arrays.stream(labels).sum();
        if (above == 0 || above == n) {
            throw new IllegalArgumentException("all " + n + " points are " + (above == 0 ? "below" : "above")
                    + " f(x) = " + Fields.shown(formula)
                    + "; expected some on either side, which are the two classes, for x and y from -3 to 3");
        }
        return Dataset.classification("function", inputs, labels, "below", "above");
    }

    /** Triples of x, y and class. */
    private static Dataset painted(Fields fields) {
        long parts = fields.text("points", "").chars().filter(c -> c == ',').count() + 1;
        if (parts > 3 * MOST_POINTS) {
            throw new IllegalArgumentException(
                    "points holds " + (parts + 2) / 3 + " points; expected at most " + MOST_POINTS);
        }
        double[] numbers = fields.numbers("points", "", 3 * MOST_POINTS, -SIDE, SIDE);
        int n = numbers.length / 3;
        if (n == 0 || numbers.length % 3 != 0) {
            throw new IllegalArgumentException("points has " + numbers.length
                    + " numbers; expected three for each point, x, y and class, and at least one point");
        }
        SimpleMatrix inputs = new SimpleMatrix(n, 2);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            inputs.setRow(i, 0, numbers[3 * i], numbers[3 * i + 1]);
            double label = numbers[3 * i + 2];
            if (label != 0 && label != 1 && label != 2) {
                throw new IllegalArgumentException("points has the class " + label + "; expected 0, 1 or 2");
            }
            labels[i] = (int) label;
        }
        boolean isThird = Arrays.stream(labels).anyMatch(label -> label == 2);
        return Dataset.classification(
                "painted", inputs, labels, isThird ? new String[] {"0", "1", "2"} : new String[] {"0", "1"});
    }

    private static PlaneData iris(int across, int upwards) {
        try {
            Dataset all = Sources.shipped("iris.csv", "iris", List.of("setosa", "versicolor", "virginica"));
            List<String> names = all.featureNames();
            if (across == upwards) {
                throw new IllegalArgumentException("Across and Upwards are both " + Fields.shown(names.get(across))
                        + "; expected two different columns");
            }
            return of("iris", Tables.of(all), Tables.plan(all).using(names.get(across), names.get(upwards)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** As large a plane as all rows of a table take, standardised by those to learn from. */
    static PlaneData of(String name, Table table, PreparationPlan plan) {
        Dataset all = plan.fit(table).dataset(table).named(name);
        if (isTiny(all)) {
            return new PlaneData(all, all, range(all, 0), range(all, 1), table, plan, remarks(all, true));
        }
        Split split = Split.everyFifthOfClass(all.labels());
        Table train = split.train(table);
        Preparation preparation = plan.fit(train);
        Dataset prepared = preparation.dataset(table).named(name);
        return new PlaneData(
                split.train(prepared),
                split.test(prepared),
                range(prepared, 0),
                range(prepared, 1),
                train,
                plan,
                remarks(all, false));
    }

    private static List<String> remarks(Dataset data, boolean isUntested) {
        int[] counts = data.classCounts();
        Stream<String> oneClass = IntStream.range(0, counts.length)
                .filter(label -> Arrays.stream(counts).sum() == counts[label])
                .mapToObj(
                        label -> "All points are of class " + data.classNames().get(label)
                                + ": there is nothing to tell apart, and a network that always says so is right. Add points "
                                + "of another class.");
        return Stream.concat(oneClass, isUntested ? UNTESTED.stream() : Stream.of())
                .toList();
    }

    /** With a remark more, before the others. */
    PlaneData remarking(String remark) {
        return new PlaneData(
                train,
                test,
                x,
                y,
                rows,
                plan,
                Stream.concat(Stream.of(remark), remarks.stream()).toList());
    }

    private boolean isTested() {
        return !remarks.containsAll(UNTESTED);
    }

    private static PlaneData shown(Dataset all) {
        return divided(all, range(all, 0), range(all, 1));
    }

    private static PlaneData square(Dataset all) {
        return divided(all, List.of(-SIDE, SIDE), List.of(-SIDE, SIDE));
    }

    private static PlaneData divided(Dataset made, List<Double> x, List<Double> y) {
        Dataset all = Dataset.of(made.name(), made.inputs(), made.targets(), List.of("x", "y"), made.classNames());
        if (isTiny(all)) {
            return asTheyAre(all, all, x, y);
        }
        Split split = Split.everyFifthOfClass(all.labels());
        return asTheyAre(split.train(all), split.test(all), x, y);
    }

    /** Points of which a network is told without a preparation. */
    private static PlaneData asTheyAre(Dataset train, Dataset test, List<Double> x, List<Double> y) {
        return new PlaneData(
                train, test, x, y, Tables.of(train), Tables.plan(train).rawInputs(), remarks(train, test == train));
    }

    /**
     * How the columns of a table become what a network is told of a point, unless it is told more than the columns
     * hold.
     */
    Optional<Preparation> preparation(List<Feature> inputs) {
        return Optional.of(inputs)
                .filter(Feature.COORDINATES::containsAll)
                .map(columns -> plan.using(columns.stream()
                                .map(each -> train.featureNames().get(Feature.COORDINATES.indexOf(each)))
                                .toArray(String[]::new))
                        .fit(rows));
    }

    /** Whether no class has rows to spare for a test. */
    private static boolean isTiny(Dataset all) {
        return Arrays.stream(all.classCounts()).allMatch(rows -> rows < 5);
    }

    /** From the smallest to the largest number of a column, and a little more; never empty. */
    private static List<Double> range(Dataset all, int column) {
        ConstMatrix<?> inputs = all.inputs();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < inputs.getNumRows(); row++) {
            low = Math.min(low, inputs.get(row, column));
            high = Math.max(high, inputs.get(row, column));
        }
        double margin = 0.08 * (high - low) + 0.05;
        return List.of(low - margin, high + margin);
    }

    /** A grid over the plane, from the top left, row by row. */
    SimpleMatrix grid(int size) {
        return DecisionBoundary.grid(size, x.get(0), x.get(1), y.get(0), y.get(1));
    }

    /** The points as {@code [x, y, class, 1 if test]}, with what the plane is called. */
    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("x");
        json.writeArray(new double[] {x.get(0), x.get(1)}, 0, 2);
        json.writeFieldName("y");
        json.writeArray(new double[] {y.get(0), y.get(1)}, 0, 2);
        json.writeFieldName("features");
        Section.texts(train.featureNames()).write(json);
        json.writeFieldName("classes");
        Section.texts(train.classNames()).write(json);
        json.writeArrayFieldStart("points");
        writePoints(json, train, 0);
        if (isTested()) {
            writePoints(json, test, 1);
        }
        json.writeEndArray();
        json.writeFieldName("remarks");
        Section.texts(remarks).write(json);
        json.writeEndObject();
    }

    private static void writePoints(JsonGenerator json, Dataset data, int isTest) throws IOException {
        int[] labels = data.labels();
        for (int row = 0; row < labels.length; row++) {
            double[] point = {data.inputs().get(row, 0), data.inputs().get(row, 1), labels[row], isTest};
            json.writeArray(point, 0, point.length);
        }
    }
}

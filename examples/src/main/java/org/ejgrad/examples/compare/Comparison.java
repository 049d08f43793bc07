package org.ejgrad.examples.compare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.pages.Section;

/**
 * Treatments side by side: what each one reached with each seed.
 *
 * @param measures the names of what is measured
 * @param treatments the ways to train, the first of them doing nothing
 * @param results by treatment, seed and measure
 */
public record Comparison(List<String> measures, List<Treatment> treatments, double[][][] results) implements Section {
    private static final int WIDTH = 80;

    public Comparison {
        measures = Require.elements(measures, "measures");
        treatments = Require.elements(treatments, "treatments");
        results = copy(measures.size(), treatments, results);
    }

    private static double[][][] copy(int measures, List<Treatment> treatments, double[][][] results) {
        List<double[][]> all = Require.elements(results, "results");
        if (all.isEmpty() || all.size() != treatments.size()) {
            throw new IllegalArgumentException("Comparison: the results are of " + all.size()
                    + " treatments; expected those of " + treatments.size() + ", at least 1");
        }
        double[][][] copy = new double[all.size()][][];
        for (int i = 0; i < copy.length; i++) {
            String name = treatments.get(i).name();
            copy[i] = all.get(i).clone();
            if (copy[i].length == 0 || copy[i].length != all.get(0).length) {
                throw new IllegalArgumentException("Comparison: the treatment \"" + name + "\" ran with "
                        + copy[i].length + " seeds; expected as many for each treatment, at least 1");
            }
            for (int j = 0; j < copy[i].length; j++) {
                double[] run = copy[i][j];
                if (run == null || run.length < measures) {
                    throw new IllegalArgumentException("Comparison: the treatment \"" + name + "\" returned "
                            + (run == null ? "null results" : run.length + " numbers") + "; expected " + measures
                            + " numbers");
                }
                copy[i][j] = run.clone();
            }
        }
        return copy;
    }

    /**
     * Runs each treatment with each seed; trainings share nothing, so that they can run side by side.
     *
     * @param measures the names of what is measured
     * @param treatments the ways to train
     * @param seeds how often and from which seed on
     * @return what was reached
     */
    public static Comparison of(List<String> measures, List<Treatment> treatments, Seeds seeds) {
        Require.elements(measures, "measures");
        Require.elements(treatments, "treatments");
        int count = requireNonNull(seeds, "seeds").count();
        double[][][] results = new double[treatments.size()][count][];
        seeds.each(treatments.size() * count, i -> {
            long seed = seeds.first() + i % count;
            results[i / count][i % count] = treatments.get(i / count).run().apply(seed);
        });
        return new Comparison(measures, treatments, results);
    }

    /**
     * The mean over the seeds.
     *
     * @param treatment a treatment's name
     * @param measure a measure's name
     * @return the mean
     */
    public double mean(String treatment, String measure) {
        return Arrays.stream(over(treatment, measure)).average().orElse(Double.NaN);
    }

    /**
     * The standard deviation over the seeds, dividing by one less than their number.
     *
     * @param treatment a treatment's name
     * @param measure a measure's name
     * @return the standard deviation, 0 for a single seed
     */
    public double spread(String treatment, String measure) {
        double[] numbers = over(treatment, measure);
        double mean = mean(treatment, measure);
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return numbers.length < 2 ? 0 : Math.sqrt(squares / (numbers.length - 1));
    }

    /**
     * With how many seeds a treatment reached more than doing nothing.
     *
     * @param treatment a treatment's name
     * @param measure a measure's name
     * @return from 0 to the number of seeds
     */
    public long better(String treatment, String measure) {
        return seedsWith(Order.HIGHER, treatment, measure);
    }

    /** In which direction a measure is to go. */
    public enum Order {
        /** As an accuracy. */
        HIGHER,
        /** As a loss. */
        LOWER
    }

    /**
     * One direction for several measures.
     *
     * @param measures their names
     * @param order the direction
     * @return the measures in this order
     */
    public static Map<String, Order> all(List<String> measures, Order order) {
        requireNonNull(order, "order");
        Map<String, Order> all = new LinkedHashMap<>();
        Require.elements(measures, "measures").forEach(measure -> all.put(measure, order));
        return all;
    }

    private long seedsWith(Order order, String treatment, String measure) {
        double[] with = over(treatment, measure);
        double[] without = over(treatments.get(0).name(), measure);
        return IntStream.range(0, with.length)
                .filter(i -> order == Order.HIGHER ? with[i] > without[i] : with[i] < without[i])
                .count();
    }

    /**
     * With how many seeds each treatment did better than nothing, those with as many in one row.
     *
     * @param measure a measure's name
     * @param better what is better
     * @return rows of words such as {@code higher with 4 of 5 seeds}, and then the names
     */
    public List<List<String>> againstNothing(String measure, Order better) {
        requireNonNull(measure, "measure");
        int seeds = results[0].length;
        String word = requireNonNull(better, "better").name().toLowerCase(Locale.ROOT);
        Map<Long, List<String>> names = new TreeMap<>(Comparator.reverseOrder());
        treatments.stream()
                .skip(1)
                .map(Treatment::name)
                .forEach(name -> names.computeIfAbsent(seedsWith(better, name, measure), count -> new ArrayList<>())
                        .add(name));
        List<List<String>> rows = new ArrayList<>();
        names.forEach((count, group) -> {
            String seedsInWords =
                    seeds == 1 ? "" : " with " + (count == 0 ? "no seed" : count + " of " + seeds + " seeds");
            List<String> row = new ArrayList<>(List.of((seeds == 1 && count == 0 ? "not " : "") + word + seedsInWords));
            row.addAll(group);
            rows.add(row);
        });
        return rows;
    }

    /**
     * Prints what {@link #againstNothing} says.
     *
     * @param out where to
     * @param measure a measure's name
     * @param better what is better
     */
    public void printAgainstNothing(PrintWriter out, String measure, Order better) {
        requireNonNull(out, "out");
        List<List<String>> rows = againstNothing(measure, better);
        out.println(measure + ", compared with " + treatments.get(0).name() + ":");
        rows.forEach(row ->
                out.print(wrapped(String.format(Locale.ROOT, "  %-26s", row.get(0)), row.subList(1, row.size()))));
    }

    /** A head and names behind it, on lines that are not too long. */
    private static String wrapped(String head, List<String> names) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(head);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i) + (i < names.size() - 1 ? ";" : "");
            if (line.length() + 1 + name.length() > WIDTH && !line.toString().isBlank()) {
                text.append(line).append(System.lineSeparator());
                line = new StringBuilder(" ".repeat(head.length()));
            }
            line.append(' ').append(name);
        }
        return text.append(line).append(System.lineSeparator()).toString();
    }

    private String text(String treatment, String measure) {
        double mean = mean(treatment, measure);
        if (Double.isNaN(mean)) {
            return "";
        }
        boolean isCount = isCount(measure);
        if (results[0].length == 1) {
            return String.format(Locale.ROOT, isCount ? "%.0f" : "%.4f", mean);
        }
        return String.format(Locale.ROOT, isCount ? "%.1f ± %.1f" : "%.4f ± %.4f", mean, spread(treatment, measure));
    }

    /** Whether a measure counts: all its numbers are whole, and not only 0 and 1, which shares may be too. */
    private boolean isCount(String measure) {
        double[] numbers = treatments.stream()
                .flatMapToDouble(treatment -> Arrays.stream(over(treatment.name(), measure)))
                .filter(Double::isFinite)
                .toArray();
        return Arrays.stream(numbers).allMatch(x -> x == Math.rint(x))
                && Arrays.stream(numbers).anyMatch(x -> Math.abs(x) > 1);
    }

    private double[] over(String treatment, String measure) {
        List<String> names = treatments.stream().map(Treatment::name).toList();
        int row = names.indexOf(requireNonNull(treatment, "treatment"));
        int column = measures.indexOf(requireNonNull(measure, "measure"));
        if (row < 0 || column < 0) {
            throw new IllegalArgumentException("Comparison: there is no measure \"" + measure + "\" of \"" + treatment
                    + "\"; expected one of " + measures + " and of " + names);
        }
        return Arrays.stream(results[row]).mapToDouble(run -> run[column]).toArray();
    }

    /**
     * Prints a line per treatment, the mean, and ± the standard deviation if there are several seeds; measures that do
     * not fit beside the others stand below.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        requireNonNull(out, "out");
        int width = Math.max(
                1,
                treatments.stream().mapToInt(each -> each.name().length()).max().orElse(0));
        int column = measures.stream()
                .flatMapToInt(measure -> IntStream.concat(
                        IntStream.of(1, measure.length()),
                        treatments.stream()
                                .mapToInt(each -> text(each.name(), measure).length())))
                .max()
                .orElse(1);
        int beside = Math.max(1, (WIDTH - width) / (2 + column));
        for (int from = 0; from < measures.size(); from += beside) {
            print(out, width, column, measures.subList(from, Math.min(from + beside, measures.size())));
        }
        int seeds = results[0].length;
        out.println(seeds == 1 ? "(one seed)" : "(mean ± standard deviation over " + seeds + " seeds)");
        out.flush();
    }

    private void print(PrintWriter out, int width, int column, List<String> some) {
        out.printf(Locale.ROOT, "%-" + width + "s", "");
        some.forEach(measure -> out.printf(Locale.ROOT, "  %" + column + "s", measure));
        out.println();
        for (Treatment treatment : treatments) {
            out.printf(Locale.ROOT, "%-" + width + "s", treatment.name());
            for (String measure : some) {
                out.printf(Locale.ROOT, "  %" + column + "s", text(treatment.name(), measure));
            }
            out.println();
        }
    }

    /** For a page: the measures, and of each treatment its name, what the table says and what each run reached. */
    @Override
    public void write(JsonGenerator json) throws IOException {
        requireNonNull(json, "json").writeStartObject();
        json.writeFieldName("measures");
        Section.texts(measures).write(json);
        json.writeArrayFieldStart("treatments");
        for (Treatment treatment : treatments) {
            String name = treatment.name();
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeFieldName("cells");
            Section.texts(measures.stream().map(measure -> text(name, measure)).toList())
                    .write(json);
            json.writeFieldName("runs");
            Section.list(measures.stream()
                            .map(measure -> Section.numbers(over(name, measure)))
                            .toList())
                    .write(json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

package org.ejgrad.examples.compare;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Treatments side by side: what each one reached with each seed.
 *
 * @param measures the names of what is measured
 * @param treatments the ways to train, the first of them doing nothing
 * @param results by treatment, seed and measure
 */
public record Comparison(List<String> measures, List<Treatment> treatments, double[][][] results) {
    public Comparison {
        measures = List.copyOf(measures);
        treatments = List.copyOf(treatments);
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
        int count = seeds.count();
        double[][][] results = new double[treatments.size()][count][];
        IntStream.range(0, treatments.size() * count).parallel().forEach(i -> {
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
        double[] with = over(treatment, measure);
        double[] without = over(treatments.get(0).name(), measure);
        return IntStream.range(0, with.length).filter(i -> with[i] > without[i]).count();
    }

    private String text(String treatment, String measure) {
        double mean = mean(treatment, measure);
        return Double.isNaN(mean) ? "" : String.format(Locale.ROOT, "%.4f ± %.4f", mean, spread(treatment, measure));
    }

    private double[] over(String treatment, String measure) {
        int row = treatments.stream().map(Treatment::name).toList().indexOf(treatment);
        int column = measures.indexOf(measure);
        return Arrays.stream(results[row]).mapToDouble(run -> run[column]).toArray();
    }

    /**
     * Prints a line per treatment, mean ± standard deviation.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        int width =
                treatments.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        out.printf(Locale.ROOT, "%-" + width + "s", "");
        measures.forEach(measure -> out.printf(Locale.ROOT, "  %17s", measure));
        out.println();
        for (Treatment treatment : treatments) {
            out.printf(Locale.ROOT, "%-" + width + "s", treatment.name());
            for (String measure : measures) {
                out.printf(Locale.ROOT, "  %17s", text(treatment.name(), measure));
            }
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "(mean ± standard deviation over %d %s)%n",
                results[0].length,
                results[0].length == 1 ? "seed" : "seeds");
        out.flush();
    }
}

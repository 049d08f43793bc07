package org.ejgrad.nn.tune;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.MatrixText;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CsvLine;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.TextTable;
import org.ejgrad.nn.data.Dataset;

/**
 * What a search found.
 *
 * @param trials by budget, then by number
 * @param largerIsBetter whether scores are to be large, as accuracies, or small, as losses
 */
public record Trials(List<Trial> trials, boolean largerIsBetter) {
    private static final int ROWS = 12;

    /** Copies the list, in order; all trials have settings of the same names. */
    public Trials {
        trials = Require.elements(trials, "trials").stream()
                .sorted(Comparator.comparingInt(Trial::budget).thenComparingInt(Trial::number))
                .toList();
        for (Trial trial : trials) {
            if (!names(trial).equals(names(trials.get(0)))) {
                throw new IllegalArgumentException("Trials: settings of the names " + names(trials.get(0)) + " and of "
                        + names(trial) + "; expected the same");
            }
        }
    }

    private static List<String> names(Trial trial) {
        return trial.settings().values().keySet().stream().map(Settings::text).toList();
    }

    /**
     * Those with a score, the best first: a larger budget before a smaller one, and of equal ones the smaller number.
     */
    List<Trial> ranked() {
        return trials.stream()
                .filter(trial -> !Double.isNaN(trial.score()))
                .sorted(Comparator.comparingInt(Trial::budget)
                        .reversed()
                        .thenComparingDouble(trial -> (largerIsBetter ? -trial.score() : trial.score()) + 0.0)
                        .thenComparingInt(Trial::number))
                .toList();
    }

    /**
     * {@return the trials with the best of the scores that the largest budget gave; several if they are equal, none if
     * no trial has a score}
     */
    public List<Trial> best() {
        List<Trial> ranked = ranked();
        return ranked.stream()
                .filter(trial -> trial.budget() == ranked.get(0).budget()
                        && trial.score() == ranked.get(0).score())
                .toList();
    }

    /** {@return a short table: the best dozen trials, the best first, and how many there are and have failed} */
    @Override
    public String toString() {
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : ranked().subList(0, Math.min(ROWS, ranked().size()))) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number())));
            trial.settings()
                    .values()
                    .values()
                    .forEach(value ->
                            row.add(value instanceof Double number ? MatrixText.number(number) : Settings.text(value)));
            row.addAll(List.of(Integer.toString(trial.budget()), MatrixText.number(trial.score())));
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            List<String> header = new ArrayList<>(List.of("trial"));
            header.addAll(names(trials.get(0)));
            header.addAll(List.of("budget", "score"));
            rows.add(0, header);
        }
        List<String> failures =
                trials.stream().flatMap(trial -> trial.failure().stream()).toList();
        return TextTable.of(rows) + trials.size() + " trials, " + failures.size() + " failed"
                + (failures.isEmpty() ? "" : ", the first: " + PlainText.line(failures.get(0)));
    }

    /** The names of the columns, all different: a setting called as one of the others is {@code setting NAME}. */
    private static List<String> header(List<String> settings) {
        List<String> own = List.of("trial", "budget", "seed", "score", "failure");
        List<String> header = new ArrayList<>(own.subList(0, 3));
        for (String name : settings) {
            String unique = name;
            while (own.contains(unique)
                    || header.contains(unique)
                    || (!unique.equals(name) && settings.contains(unique))) {
                unique = "setting " + unique;
            }
            header.add(unique);
        }
        header.addAll(own.subList(3, 5));
        return header;
    }

    /** {@return a line per trial, in digits that read back exactly, and a header of different names} */
    public String toCsv() {
        StringBuilder text = new StringBuilder(CsvLine.of(header(
                trials.stream().limit(1).flatMap(trial -> names(trial).stream()).toList())));
        trials.forEach(trial -> text.append(trial.line()));
        return text.toString();
    }

    /**
     * {@return a sentence that says on how many rows a choice was made, and warns if rows to test with are among them}
     *
     * @param validation the rows that gave the scores
     * @param test the rows that are to say how good it is
     * @throws IllegalArgumentException if the rows have different numbers of features
     */
    public static String chosenOn(Dataset validation, Dataset test) {
        requireNonNull(validation, "validation");
        requireNonNull(test, "test");
        if (validation.features() != test.features()) {
            throw new IllegalArgumentException("chosenOn: " + validation.features() + " features to validate and "
                    + test.features() + " to test with; expected as many");
        }
        Set<List<Double>> known = new HashSet<>(inputs(validation));
        long shared = inputs(test).stream().filter(known::contains).count();
        return "chosen on " + Figures.counted(validation.size(), "row") + " of " + validation.name()
                + (shared == 0
                        ? "; none of them is among the " + Figures.counted(test.size(), "test row") + "."
                        : "; WARNING: " + shared + " of the " + Figures.counted(test.size(), "test row")
                                + (shared == 1 ? " is" : " are") + " among them, so that a test flatters the choice.");
    }

    /** Each row's inputs, compared number by number; a {@code DoubleBuffer}'s hash code has but their whole parts. */
    private static List<List<Double>> inputs(Dataset set) {
        double[] all = Value.constant(set.inputs()).matrix().getDDRM().data;
        int columns = set.features();
        return IntStream.range(0, set.size())
                .mapToObj(row -> Arrays.stream(all, row * columns, (row + 1) * columns)
                        .map(v -> v + 0.0) // no -0
                        .boxed()
                        .toList())
                .toList();
    }
}

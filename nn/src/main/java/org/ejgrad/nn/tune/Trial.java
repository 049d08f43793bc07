package org.ejgrad.nn.tune;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.CsvLine;
import org.ejgrad.nn.arguments.Require;

/**
 * What settings reached.
 *
 * @param number of the settings in their search, from 0; with another budget the same settings keep it
 * @param settings what was tried
 * @param budget how long, such as a number of epochs
 * @param seed for all that is random in it: a function of the search's seed and the number
 * @param score on validation rows, NaN if there is none
 * @param failure what the trial threw, in its words on one line
 */
public record Trial(int number, Settings settings, int budget, long seed, double score, Optional<String> failure) {
    public Trial {
        Require.atLeast(number, 0, "number");
        requireNonNull(settings, "settings");
        Require.atLeast(budget, 1, "budget");
        requireNonNull(failure, "failure");
    }

    /** For example {@code trial 3: rate 0.01, width 8; budget 10, seed 7, score 0.25}. */
    @Override
    public String toString() {
        return "trial " + number + ": " + settings + "; budget " + budget + ", seed " + seed + ", score " + score
                + failure.map(why -> ", failed: " + PlainText.line(why)).orElse("");
    }

    /** What was tried, as the begin of a line of CSV. */
    String tried() {
        return CsvLine.of(cells()).replace('\n', ',');
    }

    /** All as a line of CSV. */
    String line() {
        List<String> cells = cells();
        cells.add(Double.toString(score));
        cells.add(failure.map(Settings::text).orElse(""));
        return CsvLine.of(cells);
    }

    List<String> cells() {
        List<String> cells =
                new ArrayList<>(List.of(Integer.toString(number), Integer.toString(budget), Long.toString(seed)));
        settings.values().values().forEach(value -> cells.add(Settings.text(value)));
        return cells;
    }
}

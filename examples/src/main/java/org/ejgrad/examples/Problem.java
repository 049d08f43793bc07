package org.ejgrad.examples;

import java.util.Optional;
import org.ejgrad.examples.data.Tables;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.TargetKind;

/**
 * A data set ready to be learnt: divided, prepared, with settings that suit it.
 *
 * @param train the rows to learn from
 * @param test the rows to judge by
 * @param recipe a network and its training that do well here
 * @param baseline what to compare with, such as what another library reaches on the same rows
 * @param prepared how the rows were made of those of a table, if they were
 */
record Problem(Dataset train, Dataset test, Recipe recipe, Optional<Baseline> baseline, Optional<Prepared> prepared) {
    /** Of a table with so many numbers a text for each would take too long. */
    private static final long MOST_NUMBERS = 5_000_000;

    /** Rows that are learnt as they are. */
    Problem(Dataset train, Dataset test, Recipe recipe, Optional<Baseline> baseline) {
        this(train, test, recipe, baseline, Optional.empty());
    }

    /**
     * How rows were made of those of a table.
     *
     * @param preparation what was learnt from the training rows
     * @param test the test rows as they stand in the table
     * @param rows how many the table has, also those that are left out
     */
    record Prepared(Preparation preparation, Table test, int rows) {}

    /** What is said of rows that are left out; nothing of none. */
    static String leftOut(int rows) {
        return rows == 0 ? "" : ", " + Figures.counted(rows, "row") + " left out, in which a cell is missing";
    }

    /**
     * A figure to stand beside ours.
     *
     * @param model what was trained, and with what; the mean over five seeds
     * @param accuracy its accuracy on the test rows
     */
    record Baseline(String model, double accuracy) {}

    String name() {
        return train.name();
    }

    /** How many rows there are, for which purpose. */
    String rows() {
        int used = train.size() + test.size();
        return Figures.counted(train.size(), "row") + " to train, " + test.size() + " to test"
                + leftOut(prepared.map(from -> from.rows() - used).orElse(0));
    }

    /** What is predicted. */
    TargetKind kind() {
        return prepared.map(from -> from.preparation().kind()).orElse(TargetKind.CLASSES);
    }

    /** How many numbers a network has to give for each row. */
    int outputs() {
        return prepared.map(from -> from.preparation().outputs()).orElse(train.classes());
    }

    /** The table that the rows come from, or might come from; none where that would be too large. */
    Optional<Prepared> table() {
        if (prepared.isPresent() || (long) train.size() * train.features() > MOST_NUMBERS) {
            return prepared;
        }
        return Optional.of(new Prepared(
                Tables.plan(train).rawInputs().fit(Tables.of(train)), Tables.of(test), train.size() + test.size()));
    }
}

package org.ejgrad.examples;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejgrad.PlainText;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.Unseen;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is to be learnt from a table: what is predicted from what, and what becomes of gaps. */
final class PlanOptions {
    @ArgGroup(exclusive = false, heading = "%nWhat is to be learnt from such a file:%n")
    private Given given = new Given();

    /** What was typed. */
    static final class Given {
        @Option(
                names = "--target",
                paramLabel = "<column>",
                description = "the column to predict, by its name or its number from 1; the last if not given")
        private Optional<String> target = Optional.empty();

        @Option(names = "--regression", description = "the target is a number to predict, not a class; not for choose")
        private boolean regression;

        @Option(
                names = "--labels",
                split = ",",
                paramLabel = "<column>",
                description = "predict several columns at once, of 0 and 1 or by --regression of numbers, instead of a "
                        + "target; not for choose")
        private List<String> labels = List.of();

        @Option(names = "--use", split = ",", paramLabel = "<column>", description = "the only columns to predict from")
        private List<String> use = List.of();

        @Option(
                names = "--ignore",
                split = ",",
                paramLabel = "<column>",
                description = "columns to leave out, such as one that numbers the rows")
        private List<String> ignore = List.of();

        @Option(
                names = "--categories",
                split = ",",
                paramLabel = "<column>",
                description = "columns to take for categories even if they hold numbers")
        private List<String> categories = List.of();

        @Option(
                names = "--missing",
                paramLabel = "<policy>",
                description =
                        "what becomes of missing cells: one of ${COMPLETION-CANDIDATES}; refuse if not given. Unless "
                                + "refused, rows without a target are left out")
        private Optional<Gap> missing = Optional.empty();

        @Option(
                names = "--unseen",
                paramLabel = "<policy>",
                description = "what becomes of categories that no training row has: one of ${COMPLETION-CANDIDATES}; "
                        + "refuse if not given")
        private Optional<Stranger> unseen = Optional.empty();
    }

    /** What becomes of missing cells. */
    enum Gap {
        /** A refusal that names line and column. */
        REFUSE(Missing.REFUSE),
        /** Their rows are left out. */
        DROP(Missing.DROP_ROW),
        /** The mean of the training rows' numbers; a category of its own. */
        MEAN(Missing.MEAN),
        /** The median of the training rows' numbers; a category of its own. */
        MEDIAN(Missing.MEDIAN);

        private final Missing policy;

        Gap(Missing policy) {
            this.policy = policy;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of categories that are new. */
    enum Stranger {
        /** A refusal that names line and column. */
        REFUSE(Unseen.REFUSE),
        /** No input of the column is 1. */
        ZEROS(Unseen.ZEROS);

        private final Unseen policy;

        Stranger(Unseen policy) {
            this.policy = policy;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses all of them if there is no file. */
    void requireNoneWithout(CsvOptions csv) {
        csv.refuse("--target", given.target.isPresent());
        csv.refuse("--regression", given.regression);
        csv.refuse("--labels", !given.labels.isEmpty());
        csv.refuse("--use", !given.use.isEmpty());
        csv.refuse("--ignore", !given.ignore.isEmpty());
        csv.refuse("--categories", !given.categories.isEmpty());
        csv.refuse("--missing", given.missing.isPresent());
        csv.refuse("--unseen", given.unseen.isPresent());
    }

    /** Whether one of several classes is to be predicted. */
    boolean isClassification() {
        return given.labels.isEmpty() && !given.regression;
    }

    /** The rows to learn from: under a policy for missing cells, those whose target is there. */
    Table answered(Table table) {
        boolean isRefused = given.missing.orElse(Gap.REFUSE) == Gap.REFUSE;
        return isRefused ? table : table.complete(targets(table));
    }

    private String[] targets(Table table) {
        return given.labels.isEmpty() ? new String[] {target(table)} : columns(table, given.labels);
    }

    /** What is to be learnt from the rows of a table. */
    PreparationPlan plan(Table table) {
        if (!given.labels.isEmpty() && given.target.isPresent()) {
            throw new IllegalArgumentException("--labels stands in place of --target; expected one");
        }
        String[] targets = targets(table);
        PreparationPlan plan = given.regression
                ? Preparation.regression(targets)
                : given.labels.isEmpty() ? Preparation.classification(targets[0]) : Preparation.labels(targets);
        plan = given.use.isEmpty() ? plan : plan.using(columns(table, given.use));
        return plan.without(columns(table, given.ignore))
                .categorical(columns(table, given.categories))
                .missing(given.missing.map(gap -> gap.policy).orElse(Missing.REFUSE))
                .unseen(given.unseen.map(stranger -> stranger.policy).orElse(Unseen.REFUSE));
    }

    /** The name of the target's column, which may be given by its number. */
    String target(Table table) {
        List<String> names = table.names();
        String last = names.get(names.size() - 1);
        String typed = given.target.map(target -> column(table, target)).orElse(last);
        if (names.contains(typed) || !typed.matches("[0-9]{1,9}")) {
            return typed;
        }
        int number = Integer.parseInt(typed);
        if (number < 1 || number > names.size()) {
            throw new IllegalArgumentException("--target is " + typed + "; expected a column from 1 to " + names.size()
                    + ", or one of the names " + names);
        }
        return names.get(number - 1);
    }

    private static String[] columns(Table table, List<String> typed) {
        return typed.stream().map(name -> column(table, name)).toArray(String[]::new);
    }

    /**
     * The name that is meant by what was typed, which may be as it is shown: on one line, perhaps cut at an ellipsis.
     */
    private static String column(Table table, String typed) {
        String begin = typed.endsWith("…") ? typed.substring(0, typed.length() - 1) : typed;
        List<String> meant = table.names().stream()
                .filter(name -> begin.equals(typed)
                        ? PlainText.line(name).equals(typed)
                        : PlainText.line(name).startsWith(begin))
                .toList();
        return table.names().contains(typed) || meant.size() != 1 ? typed : meant.get(0);
    }
}

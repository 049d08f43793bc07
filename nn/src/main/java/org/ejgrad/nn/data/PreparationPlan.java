package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;

/**
 * What is to be learnt from the training rows of a table: which columns are predicted, which they are predicted from,
 * and what becomes of texts and missing cells. {@link #fit} learns it.
 *
 * <p>Every column but the targets is an input. A column of numbers becomes one input of mean 0 and deviation 1, a
 * column of texts one input of 0 or 1 for each different text, its category.
 */
public final class PreparationPlan {
    /** So many categories are no sign of a column that names its rows. */
    private static final int FEW = 10;

    private static final int MOST_CATEGORIES = 1000;

    private final TargetKind kind;
    private final List<String> targets;
    private final OptionalInt position;
    private List<String> using = List.of();
    private List<String> without = List.of();
    private List<String> categorical = List.of();
    private List<String> classNames = List.of();
    private Missing missing = Missing.REFUSE;
    private Unseen unseen = Unseen.REFUSE;
    private boolean rawInputs;
    private boolean rawTargets;

    PreparationPlan(TargetKind kind, List<String> targets, OptionalInt position) {
        this.kind = kind;
        this.targets = targets;
        this.position = position;
        if (targets.isEmpty() && position.isEmpty()) {
            throw new IllegalArgumentException("Preparation: no target column; expected at least one");
        }
        requireDifferent(targets);
    }

    private static List<String> requireDifferent(List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new IllegalArgumentException("Preparation: " + CsvFormat.quoted(column) + " is given twice");
            }
        }
        return columns;
    }

    private PreparationPlan with(Consumer<PreparationPlan> change) {
        PreparationPlan copy = new PreparationPlan(kind, targets, position);
        copy.using = using;
        copy.without = without;
        copy.categorical = categorical;
        copy.classNames = classNames;
        copy.missing = missing;
        copy.unseen = unseen;
        copy.rawInputs = rawInputs;
        copy.rawTargets = rawTargets;
        change.accept(copy);
        return copy;
    }

    /**
     * {@return the same with these columns as the only inputs, in this order}
     *
     * @param columns their names, all different
     */
    public PreparationPlan using(String... columns) {
        List<String> names = requireDifferent(Require.elements(columns, "columns"));
        return with(copy -> copy.using = names);
    }

    /**
     * {@return the same with some columns left out, such as one that only numbers the rows}
     *
     * @param columns their names, all different
     */
    public PreparationPlan without(String... columns) {
        List<String> names = requireDifferent(Require.elements(columns, "columns"));
        return with(copy -> copy.without = names);
    }

    /**
     * {@return the same with some columns taken for categories, whatever they hold: numbers that are names, such as
     * postal codes, or more different texts than are otherwise taken for categories; numbers are the same category in
     * every spelling, as 1 and 1.0}
     *
     * @param columns their names, all different
     */
    public PreparationPlan categorical(String... columns) {
        List<String> names = requireDifferent(Require.elements(columns, "columns"));
        return with(copy -> copy.categorical = names);
    }

    /**
     * {@return the same with classes in a given order, instead of those of the training rows: numbers by their size,
     * then texts by the alphabet}
     *
     * @param classNames the classes in the order of their indices, as the file spells them; 1 is met by 1.0 as well
     * @throws IllegalArgumentException if this is no classification, or there are fewer than two different names
     */
    public PreparationPlan classes(String... classNames) {
        List<String> names = requireDifferent(Require.elements(classNames, "classNames"));
        if (kind != TargetKind.CLASSES || names.size() < 2) {
            throw new IllegalArgumentException("classes: " + PlainText.line(names.toString()) + " for " + kind
                    + "; expected at least 2 names, for a classification");
        }
        return with(copy -> copy.classNames = names);
    }

    /**
     * {@return the same with another policy for missing cells; without one they are refused}
     *
     * @param missing what becomes of them
     */
    public PreparationPlan missing(Missing missing) {
        requireNonNull(missing, "missing");
        return with(copy -> copy.missing = missing);
    }

    /**
     * {@return the same with another policy for texts that no training row has; without one they are refused}
     *
     * @param unseen what becomes of them
     */
    public PreparationPlan unseen(Unseen unseen) {
        requireNonNull(unseen, "unseen");
        return with(copy -> copy.unseen = unseen);
    }

    /** {@return the same with numeric inputs as they are, not of mean 0 and deviation 1} */
    public PreparationPlan rawInputs() {
        return with(copy -> copy.rawInputs = true);
    }

    /** {@return the same with numbers to predict as they are, not of mean 0 and deviation 1} */
    public PreparationPlan rawTargets() {
        return with(copy -> copy.rawTargets = true);
    }

    /**
     * Learns from training rows: categories, means, deviations, what fills missing cells, class names.
     *
     * <p>Refused are columns of texts that say nothing about other rows: those with more than ten categories where
     * there are more than half as many categories as rows, or more than a thousand; and those most of whose cells are
     * numbers, or look like them, where a few are not. {@link #without} leaves such a column out, {@link #categorical}
     * takes it for categories nevertheless. One refusal names all such columns.
     *
     * @param train the training rows alone
     * @return what they taught
     * @throws IllegalArgumentException if a column is not there, or its cells are not what this plan asks for; the
     *     message names file, line and column
     * @throws ResourceLimitException if a name or a category is longer than 65,536 characters
     */
    public Preparation fit(Table train) {
        requireNonNull(train, "train");
        List<String> predicted = position.isPresent() ? List.of(train.name(position.getAsInt())) : train.names(targets);
        List<String> inputs = inputs(train, predicted);
        Table table = missing == Missing.DROP_ROW
                ? train.complete(
                        Stream.of(inputs, predicted).flatMap(List::stream).toArray(String[]::new))
                : train;
        if (table.size() == 0) {
            throw new IllegalArgumentException(
                    PlainText.line(train.name()) + ": no row " + (train.size() == 0 ? "" : "is complete, so none ")
                            + "is left to learn from; expected at least 1");
        }
        List<RawColumn> columns = new ArrayList<>();
        List<Standardizer.Column> scales = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (String input : inputs) {
            try {
                learn(table, input, columns, scales);
            } catch (IllegalArgumentException unusable) {
                faults.add(new Fault(input, String.valueOf(unusable.getMessage())));
            }
        }
        requireNone(faults);
        List<String> classes = switch (kind) {
            case CLASSES -> classes(table, predicted.get(0));
            case LABELS -> predicted;
            case NUMBERS -> List.of();
        };
        List<Standardizer.Column> targetScales = new ArrayList<>();
        if (kind == TargetKind.NUMBERS) {
            for (String target : predicted) {
                targetScales.add(scale(rawTargets, table.numbers(target)));
            }
        }
        Targets sought = new Targets(kind, predicted, classes, Standardizer.of(targetScales));
        sought.matrix(table);
        Preparation preparation =
                new Preparation(sought, missing, unseen, List.copyOf(columns), Standardizer.of(scales));
        requireDifferent(preparation.featureNames());
        preparation.toJson();
        return preparation;
    }

    private void learn(Table table, String input, List<RawColumn> columns, List<Standardizer.Column> scales) {
        if (categorical.contains(input) || table.kind(input) == ColumnKind.TEXT) {
            RawColumn column = new RawColumn(input, ColumnKind.TEXT, categories(table, input), OptionalDouble.empty());
            column.categories().forEach(category -> scales.add(Standardizer.Column.AS_IT_IS));
            columns.add(column);
        } else {
            double[] numbers = table.numbers(input);
            OptionalDouble fill = fill(table, input, numbers);
            columns.add(new RawColumn(input, ColumnKind.NUMBER, List.of(), fill));
            scales.add(scale(rawInputs, filled(numbers, fill)));
        }
    }

    /** Why a column cannot be used. */
    private record Fault(String column, String reason) {
        String remedy() {
            return reason.substring(reason.lastIndexOf("; ") + 1);
        }
    }

    /** Says what is wrong with the first column, and which other ones it is wrong with: those of the same remedy. */
    private static void requireNone(List<Fault> faults) {
        if (faults.isEmpty()) {
            return;
        }
        Fault first = faults.get(0);
        List<String> same = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Fault each : faults.subList(1, faults.size())) {
            (each.remedy().equals(first.remedy()) ? same : others).add(CsvFormat.quoted(each.column()));
        }
        throw new IllegalArgumentException(
                first.reason() + named(". The same is true of ", same) + named(". Other faults are in ", others));
    }

    private static String named(String what, List<String> columns) {
        return columns.isEmpty() ? "" : what + String.join(", ", columns);
    }

    private List<String> inputs(Table table, List<String> predicted) {
        Set<String> others = new HashSet<>(table.names(without));
        others.addAll(predicted);
        List<String> inputs = using.isEmpty()
                ? table.names().stream().filter(name -> !others.contains(name)).toList()
                : table.names(using);
        for (String name : Stream.of(without, using, table.names(categorical))
                .flatMap(List::stream)
                .toList()) {
            if (predicted.contains(name) || (using.contains(name) && without.contains(name))) {
                throw new IllegalArgumentException(PlainText.line(table.name()) + ": column " + CsvFormat.quoted(name)
                        + " is "
                        + (predicted.contains(name) ? "the target, so it is no input" : "both used and left out"));
            }
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(PlainText.line(table.name())
                    + ": no column is left to predict from; expected at least 1 besides the target");
        }
        return inputs;
    }

    private static Standardizer.Column scale(boolean raw, double[] numbers) {
        return raw ? Standardizer.Column.AS_IT_IS : Standardizer.Column.of(numbers);
    }

    private static double[] filled(double[] numbers, OptionalDouble fill) {
        return Arrays.stream(numbers)
                .map(number -> Double.isNaN(number) ? fill.orElse(number) : number)
                .toArray();
    }

    /** What stands for a missing number; nothing where a missing one is refused. */
    private OptionalDouble fill(Table table, String column, double[] numbers) {
        requireOthers(table, column);
        double[] sorted = Arrays.stream(numbers)
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
        return switch (missing) {
            case REFUSE, DROP_ROW -> OptionalDouble.empty();
            case MEAN -> OptionalDouble.of(Standardizer.Column.of(sorted).average());
            case MEDIAN ->
                OptionalDouble.of(Standardizer.Column.of(sorted[(sorted.length - 1) / 2], sorted[sorted.length / 2])
                        .average());
        };
    }

    /** Missing cells are allowed, and not all there are. */
    private void requireOthers(Table table, String column) {
        int first = table.firstMissing(column);
        if (first >= 0 && missing == Missing.REFUSE) {
            throw table.missing(first, column);
        }
        if (first >= 0 && table.complete(column).size() == 0) {
            throw new IllegalArgumentException(PlainText.line(table.name()) + ": column " + CsvFormat.quoted(column)
                    + " is missing in "
                    + (table.size() == 1 ? "the only training row" : "all " + table.size() + " training rows")
                    + "; leave it out");
        }
    }

    private List<String> categories(Table table, String column) {
        requireOthers(table, column);
        List<String> texts = table.labels(column);
        boolean areNumbers = table.kind(column) == ColumnKind.NUMBER;
        Set<String> different = new TreeSet<>(areNumbers ? ClassLabels.spelledOnce(texts) : texts);
        boolean isMissing = different.remove("");
        if (!categorical.contains(column)) {
            requireTexts(table, column, texts);
            if (different.size() > Math.min(MOST_CATEGORIES, Math.max(FEW, texts.size() / 2))) {
                throw new IllegalArgumentException(
                        PlainText.line(table.name()) + ": column " + CsvFormat.quoted(column) + " has "
                                + Figures.counted(different.size(), "different text") + " in "
                                + Figures.counted(texts.size(), "row")
                                + "; expected categories that occur several times. Leave it out, or ask for it as "
                                + "categorical");
            }
        }
        List<String> categories = new ArrayList<>(different);
        if (isMissing) {
            categories.add("");
        }
        return categories;
    }

    /** Most texts are not numbers in disguise. */
    private static void requireTexts(Table table, String column, List<String> texts) {
        Numerals numerals = table.cells().numerals();
        List<String> given = table.texts(column);
        long alike = given.stream().filter(numerals::isLikeANumber).count();
        long others = texts.stream().filter(text -> !text.isEmpty()).count() - alike;
        if (alike > others) {
            int[] unread = IntStream.range(0, given.size())
                    .filter(i -> !given.get(i).isEmpty() && Double.isNaN(numerals.value(given.get(i))))
                    .toArray();
            int first = unread[0];
            long numbers = alike + others - unread.length;
            throw new IllegalArgumentException(
                    table.place(first, column) + ": " + numerals.fault(given.get(first))
                            + ". Column " + CsvFormat.quoted(column) + " holds "
                            + Figures.counted(numbers, "number") + ", " + Figures.counted(alike - numbers, "cell")
                            + " like them and " + Figures.counted(others, "other")
                            + "; mend it, leave it out, say withMissing what stands for a missing cell, or ask for it as categorical");
        }
    }

    private List<String> classes(Table table, String target) {
        List<String> found = classNames.isEmpty() ? table.classes(target) : classNames;
        boolean isMeasured = classNames.isEmpty() && found.stream().anyMatch(ClassLabels::isFraction);
        if (found.size() > Math.max(FEW, isMeasured ? 0 : table.size() / 2)) {
            throw new IllegalArgumentException(
                    PlainText.line(table.name()) + ": the target " + CsvFormat.quoted(target) + " has "
                            + Figures.counted(found.size(), "class") + " in " + Figures.counted(table.size(), "row")
                            + (isMeasured ? ", fractions among them" : "")
                            + "; expected classes that occur several times. Is it a number to predict, or another column?");
        }
        if (found.size() < 2) {
            throw new IllegalArgumentException(PlainText.line(table.name()) + ": the target " + CsvFormat.quoted(target)
                    + " has the classes " + found + "; expected at least 2");
        }
        return found;
    }
}

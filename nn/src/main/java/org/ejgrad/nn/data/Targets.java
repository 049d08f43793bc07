package org.ejgrad.nn.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Nearest;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * The columns to predict.
 *
 * @param kind what is predicted
 * @param names of the columns
 * @param classNames the classes or labels, none for numbers
 * @param scale what is done to numbers, no columns for others
 */
record Targets(TargetKind kind, List<String> names, List<String> classNames, Standardizer scale) {
    private static final Map<String, Double> ANSWERS = Map.of("no", 0.0, "yes", 1.0, "false", 0.0, "true", 1.0);

    /** Class indices, 0 or 1 for each label, or standardised numbers. */
    SimpleMatrix matrix(Table table) {
        table.names(names);
        SimpleMatrix result = new SimpleMatrix(table.size(), names.size());
        for (int j = 0; j < names.size(); j++) {
            requireTarget(table, names.get(j));
            double[] column = switch (kind) {
                case CLASSES -> labels(table, names.get(j));
                case LABELS -> answers(table, names.get(j));
                case NUMBERS ->
                    standardised(table, names.get(j), scale.columns().get(j));
            };
            for (int i = 0; i < column.length; i++) {
                result.set(i, j, column[i]);
            }
        }
        return result;
    }

    private double[] labels(Table table, String target) {
        ClassLabels labels = new ClassLabels(classNames);
        List<String> texts = table.labels(target);
        double[] found = new double[texts.size()];
        for (int i = 0; i < found.length; i++) {
            int row = i;
            found[i] = labels.named(texts.get(i))
                    .orElseThrow(() -> table.fault(
                            row,
                            target,
                            " is no class; expected one of " + CsvFormat.shortened(classNames.toString())
                                    + Nearest.question(table.written(row, target), classNames)));
        }
        return found;
    }

    private static double[] answers(Table table, String target) {
        List<String> texts = table.labels(target);
        double[] answers = new double[texts.size()];
        for (int i = 0; i < answers.length; i++) {
            String text = texts.get(i).toLowerCase(Locale.ROOT);
            answers[i] = ANSWERS.getOrDefault(text, new Numerals(false).value(text));
            if (answers[i] != 0 && answers[i] != 1) {
                throw table.fault(i, target, " is no label; expected 0 or 1, no or yes, false or true");
            }
        }
        return answers;
    }

    private static double[] standardised(Table table, String target, Standardizer.Column scale) {
        double[] numbers = table.numbers(target);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Preparation.finite(table, i, target, scale.standardise(numbers[i]));
        }
        return numbers;
    }

    /** A target is missing nowhere. */
    private static void requireTarget(Table table, String target) {
        int row = table.firstMissing(target);
        if (row >= 0) {
            throw table.fault(row, target, " is missing, and a target is never made up; leave the row out");
        }
    }

    /** How many numbers a network gives for each row. */
    int outputs() {
        return kind == TargetKind.NUMBERS ? names.size() : classNames.size();
    }

    /** A network's outputs in the units of the table. */
    SimpleMatrix predictions(ConstMatrix<?> outputs) {
        if (outputs.getNumCols() != outputs()) {
            throw new IllegalArgumentException("predictions: the outputs have " + outputs.getNumCols()
                    + " columns; expected " + outputs() + ", for " + (kind == TargetKind.NUMBERS ? names : classNames));
        }
        return kind == TargetKind.NUMBERS
                ? scale.undo(outputs)
                : Value.constant(outputs).matrix();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CLASSES ->
                shown(names.get(0)) + ", one of " + Figures.counted(classNames.size(), "class") + " "
                        + shown(classNames);
            case LABELS -> Figures.counted(names.size(), "label") + " " + shown(names);
            case NUMBERS -> Figures.counted(names.size(), "number") + " " + shown(names);
        };
    }

    private static String shown(Object names) {
        return CsvFormat.shortened(PlainText.line(names.toString()));
    }
}

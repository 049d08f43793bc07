package org.ejgrad.nn.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.metrics.Classification;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** What a model predicts of some rows: the probability of each class or label by name, or numbers. */
public final class Predictions {
    private static final int DIGITS = 6;

    private final SimpleMatrix outputs;
    private final SimpleMatrix values;
    private final List<String> names;
    private final TargetKind kind;
    private final int[] rows;

    private Predictions(SimpleMatrix outputs, SimpleMatrix values, List<String> names, TargetKind kind, int... rows) {
        this.outputs = outputs;
        this.values = values;
        this.names = names;
        this.kind = kind;
        this.rows = rows;
    }

    /** The probability of the second of two classes becomes those of both. */
    static Predictions of(SimpleMatrix outputs, SimpleMatrix values, List<String> names, TargetKind kind, int... rows) {
        boolean isSecondOfTwo = kind == TargetKind.CLASSES && values.getNumCols() == 1 && names.size() == 2;
        return new Predictions(
                outputs, isSecondOfTwo ? values.scale(-1).plus(1).concatColumns(values) : values, names, kind, rows);
    }

    /** {@return how many rows there are} */
    public int size() {
        return values.getNumRows();
    }

    /** {@return what is predicted} */
    public TargetKind kind() {
        return kind;
    }

    /** {@return which rows of what the model was given these are, in order; all of them unless some are left out} */
    public int[] rows() {
        return rows.clone();
    }

    /** {@return the names of the classes, labels or numbers, one for each column of {@link #values}, or none} */
    public List<String> names() {
        return names;
    }

    /** {@return a copy of what the network has computed, as {@link Model#outputs(ConstMatrix)}} */
    public SimpleMatrix outputs() {
        return outputs.copy();
    }

    /** {@return a copy of the probabilities or numbers, a row per example} */
    public SimpleMatrix values() {
        return values.copy();
    }

    /**
     * {@return the index of the most probable class of each row}
     *
     * @throws IllegalArgumentException if these are labels or numbers, or a probability is NaN
     */
    public int[] classes() {
        if (kind != TargetKind.CLASSES) {
            throw new IllegalArgumentException("classes: these are "
                    + (kind == TargetKind.NUMBERS ? "numbers" : "labels, of which a row may have several")
                    + "; see values()");
        }
        return Classification.predictions(values);
    }

    /**
     * What is predicted of a row, for people: the most probable class, the labels that are at least as probable as not,
     * or the numbers, rounded to six digits.
     *
     * @param row from 0
     * @return the names or the numbers, several with commas between them
     * @throws IllegalArgumentException if there is no such row, or a probability is NaN
     */
    public String text(int row) {
        if (row < 0 || row >= size()) {
            throw new IllegalArgumentException("text: there is no row " + row + "; expected 0 to " + (size() - 1));
        }
        if (kind == TargetKind.CLASSES) {
            return names.get(Classification.predictions(values.getRow(row))[0]);
        }
        return IntStream.range(0, values.getNumCols())
                .filter(column -> kind == TargetKind.NUMBERS || values.get(row, column) >= 0.5)
                .mapToObj(column -> kind == TargetKind.NUMBERS
                        ? Figures.rounded(values.get(row, column), DIGITS)
                        : names.get(column))
                .collect(Collectors.joining(", "));
    }

    /** Each row as {@link #text} shows it. */
    @Override
    public String toString() {
        return IntStream.range(0, size())
                .mapToObj(row -> PlainText.line(text(row)))
                .toList()
                .toString();
    }
}

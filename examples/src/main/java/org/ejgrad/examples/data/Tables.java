package org.ejgrad.examples.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.Table;

/** Data sets with classes as the tables that they might be read from. */
public final class Tables {
    /** The column of the class names. */
    private static final String CLASS = "class";

    private Tables() {}

    /** {@return the rows, their classes in a column of their own} */
    public static Table of(Dataset data) {
        int[] labels = requireNonNull(data, "data").labels();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            List<String> row = new ArrayList<>();
            for (int j = 0; j < data.features(); j++) {
                row.add(Double.toString(data.inputs().get(i, j)));
            }
            row.add(data.classNames().get(labels[i]));
            rows.add(row);
        }
        List<String> names =
                Stream.concat(data.featureNames().stream(), Stream.of(CLASS)).toList();
        return Table.of(data.name(), names, rows);
    }

    /** {@return a plan to predict the class} */
    public static PreparationPlan plan(Dataset data) {
        return Preparation.classification(CLASS)
                .classes(requireNonNull(data, "data").classNames().toArray(String[]::new));
    }
}

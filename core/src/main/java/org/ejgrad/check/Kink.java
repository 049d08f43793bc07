package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.ejgrad.PlainText;

/**
 * An element of a piecewise operation that is at a kink or close to one.
 *
 * @param operation the operation, with its label if it has one
 * @param row the row of the element
 * @param column the column of the element
 * @param distance how far its inputs must move before it decides otherwise, to a factor of 2; 0 if it is at the kink
 */
public record Kink(String operation, int row, int column, double distance) {
    public Kink {
        requireNonNull(operation, "operation");
    }

    /** Operation, element and distance. */
    @Override
    public String toString() {
        String where = PlainText.line(operation) + " element [" + row + "," + column + "] is ";
        return distance == 0
                ? where + "at its kink"
                : where + String.format(Locale.ROOT, "%.1e from its kink", distance);
    }
}

package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import org.ejgrad.PlainText;

/** Where a gradient was checked: at one entry, along a direction, or nowhere because the check could not be made. */
public sealed interface Place {
    /** {@return what stands for it in a report: the parameter's label or the direction's name} */
    String label();

    /**
     * One entry of a parameter.
     *
     * @param label the label of the variable
     * @param row its row, from 0
     * @param column its column, from 0
     */
    record Entry(String label, int row, int column) implements Place {
        public Entry {
            requireNonNull(label, "label");
        }

        /** The label as it is, with row and column. */
        String raw() {
            return label + "[" + row + "," + column + "]";
        }

        /** The label with row and column, as in {@code w[2,3]}. */
        @Override
        public String toString() {
            return PlainText.line(raw());
        }
    }

    /**
     * A random direction through all parameters.
     *
     * @param number which one, from 1
     */
    record Direction(int number) implements Place {
        @Override
        public String label() {
            return "direction " + number;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /** The gradient as a whole, of a check that ended before any entry was measured. */
    record Everything() implements Place {
        @Override
        public String label() {
            return "everything";
        }

        @Override
        public String toString() {
            return label();
        }
    }
}

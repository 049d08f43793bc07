package org.ejgrad.nn.data;

/** What the cells of a column are. */
public enum ColumnKind {
    /** Every cell that is not missing is a finite number. */
    NUMBER,

    /** Some cell is not. */
    TEXT
}

package org.ejgrad.nn.data;

/** What is to be predicted. */
public enum TargetKind {
    /** One of several classes: a column of class names. */
    CLASSES,

    /** Any number of labels at once: a column of yes or no for each. */
    LABELS,

    /** Numbers: one column each. */
    NUMBERS
}

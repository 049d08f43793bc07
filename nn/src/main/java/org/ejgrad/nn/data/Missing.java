package org.ejgrad.nn.data;

/** What becomes of missing cells; one policy for all inputs. A missing target is never made up. */
public enum Missing {
    /** Refuses them, naming the first by line and column. */
    REFUSE,

    /** Leaves out rows in which an input or a target is missing. */
    DROP_ROW,

    /** Puts the training rows' mean of the column in their place; in a column of texts, a category of their own. */
    MEAN,

    /** Puts the training rows' median of the column in their place; in a column of texts, a category of their own. */
    MEDIAN
}

package org.ejgrad.nn.data;

/** What becomes of a text that no training row has in its column. */
public enum Unseen {
    /** Refuses it by line and column. */
    REFUSE,

    /** Makes it none of the categories: all of their inputs are 0. */
    ZEROS
}

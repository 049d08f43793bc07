package org.ejgrad;

/** Is told of all that is computed from a value, forward and backward, and may throw. */
interface Watch {
    /** Lets everything pass. */
    Watch NONE = new Watch() {};

    /** An operation has made a value. */
    default void made(Shaped result) {}

    /** The rule of an input has made a gradient of the one that arrived at a value. */
    default void handedOn(Shaped value, int input, Shaped gradient, Shaped arrived) {}

    /** A gradient is about to be added to those that a value has received. */
    default void adding(Shaped value, Shaped sum, Shaped gradient) {}
}

package org.ejgrad;

/** What a table and a message know of a value beforehand. */
interface Shaped {
    Shape shape();

    String label();

    String name();

    String madeAt();
}

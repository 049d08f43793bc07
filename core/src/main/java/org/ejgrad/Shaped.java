package org.ejgrad;

/** What has rows and columns: all that a table and a message know of a value beforehand. */
interface Shaped {
    Shape shape();
}

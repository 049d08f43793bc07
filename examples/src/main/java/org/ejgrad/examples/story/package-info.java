/** What a command tells, printed and on a page: sentences, tables, comparisons and curves, in one order. */
package org.ejgrad.examples.story;

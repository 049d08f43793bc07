/**
 * The numeric examples of four articles on cross-entropy, computed with the library, and what the articles claim put to
 * the test.
 *
 * <p>Each article has a class with its figures, each claim one with a demonstration; {@code Figure} is a row of the
 * tables they print.
 */
package org.ejgrad.examples.articles;

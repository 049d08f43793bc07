/**
 * Ten lessons, from one multiplication to a trained classifier of digits. Each prints what it teaches and ends with an
 * exercise, whose solution is compiled, run in a process of its own and checked by the gradient checker.
 */
package org.ejgrad.examples.lessons;

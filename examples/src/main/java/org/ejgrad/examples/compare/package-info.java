/** Ways to train side by side: a table with the mean and the spread of what each one reaches over several seeds. */
package org.ejgrad.examples.compare;

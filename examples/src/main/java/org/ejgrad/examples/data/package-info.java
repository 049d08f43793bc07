/** Where the examples' data come from. */
package org.ejgrad.examples.data;

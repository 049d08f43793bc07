/** Data to learn from: reading, making, dividing and preparing it. */
package org.ejgrad.nn.data;

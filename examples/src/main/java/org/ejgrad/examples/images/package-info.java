/** Networks that see pictures: classes of digits, and the class of each pixel of drawn shapes. */
package org.ejgrad.examples.images;

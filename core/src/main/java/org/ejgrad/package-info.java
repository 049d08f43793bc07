/** Reverse-mode automatic differentiation over EJML matrices. */
package org.ejgrad;

/** Layers, parameters and activations on top of ejgrad's core. */
package org.ejgrad.nn;

/** Trained networks as ONNX models, which other programs can run. */
package org.ejgrad.nn.onnx;

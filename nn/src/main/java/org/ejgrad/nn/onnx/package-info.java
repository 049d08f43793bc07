/**
 * Trained models in the ONNX format, which other programs can run. Who uses this package depends on
 * {@code org.tribuo:tribuo-util-onnx} as well, the classes of the format.
 *
 * <p>Reading order: {@link org.ejgrad.nn.onnx.OnnxModel} (what is written), {@link org.ejgrad.nn.onnx.Precision}.
 *
 * <pre>{@code
 * Model model = Model.of(network, Objective.softmaxCrossEntropy(), training);
 * OnnxModel.write(path.resolve("model.onnx"), model, Precision.FLOAT);
 * }</pre>
 */
package org.ejgrad.nn.onnx;

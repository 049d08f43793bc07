/**
 * Reverse-mode automatic differentiation over EJML matrices.
 *
 * <p>Reading order: {@link org.ejgrad.Value} (a matrix that remembers how it was computed),
 * {@link org.ejgrad.Operation} and {@link org.ejgrad.Rule} (a function with one derivative rule per input),
 * {@link org.ejgrad.Gradients} and {@code BackwardWalk} (the derivatives of one value, and how they are found): that is
 * all there is of the engine. Then the tables, each row with the method that applies it: {@code Arithmetic},
 * {@code Choices}, {@code Functions}, {@code Activations}, {@code Algebra}, {@code Factorizations}, {@code Reductions},
 * {@code Scans} and {@code Moves}. Below them lie the kernels, which know no value: {@code ElementKernels},
 * {@code ScalarFunctions}, {@code MatrixProducts} and the like, in plain Java or with vectors as
 * {@link org.ejgrad.Kernels} says, and {@link org.ejgrad.Elementary}, where a strict mode makes all results the same
 * bits everywhere. {@link org.ejgrad.Derivatives} differentiates plain functions, {@link org.ejgrad.NonFinite} finds
 * where a NaN comes from.
 *
 * <pre>{@code
 * Value x = Value.constant(new double[][] {{1, 2}, {3, 4}, {5, 6}});
 * Value y = Value.constant(new double[][] {{1}, {0}, {1}});
 * Value w = Value.variable("w", new double[][] {{0.5}, {-0.25}});
 *
 * Value loss = x.mult(w).minus(y).square().mean();
 *
 * // 2/n · xᵀ(xw − y), its derivative, and a step downhill
 * Value slope = loss.gradients(Gradients.Option.DIFFERENTIABLE).of(w); // = {{1 / 3.0}, {0}}
 * Value curve = slope.elementSum().gradients().of(w);                  // = {{158 / 3.0}, {200 / 3.0}}
 * Value lower = w.minus(slope.scale(0.01));
 * x.mult(lower).minus(y).square().mean().scalar();                     // < loss.scalar()
 * }</pre>
 */
package org.ejgrad;

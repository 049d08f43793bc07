/**
 * Assertions about gradients, for JUnit tests of one's own.
 *
 * <p>Read in this order: {@link org.ejgrad.testing.GradientAssertions} (one call in any test),
 * {@link org.ejgrad.testing.GradientTests} (annotated methods, each run at several random or chosen points),
 * {@link org.ejgrad.testing.FunctionWithGradient} (a hand-written gradient for such a method). The laws for an
 * operation of one's own stand beside it, in {@code org.ejgrad.laws}. A whole test class:
 *
 * <pre>{@code
 * import org.ejgrad.Operation;
 * import org.ejgrad.Rule;
 * import org.ejgrad.Value;
 * import org.ejgrad.laws.Laws;
 * import org.ejgrad.laws.Matrices;
 * import org.ejgrad.laws.OperationCase;
 * import org.ejgrad.laws.Oracles;
 * import org.ejgrad.testing.GradientTests;
 * import org.junit.jupiter.api.Test;
 *
 * class CubeTest implements GradientTests {
 *     static final Operation CUBE = Operation.unary("cube", x -> Operation.map(x, v -> v * v * v),
 *             Rule.rule("3·x² ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.square().scale(3))));
 *
 *     @Test
 *     void obeysEveryLaw() {
 *         Laws.check(OperationCase.unary("cube", Matrices.one(Matrices.reals()),
 *                 CUBE::apply, x -> Oracles.map(x, v -> v * v * v)).anyShape().at(2, 8, 12));
 *     }
 *
 *     @GradientTest(seeds = {1, 2, 3}, points = @Point({0, -1, 2, 0.5}))
 *     Value inALoss(@Variable(rows = 2, columns = 2) Value x) {
 *         return CUBE.apply(x).tanh().elementSum();
 *     }
 * }
 * }</pre>
 */
package org.ejgrad.testing;

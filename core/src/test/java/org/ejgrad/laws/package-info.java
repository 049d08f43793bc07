/**
 * The laws that every differentiable operation obeys, ready to be applied to your own.
 *
 * <p>Reading order: {@link org.ejgrad.laws.OperationCase} (one row of the table of tests), {@link org.ejgrad.laws.Laws}
 * (what is demanded of it), {@link org.ejgrad.laws.Matrices} (random inputs), {@link org.ejgrad.laws.Oracles} (plain
 * arithmetic to compare with). A whole test of an operation of your own:
 *
 * <pre>{@code
 * static final Operation CUBE = Operation.unary("cube", x -> Operation.map(x, v -> v * v * v),
 *         Rule.rule("3·x² ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.square().scale(3))));
 *
 * @Test
 * void cubeObeysEveryLaw() {
 *     Laws.check(OperationCase.unary("cube", Matrices.one(Matrices.reals()),
 *             CUBE::apply, x -> Oracles.map(x, v -> v * v * v)).anyShape().at(2, 8, 12));
 * }
 * }</pre>
 */
package org.ejgrad.laws;

/**
 * Checks gradients against numerical derivatives that carry error bars.
 *
 * <p>Read in this order: {@link org.ejgrad.check.GradientCheck} (what to check), {@link org.ejgrad.check.CheckReport}
 * and {@link org.ejgrad.check.Verdict} (what came out), {@link org.ejgrad.check.Mistake} (what a wrong gradient can be
 * recognised as), {@link org.ejgrad.check.NumericalDerivative} and {@link org.ejgrad.check.StepTable} (how slopes are
 * measured), {@link org.ejgrad.check.ForeignProcess} (gradients of programs in other languages). Inside,
 * {@code GraphCheck} and {@code FunctionCheck} prepare a {@code TestedFunction}, which is a {@code ReplayedGraph} or an
 * {@code ArrayFunction}; in a {@code CheckRun}, {@code SlopeCheck} compares each claim with what a
 * {@code DifferenceTable} measures; {@code MistakeSearch} explains a wrong gradient by {@code Hypotheses} on its
 * figures, by {@code ClaimsElsewhere} if it can be asked for at other points, by {@code BackwardMistakes} in its graph
 * or by a {@code RuleCheck}. An example:
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
 * Value x = Value.constant(new double[][] {{1, 2}, {3, -4}});
 * Value loss = x.mult(w).relu().square().mean();
 *
 * CheckReport report = GradientCheck.of(loss).run();
 * System.out.println(report);                        // both figures, error bars and verdicts, worst first
 * report.requirePassed();                            // or throw an AssertionError with that text
 *
 * GradientCheck.of(loss).directions(2).run();        // for large networks: along random directions
 * GradientCheck.ofFunction(v -> v[0] * v[1], new double[] {2, 3}, new double[] {3, 2}).run();
 * }</pre>
 */
package org.ejgrad.check;

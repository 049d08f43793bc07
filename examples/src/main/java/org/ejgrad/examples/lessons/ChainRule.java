package org.ejgrad.examples.lessons;

import org.ejgrad.Gradients;
import org.ejgrad.Value;

/** The slope of a chain is the product of its links' slopes, taken from the end. */
final class ChainRule {
    private ChainRule() {}

    static void teach(Board board) {
        Value w = Value.variable("w", 0.8);
        Value a = w.scale(1.5).labelled("a = 1.5·w");
        Value s = a.sigmoid().labelled("s = σ(a)");
        Value e = s.minus(Value.constant(0.2)).labelled("e = s − 0.2");
        Value loss = e.square().labelled("loss = e²");
        Gradients gradients = loss.gradients(Gradients.Option.INTERMEDIATE);
        String text = """
                Four simple steps lead from w to the loss. Each knows its own slope only:
                how its result moves when its input moves.

                  step          value     slope of the step   slope of the loss by it
                """;
        board.write(text);
        double product = 1;
        for (Value step : new Value[] {loss, e, s, a}) {
            double byIt = gradients.of(step).scalar();
            double slope = gradients.of(step.inputs().get(0)).scalar() / byIt;
            board.write("  %-12s %7.4f   %10.4f          %10.4f\n", step.label(), step.scalar(), slope, byIt);
            product *= slope;
        }
        double engine = gradients.of(w).scalar();
        Value far = Value.variable("w", 8);
        Value farLoss = far.scale(1.5).sigmoid().minus(Value.constant(0.2)).square();
        double flat = farLoss.gradients().of(far).scalar();
        board.write("  %-12s %7.4f                       %10.4f\n", "w", w.scalar(), engine);
        text = """

                Read it from the top, as backpropagation does: begin with 1, the slope of
                the loss by itself, and multiply by one slope after the other.
                The product of all four is %.6f; the engine's gradient by w is %.6f.

                A chain is no steeper than its links. At w = 8, where the sigmoid is flat,
                the gradient is %.1e, %.0f times smaller, although the loss is %s there:
                %.2f, not %.2f. Such a unit is saturated, and learns next to nothing.
                """;
        String how = farLoss.scalar() > loss.scalar() ? "larger" : "smaller";
        board.write(text, product, engine, flat, engine / flat, how, farLoss.scalar(), loss.scalar());
    }
}

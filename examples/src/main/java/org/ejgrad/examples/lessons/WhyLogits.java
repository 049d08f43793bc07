package org.ejgrad.examples.lessons;

import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;

/** The same loss from probabilities and from logits, where it matters which. */
final class WhyLogits {
    private WhyLogits() {}

    /** −ln(1 − p), as one writes it down. */
    private static Value naive(Value p) {
        return p.negative().plus(1).elementLog().negative();
    }

    private static void show(Board board, Value loss, Value z) {
        board.write("   %10.4f%9.4f", loss.scalar(), loss.gradients().orZero(z).scalar());
    }

    static void teach(Board board) {
        String text = """
                The target is 0, the network says p = σ(z). The loss −ln(1 − p) should grow
                with z, and its slope should be p: near 1 where the network is wrong.

                             as written down         p clipped         from the logit z
                     z       loss    slope         loss    slope         loss    slope
                """;
        board.write(text);
        double zero = Double.NaN;
        for (double at : new double[] {-2, 2, 10, 30, 40, 800}) {
            Value z = Value.variable("z", at);
            Value clipped = naive(z.sigmoid().clamp(1e-7, 1 - 1e-7));
            board.write("  %4.0f", at);
            show(board, naive(z.sigmoid()), z);
            show(board, clipped, z);
            show(board, BinaryCrossEntropy.fromLogits(z, Value.constant(0)), z);
            board.write("\n");
            zero = Double.isNaN(zero) && clipped.gradients().orZero(z).scalar() == 0 ? at : zero;
        }
        Value p = Value.constant(40).sigmoid();
        text = """

                At z = 40, σ(z) is %s 1 in double precision, and −ln(1 − p) %s.
                Clipping p to 1e-7 ... 1 − 1e-7 hides that: the loss stays finite, but from
                z = %.0f on its slope is 0, and nothing is learnt where the network is most
                wrong.

                From the logit the same loss is ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|),
                in which nothing overflows or vanishes. So let the network end in logits,
                and give those to the loss; take softmax or σ for people to read only.
                """;
        board.write(text, p.scalar() == 1 ? "exactly" : "not quite", naive(p).scalar(), zero);
    }
}

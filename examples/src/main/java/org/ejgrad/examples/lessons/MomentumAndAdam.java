package org.ejgrad.examples.lessons;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;

/** Three ways down the same ravine, steep across and flat along. */
final class MomentumAndAdam {
    private MomentumAndAdam() {}

    private static Value loss(Value w) {
        return w.square().elementMult(Value.row(1, 50)).elementSum().scale(0.5);
    }

    /** A line of losses; returns the last one. */
    private static double descend(Board board, String name, UpdateRule rule) {
        Parameter w = new Parameter("w", Value.row(10, 1).matrix());
        Optimizer optimizer = Optimizer.of(List.of(w), rule);
        board.write("\n  %-15s", name);
        int done = 0;
        for (int step : new int[] {0, 1, 2, 10, 30, 100}) {
            for (; done < step; done++) {
                optimizer.step(loss(w.value()).gradients());
            }
            board.write("%10.3g", loss(w.value()).scalar());
        }
        return loss(w.value()).scalar();
    }

    static void teach(Board board) {
        String text = """
                The loss (u² + 50·v²)/2 is a ravine: 50 times as steep across as along.
                A rate that is right along it is too large across it.
                  plain:     w ← w − rate·gradient
                  momentum:  velocity ← 0.8·velocity + gradient;  w ← w − rate·velocity
                  Adam:      each element's step is its mean gradient, divided by the root of
                             its mean square: about one rate, whether it is flat or steep

                The loss after so many steps, from u = 10, v = 1:
                                          0         1         2        10        30       100""";
        board.write(text);
        double plain = descend(board, "plain, 0.03", Sgd.rate(0.03));
        double larger = descend(board, "plain, 0.05", Sgd.rate(0.05));
        double momentum = descend(board, "momentum, 0.03", Sgd.rate(0.03).momentum(0.8));
        double adam = descend(board, "Adam, 0.3", Adam.rate(0.3));
        text = """


                Beside the plain step at 0.03, momentum ends %.1e times as low, Adam %.1e
                times. At 0.05 the plain step %s: it multiplies v by 1 − 50·0.05 = −1.5
                each time. Momentum goes on along the ravine, where slopes keep their sign.
                """;
        board.write(text, plain / momentum, plain / adam, larger > plain ? "diverges" : "is as good");
    }
}

package org.ejgrad.examples.lessons;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;

/** A large network learns its few training points by heart; three remedies. */
final class OverFitting {
    private OverFitting() {}

    private static List<EpochResult> train(int points, double decay, int epochs) {
        Sequential network =
                Sequential.of(new Dense(2, 32, 1), Value::tanh, new Dense(32, 32, 2), Value::tanh, new Dense(32, 2, 3));
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.02).weightDecay(decay));
        return Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
                .batches(20, 1)
                .validation(ToySets.moons(1000, 0.35, 2))
                .fit(ToySets.moons(points, 0.35, 1), epochs)
                .epochs();
    }

    private static String losses(List<EpochResult> epochs, int epoch) {
        EpochResult at = epochs.get(epoch - 1);
        return String.format(Locale.ROOT, "%.4f | %.4f", at.loss(), at.watchedLoss());
    }

    static void teach(Board board) {
        List<EpochResult> plain = train(40, 0, 400);
        List<EpochResult> decayed = train(40, 0.001, 400);
        board.write("Two noisy half-moons: 40 points to learn from, 1000 fresh ones to test, and a\n");
        board.write("network 2-32-32-2, trained plainly and with weight decay, which pulls every\n");
        board.write("weight towards 0. The loss on the points learnt from | on fresh points:\n\n");
        board.write("  epoch        plain            weight decay 0.001\n");
        for (int epoch : new int[] {1, 10, 30, 100, 200, 400}) {
            board.write("  %5d    %s      %s\n", epoch, losses(plain, epoch), losses(decayed, epoch));
        }
        EpochResult best = Collections.min(plain, Comparator.comparingDouble(EpochResult::watchedLoss));
        double least = best.watchedLoss();
        double end = plain.get(399).watchedLoss();
        double more = train(400, 0, 100).get(99).watchedLoss();
        board.write("\nPlainly trained, the network learns the points by heart: on fresh points its\n");
        board.write("loss was %.4f at best, after epoch %d, and is ", least, best.epoch());
        board.write("%.1f times that in the end.\nThree remedies, and the loss on fresh points:\n", end / least);
        board.write("  stop at the best epoch      %.4f\n", least);
        board.write("  weight decay                %.4f\n", decayed.get(399).watchedLoss());
        board.write("  ten times as many points    %.4f\n", more);
        board.write("  none of them                %.4f\n", end);
    }
}

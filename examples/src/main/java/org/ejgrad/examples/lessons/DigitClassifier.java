package org.ejgrad.examples.lessons;

import java.io.IOException;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;

/** All of it together: a network learns to read handwritten digits. */
final class DigitClassifier {
    private DigitClassifier() {}

    static void teach(Board board) throws IOException {
        Dataset digits = Sources.digits();
        Split split = Split.everyFifthOfClass(digits.labels());
        Dataset train = split.train(digits);
        Dataset test = split.test(digits);
        Value images = Value.constant(train.inputs());
        Value unseen = Value.constant(test.inputs());
        Sequential network = Sequential.of(new Dense(64, 32, 1), Value::relu, new Dense(32, 10, 2));
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.02));
        String text = """
                Pictures of digits, 8x8 grey levels; 64 numbers in, 32 hidden units, relu,
                10 logits out, softmax cross-entropy, Adam: nothing but the lessons before.
                %d pictures to learn from, %d unseen ones to test.

                """;
        board.write(text, train.size(), test.size());
        for (int step = 0; step <= 150; step++) {
            Value loss = CrossEntropy.fromLogits(network.forward(images), train.labels());
            if (step % 30 == 0) {
                double accuracy = Classification.accuracy(
                        test.labels(), network.forward(unseen).matrix());
                board.write(
                        "  step %3d: loss %.4f, of the unseen it reads %.1f%%\n", step, loss.scalar(), 100 * accuracy);
            }
            optimizer.step(loss.gradients());
        }
        Value p = network.forward(unseen).softmax(Per.ROW);
        int worst = IntStream.range(0, test.size())
                .reduce(0, (a, b) -> p.get(a, test.labels()[a]) < p.get(b, test.labels()[b]) ? a : b);
        int read = Classification.predictions(p.matrix())[worst];
        text = "\nThe picture it reads worst: a %d, read as %d with p = %.3f:\n";
        board.write(text, test.labels()[worst], read, p.get(worst, read));
        for (int pixel = 0; pixel < 64; pixel++) {
            int grey = (int) (4 * test.inputs().get(worst, pixel));
            board.write(pixel % 8 == 0 ? "    %s" : pixel % 8 == 7 ? " %s\n" : " %s", " .:+#".charAt(grey));
        }
    }
}

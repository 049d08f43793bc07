package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Programs of random operations on square matrices, whose values stay of ordinary size. */
final class RandomPrograms {
    private static final String[] NAMES = {
        "tanh(a)*b",
        "a.b/n",
        "sigmoid(a)",
        "softmax(a)",
        "a + b",
        "a/(1 + b*b)",
        "aT",
        "sqrt(a*a + b*b + 0.3)",
        "log(a*a + 0.5)",
        "sin(a) - 0.5*b",
        "a - row sums/n",
        "exp(tanh(a))",
        "column sums/n + b",
        "cos(a)*a"
    };

    private RandomPrograms() {}

    private record Step(int operation, int a, int b) {
        Mat apply(List<Mat> pool) {
            Mat p = pool.get(a);
            Mat q = pool.get(b);
            double n = p.rows();
            return switch (operation) {
                case 0 -> p.tanh().times(q);
                case 1 -> p.mult(q).scale(1 / n);
                case 2 -> p.map(Num::sigmoid);
                case 3 -> p.softmax();
                case 4 -> p.plus(q);
                case 5 -> p.over(q.map(x -> x.square().plus(1)));
                case 6 -> p.transpose();
                case 7 -> p.square().plus(q.square()).map(x -> x.plus(0.3).sqrt());
                case 8 -> p.map(x -> x.square().plus(0.5).log());
                case 9 -> p.map(Num::sin).minus(q.scale(0.5));
                case 10 -> p.minus(p.rowSums().scale(1 / n));
                case 11 -> p.map(x -> x.tanh().exp());
                case 12 -> p.columnSums().scale(1 / n).plus(q);
                default -> p.map(Num::cos).times(p);
            };
        }

        @Override
        public String toString() {
            return text("[%d, %d] %s", a, b, NAMES[operation]);
        }
    }

    static Program program(Dice dice) {
        int n = dice.whole(2, 3);
        int count = dice.whole(1, 2);
        List<double[][]> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(Programs.random(dice, n, n));
        }
        List<Step> steps = new ArrayList<>();
        int length = dice.whole(3, 8);
        for (int i = 0; i < length; i++) {
            int known = count + i;
            steps.add(new Step(
                    dice.whole(0, NAMES.length - 1),
                    dice.chance(0.6) ? known - 1 : dice.whole(0, known - 1),
                    dice.whole(0, known - 1)));
        }
        double[][] weights = Programs.random(dice, n, n);
        Function<List<Mat>, Mat> f = v -> {
            List<Mat> pool = new ArrayList<>(v);
            for (Step step : steps) {
                pool.add(step.apply(pool));
            }
            Mat result = pool.get(pool.size() - 1).times(pool.get(0).constant(weights));
            for (Mat input : v) {
                result = result.plus(input.scale(0.3).tanh());
            }
            return result.sum();
        };
        return new Program("random program, n = " + n + ", steps " + steps, inputs, f);
    }
}

package org.ejgrad.nn.optim;

import java.util.Arrays;
import java.util.stream.LongStream;

/** What a rule does with a few elements at many steps, to tell rules and schedules apart that say nothing. */
final class RuleProbe {
    /** Every step up to here, and fewer and fewer beyond. */
    private static final long DENSE = 10_000;

    private static final long MOST = 1_000_000;
    private static final double[] PARAMETER = {1, -2, 0.5};
    private static final double[] GRADIENT = {0.25, -0.75, 0};

    private RuleProbe() {}

    /** A row per step: the next elements and the buffers. It ends at a step that the rule refuses. */
    static double[][] moves(UpdateRule rule, int buffers) {
        long[] steps = steps();
        double[][] rows = new double[steps.length][(1 + buffers) * PARAMETER.length];
        for (int i = 0; i < steps.length; i++) {
            try {
                rows[i] = moved(rule.at(steps[i], 1), buffers);
            } catch (RuntimeException refused) {
                Arrays.fill(rows[i], Double.NaN);
                break;
            }
        }
        return rows;
    }

    private static double[] moved(UpdateRule.Step step, int count) {
        double[] next = new double[PARAMETER.length];
        double[][] buffers = new double[count][PARAMETER.length];
        for (int i = 0; i < count; i++) {
            Arrays.fill(buffers[i], 0.125 * (i + 1));
        }
        step.move(new UpdateRule.Elements(PARAMETER.clone(), GRADIENT.clone(), next, buffers));
        double[] all = Arrays.copyOf(next, (1 + count) * next.length);
        for (int i = 0; i < count; i++) {
            System.arraycopy(buffers[i], 0, all, (1 + i) * next.length, next.length);
        }
        return all;
    }

    private static long[] steps() {
        return LongStream.concat(LongStream.range(0, DENSE), LongStream.iterate(DENSE, e -> e <= MOST, e -> e + e / 50))
                .toArray();
    }
}

package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The gain of an order equals its definition, and so do the figures of symbols. */
class NdcgProperties {
    private static double gain(List<Integer> order, double[] relevances, int places) {
        double sum = 0;
        for (int place = 0; place < Math.min(places, order.size()); place++) {
            sum += (Math.pow(2, relevances[order.get(place)]) - 1) / (Math.log(place + 2) / Math.log(2));
        }
        return sum;
    }

    private static List<List<Integer>> orders(int items) {
        if (items == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : orders(items - 1)) {
            for (int place = 0; place < items; place++) {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(place, items - 1);
                all.add(longer);
            }
        }
        return all;
    }

    /** The mean over all orders that the scores allow, over the best of all orders. */
    @Property(tries = 200)
    void isTheMeanOverAllOrdersThatTheScoresAllow(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 11) Integer> items,
            @ForAll @IntRange(min = 1, max = 7) int places) {
        double[] relevances = items.stream().mapToDouble(item -> item % 4).toArray();
        double[] scores = items.stream().mapToDouble(item -> item / 4).toArray();
        List<List<Integer>> orders = orders(items.size());
        double mean = orders.stream()
                .filter(order -> IntStream.range(1, order.size())
                        .allMatch(i -> scores[order.get(i - 1)] >= scores[order.get(i)]))
                .mapToDouble(order -> gain(order, relevances, places))
                .average()
                .orElseThrow();
        double best = orders.stream()
                .mapToDouble(order -> gain(order, relevances, places))
                .max()
                .orElseThrow();
        assertEquals(best == 0 ? 0 : mean / best, Ranking.ndcg(relevances, scores, places), 1e-13);
    }

    @Property
    void onlyTheOrderOfScoresCounts(@ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 4) Double> given) {
        double[] relevances = given.stream().mapToDouble(Double::doubleValue).toArray();
        double[] grown = Arrays.stream(relevances).map(r -> 3 * r * r + 1).toArray();
        assertEquals(
                Arrays.stream(relevances).max().orElseThrow() > 0 ? 1 : 0, Ranking.ndcg(relevances, grown, 20), 1e-15);
        List<Double> shuffled = new ArrayList<>(given);
        Collections.reverse(shuffled);
        double[] turned = shuffled.stream().mapToDouble(Double::doubleValue).toArray();
        double[] noise = IntStream.range(0, turned.length)
                .mapToDouble(i -> i * 7 % 11 + i / 1e3)
                .toArray();
        double[] turnedNoise = IntStream.range(0, noise.length)
                .mapToDouble(i -> noise[noise.length - 1 - i])
                .toArray();
        assertEquals(Ranking.ndcg(relevances, turnedNoise, 5), Ranking.ndcg(turned, noise, 5), 1e-14);
    }

    @Test
    void smallRelevancesCountInProportion() {
        for (double unit : new double[] {1e-5, 1e-10, 1e-17, 1e-300}) {
            assertEquals(1, Ranking.ndcg(new double[] {unit, 0}, new double[] {2, 1}, 2), 1e-15);
            double third = Ranking.ndcg(new double[] {unit, 0, 2 * unit / 3}, new double[] {1, 3, 2}, 3);
            double gain = 2.0 / 3 / log2(3) + 1 / log2(4);
            assertEquals(gain / (1 + 2.0 / 3 / log2(3)), third, unit);
        }
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void whatIsNoListIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Ranking.ndcg(new double[0], new double[0], 1));
        assertThrows(IllegalArgumentException.class, () -> Ranking.ndcg(new double[] {1}, new double[2], 1));
        assertThrows(IllegalArgumentException.class, () -> Ranking.ndcg(new double[] {-1}, new double[1], 1));
        assertThrows(IllegalArgumentException.class, () -> Ranking.ndcg(new double[] {1}, new double[1], 0));
        assertThrows(
                IllegalArgumentException.class, () -> Ranking.ndcg(new double[] {1}, new double[] {Double.NaN}, 1));
    }

    @Test
    void eightLikelySymbolsAreThreeBits() {
        assertEquals(8, Probabilities.perplexity(Math.log(8)), 1e-14);
        assertEquals(3, Probabilities.bits(Math.log(8)), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, Probabilities.perplexity(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> Probabilities.perplexity(-1));
        assertThrows(IllegalArgumentException.class, () -> Probabilities.bits(Double.NaN));
    }
}

package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Which entries are computed together, and when. */
class EntryValuesTest {
    private static final double[] STEPS = {-0.5, 0.5, 0.25};

    private final List<List<Integer>> computed = new ArrayList<>();
    private final double[] point =
            IntStream.range(0, 30).mapToDouble(i -> i / 4.0).toArray();
    private int refused = -1;

    private EntryValues values(int mostPlaces) {
        Value x = Value.variable("x", new DMatrixRMaj(1, point.length, true, point));
        Tape tape = new Tape(x.square());
        Block block = Block.row(point.length);
        ReplayedGraph graph = new ReplayedGraph(
                tape, new DMatrixRMaj(1, point.length), Map.of(block, x), point, new KinkSearch(tape).at());
        return new EntryValues(graph, block, mostPlaces, (entries, moved) -> {
            computed.add(Arrays.stream(entries).distinct().boxed().toList());
            if (computed.get(computed.size() - 1).contains(refused)) {
                throw new IllegalArgumentException("refused");
            }
            return IntStream.range(0, moved.length)
                    .mapToObj(i -> new EntryValues.At(moved[i], 100 * entries[i] + moved[i], i == 0, Optional.empty()))
                    .toList();
        });
    }

    /** The same parts of the reach, which is 1 below 2, then 2, then 4. */
    private static double[] steps(int entry) {
        double reach = entry < 8 ? 1 : entry < 16 ? 2 : 4;
        return Arrays.stream(STEPS).map(step -> step * reach).toArray();
    }

    @Test
    void entriesThatAreAlikeAreComputedAhead() {
        EntryValues values = values(1000);
        for (int entry = 0; entry < 30; entry++) {
            assertEquals(3, values.expect(entry, steps(entry)).size());
            for (double step : steps(entry)) {
                double moved = point[entry] + step;
                assertEquals(100 * entry + moved, values.at(entry, moved).value());
            }
        }
        assertEquals(
                List.of(
                        List.of(0),
                        List.of(1, 2),
                        IntStream.range(3, 11).boxed().toList(),
                        IntStream.range(11, 19).boxed().toList(),
                        IntStream.range(19, 27).boxed().toList(),
                        List.of(27, 28, 29)),
                computed);
    }

    @Test
    void whatIsMetIsToldToTheEntryThatMeetsIt() {
        EntryValues values = values(1000);
        values.expect(0, STEPS);
        values.expect(1, STEPS);
        assertTrue(values.at(1, point[1] + STEPS[0]).kinkCrossed());
        assertFalse(values.at(2, point[2] + STEPS[0]).kinkCrossed());
    }

    @Test
    void othersAreComputedAlone() {
        EntryValues values = values(1000);
        values.expect(0, STEPS);
        values.expect(1, 0.125);
        values.expect(2, STEPS);
        values.expect(4, STEPS);
        values.at(4, 7);
        values.expect(4, 0.125);
        values.expect(3, 0.125);
        assertEquals(
                List.of(List.of(0), List.of(1), List.of(2), List.of(4), List.of(4), List.of(4), List.of(3)), computed);
    }

    @Test
    void noMorePlacesAreComputedAtOnceThanAreAllowed() {
        EntryValues values = values(6);
        IntStream.range(0, 5).forEach(entry -> values.expect(entry, STEPS));
        assertEquals(List.of(List.of(0), List.of(1, 2), List.of(3, 4)), computed);
    }

    @Test
    void whereOneIsRefusedTheOthersAreComputed() {
        refused = 3;
        EntryValues values = values(1000);
        IntStream.range(0, 3)
                .forEach(entry -> assertEquals(3, values.expect(entry, STEPS).size()));
        assertEquals(List.of(), values.expect(3, STEPS));
        assertEquals(3, values.expect(4, STEPS).size());
        assertEquals(4, computed.get(computed.size() - 1).get(0));
    }
}

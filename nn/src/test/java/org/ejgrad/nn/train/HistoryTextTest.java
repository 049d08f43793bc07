package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A history as it is printed, and as other programs read it. */
class HistoryTextTest {
    private static EpochResult epoch(int epoch, double loss, double validation) {
        return new EpochResult(
                epoch, loss, Map.of("a,\"b\"", 0.5), OptionalDouble.of(validation), Map.of("a,\"b\"", Double.NaN));
    }

    private static final History TWO = new History(
            List.of(epoch(1, 1 / 3.0, 0.25), epoch(2, 0.125, Double.POSITIVE_INFINITY)), History.End.STOPPED_EARLY, 1);

    @Test
    void theTableMarksTheBestEpoch() {
        assertEquals("""
                epoch    loss  a,"b"  validation_loss  validation_a,"b"
                *1     0.3333    0.5             0.25               NaN
                2       0.125    0.5                ∞               NaN
                stopped early after 2 epochs, the best is 1""", TWO.toString());
    }

    @Test
    void aListenerTellsNowAndThenOnOneLine() {
        List<String> lines = new ArrayList<>();
        Listener listener = Listener.lines(3, lines::add);
        IntStream.rangeClosed(1, 7).forEach(i -> listener.onEpoch(epoch(i, 1 / 3.0, 0.25)));
        assertEquals(
                List.of(1, 3, 6).stream()
                        .map(i -> "epoch " + i
                                + ": loss 0.3333, a,\"b\" 0.5, validation loss 0.25, validation a,\"b\" NaN")
                        .toList(),
                lines);
        lines.clear();
        Listener each = Listener.lines(1, lines::add);
        IntStream.rangeClosed(1, 3).forEach(i -> each.onEpoch(epoch(i, 1 / 3.0, 0.25)));
        assertEquals(3, lines.size());
        String message = assertThrows(IllegalArgumentException.class, () -> Listener.lines(0, lines::add))
                .getMessage();
        assertEquals("lines: a line every 0 epochs; expected at least 1", message);
    }

    @Test
    void theTableOfManyEpochsIsShort() {
        List<EpochResult> many =
                IntStream.rangeClosed(1, 10_000).mapToObj(i -> epoch(i, i, i)).toList();
        String table = new History(many, History.End.COMPLETED, 4_321).toString();
        assertTrue(table.lines().count() <= 16, table);
        for (String wanted : List.of("\n1 ", "\n*4321 ", "\n10000 ")) {
            assertTrue(table.contains(wanted), wanted + " in " + table);
        }
    }

    @Test
    void csvQuotesNamesAndKeepsEveryDigit() {
        assertEquals("""
                epoch,loss,"a,""b""\",validation_loss,"validation_a,""b""\"
                1,0.3333333333333333,0.5,0.25,NaN
                2,0.125,0.5,Infinity,NaN
                """, TWO.toCsv());
    }

    @Test
    void jsonHasTheSameNumbers() {
        assertEquals("""
                {"end": "STOPPED_EARLY", "bestEpoch": 1, "epochs": [
                {"epoch": 1, "loss": 0.3333333333333333, "a,\\"b\\"": 0.5, "validation_loss": 0.25, \
                "validation_a,\\"b\\"": "NaN"},
                {"epoch": 2, "loss": 0.125, "a,\\"b\\"": 0.5, "validation_loss": "Infinity", \
                "validation_a,\\"b\\"": "NaN"}
                ]}
                """, TWO.toJson());
    }

    @Test
    void noEpochIsNoTable() {
        History none = new History(List.of(), History.End.INTERRUPTED, 0);
        assertEquals("epoch\ninterrupted after 0 epochs", none.toString());
        assertEquals("epoch\n", none.toCsv());
    }

    @Test
    void aMeasureMayBeCalledLoss() {
        EpochResult result = new EpochResult(1, 2, Map.of("loss", 3.0), OptionalDouble.empty(), Map.of());
        assertEquals(
                "epoch,loss,measure_loss\n1,2.0,3.0\n", new History(List.of(result), History.End.COMPLETED, 1).toCsv());
    }
}

package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.Outputs;
import org.ejgrad.nn.train.Objective;
import org.junit.jupiter.api.Test;

/** What {@code predict} says of rows of which some have no answer and some are left out. */
class PredictCommandTest {
    @Test
    void theNetworkIsAskedOnce() throws IOException {
        Table train =
                Table.of("own", List.of("x", "y", "kind"), List.of(List.of("0", "1", "a"), List.of("1", "0", "b")));
        Preparation preparation = Preparation.classification("kind")
                .missing(Missing.DROP_ROW)
                .rawInputs()
                .fit(train);
        AtomicInteger asked = new AtomicInteger();
        Sequential network = Sequential.of(x -> {
            asked.addAndGet(x.getNumRows());
            return x;
        });
        Model model = Model.of(network, Objective.softmaxCrossEntropy(), Outputs.SOFTMAX, preparation);
        Table rows = Table.of(
                "new",
                List.of("x", "y", "kind"),
                List.of(
                        List.of("9", "2", "a"),
                        List.of("", "2", "b"),
                        List.of("1", "8", ""),
                        List.of("3", "7", "a"),
                        List.of("4", "5", "b")));
        asked.set(0);
        StringWriter said = new StringWriter();
        PredictCommand.predict(model, rows, Optional.empty(), new PrintWriter(said));
        assertEquals(4, asked.get(), "a row each");
        assertTrue(said.toString().startsWith("     1  a\n     3  b\n     4  b\n     5  b\n"), said.toString());
        double loss = (Math.log1p(Math.exp(-7)) + Math.log1p(Math.exp(4)) + Math.log1p(Math.exp(-1))) / 3;
        assertTrue(
                said.toString().contains("3 rows: accuracy 0.6667, loss " + Judgement.text(loss) + ", 2 rows left out"),
                said.toString());
    }
}

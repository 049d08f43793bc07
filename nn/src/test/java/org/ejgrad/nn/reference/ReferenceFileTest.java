package org.ejgrad.nn.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The runner of reference files notices what differs and what it cannot do. */
class ReferenceFileTest {
    private static final String GOOD = """
            {"id": "good", "op": "square", "attrs": {}, "inputs": [{"name": "x", "value": [[3.0, -1.0]], "grad": true}],
             "output": [[9.0, 1.0]], "grad_output": [[1.0, 2.0]], "grads": [[[6.0, -4.0]]],
             "second": {"v": [[[1.0, 1.0]]], "hvp": [[[2.0, 4.0]]], "sumsq": 52.0, "grad_sumsq": [[[24.0, -32.0]]]}}
            """;

    private static ReferenceFile.Outcome run(String kind, String... cases) throws IOException {
        String text = "{\"format\": \"autodiff-reference/1\", \"kind\": \"" + kind
                + "\", \"rtol\": 1e-9, \"atol\": 1e-11, \"cases\": [" + String.join(",", cases) + "]}";
        return ReferenceFile.run(Json.read("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static void differs(String figure, String from, String to) throws IOException {
        assertTrue(GOOD.contains(from), from);
        ReferenceFile.Outcome outcome = run("op", GOOD, GOOD.replace(from, to));
        assertEquals(1, outcome.agree());
        assertEquals(1, outcome.differ().size());
        assertTrue(
                outcome.differ().get(0).startsWith("good: " + figure),
                outcome.differ().toString());
    }

    @Test
    void everyFigureCounts() throws IOException {
        differs("output[0][1]", "\"output\": [[9.0, 1.0]]", "\"output\": [[9.0, 1.000001]]");
        differs("output: 1x2 instead of 2x1", "\"output\": [[9.0, 1.0]]", "\"output\": [[9.0], [1.0]]");
        differs("grads[0][0][0]", "[[[6.0, -4.0]]]", "[[[6.0001, -4.0]]]");
        differs("hvp[0][0][1]", "[[[2.0, 4.0]]]", "[[[2.0, -4.0]]]");
        differs("sumsq", "52.0", "53.0");
        differs("grad_sumsq[0][0][0]", "24.0", "25.0");
        differs("grads[0][0][0]", "\"grads\"", "\"exact_grads\": [[[7.0, -4.0]]], \"grads\"");
    }

    @Test
    void aQuirkOfTheSourceIsAnExceptionAndNotADifference() throws IOException {
        String quirk =
                GOOD.replace("9.0", "\"NaN\"").replace("\"attrs\"", "\"tags\": [\"edge\", \"quirk\"], \"attrs\"");
        ReferenceFile.Outcome outcome = run("op", quirk);
        assertEquals(1, outcome.agree());
        assertEquals(1, outcome.exceptions().size());
        assertEquals(0, outcome.differ().size());
    }

    @Test
    void whatIsUnknownIsUnsupported() throws IOException {
        assertEquals(
                "good: the operation cube",
                run("op", GOOD.replace("square", "cube")).unsupported().get(0));
        assertEquals(
                "good: cases of the kind spectrum",
                run("spectrum", GOOD).unsupported().get(0));
        assertEquals(
                "good: the loss square_loss",
                run("loss", GOOD.replace("square", "square_loss")).unsupported().get(0));
    }

    @Test
    void aCasesOwnToleranceReplacesTheFiles() throws IOException {
        String loose = GOOD.replace("\"attrs\"", "\"rtol\": 0.1, \"attrs\"").replace("[[9.0, 1.0]]", "[[9.5, 1.0]]");
        assertEquals(1, run("op", loose).agree());
        String strict =
                GOOD.replace("\"attrs\"", "\"output_atol\": 0.5, \"attrs\"").replace("[[9.0, 1.0]]", "[[9.4, 1.0]]");
        assertEquals(1, run("op", strict).agree());
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] text = "{\"format\": \"other/1\"}".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "the format is other/1; expected autodiff-reference/1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ReferenceFile.run(Json.read("test", new ByteArrayInputStream(text))))
                        .getMessage());
        assertThrows(
                IOException.class,
                () -> Json.read("test", new ByteArrayInputStream("{\"a\": ".getBytes(StandardCharsets.UTF_8))));
    }
}

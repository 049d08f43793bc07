package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejgrad.laws.ContractWalk;
import org.ejgrad.nn.io.TemporaryFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever nn's public constructors and methods are given, they return or refuse in words. */
@Tag("long")
class ContractTest {
    /** What is asked of a data set or a history that has none, and what ends in the middle. */
    private static final String[] DOCUMENTED = {
        ": a regression data set has no labels",
        "last(): the training had no epoch",
        "Trainer.fit changes",
        "Trainer.fit UncheckedIOException", // of a checkpoint folder that is closed
        "Sequential.forward changes", // the statistics of a batch normalisation before the layer that refuses
        "Residual.forward changes", // likewise
        "Trainer.fit repeats",
        "DataParallel.on alone",
        "Search.threads alone",
        "Require nulls"
    };

    /** A temporary folder takes no arguments, and the walk would not close what it gets. */
    private static ContractWalk walk() throws Exception {
        return ContractWalk.beside(Layer.class)
                .without(call -> call.getDeclaringClass() == TemporaryFolder.class)
                .with(ContractSeeds::in)
                .declared(DOCUMENTED);
    }

    @Test
    void everyCallReturnsOrRefusesInWords() throws Exception {
        List<String> complaints = walk().complaints(10_000, 500_000);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }
}

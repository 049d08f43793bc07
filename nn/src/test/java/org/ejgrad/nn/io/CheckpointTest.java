package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.nn.ModelMismatchException;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** A checkpoint keeps its parts apart and refuses to continue another run. */
class CheckpointTest {
    private final Manifest manifest =
            Manifest.empty().with("seed", 7).with("batch size", 32).with("optimizer", "Sgd(rate 0.1)");

    private final Checkpoint checkpoint = Checkpoint.at(3, 5, manifest)
            .with("network", NamedMatrices.empty().with("0.weight", new SimpleMatrix(2, 2)))
            .with("optimizer", NamedMatrices.empty().withMetadata("steps", "12"))
            .with("nothing", NamedMatrices.empty());

    @Test
    void comesBackFromAFileWhole() throws ModelFormatException {
        NamedMatrices matrices = Safetensors.fromBytes(Safetensors.toBytes(checkpoint.toMatrices()));
        assertEquals(List.of("network/0.weight"), List.copyOf(matrices.names()));
        Checkpoint back = Checkpoint.of(matrices);
        assertEquals(checkpoint, back);
        assertEquals("[0.weight 2x2]", back.part("network").toString());
        assertEquals(
                List.of("network", "optimizer", "nothing"),
                List.copyOf(back.parts().keySet()));
        assertEquals(
                Checkpoint.at(0, 0, Manifest.empty()),
                Checkpoint.of(Checkpoint.at(0, 0, Manifest.empty()).toMatrices()));
    }

    @Test
    void anotherRunIsRefusedWithEveryDifference() {
        Manifest now = Manifest.empty().with("seed", 8).with("batch size", 32).with("data", "abc");
        ModelMismatchException refusal =
                assertThrows(ModelMismatchException.class, () -> now.requireSameRunAs(checkpoint.manifest()));
        assertEquals(
                List.of(
                        "seed was 7, is now 8",
                        "optimizer was Sgd(rate 0.1), is now not named",
                        "data was not named, is now abc"),
                refusal.differences());
        manifest.requireSameRunAs(checkpoint.manifest());
    }

    @Test
    void aFileThatIsNoCheckpointIsRefused() {
        NamedMatrices model =
                NamedMatrices.empty().with("w", new SimpleMatrix(1, 1)).withMetadata("note", "model");
        assertTrue(assertThrows(ModelMismatchException.class, () -> Checkpoint.of(model))
                .toString()
                .contains("it is not a checkpoint; its notes are [note]"));
        NamedMatrices odd = checkpoint.toMatrices().withMetadata("epoch", "-1");
        assertTrue(assertThrows(ModelMismatchException.class, () -> Checkpoint.of(odd))
                .toString()
                .contains("epoch -1, batch 5"));
        assertTrue(assertThrows(ModelMismatchException.class, () -> checkpoint.part("best"))
                .toString()
                .contains("missing: part best; it has [network, optimizer, nothing]"));
    }

    @Test
    void badNamesAreRefused() {
        for (String bad : new String[] {"", "a/b", "a,b", "manifest"}) {
            assertThrows(IllegalArgumentException.class, () -> checkpoint.with(bad, NamedMatrices.empty()), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> checkpoint.with("network", NamedMatrices.empty()));
        assertThrows(IllegalArgumentException.class, () -> manifest.with("seed", 9));
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.at(-1, 0, manifest));
    }

    @Test
    void fingerprintsDependOnBitsAndNamesButNotOnOrderAndNotes() {
        NamedMatrices a =
                NamedMatrices.empty().with("x", new SimpleMatrix(1, 1)).with("y", new SimpleMatrix(1, 2));
        NamedMatrices b =
                NamedMatrices.empty().with("y", new SimpleMatrix(1, 2)).with("x", new SimpleMatrix(1, 1));
        assertEquals(a.sha256(), b.withMetadata("note", "other").sha256());
        assertEquals(64, a.sha256().length());
        NamedMatrices negative = NamedMatrices.empty()
                .with("x", new SimpleMatrix(1, 1, true, -0.0))
                .with("y", new SimpleMatrix(1, 2));
        assertNotEquals(a.sha256(), negative.sha256());
        assertNotEquals(a.sha256(), a.with("z", new SimpleMatrix(0, 0)).sha256());
    }
}

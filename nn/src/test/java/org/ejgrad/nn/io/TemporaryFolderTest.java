package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @Test
    void itGoesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create();
                TemporaryFolder other = TemporaryFolder.create()) {
            path = folder.path();
            assertTrue(Files.isDirectory(path));
            assertNotEquals(path, other.path());
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/file"), "text");
            Files.writeString(path.resolve("file"), "text");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void whatLinksLeadToStays(@TempDir Path elsewhere) throws IOException {
        Path kept = Files.writeString(elsewhere.resolve("kept"), "text");
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            path = folder.path();
            Files.createSymbolicLink(path.resolve("link"), elsewhere);
        }
        assertFalse(Files.exists(path));
        assertEquals("text", Files.readString(kept));
    }

    @Test
    void itMayBeGoneAlready() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create();
        folder.close();
        folder.close();
        assertFalse(Files.exists(folder.path()));
    }
}

package org.ejgrad.nn.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder among the system's temporary files, which goes with all that is in it when it is closed. */
public final class TemporaryFolder implements Closeable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder that nobody else uses.
     *
     * @throws IOException if it cannot be made
     */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("ejgrad"));
    }

    /** {@return where it is} */
    public Path path() {
        return path;
    }

    /** Deletes the folder and what is in it; what symbolic links lead to stays. */
    @Override
    public void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> content = Files.walk(path)) {
            List<Path> innerFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path each : innerFirst) {
                Disk.REAL.delete(each);
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }
}

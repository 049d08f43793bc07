package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever call to the disk fails, and wherever the process ends, the old or the new content is there, and the next
 * write leaves nothing else.
 */
class FaultyDiskTest {
    private static final NamedMatrices OLD = state(1);
    private static final NamedMatrices NEW = state(2);
    private static final NamedMatrices NEWER = state(3);

    @TempDir
    Path temporary;

    /** Large enough for several writes. */
    private static NamedMatrices state(double value) {
        SimpleMatrix matrix = new SimpleMatrix(130, 130);
        matrix.fill(value);
        return NamedMatrices.empty().with("w", matrix);
    }

    /** Something that writes, and how it ended. */
    @FunctionalInterface
    private interface Writing {
        void run(Disk disk) throws IOException;
    }

    private static Optional<IOException> run(FaultyDisk disk, FaultyDisk.Fault fault, Writing writing)
            throws IOException {
        try {
            writing.run(disk);
        } catch (IOException failure) {
            return Optional.of(failure);
        } catch (FaultyDisk.Killed end) {
            if (fault == FaultyDisk.Fault.POWER_LOST) {
                disk.losePower();
            }
            return Optional.of(new IOException("killed"));
        }
        return Optional.empty();
    }

    private static boolean isFailure(FaultyDisk.Fault fault) {
        return fault == FaultyDisk.Fault.FAILS_ONCE || fault == FaultyDisk.Fault.FAILS_FROM_THEN_ON;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A sentence about the file, with what the system said. */
    private static void requireWords(IOException failure, Path place) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith(place.toString()), message);
        assertTrue(message.matches("(?s).*: .*\\w+ \\w+ \\w+.*the disk fails at call [0-9]+.*"), message);
    }

    @ParameterizedTest
    @EnumSource
    void aReplacedFileIsTheOldOrTheNew(FaultyDisk.Fault fault) throws IOException {
        List<String> calls = List.of();
        for (int nth = 1; calls.size() >= nth - 1; nth++) {
            Path folder = Files.createDirectory(temporary.resolve("replace" + nth));
            Path file = folder.resolve("model");
            Safetensors.write(file, OLD);
            calls = requireOldOrNew(file, Optional.of(OLD), nth, fault);
            assertEquals(List.of("model"), names(folder));
        }
        assertTrue(calls.containsAll(List.of("list", "create", "open", "write", "inherit", "sync", "move", "force")));
    }

    @ParameterizedTest
    @EnumSource
    void aNewFileIsWholeOrNotThere(FaultyDisk.Fault fault) throws IOException {
        List<String> calls = List.of();
        for (int nth = 1; calls.size() >= nth - 1; nth++) {
            Path folder = Files.createDirectory(temporary.resolve("new" + nth));
            calls = requireOldOrNew(folder.resolve("model"), Optional.empty(), nth, fault);
            assertEquals(List.of("model"), names(folder));
        }
    }

    @ParameterizedTest
    @EnumSource
    void soIsWhatALinkLeadsTo(FaultyDisk.Fault fault) throws IOException {
        List<String> calls = List.of();
        for (int nth = 1; calls.size() >= nth - 1; nth++) {
            Path folder = Files.createDirectory(temporary.resolve("link" + nth));
            Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("model"));
            Safetensors.write(folder.resolve("model"), OLD);
            calls = requireOldOrNew(link, Optional.of(OLD), nth, fault);
            assertTrue(Files.isSymbolicLink(link));
            assertEquals(List.of("link", "model"), names(folder));
        }
        assertTrue(calls.contains("follow"));
    }

    /** Writes with a fault at the nth call, and looks at what is there; the calls that there were. */
    private static List<String> requireOldOrNew(Path file, Optional<NamedMatrices> old, int nth, FaultyDisk.Fault fault)
            throws IOException {
        FaultyDisk disk = new FaultyDisk(nth, fault);
        Optional<IOException> failure = run(disk, fault, faulty -> Safetensors.write(faulty, file, NEW));
        Optional<NamedMatrices> found = Files.exists(file) ? Optional.of(Safetensors.read(file)) : Optional.empty();
        String when = fault + " at call " + nth + " of " + disk.calls();
        if (failure.isEmpty()) {
            assertEquals(Optional.of(NEW), found, when);
        } else if (isFailure(fault)) {
            assertEquals(old, found, when + ", which says that nothing was changed");
            requireWords(failure.get(), file);
            assertTrue(String.valueOf(failure.get().getMessage()).contains("bytes failed, nothing was changed"));
        } else {
            assertTrue(found.equals(old) || found.equals(Optional.of(NEW)), when);
        }
        Safetensors.write(file, NEWER);
        assertEquals(NEWER, Safetensors.read(file));
        return disk.calls();
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfCheckpointsLosesNothing(FaultyDisk.Fault fault) throws IOException {
        List<String> calls = List.of();
        for (int nth = 1; calls.size() >= nth - 1; nth++) {
            Path path = temporary.resolve("run" + nth);
            try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                folder.save(state(-1));
                folder.save(state(0));
                folder.save(OLD);
            }
            List<NamedMatrices> saved = new ArrayList<>(List.of(OLD));
            FaultyDisk disk = new FaultyDisk(nth, fault);
            Optional<IOException> failure = run(disk, fault, faulty -> {
                try (CheckpointFolder folder = CheckpointFolder.open(faulty, path, 2)) {
                    assertEquals(OLD, folder.newest().orElseThrow().matrices());
                    folder.save(NEW);
                    saved.add(NEW);
                }
            });
            calls = disk.calls();
            String when = fault + " at call " + nth + " of " + calls;
            if (failure.isPresent() && isFailure(fault)) {
                requireWords(failure.get(), path);
            }
            try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                CheckpointFolder.Found found = folder.newest().orElseThrow();
                assertEquals(List.of(), found.warnings(), when);
                assertTrue(found.matrices().equals(NEW) || found.matrices().equals(saved.get(saved.size() - 1)), when);
                folder.save(NEWER);
                assertEquals(NEWER, folder.newest().orElseThrow().matrices());
            }
            assertEquals(3, names(path).size(), "two checkpoints and the lock after " + when + ": " + names(path));
        }
        assertTrue(calls.containsAll(List.of("createFolders", "openLock", "lock", "move", "delete")), calls.toString());
    }
}

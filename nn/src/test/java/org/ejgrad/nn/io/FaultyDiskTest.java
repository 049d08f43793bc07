package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejgrad.nn.io.FaultyDisk.Fault;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever call to the disk fails, and wherever the process ends or power is lost, the old or the new content is there,
 * and the next write leaves nothing else.
 */
class FaultyDiskTest {
    private static final NamedMatrices OLD = state(1);
    private static final NamedMatrices NEW = state(2);
    private static final NamedMatrices NEWER = state(3);

    @TempDir
    Path temporary;

    /** How a file is written and read. */
    enum Kind {
        SAFETENSORS {
            @Override
            void write(Disk disk, Path file, NamedMatrices content) throws IOException {
                Safetensors.write(disk, file, content);
            }

            @Override
            NamedMatrices read(Path file) throws IOException {
                return Safetensors.read(file);
            }
        },
        JSON {
            @Override
            void write(Disk disk, Path file, NamedMatrices content) throws IOException {
                JsonText.write(disk, file, content);
            }

            @Override
            NamedMatrices read(Path file) throws IOException {
                return JsonText.read(file);
            }
        },
        /** As pages and ONNX models are written. */
        BYTES {
            @Override
            void write(Disk disk, Path file, NamedMatrices content) throws IOException {
                byte[] bytes = Safetensors.toBytes(content);
                AtomicFile.write(disk, file, bytes.length, out -> out.write(bytes));
            }

            @Override
            NamedMatrices read(Path file) throws IOException {
                return Safetensors.fromBytes(Files.readAllBytes(file));
            }
        };

        abstract void write(Disk disk, Path file, NamedMatrices content) throws IOException;

        abstract NamedMatrices read(Path file) throws IOException;
    }

    static Stream<Arguments> kindsAndFaults() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(kind, fault)));
    }

    /** Large enough for several writes. */
    private static NamedMatrices state(double value) {
        SimpleMatrix matrix = new SimpleMatrix(40, 40);
        matrix.fill(value);
        return NamedMatrices.empty().with("w", matrix);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What is done with a disk that has a fault, in a folder of its own, and what must be so afterwards. */
    @FunctionalInterface
    private interface Trial {
        void run(FaultyDisk disk, Path folder) throws IOException;
    }

    /** Lets the fault happen at each call, and tries every state that it can leave; all calls that there were. */
    private Set<String> everyCall(Fault fault, Trial trial) throws IOException {
        Set<String> calls = new TreeSet<>();
        boolean reached = true;
        for (int nth = 1; reached; nth++) {
            for (int crash = 0, crashes = 1; crash < crashes; crash++) {
                FaultyDisk disk = new FaultyDisk(nth, fault, crash);
                Path folder = Files.createDirectory(temporary.resolve(nth + "-" + crash));
                try {
                    trial.run(disk, folder);
                } catch (IOException | AssertionError failure) {
                    throw new AssertionError(fault + " " + crash + " at call " + nth + " of " + disk.calls(), failure);
                }
                calls.addAll(disk.calls());
                reached = disk.isReached();
                crashes = disk.crashes();
            }
        }
        return calls;
    }

    /** A sentence about the file, with what the system said. */
    private static void requireWords(IOException failure, Path place) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith(place.toString()), message);
        assertTrue(message.matches("(?s).*: .*\\w+ \\w+ \\w+.*the disk fails at call [0-9]+.*"), message);
    }

    @ParameterizedTest
    @MethodSource("kindsAndFaults")
    void aReplacedFileIsTheOldOrTheNew(Kind kind, Fault fault) throws IOException {
        Set<String> calls = everyCall(fault, (disk, folder) -> {
            Path file = folder.resolve("model");
            kind.write(FaultyDisk.sound(), file, OLD);
            requireOldOrNew(kind, file, Optional.of(OLD), disk, fault);
            assertEquals(List.of("model"), names(folder));
        });
        requireAll(calls, "list", "create", "open", "write", "inherit", "sync", "move", "channel", "force", "close");
    }

    @ParameterizedTest
    @MethodSource("kindsAndFaults")
    void aNewFileIsWholeOrNotThere(Kind kind, Fault fault) throws IOException {
        everyCall(fault, (disk, folder) -> {
            requireOldOrNew(kind, folder.resolve("model"), Optional.empty(), disk, fault);
            assertEquals(List.of("model"), names(folder));
        });
    }

    @ParameterizedTest
    @EnumSource
    void soIsWhatALinkLeadsTo(Fault fault) throws IOException {
        Set<String> calls = everyCall(fault, (disk, folder) -> {
            Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("model"));
            Safetensors.write(FaultyDisk.sound(), folder.resolve("model"), OLD);
            requireOldOrNew(Kind.SAFETENSORS, link, Optional.of(OLD), disk, fault);
            assertTrue(Files.isSymbolicLink(link));
            assertEquals(List.of("link", "model"), names(folder));
        });
        requireAll(calls, "follow");
    }

    /** What a killed writer left is removed, or stays for the next write. */
    @ParameterizedTest
    @EnumSource
    void soIsWhatALeftoverStandsBeside(Fault fault) throws IOException {
        Set<String> calls = everyCall(fault, (disk, folder) -> {
            Path file = folder.resolve("model");
            Safetensors.write(FaultyDisk.sound(), file, OLD);
            Files.writeString(folder.resolve(".model.123-1-456.tmp"), "torn");
            requireOldOrNew(Kind.SAFETENSORS, file, Optional.of(OLD), disk, fault);
            assertEquals(List.of("model"), names(folder));
        });
        requireAll(calls, "delete");
    }

    private static void requireAll(Set<String> calls, String... expected) {
        assertTrue(calls.containsAll(List.of(expected)), calls.toString());
    }

    /** Writes with a disk that has a fault, and looks at what is there. */
    private static void requireOldOrNew(Kind kind, Path file, Optional<NamedMatrices> old, FaultyDisk disk, Fault fault)
            throws IOException {
        Optional<IOException> failure = disk.during(faulty -> kind.write(faulty, file, NEW));
        Optional<NamedMatrices> found = Files.exists(file) ? Optional.of(kind.read(file)) : Optional.empty();
        if (failure.isEmpty()) {
            assertEquals(Optional.of(NEW), found, "what was written stays");
        } else if (fault.isFailure()) {
            assertEquals(old, found, failure + ", which says that nothing was changed");
            requireWords(failure.get(), file);
            String message = String.valueOf(failure.get().getMessage());
            assertTrue(message.contains("bytes failed, nothing was changed"), message);
            assertFalse(message.contains(", delete"), "tidying up hides an earlier failure: " + message);
        } else {
            assertTrue(found.equals(old) || found.equals(Optional.of(NEW)), "neither the old nor the new");
        }
        kind.write(FaultyDisk.sound(), file, NEWER);
        assertEquals(NEWER, kind.read(file));
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfCheckpointsLosesNothing(Fault fault) throws IOException {
        Set<String> calls = everyCall(fault, (disk, path) -> {
            try (CheckpointFolder folder = CheckpointFolder.open(FaultyDisk.sound(), path, 2)) {
                folder.save(state(-1));
                folder.save(state(0));
                folder.save(OLD);
            }
            requireOldOrNewCheckpoint(path, OLD, disk, fault);
            assertEquals(3, names(path).size(), "two checkpoints and the lock: " + names(path));
        });
        requireAll(calls, "createFolders", "openLock", "lock", "move", "delete", "close");
    }

    /** Its names and those of the folders above it are forced to the disk as well. */
    @ParameterizedTest
    @EnumSource
    void aNewFolderOfCheckpointsKeepsWhatIsSaved(Fault fault) throws IOException {
        everyCall(
                fault,
                (disk, path) -> requireOldOrNewCheckpoint(
                        path.resolve("runs").resolve("first"), NamedMatrices.empty(), disk, fault));
    }

    /** Saves a checkpoint with a disk that has a fault, and looks at what is there; none counts as an empty one. */
    private static void requireOldOrNewCheckpoint(Path path, NamedMatrices old, FaultyDisk disk, Fault fault)
            throws IOException {
        List<NamedMatrices> saved = new ArrayList<>(List.of(old));
        Optional<IOException> failure = disk.during(faulty -> {
            try (CheckpointFolder folder = CheckpointFolder.open(faulty, path, 2)) {
                folder.save(NEW);
                saved.add(NEW);
            }
        });
        if (failure.isPresent() && fault.isFailure()) {
            requireWords(failure.get(), path);
        }
        try (CheckpointFolder folder = CheckpointFolder.open(FaultyDisk.sound(), path, 2)) {
            NamedMatrices found = folder.newest()
                    .map(newest -> {
                        assertEquals(List.of(), newest.warnings());
                        return newest.matrices();
                    })
                    .orElse(NamedMatrices.empty());
            assertTrue(found.equals(NEW) || found.equals(saved.get(saved.size() - 1)), "what was saved stays");
            folder.save(NEWER);
            assertEquals(NEWER, folder.newest().orElseThrow().matrices());
        }
    }

    /** The newest checkpoint or, with a warning that names it, the one before; or an error that names the folder. */
    @ParameterizedTest
    @EnumSource(names = "FAILS.*", mode = EnumSource.Mode.MATCH_ALL)
    void aCheckpointThatCannotBeReadIsNamed(Fault fault) throws IOException {
        Set<String> calls = everyCall(fault, (disk, path) -> {
            try (CheckpointFolder folder = CheckpointFolder.open(FaultyDisk.sound(), path, 2)) {
                folder.save(OLD);
                folder.save(NEW);
            }
            List<CheckpointFolder.Found> found = new ArrayList<>();
            Optional<IOException> failure = disk.during(faulty -> {
                try (CheckpointFolder folder = CheckpointFolder.open(faulty, path, 2)) {
                    found.add(folder.newest().orElseThrow());
                }
            });
            failure.ifPresent(failed -> requireWords(failed, path));
            for (CheckpointFolder.Found each : found) {
                boolean fellBack = !each.warnings().isEmpty();
                assertEquals(fellBack ? OLD : NEW, each.matrices());
                each.warnings()
                        .forEach(warning -> assertTrue(
                                warning.contains("checkpoint-000002") && warning.contains("the disk fails"), warning));
            }
            assertTrue(failure.isPresent() || !found.isEmpty());
        });
        requireAll(calls, "openReading", "read");
    }
}

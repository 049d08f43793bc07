package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of checkpoints keeps the newest, survives damage, and belongs to one run at a time. */
class CheckpointFolderTest {
    @TempDir
    Path path;

    private static NamedMatrices state(double value) {
        return NamedMatrices.empty().with("w", new SimpleMatrix(1, 1, true, value));
    }

    private static List<String> names(CheckpointFolder folder) throws IOException {
        return folder.files().stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static CheckpointFolder.Found newest(CheckpointFolder folder) throws IOException {
        return folder.newest().orElseThrow();
    }

    @Test
    void keepsTheNewest() throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path.resolve("a/b"), 2)) {
            assertEquals(Optional.empty(), folder.newest());
            for (int i = 1; i <= 5; i++) {
                folder.save(state(i));
            }
            assertEquals(List.of("checkpoint-000005.safetensors", "checkpoint-000004.safetensors"), names(folder));
            assertEquals(state(5), newest(folder).matrices());
            assertEquals(List.of(), newest(folder).warnings());
        }
        try (CheckpointFolder folder = CheckpointFolder.open(path.resolve("a/b"), 1)) {
            folder.save(state(6));
            assertEquals(List.of("checkpoint-000006.safetensors"), names(folder));
        }
    }

    @Test
    void aClosedFolderIsOfNoUse() throws IOException {
        CheckpointFolder closed = CheckpointFolder.open(path, 1);
        closed.save(state(1));
        closed.close();
        try (CheckpointFolder open = CheckpointFolder.open(path, 1)) {
            open.save(state(2));
            assertEquals(
                    path + ": the checkpoint folder is closed; open it anew",
                    assertThrows(FileSystemException.class, () -> closed.save(state(3)))
                            .getMessage());
            assertEquals(
                    path + ": the checkpoint folder is closed; open it anew",
                    assertThrows(FileSystemException.class, closed::newest).getMessage());
            assertEquals(state(2), newest(open).matrices());
        }
    }

    @Test
    void fallsBackFromADamagedCheckpointAndSaysSo() throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            folder.save(state(1));
            Path newest = folder.save(state(2));
            byte[] bytes = Files.readAllBytes(newest);
            Files.write(newest, java.util.Arrays.copyOf(bytes, bytes.length - 1));
            CheckpointFolder.Found found = newest(folder);
            assertEquals(state(1), found.matrices());
            assertEquals(
                    "checkpoint-000001.safetensors", found.file().getFileName().toString());
            assertEquals(1, found.warnings().size());
            assertTrue(
                    found.warnings().get(0).startsWith("skipped checkpoint checkpoint-000002.safetensors"),
                    found.warnings().get(0));

            folder.save(state(3));
            assertEquals(3, folder.files().size(), "a damaged file does not push a whole one out");
            folder.save(state(4));
            assertEquals(List.of("checkpoint-000004.safetensors", "checkpoint-000003.safetensors"), names(folder));
        }
    }

    @Test
    void neverRestartsSilentlyWhenAllAreDamaged() throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            Files.writeString(folder.save(state(1)), "");
            Files.writeString(folder.save(state(2)), "garbage");
            String message =
                    assertThrows(ModelFormatException.class, folder::newest).toString();
            assertTrue(message.contains("checkpoint-000001") && message.contains("checkpoint-000002"), message);
        }
    }

    @Test
    void removesWhatAKilledRunLeftHalfWritten() throws IOException {
        Path torn = Files.writeString(path.resolve(".checkpoint-000007.safetensors.99-1-2.tmp"), "torn");
        Path kept = Files.writeString(path.resolve("notes.tmp"), "the user's");
        CheckpointFolder.open(path, 2).close();
        assertFalse(Files.exists(torn));
        assertTrue(Files.exists(kept));
    }

    @Test
    void oneRunAtATimeInThisProcess() throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            FileSystemException locked = assertThrows(FileSystemException.class, () -> CheckpointFolder.open(path, 2));
            assertTrue(locked.toString().contains("another run has this checkpoint folder open"), locked.toString());
            folder.save(state(1));
        }
        CheckpointFolder.open(path, 2).close();
    }

    @Test
    void oneRunAtATimeAcrossProcesses() throws Exception {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            assertTrue(inAnotherProcess().contains("another run has this checkpoint folder open"));
            folder.save(state(1));
        }
        assertEquals("[checkpoint-000001.safetensors]", inAnotherProcess());
    }

    /** As the process sees it that comes second. */
    @Test
    void aLockThatIsNotGivenIsAnotherRuns() {
        Disk taken = new Disk() {
            @Override
            Optional<FileLock> lock(FileChannel channel) {
                return Optional.empty();
            }
        };
        assertTrue(assertThrows(FileSystemException.class, () -> CheckpointFolder.open(taken, path, 2))
                .toString()
                .contains("another run has this checkpoint folder open"));
    }

    private String inAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherProcess.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return output.strip();
    }

    /** Opens the folder of its argument and prints the names in it, or why it cannot. */
    static final class OtherProcess {
        public static void main(String[] arguments) {
            try (CheckpointFolder folder = CheckpointFolder.open(Path.of(arguments[0]), 2)) {
                System.out.println(names(folder));
            } catch (IOException failure) {
                System.out.println(failure.getMessage());
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> CheckpointFolder.open(path, 0))
                .toString()
                .contains("kept = 0; expected at least 1"));
    }
}

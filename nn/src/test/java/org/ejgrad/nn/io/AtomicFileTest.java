package org.ejgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced whole or not at all. */
class AtomicFileTest {
    @TempDir
    Path folder;

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text.length(), out -> out.write(text.getBytes(UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesAndReplacesAFile() throws IOException {
        Path file = folder.resolve("model");
        write(file, "one");
        write(file, "two, longer");
        write(file, "3");
        assertEquals("3", Files.readString(file));
        assertEquals(List.of("model"), names());
    }

    @Test
    void afterAFailureTheOldFileIsThere() throws IOException {
        Path file = folder.resolve("model");
        write(file, "old");
        FileSystemException failure = assertThrows(
                FileSystemException.class,
                () -> AtomicFile.write(file, 4096, out -> {
                    out.write(new byte[100]);
                    throw new IOException("No space left on device");
                }));
        assertEquals(file.toString(), failure.getFile());
        assertTrue(failure.toString().contains("4096 bytes"), failure.toString());
        assertTrue(failure.toString().contains("No space left"), failure.toString());
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(file, 1, out -> {
                    throw new IllegalStateException("a fault in the content");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("model"), names());
        write(file, "retried");
        assertEquals("retried", Files.readString(file));
    }

    /** /dev/full reports a full disk, for real. */
    @Test
    void aFullDiskIsAnError() throws IOException {
        Path full = Path.of("/dev/full");
        if (Files.isWritable(full)) {
            Path file = folder.resolve("model");
            write(file, "old");
            assertThrows(
                    FileSystemException.class,
                    () -> AtomicFile.write(file, 9, ignored -> {
                        try (FileOutputStream out = new FileOutputStream(full.toFile())) {
                            out.write(new byte[9]);
                        }
                    }));
            assertEquals("old", Files.readString(file));
        }
    }

    /** Whoever asks before a long work learns what the write would say, and leaves nothing behind. */
    @Test
    void whatCannotBeWrittenIsKnownBefore() throws IOException {
        Path file = folder.resolve("model");
        AtomicFile.requireWritable(file);
        assertEquals(List.of(), names());
        Files.writeString(file, "old");
        AtomicFile.requireWritable(file);
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("model"), names());
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        for (Path each : List.of(folder.resolve("missing").resolve("model"), file.resolve("below"), loop, folder)) {
            FileSystemException refused =
                    assertThrows(FileSystemException.class, () -> AtomicFile.requireWritable(each));
            assertEquals(each.toString(), refused.getFile());
            assertFalse(refused.getReason().matches(".*(Exception|tmp|java).*"), refused.getReason());
            assertEquals(
                    refused.getReason().replaceFirst(".*: ", ""),
                    assertThrows(FileSystemException.class, () -> write(each, "x"))
                            .getReason()
                            .replaceFirst(".*: ", ""));
        }
    }

    @Test
    void aFolderInTheWayOrAMissingFolderIsNamed() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        assertEquals(
                taken.toString(),
                assertThrows(FileSystemException.class, () -> write(taken, "x")).getFile());
        Path missing = folder.resolve("missing").resolve("model");
        assertTrue(assertThrows(FileSystemException.class, () -> write(missing, "x"))
                .toString()
                .contains("nothing was changed: there is no such file or folder"));
        assertEquals(List.of("taken"), names());
        assertThrows(IllegalArgumentException.class, () -> write(Path.of("/"), "x"));
    }

    @Test
    void leftoversOfKilledWritersAreRemovedAndThoseInUseAreNot() throws IOException {
        Path file = folder.resolve("model");
        Files.writeString(folder.resolve(".model.123-1-456.tmp"), "torn");
        Files.writeString(folder.resolve(".model2.123-1-456.tmp"), "another file's");
        for (String name : List.of("model.tmp", ".model.tmp", ".model..tmp")) {
            Files.writeString(folder.resolve(name), "the user's");
        }
        try (FileOutputStream living =
                new FileOutputStream(folder.resolve(".model.124-1-456.tmp").toFile())) {
            living.getChannel().lock();
            write(file, "new");
            assertTrue(names().contains(".model.124-1-456.tmp"));
        }
        write(file, "newer");
        assertEquals(List.of(".model..tmp", ".model.tmp", ".model2.123-1-456.tmp", "model", "model.tmp"), names());
    }

    @Test
    void aFileSystemWithoutLocksIsWrittenTooAndLeftoversAreRemoved() throws IOException {
        Disk lockless = new Disk() {
            @Override
            Optional<FileLock> lock(FileChannel channel) throws IOException {
                throw new IOException("No locks available");
            }
        };
        Files.writeString(folder.resolve(".model.123-1-456.tmp"), "torn");
        AtomicFile.write(lockless, folder.resolve("model"), 3, out -> out.write("new".getBytes(UTF_8)));
        assertEquals(List.of("model"), names());
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() throws IOException {
        Path file = folder.resolve("model");
        Thread.currentThread().interrupt();
        write(file, "whole");
        assertTrue(Thread.interrupted());
        assertEquals("whole", Files.readString(file));
        AtomicFile.write(file, 4, out -> {
            Thread.currentThread().interrupt();
            out.write("more".getBytes(UTF_8));
        });
        assertTrue(Thread.interrupted());
        assertEquals("more", Files.readString(file));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void ofManyWritersTheLastToFinishWins() throws Exception {
        Path file = folder.resolve("model");
        List<byte[]> contents = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int writer = 0; writer < 4; writer++) {
            byte[] content = new byte[50_000 + writer];
            java.util.Arrays.fill(content, (byte) writer);
            contents.add(content);
            threads.add(new Thread(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        AtomicFile.write(file, content.length, out -> out.write(content));
                    }
                } catch (IOException failure) {
                    failures.add(failure);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        byte[] found = Files.readAllBytes(file);
        assertArrayEquals(contents.get(found[0]), found);
        assertEquals(List.of("model"), names());
    }

    @Test
    void aSymbolicLinkStaysAndItsTargetIsWritten() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path model = inner.resolve("model");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("inner", "model"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("second"), link);
        Path folderLink = Files.createSymbolicLink(folder.resolve("folder"), inner);
        write(link, "through a link that leads nowhere yet");
        assertEquals("through a link that leads nowhere yet", Files.readString(model));
        write(linkToLink, "through two");
        assertEquals("through two", Files.readString(model));
        write(folderLink.resolve("model"), "through a folder");
        assertEquals("through a folder", Files.readString(model));
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(linkToLink) && Files.isSymbolicLink(folderLink));
        assertFalse(Files.isSymbolicLink(model));
        assertEquals(List.of("folder", "inner", "link", "second"), names());

        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertTrue(assertThrows(FileSystemException.class, () -> write(loop, "x"))
                .toString()
                .contains("nothing was changed: its symbolic links lead in a circle"));
        assertTrue(Files.isSymbolicLink(loop));
    }

    @Test
    void pathsOfOtherFileSystemsAreRefused() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"))) {
            Path file = Files.writeString(zip.getPath("model"), "content");
            for (Executable use : List.<Executable>of(
                    () -> write(file, "x"),
                    () -> AtomicFile.requireWritable(file),
                    () -> CheckpointFolder.open(zip.getPath("checkpoints"), 1),
                    () -> Safetensors.read(file),
                    () -> JsonText.read(file),
                    () -> Npz.read(file))) {
                assertTrue(assertThrows(IllegalArgumentException.class, use)
                        .getMessage()
                        .contains("is not on the default file system"));
            }
            assertEquals("content", Files.readString(file));
        }
    }

    @Test
    void onlyRegularFilesAreReplaced() throws IOException {
        Path socket = folder.resolve("socket"); // not one of the machine's devices, which a fault would replace
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Path link = Files.createSymbolicLink(folder.resolve("link"), socket);
            for (Path each : List.of(socket, link)) {
                assertTrue(assertThrows(FileSystemException.class, () -> write(each, "x"))
                        .toString()
                        .contains("no regular file"));
            }
            assertFalse(Files.isRegularFile(socket));
            Files.delete(link);
        }
        Files.delete(socket);
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Path file = folder.resolve("model");
            for (String permissions : List.of("rw-------", "rw-rw-rw-", "r--r-----", "rwxr-x--x")) {
                Files.deleteIfExists(file);
                write(file, "old");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
                AtomicFile.write(file, 3, out -> {
                    Path temporary = folder.resolve(names().get(0));
                    assertTrue(temporary.toString().endsWith(".tmp"), temporary.toString());
                    assertFalse(
                            Files.getPosixFilePermissions(temporary).contains(PosixFilePermission.OTHERS_READ)
                                    && !permissions.endsWith("rw-"),
                            "nobody may read it meanwhile who may not afterwards");
                    out.write("new".getBytes(UTF_8));
                });
                assertEquals("new", Files.readString(file));
                assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }
}

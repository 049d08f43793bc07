package org.ejgrad.nn.io;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked of the disk, call by call: each of these can fail, and a test lets each fail. */
class Disk {
    static final Disk REAL = new Disk();

    /** A file that is open to be locked, or a folder that is open to be forced to the disk. */
    static class Opened implements Closeable {
        private final FileChannel channel;

        Opened(FileChannel channel) {
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (UncheckedIOException unlistable) {
            throw unlistable.getCause();
        }
    }

    /** Where a symbolic link leads. */
    Path follow(Path link) throws IOException {
        return Files.readSymbolicLink(link);
    }

    /** Owner, group and permissions of a file, where there is one and the system knows them. */
    Optional<PosixFileAttributes> attributes(Path file) throws IOException {
        boolean known = Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix");
        return known ? Optional.of(Files.readAttributes(file, PosixFileAttributes.class)) : Optional.empty();
    }

    Path create(Path file, FileAttribute<?>... attributes) throws IOException {
        return Files.createFile(file, attributes);
    }

    void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Not a channel: an interrupted thread must still be able to write. */
    FileOutputStream open(Path file) throws IOException {
        return new FileOutputStream(file.toFile());
    }

    /** Not a channel: an interrupted thread must still be able to read its checkpoint. */
    InputStream openReading(Path file) throws IOException {
        return new FileInputStream(file.toFile());
    }

    RandomAccessFile openLock(Path file) throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    Opened channel(Path path, OpenOption option) throws IOException {
        return new Opened(FileChannel.open(path, option));
    }

    /** The lock of a file, until the channel closes; nothing if another process has it. */
    Optional<FileLock> lock(FileChannel channel) throws IOException {
        return Optional.ofNullable(channel.tryLock());
    }

    /** Gives a file another one's group and permissions. */
    void inherit(Path file, PosixFileAttributes from) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!view.readAttributes().group().equals(from.group())) {
            view.setGroup(from.group());
        }
        view.setPermissions(from.permissions());
    }

    /** Forces a file's content to the disk. */
    void sync(FileOutputStream out) throws IOException {
        out.getFD().sync();
    }

    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forces a folder's names to the disk. */
    void force(Opened folder) throws IOException {
        folder.channel().force(true);
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}

package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.ejgrad.nn.arguments.FileFailure;

/**
 * Writes a file so that at every instant, power loss included, its name leads to the whole old content or the whole new
 * content.
 *
 * <p>The content goes to a temporary file in the same folder, {@code .NAME.….tmp}, is forced to disk and renamed onto
 * the name; then the folder is forced to disk where the system can. A temporary file stays locked while it is written,
 * so those that a killed process left behind are recognised, and removed at the next write. When two write to one name
 * at once, the last to finish wins. Interrupting the thread does not disturb the write.
 *
 * <p>A symbolic link stays: what it leads to is written. A file that is replaced keeps its permissions and its group,
 * as far as the system allows; only regular files are replaced.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".tmp";

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Produces a file's content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out where to; need not be closed
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Makes or replaces a file.
     *
     * @param size how many bytes it will have, for the message if there is no room
     * @param content what to write
     * @throws FileSystemException if anything fails, with the path and the bytes needed; what was there before is
     *     unchanged and the call can be repeated
     */
    public static void write(Path file, long size, Content content) throws FileSystemException {
        write(Disk.REAL, file, size, content);
    }

    static void write(Disk disk, Path file, long size, Content content) throws FileSystemException {
        requireNonNull(content, "content");
        if (requireNonNull(file, "file").getFileName() == null) {
            throw new IllegalArgumentException("write: the file is " + file + "; expected a path with a name");
        }
        requireOnDisk(file);
        boolean interrupted = Thread.interrupted();
        try {
            Path target = target(disk, file);
            removeStale(disk, folderOf(target), prefix(target));
            writeAndRename(disk, target, folderOf(target), content);
        } catch (IOException failure) {
            throw inWords(file, "writing " + size + " bytes failed, nothing was changed", failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Refuses a file that could not be written now, for one who is about to work long for it: a temporary file beside
     * it is made and removed.
     *
     * @param file the file that is to be made or replaced
     * @throws FileSystemException if the system refuses that, with the reason
     */
    public static void requireWritable(Path file) throws FileSystemException {
        requireOnDisk(requireNonNull(file, "file"));
        try {
            Path target = target(Disk.REAL, file);
            deleteIfPossible(Disk.REAL, Disk.REAL.create(folderOf(target).resolve(prefix(target) + unique() + SUFFIX)));
        } catch (IOException failure) {
            throw inWords(file, "a file beside it cannot be made", failure);
        }
    }

    /** The system's failure, after what was tried. */
    static FileSystemException inWords(Path file, String what, IOException failure) {
        FileSystemException words =
                new FileSystemException(file.toString(), null, what + ": " + FileFailure.reason(failure));
        words.initCause(failure);
        return words;
    }

    /** What a path leads to over symbolic links, which need not be there yet. */
    private static Path target(Disk disk, Path file) throws IOException {
        Path target = file;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            target = folderOf(target).resolve(disk.follow(target));
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(target.toString(), null, "it is there and no regular file");
        }
        return target;
    }

    private static void writeAndRename(Disk disk, Path file, Path folder, Content content) throws IOException {
        Optional<PosixFileAttributes> replaced = disk.attributes(file);
        while (true) {
            Path temporary = create(disk, folder.resolve(prefix(file) + unique() + SUFFIX), replaced);
            boolean moved = false;
            try (FileOutputStream out = disk.open(temporary)) {
                if (!isAbandoned(disk, out.getChannel()) || !Files.exists(temporary)) {
                    continue; // another writer took it for a leftover between its making and its locking
                }
                content.writeTo(out);
                replaced.ifPresent(attributes -> inherit(disk, temporary, attributes));
                disk.sync(out);
                disk.move(temporary, file);
                moved = true;
                forceFolder(disk, folder);
                return;
            } catch (IOException failure) {
                if (!moved) {
                    throw failure;
                }
                return; // whatever closing says: the content is on the disk, under its name
            } finally {
                if (!moved) {
                    deleteIfPossible(disk, temporary);
                }
            }
        }
    }

    /** What cannot be removed now is removed by the next write, and hides no earlier failure. */
    private static void deleteIfPossible(Disk disk, Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException leftForTheNext) {
            // Nobody else sees it.
        }
    }

    /** Makes a file that nobody may read who may not read the one it replaces. */
    private static Path create(Disk disk, Path temporary, Optional<PosixFileAttributes> replaced) throws IOException {
        if (replaced.isEmpty()) {
            return disk.create(temporary);
        }
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        permissions.addAll(replaced.get().permissions());
        return disk.create(temporary, PosixFilePermissions.asFileAttribute(permissions));
    }

    private static void inherit(Disk disk, Path temporary, PosixFileAttributes replaced) {
        try {
            disk.inherit(temporary, replaced);
        } catch (IOException notAllowed) {
            // Another user's file, perhaps: the new one is ours.
        }
    }

    /**
     * Differs between all processes, threads and moments; {@code createTempFile} would hide the file from other users.
     */
    private static String unique() {
        return ProcessHandle.current().pid() + "-" + Thread.currentThread().getId() + "-" + System.nanoTime();
    }

    /** Removes the temporary files of a name that no living process is writing. */
    static void removeStale(Disk disk, Path folder, String prefix) throws IOException {
        for (Path path : list(disk, folder, name -> isTemporary(name, prefix))) {
            try (Disk.Opened opened = disk.channel(path, StandardOpenOption.WRITE)) {
                if (isAbandoned(disk, opened.channel())) {
                    disk.delete(path);
                }
            } catch (IOException leaveIt) {
                // Not ours to judge: it has just been renamed, or is another user's.
            }
        }
    }

    /** The files of a folder whose names are wanted. */
    static List<Path> list(Disk disk, Path folder, Predicate<String> wanted) throws IOException {
        return disk.list(folder).stream()
                .filter(path -> wanted.test(String.valueOf(path.getFileName())))
                .toList();
    }

    private static boolean isTemporary(String name, String prefix) {
        return name.startsWith(prefix) && name.endsWith(SUFFIX) && name.length() > prefix.length() + SUFFIX.length();
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    /** Takes the lock of a temporary file, if nobody is writing it; true too where the file system knows no locks. */
    private static boolean isAbandoned(Disk disk, FileChannel channel) {
        try {
            return isLocked(disk, channel);
        } catch (IOException noLocksHere) {
            return true;
        }
    }

    /** Takes the lock until the channel closes, and tells whether that was possible. */
    static boolean isLocked(Disk disk, FileChannel channel) throws IOException {
        try {
            return disk.lock(channel).isPresent();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    private static void forceFolder(Disk disk, Path folder) {
        try (Disk.Opened opened = disk.channel(folder, StandardOpenOption.READ)) {
            disk.force(opened);
        } catch (IOException notPossibleHere) {
            // Windows cannot open a folder; the rename itself is still atomic.
        }
    }

    /** Makes a folder with those above it, and forces the names of all that are new to the disk. */
    static void makeFolders(Disk disk, Path folder) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = folder.toAbsolutePath(); !Files.exists(each); each = folderOf(each)) {
            missing.add(each);
        }
        disk.createFolders(folder);
        missing.forEach(each -> forceFolder(disk, folderOf(each)));
    }

    static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Refuses a path of another file system than the default one. */
    static void requireOnDisk(Path file) {
        if (file.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException(
                    file + " is not on the default file system but in " + file.getFileSystem());
        }
    }
}

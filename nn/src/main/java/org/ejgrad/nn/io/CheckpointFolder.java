package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.nn.arguments.Require;

/**
 * A folder that holds the newest few checkpoints of one run: {@code checkpoint-000041.safetensors} and so on.
 *
 * <p>While it is open no other process can open it, so two runs never mix. Saving never touches an older checkpoint
 * until the new one is on disk; reading falls back from a damaged newest checkpoint to the one before and says so.
 *
 * <pre>{@code
 * try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
 *     Optional<CheckpointFolder.Found> found = folder.newest();
 *     folder.save(matrices);
 * }
 * }</pre>
 */
public final class CheckpointFolder implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{6,18})\\.safetensors");
    private static final String LOCK = ".lock";

    private final Disk disk;
    private final Path folder;
    private final int kept;
    private final RandomAccessFile lockFile;
    private final Set<Path> damaged = new HashSet<>();

    /**
     * A checkpoint that was read.
     *
     * @param file where it is
     * @param matrices what it holds
     * @param warnings one sentence for each newer file that could not be used, the newest first
     */
    public record Found(Path file, NamedMatrices matrices, List<String> warnings) {
        public Found {
            requireNonNull(file, "file");
            requireNonNull(matrices, "matrices");
            warnings = Require.elements(warnings, "warnings");
        }
    }

    private CheckpointFolder(Disk disk, Path folder, int kept, RandomAccessFile lockFile) {
        this.disk = disk;
        this.folder = folder;
        this.kept = kept;
        this.lockFile = lockFile;
    }

    /**
     * Opens a folder for one run, making it if it is not there, and removes what a killed run left half-written.
     *
     * @param kept how many checkpoints to keep, at least 1; with 2 there is one to fall back to
     * @return the open folder; close it to let others in
     * @throws IllegalArgumentException if {@code kept} is less than 1
     * @throws FileSystemException if another run has it open
     * @throws IOException if it cannot be made or read
     */
    public static CheckpointFolder open(Path folder, int kept) throws IOException {
        return open(Disk.REAL, folder, kept);
    }

    static CheckpointFolder open(Disk disk, Path folder, int kept) throws IOException {
        requireNonNull(folder, "folder");
        Require.atLeast(kept, 1, "open: kept");
        AtomicFile.requireOnDisk(folder);
        RandomAccessFile lockFile;
        try {
            AtomicFile.makeFolders(disk, folder);
            lockFile = disk.openLock(folder.resolve(LOCK));
        } catch (IOException failure) {
            throw unopened(folder, failure);
        }
        boolean opened = false;
        try {
            claim(disk, folder, lockFile);
            opened = true;
            return new CheckpointFolder(disk, folder, kept, lockFile);
        } finally {
            if (!opened) {
                closeIfPossible(lockFile);
            }
        }
    }

    /** Hides no earlier failure. */
    private static void closeIfPossible(RandomAccessFile lockFile) {
        try {
            lockFile.close();
        } catch (IOException alreadyFailing) {
            // The reason is about to be told.
        }
    }

    private static void claim(Disk disk, Path folder, RandomAccessFile lockFile) throws IOException {
        boolean ours;
        try {
            ours = AtomicFile.isLocked(disk, lockFile.getChannel());
            if (ours) {
                AtomicFile.removeStale(disk, folder, ".checkpoint-");
            }
        } catch (IOException failure) {
            throw unopened(folder, failure);
        }
        if (!ours) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "another run has this checkpoint folder open; wait for it or choose another");
        }
    }

    private static FileSystemException unopened(Path folder, IOException failure) {
        return AtomicFile.inWords(folder, "the checkpoint folder cannot be opened", failure);
    }

    /**
     * Adds a checkpoint as the newest, then removes those that are too many.
     *
     * @return the new file
     * @throws FileSystemException if the folder is closed
     * @throws IOException if that fails, and the older checkpoints are all still there; or if one that is too many
     *     cannot be removed, which the message says
     */
    public Path save(NamedMatrices matrices) throws IOException {
        requireNonNull(matrices, "matrices");
        requireOpen();
        List<Path> older = files();
        long number = older.isEmpty() ? 1 : number(older.get(0)) + 1;
        Path file = folder.resolve(String.format(Locale.ROOT, "checkpoint-%06d.safetensors", number));
        Safetensors.write(disk, file, matrices);
        int good = 1;
        for (Path path : older) {
            if (good >= kept) {
                remove(path, file);
            } else if (!damaged.contains(path)) {
                good++;
            }
        }
        return file;
    }

    /** Another run may have it open by now. */
    private void requireOpen() throws FileSystemException {
        if (!lockFile.getChannel().isOpen()) {
            throw new FileSystemException(folder.toString(), null, "the checkpoint folder is closed; open it anew");
        }
    }

    private void remove(Path old, Path saved) throws IOException {
        try {
            disk.delete(old);
        } catch (IOException failure) {
            throw AtomicFile.inWords(old, saved.getFileName() + " is saved, but this older one stays", failure);
        }
    }

    /**
     * The newest checkpoint that is whole.
     *
     * @return it, with warnings that name the newer ones that are not; nothing if there are no checkpoints
     * @throws FileSystemException if the folder is closed
     * @throws ModelFormatException if there are checkpoints and none is whole; the message lists what is wrong with
     *     each
     * @throws IOException if the folder cannot be read
     */
    public Optional<Found> newest() throws IOException {
        requireOpen();
        List<String> warnings = new ArrayList<>();
        for (Path file : files()) {
            try {
                return Optional.of(new Found(file, Safetensors.read(disk, file), warnings));
            } catch (IOException unusable) {
                damaged.add(file);
                warnings.add("skipped checkpoint " + file.getFileName() + ", which cannot be used: "
                        + unusable.getMessage());
            }
        }
        if (!warnings.isEmpty()) {
            throw new ModelFormatException(
                    folder.toString(), "checkpoints", 0, "none is whole: " + String.join("; ", warnings));
        }
        return Optional.empty();
    }

    /**
     * The checkpoints that are there, the newest first.
     *
     * @return their files
     * @throws IOException if the folder cannot be read
     */
    public List<Path> files() throws IOException {
        try {
            return AtomicFile.list(disk, folder, name -> NAME.matcher(name).matches()).stream()
                    .sorted(Comparator.comparingLong(CheckpointFolder::number).reversed())
                    .toList();
        } catch (IOException failure) {
            throw AtomicFile.inWords(folder, "the checkpoints cannot be listed", failure);
        }
    }

    /**
     * Lets other runs open the folder.
     *
     * @throws IOException if the lock cannot be released
     */
    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw AtomicFile.inWords(folder, "closing the checkpoint folder failed, what was saved stays", failure);
        }
    }

    private static long number(Path file) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}

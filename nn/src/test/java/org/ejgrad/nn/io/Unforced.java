package org.ejgrad.nn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a loss of power can take: names that were made, moved and deleted since their folder was forced to the disk, the
 * last ones first, and the content of files that were written since they were.
 */
final class Unforced {
    /** What is found of a file's content that was not forced. */
    private enum Left {
        NOTHING,
        HALF,
        ZEROS
    }

    /** A change of names, and how it is taken back. */
    private record Change(Path folder, Undo undo) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    private final List<Change> changes = new ArrayList<>();
    private final Set<Path> contents = new HashSet<>();

    private void change(Path name, Undo undo) {
        changes.add(new Change(name.toAbsolutePath().getParent(), undo));
    }

    void created(Path name) {
        change(name, () -> {
            contents.remove(name);
            deleteAll(name);
        });
    }

    private static void deleteAll(Path name) throws IOException {
        if (Files.isDirectory(name)) {
            for (Path each : Disk.REAL.list(name)) {
                deleteAll(each);
            }
        }
        Files.deleteIfExists(name);
    }

    void written(Path file) {
        contents.add(file);
    }

    void synced(Path file) {
        contents.remove(file);
    }

    void moved(Path from, Path to, Optional<byte[]> before) {
        boolean wasForced = !contents.remove(from);
        if (!wasForced) {
            contents.add(to);
        }
        change(to, () -> {
            contents.remove(to);
            Files.move(to, from);
            if (!wasForced) {
                contents.add(from);
            }
            if (before.isPresent()) {
                Files.write(to, before.get());
            }
        });
    }

    void deleted(Path file, byte[] content) {
        contents.remove(file);
        change(file, () -> Files.write(file, content));
    }

    void forced(Path folder) {
        changes.removeIf(each -> each.folder.equals(folder.toAbsolutePath()));
    }

    /** In how many states the disk can be when power comes back. */
    int states() {
        return (changes.size() + 1) * (contents.isEmpty() ? 1 : Left.values().length);
    }

    /**
     * Brings about one of the states.
     *
     * @param state from 0; beyond the last it is the last
     */
    void lose(int state) throws IOException {
        int kinds = contents.isEmpty() ? 1 : Left.values().length;
        int survivors = Math.min(state / kinds, changes.size());
        for (int i = changes.size(); i > survivors; i--) {
            changes.get(i - 1).undo.run();
        }
        for (Path file : contents) {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, left(Left.values()[state % kinds], content));
        }
    }

    private static byte[] left(Left left, byte[] content) {
        return switch (left) {
            case NOTHING -> new byte[0];
            case HALF -> Arrays.copyOf(content, content.length / 2);
            case ZEROS -> new byte[content.length];
        };
    }
}

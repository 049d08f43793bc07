package org.ejgrad.nn.io;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The real disk, which records every call and at the nth does not do it: it fails, once or from then on, or the process
 * is killed there; and when power is lost too, what was not forced to the disk is gone.
 */
final class FaultyDisk extends Disk {
    /** What happens at the nth call. */
    enum Fault {
        FAILS_ONCE,
        FAILS_FROM_THEN_ON,
        KILLED,
        POWER_LOST
    }

    /** The end of the process: nothing after it has an effect. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int nth;
    private final Fault fault;
    private final List<String> calls = new ArrayList<>();
    private final Set<Path> notForced = new HashSet<>();

    /** A file that was renamed, and the content that was there before, until the folder is forced. */
    private final Map<Path, Optional<byte[]>> renamed = new HashMap<>();

    FaultyDisk(int nth, Fault fault) {
        this.nth = nth;
        this.fault = fault;
    }

    /** Every call up to now, such as {@code move}. */
    List<String> calls() {
        return calls;
    }

    private void call(String what) throws IOException {
        calls.add(what);
        boolean now = calls.size() == nth || calls.size() > nth && fault != Fault.FAILS_ONCE;
        if (now && (fault == Fault.FAILS_ONCE || fault == Fault.FAILS_FROM_THEN_ON)) {
            throw new IOException("the disk fails at call " + calls.size() + ", " + what);
        }
        if (now) {
            throw new Killed();
        }
    }

    /** What a disk shows after a loss of power: half of what was not forced, and the old names. */
    void losePower() throws IOException {
        for (Path file : notForced) {
            if (Files.exists(file)) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
            }
        }
        for (Map.Entry<Path, Optional<byte[]>> each : renamed.entrySet()) {
            if (each.getValue().isPresent()) {
                Files.write(each.getKey(), each.getValue().get());
            } else {
                Files.deleteIfExists(each.getKey());
            }
        }
    }

    @Override
    List<Path> list(Path folder) throws IOException {
        call("list");
        return super.list(folder);
    }

    @Override
    Path follow(Path link) throws IOException {
        call("follow");
        return super.follow(link);
    }

    @Override
    Optional<PosixFileAttributes> attributes(Path file) throws IOException {
        call("attributes");
        return super.attributes(file);
    }

    @Override
    Path create(Path file, FileAttribute<?>... attributes) throws IOException {
        call("create");
        notForced.add(file);
        return super.create(file, attributes);
    }

    @Override
    void createFolders(Path folder) throws IOException {
        call("createFolders");
        super.createFolders(folder);
    }

    @Override
    FileOutputStream open(Path file) throws IOException {
        call("open");
        return new FileOutputStream(file.toFile()) {
            @Override
            public void write(byte[] bytes) throws IOException {
                write(bytes, 0, bytes.length);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                super.write(bytes, from, length / 2);
                call("write");
                super.write(bytes, from + length / 2, length - length / 2);
            }
        };
    }

    @Override
    RandomAccessFile openLock(Path file) throws IOException {
        call("openLock");
        return super.openLock(file);
    }

    @Override
    FileChannel channel(Path path, OpenOption option) throws IOException {
        call("channel");
        return super.channel(path, option);
    }

    @Override
    Optional<FileLock> lock(FileChannel channel) throws IOException {
        call("lock");
        return super.lock(channel);
    }

    @Override
    void inherit(Path file, PosixFileAttributes from) throws IOException {
        call("inherit");
        super.inherit(file, from);
    }

    @Override
    void sync(FileOutputStream out) throws IOException {
        call("sync");
        super.sync(out);
        notForced.clear();
    }

    @Override
    void move(Path from, Path to) throws IOException {
        call("move");
        Optional<byte[]> before = Files.exists(to) ? Optional.of(Files.readAllBytes(to)) : Optional.empty();
        super.move(from, to);
        renamed.putIfAbsent(to, before);
        if (notForced.remove(from)) {
            notForced.add(to);
        }
    }

    @Override
    void force(FileChannel folder) throws IOException {
        call("force");
        super.force(folder);
        renamed.clear();
    }

    @Override
    void delete(Path file) throws IOException {
        call("delete");
        super.delete(file);
        notForced.remove(file);
    }
}

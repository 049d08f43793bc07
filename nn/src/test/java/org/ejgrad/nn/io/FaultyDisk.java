package org.ejgrad.nn.io;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real disk, which records every call and at the nth does not do it: it fails, once or from then on, or the process
 * is killed there; and when power is lost too, what was not forced to the disk is gone, see {@link Unforced}. As that
 * is only played, nothing is forced in earnest, which would take most of the time.
 */
final class FaultyDisk extends Disk {
    /** What happens at the nth call. */
    enum Fault {
        FAILS_ONCE,
        FAILS_FROM_THEN_ON,
        KILLED,
        POWER_LOST;

        boolean isFailure() {
            return this == FAILS_ONCE || this == FAILS_FROM_THEN_ON;
        }
    }

    /** What uses the disk. */
    @FunctionalInterface
    interface Use {
        void of(Disk disk) throws IOException;
    }

    /** The end of the process: nothing after it has an effect. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int nth;
    private final Fault fault;
    private final int crash;
    private final List<String> calls = new ArrayList<>();
    private final Unforced unforced = new Unforced();
    private final Map<Closeable, Path> opened = new IdentityHashMap<>();
    private int crashes = 1;

    /**
     * A disk with one fault.
     *
     * @param nth the call at which it happens, from 1
     * @param crash which of the {@link #crashes} is what a loss of power leaves, from 0
     */
    FaultyDisk(int nth, Fault fault, int crash) {
        this.nth = nth;
        this.fault = fault;
        this.crash = crash;
    }

    /** One without a fault. */
    static FaultyDisk sound() {
        return new FaultyDisk(0, Fault.FAILS_ONCE, 0);
    }

    /** Every call up to now, such as {@code move}. */
    List<String> calls() {
        return calls;
    }

    /** Whether there was an nth call. */
    boolean isReached() {
        return calls.size() >= nth;
    }

    /** In how many states the disk can be after the fault. */
    int crashes() {
        return crashes;
    }

    /** Uses the disk, which loses power at the end if it has not before; what went wrong. */
    Optional<IOException> during(Use use) throws IOException {
        Optional<IOException> failure = Optional.empty();
        try {
            use.of(this);
        } catch (IOException failed) {
            failure = Optional.of(failed);
        } catch (Killed end) {
            failure = Optional.of(new IOException("killed"));
        }
        if (fault == Fault.POWER_LOST) {
            crashes = unforced.states();
            unforced.lose(crash);
        }
        return failure;
    }

    private void call(String what) throws IOException {
        calls.add(what);
        boolean now = calls.size() == nth || calls.size() > nth && fault != Fault.FAILS_ONCE;
        if (now && fault.isFailure()) {
            throw new IOException("the disk fails at call " + calls.size() + ", " + what);
        }
        if (now) {
            throw new Killed();
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
        super.create(file, attributes);
        unforced.created(file);
        return file;
    }

    @Override
    void createFolders(Path folder) throws IOException {
        call("createFolders");
        List<Path> missing = new ArrayList<>();
        for (Path each = folder; !Files.exists(each); each = each.getParent()) {
            missing.add(0, each);
        }
        super.createFolders(folder);
        missing.forEach(unforced::created);
    }

    /** Half of what is written is on its way before the call fails. */
    @Override
    FileOutputStream open(Path file) throws IOException {
        call("open");
        FileOutputStream out = new FileOutputStream(file.toFile()) {
            private boolean closed;

            @Override
            public void write(byte[] bytes) throws IOException {
                write(bytes, 0, bytes.length);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                unforced.written(file);
                super.write(bytes, from, length / 2);
                call("write");
                super.write(bytes, from + length / 2, length - length / 2);
            }

            @Override
            public void close() throws IOException {
                boolean isFirst = !closed;
                closed = true;
                super.close();
                if (isFirst) {
                    call("close");
                }
            }
        };
        opened.put(out, file);
        return out;
    }

    @Override
    InputStream openReading(Path file) throws IOException {
        call("openReading");
        return new RecordedReading(super.openReading(file), 1 << 13, this::call);
    }

    @Override
    RandomAccessFile openLock(Path file) throws IOException {
        call("openLock");
        return new RandomAccessFile(file.toFile(), "rw") {
            private boolean closed;

            @Override
            public void close() throws IOException {
                boolean isFirst = !closed;
                closed = true;
                super.close();
                if (isFirst) {
                    call("close");
                }
            }
        };
    }

    @Override
    Opened channel(Path path, OpenOption option) throws IOException {
        call("channel");
        Opened channel = new Opened(FileChannel.open(path, option)) {
            @Override
            public void close() throws IOException {
                super.close();
                call("close");
            }
        };
        opened.put(channel, path);
        return channel;
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
        unforced.synced(opened.get(out));
    }

    @Override
    void move(Path from, Path to) throws IOException {
        call("move");
        Optional<byte[]> before = Files.exists(to) ? Optional.of(Files.readAllBytes(to)) : Optional.empty();
        super.move(from, to);
        unforced.moved(from, to, before);
    }

    @Override
    void force(Opened folder) throws IOException {
        call("force");
        unforced.forced(opened.get(folder));
    }

    @Override
    void delete(Path file) throws IOException {
        call("delete");
        Optional<byte[]> before = Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        super.delete(file);
        before.ifPresent(content -> unforced.deleted(file, content));
    }
}

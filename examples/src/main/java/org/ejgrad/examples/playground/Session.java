package org.ejgrad.examples.playground;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejgrad.nn.pages.Section;

/**
 * What one page watches: one network, or two side by side on the same data. It trains only while it is watched: the
 * thread that writes the events makes the steps between them.
 */
final class Session {
    private static final long FRAME_NANOS = 16_666_667;
    private static final long TRAINING_NANOS = 8_000_000;
    private static final long HEARTBEAT_MILLIS = 1_000;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final double MOST_STEPS_A_SECOND = 1e6;
    private static final int MOST_POINTS = 16;

    private final ReentrantLock lock = new ReentrantLock(true); // fair, so that a click gets its turn
    private final Condition changed = lock.newCondition();
    private final Map<Integer, OnePoint> points = new LinkedHashMap<>();
    private List<Learner> learners = List.of();
    private boolean isPlaying;
    private double speed = MOST_STEPS_A_SECOND;
    private double due;
    private long version;
    private long configured;
    private long stream;
    private long used = System.nanoTime();
    private int opened;

    Session(Fields settings) {
        configure(settings);
    }

    /** Begins anew with other data or networks; refuses settings that are wrong, and then nothing has changed. */
    void configure(Fields settings) {
        settings.requireOnly(Stream.of(
                        PlaneData.SETTINGS.stream(),
                        Stream.of("networks"),
                        Plan.SETTINGS.stream(),
                        Plan.SETTINGS.stream().map(name -> name + "2"))
                .flatMap(names -> names)
                .toList());
        PlaneData data = PlaneData.of(settings);
        List<Learner> made = new ArrayList<>();
        made.add(new Learner(Plan.of(settings, ""), data));
        if (settings.whole("networks", 1, 1, 2) == 2) {
            made.add(new Learner(Plan.of(settings, "2"), data));
        }
        change(() -> {
            learners = List.copyOf(made);
            isPlaying = false;
            configured = version + 1;
        });
    }

    /** Does what a button says. */
    void control(Fields fields) {
        String action = fields.text("do", "");
        switch (action) {
            case "play" -> change(() -> isPlaying = true);
            case "pause" -> change(() -> isPlaying = false);
            case "step" ->
                change(() -> {
                    isPlaying = false;
                    learners.forEach(Learner::step);
                });
            case "back" ->
                change(() -> {
                    isPlaying = false;
                    learners.forEach(Learner::back);
                });
            case "reset" ->
                change(() -> {
                    isPlaying = false;
                    learners = learners.stream()
                            .map(each -> new Learner(each.plan(), each.data()))
                            .toList();
                });
            case "speed" -> {
                double wanted = fields.number("speed", MOST_STEPS_A_SECOND, 0.1, MOST_STEPS_A_SECOND);
                change(() -> speed = wanted);
            }
            default ->
                throw new IllegalArgumentException(
                        "do is " + Fields.shown(action) + "; expected one of play, pause, step, back, reset, speed");
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            due = 0;
            version++;
            used = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Asks one of the networks while it stands still. */
    <T> T ask(int network, Question<T> question) throws IOException {
        lock.lock();
        try {
            used = System.nanoTime();
            if (network >= learners.size()) {
                throw new IllegalArgumentException("network is " + network + "; there is only one");
            }
            return question.of(learners.get(network));
        } finally {
            lock.unlock();
        }
    }

    /** What is asked of a network. */
    @FunctionalInterface
    interface Question<T> {
        T of(Learner learner) throws IOException;
    }

    /** Keeps a point that a page steps through, the last few of them, and gives it a number. */
    int keep(OnePoint point) {
        return locked(() -> {
            points.put(++opened, point);
            points.remove(opened - MOST_POINTS);
            return opened;
        });
    }

    /** The point with a number. */
    OnePoint kept(int number) {
        return locked(() -> {
            used = System.nanoTime();
            OnePoint point = points.get(number);
            if (point == null) {
                throw new Refusal(404, "this point has been let go of; click on it again");
            }
            return point;
        });
    }

    /** Everything a page shows now, as JSON. */
    String frame() throws IOException {
        return frame(-1);
    }

    /** With the data, if they are others than those that a reader has seen. */
    private String frame(long seen) throws IOException {
        lock.lock();
        try {
            Map<String, Section> parts = state();
            if (seen < configured) {
                parts.put("plane", learners.get(0).data());
            }
            parts.put("networks", json -> {
                json.writeStartArray();
                for (Learner learner : learners) {
                    new Frame(learner).write(json);
                }
                json.writeEndArray();
            });
            return Section.json(parts);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it plays, and how often it has changed, by which the newest of several answers is known. */
    Map<String, Section> state() {
        return locked(() -> {
            Map<String, Section> parts = new LinkedHashMap<>();
            boolean playing = isPlaying;
            long changes = version;
            parts.put("playing", json -> json.writeBoolean(playing));
            parts.put("version", json -> json.writeNumber(changes));
            return parts;
        });
    }

    boolean isPlaying() {
        return locked(() -> isPlaying);
    }

    /** When it was used last, by {@link System#nanoTime}. */
    long used() {
        return locked(() -> used);
    }

    /**
     * Trains and writes events until the reader is gone, another stream takes this one's place, or the session is
     * closed. A reader that is gone pauses it.
     */
    void stream(OutputStream out) throws IOException, InterruptedException {
        long own = begin();
        long seen = -1;
        long next = System.nanoTime();
        try {
            while (isOwn(own)) {
                long now = advance(own);
                if (now != seen) {
                    out.write(("data: " + frame(seen) + "\n\n").getBytes(StandardCharsets.UTF_8));
                    seen = now;
                } else {
                    out.write(HEARTBEAT);
                }
                out.flush();
                next = Math.max(next + FRAME_NANOS, System.nanoTime());
                rest(own, seen, next);
            }
        } finally {
            end(own);
        }
    }

    private long begin() {
        lock.lock();
        try {
            changed.signalAll();
            return ++stream;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOwn(long own) {
        return locked(() -> own == stream);
    }

    private void end(long own) {
        lock.lock();
        try {
            isPlaying = isPlaying && own != stream;
        } finally {
            lock.unlock();
        }
    }

    /** Lets its stream end. */
    void close() {
        lock.lock();
        try {
            stream++;
            isPlaying = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The steps of one frame, if it plays: as many as the speed asks for and time allows. */
    private long advance(long own) {
        lock.lock();
        try {
            used = System.nanoTime();
            if (!isPlaying || own != stream) {
                return version;
            }
            due += speed * FRAME_NANOS / 1e9;
            long until = System.nanoTime() + TRAINING_NANOS;
            for (; due >= 1 && System.nanoTime() - until < 0; due--) {
                learners.forEach(Learner::step);
                version++;
            }
            due = Math.min(due, 1);
            isPlaying = learners.stream().anyMatch(learner -> learner.end().isEmpty());
            version += isPlaying ? 0 : 1;
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Until the next frame is due; while nothing moves, until something does, or a heartbeat is due. */
    private void rest(long own, long seen, long next) throws InterruptedException {
        lock.lock();
        try {
            long pause = isPlaying ? next - System.nanoTime() : TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MILLIS);
            while (pause > 0 && seen == version && own == stream) {
                pause = changed.awaitNanos(pause);
            }
        } finally {
            lock.unlock();
        }
    }
}

package org.ejgrad.nn.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells of every call before it reads and after it closes, and hands out a few bytes at a time. */
final class RecordedReading extends FilterInputStream {
    private final int most;
    private final Recorder recorder;

    /** Is told of a call, and may let it fail. */
    @FunctionalInterface
    interface Recorder {
        void call(String what) throws IOException;
    }

    RecordedReading(InputStream in, int most, Recorder recorder) {
        super(in);
        this.most = most;
        this.recorder = recorder;
    }

    @Override
    public int read() throws IOException {
        recorder.call("read");
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        recorder.call("read");
        return super.read(bytes, from, Math.min(length, most));
    }

    @Override
    public void close() throws IOException {
        super.close();
        recorder.call("close");
    }
}

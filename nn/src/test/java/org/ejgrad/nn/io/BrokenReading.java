package org.ejgrad.nn.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that hands out a few bytes at a time, and fails at the nth call. */
public final class BrokenReading extends FilterInputStream {
    private final int most;
    private final int nth;
    private int calls;

    /**
     * Breaks a stream.
     *
     * @param most how many bytes come at a time
     * @param nth the call that fails, from 1; 0 for none
     */
    public BrokenReading(InputStream in, int most, int nth) {
        super(in);
        this.most = most;
        this.nth = nth;
    }

    /** {@return whether there was an nth call} */
    public boolean hasFailed() {
        return nth > 0 && calls >= nth;
    }

    private void call() throws IOException {
        calls++;
        if (calls == nth) {
            throw new IOException("the disk fails at read " + nth);
        }
    }

    @Override
    public int read() throws IOException {
        call();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        call();
        return super.read(bytes, from, Math.min(length, most));
    }
}

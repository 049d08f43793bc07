package org.ejgrad.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Characters of UTF-8 bytes, refusing malformed bytes and NUL by their offset, and content beyond the limits on bytes
 * and line length; a byte order mark at the beginning is skipped.
 */
final class StrictUtf8Reader extends Reader {
    private final String name;
    private final InputStream content;
    private final Limits limits;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13);
    private long offset;
    private long line = 1;
    private int lineLength;
    private boolean carriageReturn;
    private boolean started;
    private boolean ended;

    StrictUtf8Reader(String name, InputStream content, Limits limits) {
        this.name = name;
        this.content = content;
        this.limits = limits;
        bytes.flip();
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            CharBuffer characters = CharBuffer.wrap(buffer, from, length);
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, characters, ended);
            offset += bytes.position() - before;
            if (result.isError()) {
                throw DatasetFormatException.atByte(
                        name,
                        offset,
                        "not UTF-8: " + Integer.toHexString(bytes.get(bytes.position()) & 0xFF)
                                + "; expected a file that was saved as UTF-8");
            }
            int count = characters.position() - from;
            if (count > 0 && !started) {
                started = true;
                if (buffer[from] == '\uFEFF') {
                    count--;
                    System.arraycopy(buffer, from + 1, buffer, from, count);
                }
            }
            if (count > 0) {
                requireShortLines(buffer, from, count);
                return count;
            }
            if (ended && !bytes.hasRemaining()) {
                return -1;
            }
            if (result.isUnderflow()) {
                fill();
            } else if (length == 1) {
                throw new IllegalArgumentException("a surrogate pair needs a buffer of 2 characters");
            }
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private void fill() throws IOException {
        bytes.compact();
        int from = bytes.position();
        int count = content.read(bytes.array(), from, bytes.remaining());
        if (count < 0) {
            ended = true;
        } else {
            for (int i = from; i < from + count; i++) {
                if (bytes.array()[i] == 0) {
                    throw DatasetFormatException.atByte(
                            name, offset + i, "a NUL byte; expected text that was saved as UTF-8");
                }
            }
            bytes.position(from + count);
            limits.requireBytes(offset + from + count, name);
        }
        bytes.flip();
    }

    private void requireShortLines(char[] buffer, int from, int count) {
        for (int i = from; i < from + count; i++) {
            char each = buffer[i];
            if (each == '\n' || each == '\r') {
                line += each == '\n' && carriageReturn ? 0 : 1;
                lineLength = 0;
            } else {
                limits.requireLength(++lineLength, name, line, "line");
            }
            carriageReturn = each == '\r';
        }
    }
}

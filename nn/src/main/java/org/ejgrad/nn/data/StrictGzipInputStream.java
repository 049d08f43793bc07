package org.ejgrad.nn.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.ejgrad.nn.arguments.Figures;

/**
 * The content of a gzip file with exactly one member (RFC 1952), refusing what the JDK's own stream lets pass: trailing
 * bytes, a second member, and content far larger than its compressed form.
 */
final class StrictGzipInputStream extends InputStream {
    private static final long RATIO_COUNTS_FROM = 1 << 20;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int FILE_NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final String name;
    private final InputStream compressed;
    private final Limits limits;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] chunk = new byte[1 << 13];
    private final CRC32 headerChecksum = new CRC32();
    private long offset;
    private int chunkLength;
    private boolean ended;

    StrictGzipInputStream(String name, InputStream compressed, Limits limits) throws IOException {
        this.name = name;
        this.compressed = compressed;
        this.limits = limits;
        readHeader();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(buffer, from, length);
            if (count > 0) {
                checksum.update(buffer, from, count);
                requireWithinLimits();
                return count;
            }
            if (inflater.finished()) {
                readTrailer();
                ended = true;
            } else if (inflater.needsDictionary()) {
                throw corrupt("the compressed data ask for a dictionary");
            } else {
                fill();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }

    private int inflate(byte[] buffer, int from, int length) throws IOException {
        try {
            return inflater.inflate(buffer, from, length);
        } catch (DataFormatException e) {
            DatasetFormatException fault = corrupt("the compressed data are corrupt");
            fault.initCause(e);
            throw fault;
        }
    }

    private void fill() throws IOException {
        chunkLength = compressed.read(chunk, 0, chunk.length);
        if (chunkLength < 0) {
            throw corrupt("the gzip file is truncated after " + Figures.counted(offset, "byte"));
        }
        offset += chunkLength;
        inflater.setInput(chunk, 0, chunkLength);
    }

    private void requireWithinLimits() {
        long content = inflater.getBytesWritten();
        limits.requireBytes(content, name);
        if (content > RATIO_COUNTS_FROM && content / limits.ratio() > inflater.getBytesRead()) {
            throw new ResourceLimitException(name + ": " + inflater.getBytesRead() + " compressed bytes became "
                    + content + ", more than " + limits.ratio() + " times as many, the limit of Limits.ratio");
        }
    }

    private void readHeader() throws IOException {
        int first = compressed.read();
        int second = compressed.read();
        if (first != 0x1F || second != 0x8B) {
            throw corrupt("not a gzip file: found " + (first < 0 ? "an empty file" : hex(first) + " " + hex(second))
                    + ", expected 1f 8b");
        }
        offset = 2;
        headerChecksum.update(first);
        headerChecksum.update(second);
        int method = header();
        if (method != 8) {
            throw corrupt("gzip method " + method + "; expected 8 (deflate)");
        }
        int flags = header();
        if ((flags & RESERVED) != 0) {
            throw corrupt("reserved gzip flags are set: " + hex(flags));
        }
        for (int i = 0; i < 6; i++) {
            header();
        }
        if ((flags & EXTRA) != 0) {
            for (int left = header() | (header() << 8); left > 0; left--) {
                header();
            }
        }
        if ((flags & FILE_NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            int expected = (int) headerChecksum.getValue() & 0xFFFF;
            int found = header() | (header() << 8);
            if (found != expected) {
                throw corrupt("the gzip header's checksum is " + hex(found) + "; expected " + hex(expected));
            }
        }
    }

    private void skipText() throws IOException {
        for (int length = 0; header() != 0; length++) {
            if (length == LONGEST_TEXT) {
                throw corrupt("a text in the gzip header exceeds " + LONGEST_TEXT + " bytes");
            }
        }
    }

    private int header() throws IOException {
        int next = compressed.read();
        if (next < 0) {
            throw corrupt("the gzip header is truncated");
        }
        offset++;
        headerChecksum.update(next);
        return next;
    }

    private void readTrailer() throws IOException {
        int left = inflater.getRemaining();
        InputStream rest =
                new SequenceInputStream(new ByteArrayInputStream(chunk, chunkLength - left, left), compressed);
        byte[] trailer = rest.readNBytes(8);
        if (trailer.length < 8) {
            throw corrupt("the gzip file is truncated inside its checksum");
        }
        ByteBuffer found = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        int foundChecksum = found.getInt();
        int foundLength = found.getInt();
        if (foundChecksum != (int) checksum.getValue()) {
            throw corrupt("the gzip checksum is " + hex(foundChecksum) + ", but that of the content is "
                    + hex((int) checksum.getValue()));
        }
        if (foundLength != (int) inflater.getBytesWritten()) {
            throw corrupt("the gzip trailer promises " + Integer.toUnsignedString(foundLength)
                    + " bytes of content, but there are " + inflater.getBytesWritten());
        }
        byte[] after = rest.readNBytes(2);
        if (after.length > 0) {
            throw corrupt(
                    Arrays.equals(after, new byte[] {0x1F, (byte) 0x8B})
                            ? "a second gzip member follows the first; expected one"
                            : "bytes follow the end of the gzip data");
        }
    }

    private DatasetFormatException corrupt(String reason) {
        return new DatasetFormatException(name, reason);
    }

    private static String hex(int value) {
        String digits = Integer.toHexString(value);
        return digits.length() == 1 ? "0" + digits : digits;
    }
}

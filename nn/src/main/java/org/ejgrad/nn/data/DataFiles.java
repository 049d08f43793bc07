package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens data files; a name that ends in {@code .gz} is decompressed, strictly. */
final class DataFiles {
    private DataFiles() {}

    /** The bytes of a file, perhaps compressed. */
    static InputStream open(Path path) throws IOException {
        return named(path);
    }

    /** The bytes of a file that is not too large, as far as its size tells. */
    static InputStream open(Path path, Limits limits) throws IOException {
        Named file = named(path);
        try {
            limits.requireBytes(path.toString().endsWith(".gz") ? 0 : Files.size(path), path.toString());
            return file;
        } catch (IOException failure) {
            file.close();
            throw file.named("finding its size", failure);
        } catch (ResourceLimitException tooLarge) {
            file.close();
            throw tooLarge;
        }
    }

    private static Named named(Path path) throws IOException {
        if (Files.isDirectory(requireNonNull(path, "path"))) {
            throw new FileSystemException(path.toString(), null, "is a directory; expected a file");
        }
        return new Named(path, Files.newInputStream(path));
    }

    /** A file's bytes; the system's failures come with the file, which the system does not name. */
    private static final class Named extends FilterInputStream {
        private final Path path;

        Named(Path path, InputStream in) {
            super(in);
            this.path = path;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (IOException failure) {
                throw named("reading", failure);
            }
        }

        /** Whoever asks may wait instead; the channel of a pipe would fail, as it has no size. */
        @Override
        public int available() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException failure) {
                throw named("closing after reading", failure);
            }
        }

        private IOException named(String what, IOException failure) {
            return new IOException(path + ": " + what + " failed: " + failure.getMessage(), failure);
        }
    }

    /** The content of a stream that goes by a file's name; closing it leaves the stream open. */
    static InputStream open(String name, InputStream stream, Limits limits) throws IOException {
        InputStream kept = new FilterInputStream(requireNonNull(stream, "stream")) {
            @Override
            public void close() {
                // The stream is the caller's to close.
            }
        };
        BufferedInputStream buffered = new BufferedInputStream(kept, 1 << 13);
        requireNonNull(limits, "limits");
        return requireNonNull(name, "name").endsWith(".gz")
                ? new StrictGzipInputStream(name, buffered, limits)
                : buffered;
    }
}

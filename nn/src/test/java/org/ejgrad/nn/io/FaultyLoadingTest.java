package org.ejgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.DatasetFormatException;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.data.LabelledTexts;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever call to the disk fails while a file is loaded, opening and closing included: an error that names the file
 * and does not call it damaged, or all of it.
 */
class FaultyLoadingTest {
    private static final NamedMatrices MODEL = NamedMatrices.empty()
            .with("w", new SimpleMatrix(new double[][] {{1, -0.5, 3}, {1e-300, 5, Math.PI}}))
            .withMetadata("note", "small");
    private static final byte[] CSV = "a,b,c\n1,2,0\n-3,4e2,1\n".getBytes(UTF_8);
    private static final byte[] IMAGES = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
    private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 1, 0};

    @TempDir
    Path folder;

    /** A file, and how it is loaded to something that can be compared. */
    enum Kind {
        CSV_FILE(
                "rows.csv", CSV, path -> rows(CsvFormat.classification("0", "1").read(path))),
        CSV_GZ(
                "rows.csv.gz",
                FaultyReadingTest.compressed(CSV),
                path -> rows(CsvFormat.classification("0", "1").read(path))),
        CSV_LABELS("rows.csv", CSV, path -> CsvFormat.classification("0", "1").labelsIn(path)),
        TEXTS(
                "texts.tsv",
                "spam\tbuy\nham\thello\n".getBytes(UTF_8),
                path -> LabelledTexts.read(path, "ham", "spam").texts()),
        IDX("images-idx", IMAGES, path -> rows(IdxArray.read(path).matrix())),
        IDX_GZ(
                "images-idx.gz",
                FaultyReadingTest.compressed(IMAGES),
                path -> rows(IdxArray.read(path).matrix())),
        IDX_PAIR(
                "images-idx",
                IMAGES,
                path -> rows(IdxArray.dataset("pair", path, path.resolveSibling("labels-idx"), List.of("a", "b"))));

        private final String name;
        private final byte[] content;
        private final Loading loading;

        Kind(String name, byte[] content, Loading loading) {
            this.name = name;
            this.content = content;
            this.loading = loading;
        }
    }

    @FunctionalInterface
    private interface Loading {
        Object from(Path path) throws IOException;
    }

    private static Object rows(Dataset data) {
        return List.of(
                rows(data.inputs().copy()), Arrays.stream(data.labels()).boxed().toList());
    }

    private static Object rows(SimpleMatrix matrix) {
        return Arrays.stream(matrix.toArray2())
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyFailingCallToAFileOfData(Kind kind) throws IOException {
        Path file = Files.write(folder.resolve(kind.name), kind.content);
        Files.write(folder.resolve("labels-idx"), LABELS);
        Object whole = kind.loading.from(file);
        for (boolean once : new boolean[] {true, false}) {
            int nth = 0;
            BrokenFileSystem disk;
            do {
                disk = new BrokenFileSystem(++nth, once);
                String failed = "";
                try {
                    assertEquals(whole, kind.loading.from(disk.of(file)));
                } catch (IOException failure) {
                    failed = failure.toString();
                    assertFalse(failure instanceof DatasetFormatException, failed + " calls the file damaged");
                }
                requireAnswer(disk.calls(), nth, Optional.of(failed).filter(words -> !words.isEmpty()));
            } while (disk.isReached());
            assertTrue(nth > kind.content.length / 3, nth + " calls were tried");
        }
    }

    /** A read that fails is told, with the file; that a file cannot be looked at or closed may be passed over. */
    private void requireAnswer(List<String> calls, int nth, Optional<String> failure) {
        failure.ifPresent(words -> assertTrue(words.contains("the disk fails at call"), words));
        failure.ifPresent(words -> assertTrue(words.contains(folder.toString()), words));
        boolean isRead = calls.size() >= nth && calls.get(nth - 1).matches("(open|read).*");
        assertTrue(failure.isPresent() || !isRead, "call " + nth + " of " + calls + " failed without a word");
    }

    /** How a model is loaded. */
    enum Model {
        SAFETENSORS {
            @Override
            NamedMatrices from(Disk disk, Path file) throws IOException {
                return Safetensors.read(disk, file);
            }

            @Override
            byte[] content() {
                return Safetensors.toBytes(MODEL);
            }
        },
        JSON {
            @Override
            NamedMatrices from(Disk disk, Path file) throws IOException {
                return JsonText.read(disk, file, true);
            }

            @Override
            byte[] content() {
                return JsonText.of(MODEL).getBytes(UTF_8);
            }
        };

        abstract NamedMatrices from(Disk disk, Path file) throws IOException;

        abstract byte[] content();
    }

    @ParameterizedTest
    @EnumSource
    void everyFailingCallToAModel(Model model) throws IOException {
        Path file = Files.write(folder.resolve("model"), model.content());
        for (FaultyDisk.Fault fault : List.of(FaultyDisk.Fault.FAILS_ONCE, FaultyDisk.Fault.FAILS_FROM_THEN_ON)) {
            int nth = 0;
            FaultyDisk disk;
            do {
                disk = new FaultyDisk(++nth, fault, 0);
                Optional<IOException> failure = disk.during(faulty -> assertEquals(MODEL, model.from(faulty, file)));
                failure.ifPresent(failed ->
                        assertFalse(failed instanceof ModelFormatException, failed + " calls the file damaged"));
                requireAnswer(disk.calls(), nth, failure.map(IOException::toString));
            } while (disk.isReached());
            assertTrue(nth > 4, nth + " calls were tried");
        }
    }
}

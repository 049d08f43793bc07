package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.Ranking;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples of the package descriptions, line for line. */
class PackageExampleTest {
    @Test
    void data() throws IOException {
        String file = "width,height,kind\n1,4,0\n2,3,0\n4,2,1\n5,1,1\n";
        InputStream stream = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));

        Dataset data = CsvFormat.classification("tall", "wide").read("shapes.csv", stream);
        Split split = Split.stratified(data.labels(), 0.5, 42);
        Dataset train = split.train(data);
        Standardizer standardizer = Standardizer.fit(train);
        Batches batches = Batches.shuffled(standardizer.apply(train), 1, 42);

        assertArrayEquals(new int[] {1, 1}, train.classCounts());
        for (Dataset batch : batches.epoch(0)) {
            String kind = batch.classNames().get(batch.labels()[0]);
            assertEquals(kind.equals("wide") ? 1 : -1, batch.inputs().get(0, 0), 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "metrics"})
    void theExamplesAreThoseOfTheDescriptions(String name) throws IOException {
        String description = Files.readString(Path.of("src/main/java/org/ejgrad/nn", name, "package-info.java"));
        String test = squeezed(Files.readString(Path.of("src/test/java/org/ejgrad/nn/data/PackageExampleTest.java")));
        int from = description.indexOf("{@code") + "{@code".length();
        List<String> lines = description
                .substring(from, description.indexOf("}</pre>"))
                .lines()
                .map(line -> line.replaceFirst("^ \\*", "").replaceFirst("// .*$", ""))
                .filter(line -> !line.contains("System.out") && line.contains(" "))
                .toList();
        assertTrue(lines.size() > 5);
        for (String line : lines) {
            assertTrue(test.contains(squeezed(line)), line);
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    void metrics() {
        int[] labels = {0, 0, 1, 1};
        SimpleMatrix logits = new SimpleMatrix(new double[][] {{2, -1}, {0, 1}, {-3, 0}, {1, 2}});

        double accuracy = Classification.accuracy(labels, logits);
        ConfusionMatrix confusion =
                ConfusionMatrix.of(labels, Classification.predictions(logits), List.of("no", "yes"));
        double recall = confusion.scores(0).recall();
        double area = Ranking.rocAuc(labels, logits.getColumn(1).getDDRM().getData());

        assertEquals(0.75, accuracy);
        assertEquals(0.5, recall);
        assertEquals(0.75, area);
        assertEquals(2, confusion.count(1, 1));
    }
}

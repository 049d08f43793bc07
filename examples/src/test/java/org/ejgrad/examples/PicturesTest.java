package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands about pictures print and write. */
class PicturesTest {
    @Test
    void convolutionPrintsItsNetworkItsTableAndAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("new/convolution.html");
        Program program = Program.run("convolution", "--seeds", "1", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        String out = program.out();
        assertTrue(out.startsWith("digits: 1442 rows to train, 355 to test, 15 epochs\n"), out);
        assertTrue(out.matches("(?s).*\nMaxPool2d\\(16x8x8, 16x4x4\\) +256 +0\n.*"), out);
        assertTrue(out.matches("(?s).*\ndense +0\\.9\\d\\d\\d +\\d+\nconvolutional +0\\.9\\d\\d\\d .*"), out);
        assertTrue(out.matches("(?s).*takes \\d+ for another digit, the convolutional\none \\d\\.\nPage: .*"), out);
        String text = Files.readString(page);
        assertTrue(text.contains("The first layer's filters") && text.contains("What the filters make of a 9"));
        assertTrue(text.matches("(?s).*Mistakes: \\d+ of \\d+.*"));
        String data = text.substring(text.indexOf("<script id=\"data\""));
        assertTrue(data.indexOf("</script>") < 80_000 && text.length() < 300_000, text.length() + " characters");
    }

    @Test
    void convolutionTakesMnistsFiles(@TempDir Path folder) throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            byte[] pixels = new byte[10 * 28 * 28];
            byte[] labels = new byte[10];
            for (int i = 0; i < pixels.length; i++) {
                labels[i / 784] = (byte) (i / 784);
                pixels[i] = (byte) (i % 784 / 78 == i / 784 ? 200 : 0);
            }
            write(folder.resolve(part + "-images-idx3-ubyte.gz"), pixels, 2051, 10, 28, 28);
            write(folder.resolve(part + "-labels-idx1-ubyte.gz"), labels, 2049, 10);
        }
        Program program = Program.run("convolution", "--data", folder.toString(), "--seeds", "1");
        assertTrue(program.out().startsWith("mnist: 10 rows to train, 10 to test, 5 epochs\n"), program.err());
        assertTrue(program.out().matches("(?s).*\nConv2d\\(1x28x28, 8x28x28\\) +6272 +80\n.*"), program.out());
        assertEquals(
                2,
                Program.run("convolution", "--data", folder.resolve("none").toString())
                        .code());
    }

    private static void write(Path file, byte[] content, int... head) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int number : head) {
                out.write(
                        new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
            }
            out.write(content);
        }
    }

    /** Of two seeds in the campaign, of one otherwise. */
    @Test
    @Tag("training")
    void segmentationFindsShapesAndPrintsItsTablesAndAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("segmentation.html");
        boolean campaign = "full".equals(System.getProperty("ejgrad.campaign"));
        Program program =
                Program.run("segmentation", "--seeds", campaign ? "2" : "1", "--seed", "0", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        String out = program.out();
        assertTrue(out.startsWith("400 drawn pictures of 16x16 pixels to train, 200 to test, 20 epochs\n"), out);
        double[] background = numbers(out, "background everywhere: mean IoU ");
        double[] blind = numbers(out, "each pixel alone ");
        double[] plain = numbers(out, "convolutional ");
        double[] balanced = numbers(out, "with class weights ");
        assertTrue(plain[0] >= 0.75 && balanced[0] >= 0.75, "mean IoU: " + out);
        assertTrue(plain[2] >= 0.95 && balanced[2] >= 0.95, "pixel accuracy: " + out);
        assertTrue(blind[0] < 0.5, "brightness alone says little: " + out);
        assertTrue(background[0] < blind[0] && background[0] >= 0.2 && background[1] > 0.8, out);
        String higher = campaign ? "higher with 2 of 2 seeds" : "higher";
        assertTrue(out.matches("(?s).*\n  " + higher + " +convolutional; with class weights\n.*"), out);
        assertTrue(out.matches("(?s).*Looking around raises the mean IoU from 0\\.\\d\\d to 0\\.\\d\\d; .*"), out);
        assertTrue(out.lines().filter(line -> !line.startsWith("Page")).allMatch(line -> line.length() <= 86), out);
        String text = Files.readString(page);
        assertTrue(text.contains("Found: with class weights") && text.contains("\"colours\":\"class\""));
    }

    /** The numbers behind the first place of some words that begin a line; a spread follows its mean. */
    private static double[] numbers(String out, String words) {
        String line =
                out.lines().filter(each -> each.startsWith(words)).findFirst().orElseThrow();
        return Pattern.compile("\\d\\.\\d{4}")
                .matcher(line)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group()))
                .toArray();
    }
}

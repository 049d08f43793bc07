package org.ejgrad.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.CsvLine;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.io.AtomicFile;
import org.ejgrad.nn.model.Predictions;
import org.ejml.simple.SimpleMatrix;

/** Predictions as a CSV file: what is predicted of each row, and how probable each class is. */
final class PredictionFile {
    private PredictionFile() {}

    static void write(Path file, Predictions predictions, TargetKind kind) throws IOException {
        SimpleMatrix values = predictions.values();
        boolean areNumbers = kind == TargetKind.NUMBERS;
        List<String> header = new ArrayList<>(List.of("row"));
        if (areNumbers) {
            header.addAll(predictions.names());
        } else {
            header.add("predicted");
            predictions.names().forEach(name -> header.add("probability of " + name));
        }
        StringBuilder text = new StringBuilder(CsvLine.of(header));
        for (int i = 0; i < predictions.size(); i++) {
            int row = i;
            List<String> cells =
                    new ArrayList<>(List.of(Integer.toString(predictions.rows()[i] + 1)));
            if (!areNumbers) {
                cells.add(predictions.text(i));
            }
            IntStream.range(0, values.getNumCols()).forEach(j -> cells.add(Double.toString(values.get(row, j))));
            text.append(CsvLine.of(cells));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, bytes.length, out -> out.write(bytes));
    }
}

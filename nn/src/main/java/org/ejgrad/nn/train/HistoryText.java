package org.ejgrad.nn.train;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejgrad.MatrixText;
import org.ejgrad.nn.arguments.CsvLine;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.TextTable;
import org.ejgrad.show.Json;

/** A history as a table for people, and as CSV and JSON for programs. */
final class HistoryText {
    private static final int ROWS = 12;

    private HistoryText() {}

    /** The numbers of an epoch by name, in the order of the columns. */
    private static Map<String, Double> numbers(EpochResult result) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", result.loss());
        result.measures().forEach((name, measured) -> numbers.put(free(name), measured));
        result.validationLoss().ifPresent(loss -> numbers.put("validation_loss", loss));
        result.validationMeasures().forEach((name, measured) -> numbers.put("validation_" + free(name), measured));
        return numbers;
    }

    /** A measure may be called as the loss is. */
    private static String free(String measure) {
        return measure.equals("loss") ? "measure_loss" : measure;
    }

    /** The names that any epoch has; a history may be put together from runs with different measures. */
    private static List<String> columns(History history) {
        return history.epochs().stream()
                .flatMap(result -> numbers(result).keySet().stream())
                .distinct()
                .toList();
    }

    /** What an epoch brought, on one line. */
    static String line(EpochResult result) {
        return numbers(result).entrySet().stream()
                .map(number -> number.getKey().replace('_', ' ') + " " + MatrixText.number(number.getValue()))
                .collect(joining(", ", "epoch " + result.epoch() + ": ", ""));
    }

    static String csv(History history) {
        List<String> columns = columns(history);
        StringBuilder text = new StringBuilder(
                CsvLine.of(Stream.concat(Stream.of("epoch"), columns.stream()).toList()));
        for (EpochResult result : history.epochs()) {
            Map<String, Double> numbers = numbers(result);
            Stream<String> cells =
                    columns.stream().map(name -> numbers.containsKey(name) ? Double.toString(numbers.get(name)) : "");
            text.append(CsvLine.of(Stream.concat(Stream.of(Integer.toString(result.epoch())), cells)
                    .toList()));
        }
        return text.toString();
    }

    static String json(History history) {
        return history.epochs().stream()
                .map(result -> numbers(result).entrySet().stream()
                        .map(number -> Json.string(number.getKey()) + ": " + Json.number(number.getValue()))
                        .collect(joining(", ", "{\"epoch\": " + result.epoch() + ", ", "}")))
                .collect(joining(
                        ",\n",
                        "{\"end\": " + Json.string(history.end().name()) + ", \"bestEpoch\": " + history.bestEpoch()
                                + ", \"epochs\": [\n",
                        "\n]}\n"));
    }

    static String table(History history) {
        List<String> columns = columns(history);
        List<List<String>> lines = new ArrayList<>();
        lines.add(Stream.concat(Stream.of("epoch"), columns.stream()).toList());
        for (int i : shown(history)) {
            EpochResult result = history.epochs().get(i);
            Map<String, Double> numbers = numbers(result);
            String epoch = (result.epoch() == history.bestEpoch() ? "*" : "") + result.epoch();
            Stream<String> cells = columns.stream()
                    .map(name -> numbers.containsKey(name) ? MatrixText.number(numbers.get(name)) : "-");
            lines.add(Stream.concat(Stream.of(epoch), cells).toList());
        }
        return TextTable.of(lines)
                + history.end().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " after "
                + Figures.counted(history.epochs().size(), "epoch")
                + (history.bestEpoch() > 0 ? ", the best is " + history.bestEpoch() : "");
    }

    /** The indices of about a dozen epochs, evenly spaced, with the first, the best and the last. */
    private static Set<Integer> shown(History history) {
        int count = history.epochs().size();
        Set<Integer> shown = new TreeSet<>();
        for (int k = 0; k < Math.min(ROWS, count); k++) {
            shown.add((int) ((long) k * (count - 1) / Math.max(1, Math.min(ROWS, count) - 1)));
        }
        if (history.bestEpoch() >= 1 && history.bestEpoch() <= count) {
            shown.add(history.bestEpoch() - 1);
        }
        return shown;
    }
}

package org.ejgrad.nn.arguments;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A line of a CSV file (RFC 4180), to be written. */
public final class CsvLine {
    private CsvLine() {}

    /** {@return the cells with commas between them and a line end; one that holds such signs or a quote is quoted} */
    public static String of(List<String> cells) {
        return Require.elements(cells, "cells").stream().map(CsvLine::quoted).collect(joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}

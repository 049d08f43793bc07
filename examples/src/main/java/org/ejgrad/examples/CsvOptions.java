package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A CSV file of one's own, and how it is written. */
final class CsvOptions {
    @ArgGroup(exclusive = false, heading = "%nA CSV file of your own, in place of a data set:%n")
    private Given given = new Given();

    /** What was typed. */
    static final class Given {
        @Option(names = "--csv", paramLabel = "<file>", description = "the file, also compressed as .gz")
        private Optional<Path> csv = Optional.empty();

        @Option(
                names = "--missing-as",
                split = ",",
                paramLabel = "<text>",
                description = "how a missing cell is written, besides nothing, NA, N/A, NaN, null and ?")
        private List<String> missingAs = List.of();

        @Option(names = "--separator", description = "between cells, a comma if not given; tab for a tab")
        private Optional<String> separator = Optional.empty();

        @Option(names = "--decimal-comma", description = "numbers are written as 1,5")
        private boolean decimalComma;

        @Option(names = "--no-header", description = "the first row holds no names; the columns are x0, x1, …")
        private boolean noHeader;

        @Option(names = "--header", description = "the first row holds names, even if they look like data")
        private boolean header;
    }

    /** Whether there is such a file; the other options are refused without one. */
    boolean isAsked() {
        refuse("--missing-as", !given.missingAs.isEmpty());
        refuse("--separator", given.separator.isPresent());
        refuse("--decimal-comma", given.decimalComma);
        refuse("--no-header", given.noHeader);
        refuse("--header", given.header);
        return given.csv.isPresent();
    }

    /** An option that means nothing without a file. */
    void refuse(String option, boolean isGiven) {
        if (isGiven && given.csv.isEmpty()) {
            throw new IllegalArgumentException(option + " needs --csv, a file");
        }
    }

    /** The name of the file without its folder. */
    String name() {
        return String.valueOf(given.csv.orElseThrow().getFileName());
    }

    Table table() throws IOException {
        CsvFormat format = CsvFormat.DEFAULT.withMissing(given.missingAs.toArray(String[]::new));
        if (given.decimalComma && given.separator.orElse(",").equals(",")) {
            throw new IllegalArgumentException(
                    "--decimal-comma needs --separator with another character than a comma, such as --separator ;");
        }
        if (given.separator.isPresent()) {
            String text = given.separator.get().equals("tab") ? "\t" : given.separator.get();
            if (text.length() != 1) {
                throw new IllegalArgumentException(
                        "--separator is \"" + text + "\"; expected one character, or tab for a tab");
            }
            format = format.withSeparator(text.charAt(0));
        }
        format = given.decimalComma ? format.withDecimalComma() : format;
        if (given.header && given.noHeader) {
            throw new IllegalArgumentException("--header and --no-header are given; expected one of them");
        }
        format = given.header ? format.withHeader() : given.noHeader ? format.withoutHeader() : format;
        return format.table(given.csv.orElseThrow());
    }
}

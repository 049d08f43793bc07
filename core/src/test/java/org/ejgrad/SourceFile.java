package org.ejgrad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file as a test sees it.
 *
 * @param path where it is
 * @param text all of it
 * @param code it without comments and the content of texts, the line breaks kept
 */
record SourceFile(Path path, String text, String code) {
    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\""
                    + "|'(?:[^'\\\\\n]++|\\\\.)++'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*");
    private static final List<String> MODULES = List.of("core", "core/testing", "nn", "examples");

    /** The files under a folder of every module that is there, such as {@code main}. */
    static List<SourceFile> all(String folder) {
        return MODULES.stream().flatMap(module -> in(module, folder).stream()).toList();
    }

    /** The files under a folder of one module, none if it is not there. */
    static List<SourceFile> in(String module, String folder) {
        Path root = Path.of("..", module, "src", folder, "java");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .map(SourceFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourceFile of(Path path, String text) {
        return new SourceFile(path, text, NO_CODE.matcher(text).replaceAll(SourceFile::blank));
    }

    /** Quotation marks stay, and as many line breaks. */
    private static String blank(MatchResult match) {
        String lines = "\n".repeat(breaks(match.group()));
        return match.group().startsWith("\"") ? "\"" + lines + "\"" : lines.isEmpty() ? " " : lines;
    }

    private static int breaks(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Such as {@code Value}. */
    String name() {
        return path.getFileName().toString().replace(".java", "");
    }

    /** Such as {@code org.ejgrad.check}. */
    String packageName() {
        return first("package ([\\w.]+);");
    }

    private String first(String regex) {
        return Pattern.compile(regex)
                .matcher(code)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElse("");
    }

    /** The capitalised names in the code. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        NAME.matcher(code).results().forEach(match -> names.add(match.group()));
        return names;
    }

    /** The packages of this project that the code imports from or names in full, without its own. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        Pattern.compile("\\borg\\.ejgrad(?:\\.[a-z]\\w*)*(?=\\.[A-Z])")
                .matcher(code)
                .results()
                .forEach(match -> packages.add(match.group()));
        packages.remove(packageName());
        return packages;
    }

    /** The places whose code a regular expression matches, such as {@code nn/…/Dense.java:12: new Random(}. */
    List<String> places(String regex) {
        return Pattern.compile(regex)
                .matcher(code)
                .results()
                .map(match -> path + ":" + (1 + breaks(code.substring(0, match.start()))) + ": "
                        + match.group().strip())
                .toList();
    }
}

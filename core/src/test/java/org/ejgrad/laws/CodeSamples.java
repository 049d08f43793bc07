package org.ejgrad.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The walk through sources that finds the documentation's code, so that none is shown that was never compiled.
 *
 * <p>A sample is a preformatted block of {@code code} in a Java comment, or a fence of {@code java} in a Markdown file.
 * A fence of {@code java excerpt} shows pieces of the sources. What is no Java is preformatted without {@code code}, or
 * a fence of another language.
 */
public final class CodeSamples {
    private static final Pattern BLOCK =
            Pattern.compile("<pre>\\s*\\{@code[^\\S\\n]*\\n?(.*?)\\s*\\}\\s*</pre>", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("(?m)^```java( excerpt)?\\n((?s:.*?))^```");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    private CodeSamples() {}

    /**
     * The samples in a few files, and in all Java and Markdown files below a few folders.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static List<CodeSample> in(Path... places) {
        List<CodeSample> samples = new ArrayList<>();
        texts(places).forEach((file, text) -> {
            boolean markdown = file.toString().endsWith(".md");
            Matcher found = (markdown ? FENCE : BLOCK).matcher(text);
            while (found.find()) {
                int group = markdown ? 2 : 1;
                int line = (text.substring(0, found.start(group)) + "|").split("\n").length;
                String code = markdown ? found.group(2) : found.group(1).replaceAll("(?m)^\\s*\\* ?", "");
                samples.add(new CodeSample(file, line, code, markdown && found.group(1) != null));
            }
        });
        return samples;
    }

    /**
     * The packages of the Java files in a few places, for samples to import.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static SortedSet<String> packages(Path... places) {
        SortedSet<String> names = new TreeSet<>();
        for (String text : texts(places).values()) {
            PACKAGE.matcher(text).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    /**
     * Each paragraph of an excerpt stands in one of the sources, word for word; spaces and line ends may differ.
     *
     * @throws AssertionError if one does not
     * @throws UncheckedIOException if a file cannot be read
     */
    public static void requireExcerpt(CodeSample excerpt, Path... sources) {
        List<String> texts = texts(sources).entrySet().stream()
                .filter(text -> text.getKey().toString().endsWith(".java"))
                .map(text -> spaced(text.getValue()))
                .toList();
        for (String paragraph : excerpt.code().split("\\n\\s*\\n")) {
            Requirements.require(
                    texts.stream().anyMatch(text -> text.contains(spaced(paragraph))),
                    excerpt + ": no file below " + Arrays.toString(sources) + " contains\n" + paragraph);
        }
    }

    private static String spaced(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }

    private static SortedMap<Path, String> texts(Path... places) {
        SortedMap<Path, String> texts = new TreeMap<>();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(file -> file.toString().matches(".*\\.(java|md)"))
                        .toList()) {
                    texts.put(file, Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}

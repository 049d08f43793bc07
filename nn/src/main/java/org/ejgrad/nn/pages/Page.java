package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ejgrad.nn.io.AtomicFile;

/**
 * A page made of a template and the files it names: what stands between double braces is replaced by that resource's
 * text, which may name others if it is HTML, so that the page needs nothing but itself. Lines of comment and
 * indentation of scripts and style sheets are left out, but for comments that begin with {@code /*!}.
 */
public final class Page {
    private static final Pattern PART = Pattern.compile("\\{\\{([\\w.-]+)}}");
    private static final Pattern END_OF_SCRIPT = Pattern.compile("</(?=script)", Pattern.CASE_INSENSITIVE);

    /** Lines of comment, which only the source needs; one that begins with an exclamation mark is a licence. */
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:/\\*(?!!)(?:(?!\\*/)[\\s\\S])*+\\*/|//.*)?\\R");

    private static final Pattern INDENTATION = Pattern.compile("(?m)^ +");

    private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

    /** Scripts of others, from the class path; the versions are those of the build. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "chart.js", "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js",
            "dagre.js", "/META-INF/resources/webjars/dagre/0.8.4/dist/dagre.min.js");

    private Page() {}

    /**
     * Fills a template.
     *
     * @param owner the class beside which the template stands; its parts stand there too, or beside this class
     * @param template the name of the template
     * @param json what stands for {@code {{data}}}
     * @return the page
     * @throws IOException if a resource is missing or cannot be read
     */
    public static String of(Class<?> owner, String template, String json) throws IOException {
        requireNonNull(owner, "owner");
        requireNonNull(json, "json");
        StringBuilder page = new StringBuilder();
        String text = resource(owner, requireNonNull(template, "template"));
        int from = 0;
        for (MatchResult part : PART.matcher(text).results().toList()) {
            page.append(text, from, part.start());
            page.append(part(owner, part.group(1), json));
            from = part.end();
        }
        return page.append(text, from, text.length()).toString();
    }

    /**
     * Fills a template and writes the page; at every instant the file is the page that was there before or this one.
     *
     * @param file where to; its folder is made if there is none
     * @param owner the class beside which the template stands
     * @param template the name of the template
     * @param json what stands for {@code {{data}}}
     * @return the number of bytes written
     * @throws IOException if a resource is missing or the file cannot be written
     */
    public static long write(Path file, Class<?> owner, String template, String json) throws IOException {
        return write(requireNonNull(file, "file"), of(owner, template, json));
    }

    /** Writes a page that is complete. */
    static long write(Path file, String text) throws IOException {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        makeFolder(file);
        AtomicFile.write(file, page.length, out -> out.write(page));
        return page.length;
    }

    /**
     * Makes the folder that a page is to stand in, if there is none.
     *
     * @param file the page
     * @throws IOException if it cannot be made
     */
    public static void makeFolder(Path file) throws IOException {
        Path folder = requireNonNull(file, "file").toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** The data, a part that is a template itself, or a script or style sheet. */
    private static String part(Class<?> owner, String name, String json) throws IOException {
        if (name.equals("data")) {
            return json.replace("<", "\\u003c");
        }
        return name.endsWith(".html") ? of(owner, name, json).strip() : inlined(owner, name);
    }

    /** A script or style sheet as it can stand in a page: it cannot end its element, and asks for no other file. */
    private static String inlined(Class<?> owner, String name) throws IOException {
        String text = resource(owner, LIBRARIES.getOrDefault(name, name));
        String alone = LIBRARIES.containsKey(name)
                ? SOURCE_MAP.matcher(text).replaceAll("")
                : INDENTATION.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
        return END_OF_SCRIPT.matcher(alone).replaceAll("<\\\\/").strip();
    }

    private static String resource(Class<?> owner, String name) throws IOException {
        for (Class<?> place : List.of(owner, Page.class)) {
            try (InputStream stream = place.getResourceAsStream(name)) {
                if (stream != null) {
                    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new FileNotFoundException("the resource " + name + " is missing");
    }
}

package org.ejgrad.examples.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that asks for a page beside what is printed. */
public final class PageOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--page", description = "write this as a page too; its folder is made if there is none")
    private Optional<Path> page = Optional.empty();

    /** No page. */
    public PageOption() {}

    /**
     * Makes the folder of the page that was asked for, before anything is computed for it.
     *
     * @throws IllegalArgumentException if the file is a folder
     */
    public void requireWritable() {
        page.ifPresent(file -> Outputs.requireWritable("--page", file));
    }

    /**
     * Begins a story that the command prints, if the file of the page that was asked for can be written.
     *
     * @param title the page's
     * @param lead what it is about, in a sentence or two, as {@link String#format} has it
     * @param parts what stands in the lead
     * @return a story that has its lead
     * @throws IllegalArgumentException if the file is a folder
     */
    public Story begin(String title, String lead, Object... parts) {
        requireNonNull(title, "title");
        String text = Story.filled(requireNonNull(lead, "lead"), parts);
        requireWritable();
        return new Story(title, text, out());
    }

    /** Where the command prints; nowhere, if this is no command's. */
    private PrintWriter out() {
        return Optional.ofNullable(command.commandLine())
                .map(CommandLine::getOut)
                .orElseGet(() -> new PrintWriter(OutputStream.nullOutputStream(), false, UTF_8));
    }

    /**
     * Writes the page, if one was asked for, and prints where it is.
     *
     * @param story what was told
     * @return the exit code of a command that has told all
     * @throws IOException if the page cannot be written
     */
    public int end(Story story) throws IOException {
        return end(story, () -> {});
    }

    /**
     * Writes the page, if one was asked for, and prints where it is.
     *
     * @param story what was told
     * @param more tells what stands on the page alone
     * @return the exit code of a command that has told all
     * @throws IOException if the page cannot be written
     */
    public int end(Story story, Runnable more) throws IOException {
        requireNonNull(story, "story");
        requireNonNull(more, "more");
        if (page.isPresent()) {
            more.run();
            out().printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), story.write(page.get()) / 1000);
        }
        out().flush();
        return 0;
    }
}

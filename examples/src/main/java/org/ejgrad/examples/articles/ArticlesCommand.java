package org.ejgrad.examples.articles;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejgrad.examples.story.PageOption;
import org.ejgrad.examples.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code articles}: the figures of four articles on cross-entropy beside ours, and their claims put to the test. */
@Command(
        name = "articles",
        mixinStandardHelpOptions = true,
        footer = "%nExample: articles",
        description = "Computes every numeric example of four articles on cross-entropy and tests what they claim.")
public final class ArticlesCommand implements Callable<Integer> {
    private static final String LEGEND = "Figures of four articles on cross-entropy: what, the article's figure, ours. "
            + "Ours are computed as this is printed." + System.lineSeparator()
            + "A line that begins with ! is one where the article is rounded wrongly, inconsistent or wrong.";

    private static final List<String> HEADINGS = List.of("Figure", "The article", "Ours", "Remark");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", defaultValue = "0", description = "of the random data of the derivation")
    private long seed;

    @Mixin
    private PageOption page = new PageOption();

    /** Made by the command line. */
    public ArticlesCommand() {}

    static List<Chapter> chapters(long seed) {
        return List.of(
                Overview.chapter(),
                ClippingPolicies.chapter(),
                Derivation.chapter(),
                Likelihood.chapter(seed),
                Company.chapter(),
                Saturation.chapter(),
                Robustness.chapter(),
                Questions.chapter(),
                WrongClasses.chapter(),
                ThousandLabels.chapter(),
                Entropies.chapter());
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Story story = page.begin("Four articles on cross-entropy", LEGEND, out);
        for (Chapter chapter : chapters(seed)) {
            chapter.print(out);
            story.chapter(chapter.title(), chapter.introduction());
            story.tabulates(
                    HEADINGS, chapter.figures().stream().map(Figure::cells).toList());
        }
        page.write(story::write, out);
        return 0;
    }
}

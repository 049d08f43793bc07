package org.ejgrad.examples.articles;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejgrad.examples.story.PageOption;
import org.ejgrad.examples.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
        Story story = page.begin("Four articles on cross-entropy", LEGEND);
        for (Chapter chapter : chapters(seed)) {
            story.printsOnly(chapter::print);
            story.chapter(chapter.title(), chapter.introduction());
            story.tabulates(
                    HEADINGS, chapter.figures().stream().map(Figure::cells).toList());
        }
        return page.end(story);
    }
}

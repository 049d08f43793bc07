package org.ejgrad.examples.remedies;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.data.Dataset;
import picocli.CommandLine.Command;

/** {@code pseudolabels}: a few labelled digits and many without a label, which the network labels itself. */
@Command(
        name = "pseudolabels",
        footer = "%nExample: pseudolabels --seeds 3",
        description = "Learns digits from few labelled and many unlabelled rows.")
public final class PseudoLabelsCommand extends ComparingCommand {
    static final List<String> MEASURES = List.of("test accuracy", "pseudo-labels", "of them right");
    static final String ALONE = "labelled rows only";
    static final String ROUNDS = "4 rounds of pseudo-labels";
    private static final int[] LABELLED = {5, 20};

    /** Made by the command line. */
    public PseudoLabelsCommand() {}

    static Comparison compare(Dataset digits, int perClass, Seeds seeds) {
        PseudoLabels few = new PseudoLabels(digits, perClass);
        return Comparison.of(
                MEASURES,
                List.of(
                        new Treatment(ALONE, seed -> few.run(0, seed)),
                        new Treatment("1 round of pseudo-labels", seed -> few.run(1, seed)),
                        new Treatment(ROUNDS, seed -> few.run(4, seed)),
                        new Treatment("all true labels", few::allLabels)),
                seeds);
    }

    @Override
    public Integer call() throws IOException {
        Story story = page.begin(
                "Pseudo-labels", "Few digits have a label; the network labels the other training digits itself.");
        Dataset digits = Sources.digits();
        for (int perClass : LABELLED) {
            story.chapter(perClass + " labelled digits of each class", "");
            story.says(perClass + " digits of each class have a label, the other training digits have none.");
            story.printsOnly(PrintWriter::println);
            Comparison comparison = compare(digits, perClass, seeds);
            story.compares(comparison, Map.of("test accuracy", HIGHER));
        }
        return page.end(story);
    }
}

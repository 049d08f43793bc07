package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Correct gradients of random programs are not refuted, and hardly any stays undecided. */
class RandomProgramsTest {
    @Test
    void correctGradientsRaiseNoAlarm() {
        int cases = Campaign.cases(400, 10_000);
        int alarms = 0;
        int undecided = 0;
        int naive = 0;
        int entries = 0;
        int undecidedEntries = 0;
        long evaluations = 0;
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            RandomProgram program = new RandomProgram(i, true);
            CheckReport report = GradientCheck.of(program.loss).run();
            alarms += report.refuted() ? 1 : 0;
            undecided += !report.refuted() && !report.passed() ? 1 : 0;
            entries += report.entries().size();
            evaluations += report.evaluations();
            for (CheckedEntry entry : report.entries()) {
                undecidedEntries += entry.verdict() instanceof Verdict.CannotTell ? 1 : 0;
            }
            if (!report.passed() && shown.size() < 3) {
                shown.add("program " + i + ": " + report.worst());
            }
            naive += NaiveCheck.passes(program.loss) ? 0 : 1;
        }
        Campaign.print(
                "random programs: %d checks, %d false alarms, %d cannot tell; %d entries, %d cannot tell; "
                        + "%.1f evaluations per entry; naive fixed step: %d false alarms",
                cases, alarms, undecided, entries, undecidedEntries, (double) evaluations / entries, naive);
        shown.forEach(line -> Campaign.print("  %s", line));
        assertTrue(alarms <= 0.0005 * cases, shown.toString());
        assertTrue(undecidedEntries <= 0.01 * entries, undecidedEntries + " of " + entries + ": " + shown);
    }
}

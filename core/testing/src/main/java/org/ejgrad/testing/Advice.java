package org.ejgrad.testing;

import org.ejgrad.check.CheckReport;
import org.ejgrad.check.Diagnosis;
import org.ejgrad.check.Mistake;
import org.ejgrad.check.Verdict;

/** What somebody can do whose test has failed. */
final class Advice {
    private Advice() {}

    /** One sentence, for the worst verdict of a report that does not confirm its gradient. */
    static String on(CheckReport report) {
        return "What to do: " + sentence(report);
    }

    private static String sentence(CheckReport report) {
        Verdict worst = report.worst().verdict();
        String place = report.worst().place();
        if (worst instanceof Verdict.CannotTell) {
            return "nothing refutes the gradient, but the figures cannot certify it everywhere; check it at another"
                    + " point, or accept wider bars by a larger tolerance.";
        }
        if (worst instanceof Verdict.NonFinite) {
            return "check it at a point where everything is finite, or mend the operation that makes the first NaN.";
        }
        if (worst instanceof Verdict.NonDeterministic) {
            return "let the function give the same number at the same point, with random numbers from a fixed seed.";
        }
        if (worst instanceof Verdict.InputMutated) {
            return "copy the matrix or array before changing it.";
        }
        if (worst instanceof Verdict.Inconsistent) {
            return "mend what the verdict names; until then no entry can be measured.";
        }
        if (worst instanceof Verdict.KinkOther) {
            return "give the documented slope at the kink, or accept every subgradient with anySubgradient.";
        }
        if (worst instanceof Verdict.KinkOut) {
            return "give a slope between the two one-sided ones at " + place + ".";
        }
        if (worst instanceof Verdict.Singular || worst instanceof Verdict.Edge) {
            return "check it at a point away from the edge of the function's domain.";
        }
        return report.diagnosis().map(Diagnosis::mistake).orElse(Mistake.UNKNOWN) == Mistake.UNKNOWN
                ? "derive the gradient again, beginning with " + place + "."
                : "mend the gradient as the diagnosis above says, and check it again.";
    }
}

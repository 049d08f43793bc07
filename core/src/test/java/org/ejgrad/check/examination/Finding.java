package org.ejgrad.check.examination;

import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.Verdict;

/** How the checker's verdict on one claim is to be judged. */
enum Finding {
    PASSED,
    REFUTED,
    CANNOT_TELL,
    /** A wrong claim that is within the bar which the report states. */
    WITHIN_BAR,
    /** A wrong claim confirmed. */
    CERTIFIED,
    /** A claim that passes as a slope of a kink where it is none. */
    LET_THROUGH;

    /** At a kink, of the larger slope: that a claim may be off by, and a bar. */
    private static final double TOLERANCE = 2e-6;

    static Finding of(CheckedEntry entry, Truth truth, Claim.Kind kind) {
        Verdict verdict = entry.verdict();
        if (verdict.passes()) {
            return kind.isRight() ? PASSED : ofPassed(entry, truth, kind);
        }
        return verdict.refutes() ? REFUTED : CANNOT_TELL;
    }

    private static Finding ofPassed(CheckedEntry entry, Truth truth, Claim.Kind kind) {
        double claim = entry.claimed();
        double rounding = 4 * Math.ulp(claim);
        if (entry.verdict() instanceof Verdict.KinkIn) {
            double size = Math.abs(claim);
            if (truth instanceof Truth.Kink kink) {
                size = kink.size();
            }
            return truth.error(claim) <= TOLERANCE * size + rounding ? WITHIN_BAR : LET_THROUGH;
        }
        double bar = entry.bar();
        double allowed = 2 * bar;
        if (entry.verdict() instanceof Verdict.Edge edge) {
            allowed = 2 * edge.bar();
        }
        if (truth instanceof Truth.Slope slope) {
            allowed = Math.min(allowed, TOLERANCE * Math.max(Math.abs(claim), slope.steepest()));
        }
        double error = truth instanceof Truth.Kink kink && kind == Claim.Kind.BETWEEN
                ? kink.errorOfOneSide(claim)
                : truth.error(claim);
        return error <= allowed + rounding ? WITHIN_BAR : CERTIFIED;
    }

    /** Whether a figure with a bar is reported, and the truth is a slope it can be compared with. */
    static boolean hasBar(CheckedEntry entry, Truth truth) {
        return truth instanceof Truth.Slope && Double.isFinite(entry.numeric()) && Double.isFinite(entry.bar());
    }

    static boolean barHolds(CheckedEntry entry, Truth truth) {
        return truth.error(entry.numeric()) <= entry.bar() + 2 * Math.ulp(entry.numeric());
    }
}

package org.ejgrad.check;

import java.util.function.Function;

/**
 * A historical fault, re-created, with a correct twin.
 *
 * @param thread where it was reported
 * @param story what went wrong
 * @param expected a part of the name that is found for the fault
 * @param examine what is found for the fault (true) or for its twin (false); "clean" if nothing is
 */
record Exhibit(String thread, String story, String expected, Function<Boolean, String> examine) {
    static final String CLEAN = "clean";

    /** What a report calls the fault. */
    static String name(CheckReport report) {
        if (report.diagnosis().isPresent()) {
            Diagnosis diagnosis = report.diagnosis().get();
            return report.worst().verdict().name() + ", " + diagnosis.mistake() + ": " + diagnosis.sentence();
        }
        if (!report.passed()) {
            return report.worst().verdict().name() + ": "
                    + report.worst().verdict().detail();
        }
        return CLEAN;
    }
}

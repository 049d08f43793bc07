package org.ejgrad;

import java.util.stream.Stream;
import org.ejgrad.laws.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every law on every row of the table of tests; {@code -Dejgrad.tries=N} sets how many random inputs each gets. */
class OperationLawsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 100);

    @TestFactory
    Stream<DynamicTest> everyOperationObeysEveryLaw() {
        return Cases.ALL.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> Laws.check(row, TRIES)));
    }
}

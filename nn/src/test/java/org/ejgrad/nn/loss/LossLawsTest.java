package org.ejgrad.nn.loss;

import java.util.stream.Stream;
import org.ejgrad.laws.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every law on every loss; {@code -Dejgrad.tries=N} sets how many random inputs each gets. */
class LossLawsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 100);

    @TestFactory
    Stream<DynamicTest> everyLossObeysEveryLaw() {
        return LossCases.ROWS.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> Laws.check(row, TRIES)));
    }
}

package org.ejgrad.nn.loss;

import java.util.stream.Stream;
import org.ejgrad.laws.Law;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every law on every loss; {@code -Dejgrad.tries=N} tries each on N random inputs. */
class LossLawsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 8);

    @TestFactory
    Stream<DynamicNode> losses() {
        return LossCases.ROWS.stream()
                .flatMap(row -> Stream.of(Law.values())
                        .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES))));
    }
}

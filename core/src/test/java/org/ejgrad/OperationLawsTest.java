package org.ejgrad;

import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.OperationCase;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every law on every operation; {@code -Dejgrad.tries=N} tries each on N random inputs. */
class OperationLawsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 60);

    @TestFactory
    Stream<DynamicNode> elementwise() {
        return tests(ElementwiseCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> functions() {
        return tests(FunctionCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> activations() {
        return tests(ActivationCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> reductions() {
        return tests(ReductionCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> reshaping() {
        return tests(ReshapingCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> moves() {
        return tests(MoveCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> linearAlgebra() {
        return tests(LinearAlgebraCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> inverses() {
        return tests(InverseCases.ROWS);
    }

    @TestFactory
    Stream<DynamicNode> factorizations() {
        return tests(FactorizationCases.ROWS);
    }

    private static Stream<DynamicNode> tests(List<OperationCase> rows) {
        return rows.stream()
                .flatMap(row -> Stream.of(Law.values())
                        .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES))));
    }
}

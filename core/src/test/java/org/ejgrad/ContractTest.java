package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.check.ForeignProcess;
import org.ejgrad.laws.ContractWalk;
import org.junit.jupiter.api.Test;

/** Whatever core's public constructors and methods are given, they return or refuse in words. */
class ContractTest {
    private static ContractWalk walk() throws Exception {
        return ContractWalk.beside(Value.class)
                .without(call -> call.getDeclaringClass() == Trusted.class
                        || call.getName().equals("adopting")
                        // It starts whatever program it is given.
                        || call.getDeclaringClass() == ForeignProcess.class)
                .declared(
                        "CheckReport.requirePassed AssertionError",
                        "CheckReport.worst IllegalStateException",
                        "GradientCheck.threads alone",
                        "Function nulls" // a user's rule, as it was given
                        );
    }

    @Test
    void everyCallReturnsOrRefusesInWords() throws Exception {
        List<String> complaints = walk().complaints(10_000, 500_000);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }
}

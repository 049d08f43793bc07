package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every planted fault is found, by name, element and line. */
class NonFiniteTest {
    @TestFactory
    Stream<DynamicTest> faultsAreFound() {
        return NonFiniteFaults.ALL.entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.getKey(),
                        () -> assertEquals(List.of(), fault.getValue().complaints())));
    }

    @Test
    void nothingIsTracedUnlessAskedFor() {
        NonFinite report =
                NonFinite.in(Value.variable("x", 0).elementLog().square()).orElseThrow();
        assertEquals("", report.madeAt());
        Value traced = Value.variable("x", 0).traced();
        assertEquals("x", traced.label());
        assertTrue(NonFinite.in(traced.elementLog().square())
                .orElseThrow()
                .madeAt()
                .contains("nothingIsTracedUnlessAskedFor"));
    }

    @Test
    void finiteValuesHaveNoFault() {
        Value x = Value.variable("x", new double[][] {{0, 1}});
        Value loss = x.greaterThan(0).where(x.elementLog(), Value.constant(0)).elementSum();
        assertEquals(Optional.empty(), NonFinite.in(loss));
        assertEquals(Optional.empty(), NonFinite.inGradientsOf(loss));
        assertSame(loss, NonFinite.refuseIn(loss));
        assertEquals(1, NonFinite.refuseInGradientsOf(loss).of(x).get(0, 1));
    }

    @Test
    void reportsNameWhatIsNeeded() {
        Value x = Value.variable("x", new double[][] {{4, 2}, {0, 3}});
        Value loss = x.elementLog().labelled("logs").mean();
        NonFiniteException error = assertThrows(NonFiniteException.class, () -> NonFinite.refuseIn(loss));
        assertEquals("""
                elementLog (logs) makes -Infinity at row 1, column 0
                  from x 2x2, from 0.0 to 4.0, here 0.0
                  reached by mean(ALL) ← logs\
                """, error.getMessage());
        assertEquals("logs", error.origin().orElseThrow().label());
    }

    @Test
    void reportsOnGradientsNameTheRule() {
        Value x = Value.variable("x", new double[][] {{4, 2}, {0, 3}});
        Value loss = x.sqrt().elementSum().labelled("loss");
        NonFiniteException error = assertThrows(NonFiniteException.class, () -> NonFinite.refuseInGradientsOf(loss));
        assertEquals("""
                sqrt makes a gradient of Infinity at row 1, column 0 by the rule "dy ⊘ (2y)"
                  from x 2x2, from 0.0 to 4.0, here 0.0
                  from the gradient arriving 2x2, from 1.0 to 1.0, here 1.0
                  reached by loss ← sqrt\
                """, error.getMessage());
    }

    @Test
    void upstreamGradientsAndSumsAreBlamedToo() {
        Value x = Value.variable("x", 2);
        Value y = x.square();
        NonFinite upstream =
                NonFinite.inGradientsOf(y, Value.constant(Double.NaN)).orElseThrow();
        assertEquals(List.of("square"), upstream.path());
        assertEquals("", upstream.formula());
        Value sum = x.scale(1e308).plus(x.scale(1.5e308)).scale(0.5);
        Value huge = sum.plus(sum);
        NonFinite overflow = NonFinite.inGradientsOf(huge).orElseThrow();
        assertEquals("the sum of what its uses hand it", overflow.formula());
        assertEquals("variable", overflow.operation().name());
        assertThrows(
                IllegalArgumentException.class, () -> NonFinite.inGradientsOf(Value.variable("x", new double[1][2])));
    }
}

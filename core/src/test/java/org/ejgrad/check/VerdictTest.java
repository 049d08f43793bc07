package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every verdict has a name, says what stands behind it, and confirms, refutes or leaves open. */
class VerdictTest {
    private record Row(Verdict verdict, String outcome, String name, String detail) {}

    @TestFactory
    Stream<DynamicTest> everyVerdictReadsWell() {
        return Stream.of(
                        new Row(new Verdict.Agree(1e-12), "passes", "agree", ""),
                        new Row(
                                new Verdict.Negligible(1e-9, 2),
                                "passes",
                                "agree-small",
                                "equal to within 1.00000e-09; slopes here reach 2.00000"),
                        new Row(new Verdict.Disagree(0.5), "refutes", "disagree", "claimed/numeric = 0.500000"),
                        new Row(
                                new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.DOCUMENTED),
                                "passes",
                                "kink-in",
                                "slopes -1.00000 | 1.00000, as documented"),
                        new Row(
                                new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.OTHER),
                                "passes",
                                "kink-in",
                                "slopes -1.00000 | 1.00000, not the documented choice"),
                        new Row(
                                new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.FREE),
                                "passes",
                                "kink-in",
                                "slopes -1.00000 | 1.00000, between which any choice passes"),
                        new Row(new Verdict.KinkOut(0, 1), "refutes", "kink-out", "slopes 0.00000 | 1.00000"),
                        new Row(
                                new Verdict.Edge(Side.RIGHT, 2, 0, true),
                                "passes",
                                "domain-edge",
                                "defined to the right only, slope 2.00000"),
                        new Row(
                                new Verdict.Edge(Side.LEFT, 2, 0, false),
                                "refutes",
                                "domain-edge",
                                "defined to the left only, slope 2.00000, which differs"),
                        new Row(
                                new Verdict.Singular(-0.5),
                                "refutes",
                                "singular",
                                "difference quotients grow like step^-0.500000"),
                        new Row(new Verdict.NonFinite("it is NaN"), "refutes", "non-finite", "it is NaN"),
                        new Row(new Verdict.NonDeterministic("1 and 2"), "refutes", "non-deterministic", "1 and 2"),
                        new Row(new Verdict.InputMutated("it wrote"), "refutes", "input-mutated", "it wrote"),
                        new Row(new Verdict.Inconsistent("a and b"), "refutes", "inconsistent", "a and b"),
                        new Row(
                                new Verdict.CannotTell("too loud", "go elsewhere"),
                                "leaves open",
                                "cannot-tell",
                                "too loud; go elsewhere"))
                .map(row -> DynamicTest.dynamicTest(row.name() + ", " + row.outcome(), () -> {
                    Verdict verdict = row.verdict();
                    assertEquals(row.name(), verdict.name());
                    assertEquals(row.detail(), verdict.detail());
                    assertEquals(row.outcome().equals("passes"), verdict.passes());
                    assertEquals(row.outcome().equals("refutes"), verdict.refutes());
                }));
    }

    @Test
    void anEdgeHasOneSide() {
        assertEquals(
                "Edge: side both; expected left or right",
                assertThrows(IllegalArgumentException.class, () -> new Verdict.Edge(Side.BOTH, 1, 0, true))
                        .getMessage());
    }
}

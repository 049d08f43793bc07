package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fixed-step formulas on polynomials, worked out by hand. */
class StepTableTest {
    @Test
    void theFormulasAreExactInWholeNumbers() {
        StepTable.Row row = StepTable.of(t -> t * t * t * t * t, 1, 1).rows().get(0);
        assertEquals(new StepTable.Row(1, 32 - 1, 1 - 0, (32 - 0) / 2, (8 * (32 - 0) - (243 + 1)) / 12), row);
    }

    @Test
    void theErrorsAreThoseOfTaylorsFormula() {
        List<StepTable.Row> rows =
                StepTable.of(t -> t * t * t * t * t, 1, 2).rows().subList(0, 7);
        for (int i = 0; i < rows.size(); i++) {
            StepTable.Row row = rows.get(i);
            double h = Math.pow(10, -i / 2.0);
            assertEquals(h, row.step(), 1e-15);
            assertEquals(5 + 10 * h + 10 * h * h + 5 * h * h * h + h * h * h * h, row.forward(), 1e-11);
            assertEquals(5 - 10 * h + 10 * h * h - 5 * h * h * h + h * h * h * h, row.backward(), 1e-11);
            assertEquals(5 + 10 * h * h + h * h * h * h, row.central(), 1e-11);
            assertEquals(5 - 4 * h * h * h * h, row.fourthOrder(), 1e-11);
        }
    }

    @Test
    void theStepsEndAtTenToTheMinusSixteen() {
        List<StepTable.Row> rows = StepTable.of(t -> t, 0, 3).rows();
        assertEquals(49, rows.size());
        assertEquals(1e-16, rows.get(48).step(), 1e-30);
        rows.forEach(row -> assertEquals(1, row.fourthOrder(), 1e-15));
    }

    @Test
    void theTextShowsTheErrors() {
        StepTable table = new StepTable(
                List.of(new StepTable.Row(0.5, 3, 99, 2.25, 1.5), new StepTable.Row(0.05, 1, 99, 1.75, 2.75)),
                new NumericalDerivative(2.5, 0.75, 0.25, 0, 9));
        assertEquals("""
                      step      forward      central fourth order
                   5.0e-01      1.0e+00      2.5e-01      5.0e-01
                   5.0e-02      1.0e+00      2.5e-01      7.5e-01
                adaptive: error 5.0e-01, bar 7.5e-01, from step 2.5e-01
                """.indent(0), table.errors(2));
    }
}

package org.ejgrad.nn.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Totals and means are the exact ones, rounded once. */
class CompensatedSumProperties {
    @Property(tries = 300)
    void theMeanOfEqualNumbersIsThatNumber(@ForAll double number, @ForAll @IntRange(min = 1, max = 1000) int n) {
        double x = Double.isFinite(number) ? number / 1024 : 0.1;
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < n; i++) {
            sum.add(x);
        }
        assertEquals(x, sum.dividedBy(n), Math.abs(x) < 1e-290 ? Double.MIN_VALUE : 0);
    }

    @Property(tries = 300)
    void totalAndMeanAreRoundedOnce(@ForAll @Size(min = 1, max = 100) List<@IntRange(max = 1_000_000) Integer> parts) {
        CompensatedSum sum = new CompensatedSum();
        BigDecimal exact = BigDecimal.ZERO;
        for (int part : parts) {
            double x = part / 999_983.0 - 0.3;
            sum.add(x);
            exact = exact.add(new BigDecimal(x));
        }
        assertEquals(exact.doubleValue(), sum.total());
        BigDecimal mean = exact.divide(BigDecimal.valueOf(parts.size()), new MathContext(120));
        assertEquals(mean.doubleValue(), sum.dividedBy(parts.size()));
    }

    @Example
    void smallNumbersSurviveLargeOnesAndInfinityStays() {
        CompensatedSum sum = new CompensatedSum().add(1e300).add(1e-3).add(-1e300);
        assertEquals(1e-3, sum.total());
        assertEquals(1e-3, sum.dividedBy(1));
        assertEquals(
                Math.ulp(1.0) / 4,
                new CompensatedSum().add(1).add(Math.ulp(1.0) / 4).beyond(1, 1));
        CompensatedSum infinite =
                new CompensatedSum().add(1).add(Double.POSITIVE_INFINITY).add(1);
        assertEquals(Double.POSITIVE_INFINITY, infinite.total());
        assertEquals(Double.POSITIVE_INFINITY, infinite.dividedBy(3));
        assertEquals(0, new CompensatedSum().total());
    }
}

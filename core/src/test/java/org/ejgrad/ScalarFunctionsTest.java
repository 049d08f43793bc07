package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hyperbolic tangent against fifty digits, and at its edges. */
class ScalarFunctionsTest {
    @Test
    void tanhIsWithinTwoUnitsInTheLastPlace() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(8) - 6);
            double exact = StrictMath.tanh(x);
            assertEquals(exact, ScalarFunctions.tanh(x), 3 * Math.ulp(exact), () -> "tanh " + x);
        }
        for (double x : new double[] {0.1, 0.3, 0.5, 0.6, 0.624, 0.626, 0.7, 0.9, 1.5, 3}) {
            double exact = preciseTanh(x);
            assertEquals(exact, ScalarFunctions.tanh(x), 2 * Math.ulp(exact), () -> "tanh " + x);
        }
    }

    @Test
    void tanhAtItsEdges() {
        assertEquals(0.0, ScalarFunctions.tanh(0.0));
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(ScalarFunctions.tanh(-0.0)));
        assertEquals(1.0, ScalarFunctions.tanh(Double.POSITIVE_INFINITY));
        assertEquals(-1.0, ScalarFunctions.tanh(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(ScalarFunctions.tanh(Double.NaN)));
        assertEquals(Double.MIN_VALUE, ScalarFunctions.tanh(Double.MIN_VALUE));
    }

    /** tanh x = (e²ˣ − 1)/(e²ˣ + 1) by the power series of e in fifty digits. */
    private static double preciseTanh(double x) {
        MathContext digits = new MathContext(50);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal exp = BigDecimal.ONE;
        for (int k = 1; k < 120; k++) {
            power = power.multiply(new BigDecimal(2 * x)).divide(BigDecimal.valueOf(k), digits);
            exp = exp.add(power, digits);
        }
        return exp.subtract(BigDecimal.ONE)
                .divide(exp.add(BigDecimal.ONE), digits)
                .doubleValue();
    }
}

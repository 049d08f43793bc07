package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** How pages write the engine's numbers, and how many of them were compared. */
final class Shown {
    private int compared;

    /** As many significant digits as the page's {@code figure} shows, and every digit of a whole part. */
    static String figure(double number, int digits) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(number);
        int whole = size < 1e7 ? Long.toString((long) size).length() : 0;
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(Math.max(digits, whole), RoundingMode.HALF_UP));
        if (size == 0) {
            return "0";
        }
        if (size >= 1e-4 && size < 1e7) {
            return rounded.stripTrailingZeros().toPlainString().replace('-', '−');
        }
        String unscaled = rounded.stripTrailingZeros().unscaledValue().abs().toString();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return (number < 0 ? "−" : "") + unscaled.charAt(0) + (unscaled.length() > 1 ? "." : "")
                + unscaled.substring(1) + "e"
                + (exponent < 0 ? "−" : "+") + Math.abs(exponent);
    }

    /** One number as the page writes it. */
    void requireFigure(double engine, int digits, String text) {
        assertEquals(figure(engine, digits), text.strip());
        compared++;
    }

    /** Values of JSON from both sides, to the last bit. */
    void requireSame(Object engine, Object page, String where) {
        if (engine instanceof List<?> a && page instanceof List<?> b) {
            assertEquals(a.size(), b.size(), where);
            for (int i = 0; i < a.size(); i++) {
                requireSame(a.get(i), b.get(i), where + "/" + i);
            }
        } else if (engine instanceof Map<?, ?> a && page instanceof Map<?, ?> b) {
            assertEquals(a.keySet(), b.keySet(), where);
            a.forEach((key, value) -> requireSame(value, b.get(key), where + "/" + key));
        } else {
            assertEquals(engine, page, where);
            compared += engine instanceof Number ? 1 : 0;
        }
    }

    int compared() {
        return compared;
    }
}

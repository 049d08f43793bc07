package org.ejgrad.examples.articles;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.StringJoiner;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;

/** Rows of numbers: given, random, and as they are printed. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(13);

    private Numbers() {}

    static Value row(double... numbers) {
        return Value.constant(new double[][] {numbers});
    }

    static Value column(double... numbers) {
        return row(numbers).transpose();
    }

    /** Numbers that a loss is to be differentiated by. */
    static Value unknown(double... numbers) {
        return Value.variable("x", new double[][] {numbers});
    }

    static SimpleMatrix gaussian(int rows, int columns, long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix matrix = new SimpleMatrix(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.set(i, random.nextGaussian());
        }
        return matrix;
    }

    /** A number, or a row of numbers in brackets, with thirteen digits. */
    static String text(Value value) {
        if (value.shape().elements() == 1) {
            return text(value.scalar());
        }
        StringJoiner numbers = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < value.getNumCols(); i++) {
            numbers.add(text(value.get(0, i)));
        }
        return numbers.toString();
    }

    private static String text(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
        }
        BigDecimal shown = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        boolean plain = number == 0 || (Math.abs(number) >= 1e-5 && Math.abs(number) < 1e13);
        return (plain
                        ? shown.toPlainString()
                        : shown.toString().replace("E+", "e").replace('E', 'e'))
                .replace('-', '−');
    }
}

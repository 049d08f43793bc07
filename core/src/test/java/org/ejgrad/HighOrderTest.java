package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives up to order 10, by nesting, against closed forms computed with 60 digits. */
class HighOrderTest {
    private static final int ORDERS = 10;
    private static final double TOLERANCE = 1e-10;
    private static final MathContext DIGITS = new MathContext(60);

    /** Where they are 0 as doubles they are that, and no ∞·0 of a square on the way. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.MAX_VALUE, 1e300, 1e200, 1e160, 1e140})
    void derivativesFarAwayAreZero(double far) {
        List<UnaryOperator<Value>> functions = List.of(
                Value::asinh,
                Value::acosh,
                Value::atan,
                Value::erf,
                Value::erfc,
                Value::gelu,
                Value::geluTanh,
                Value::mish,
                Value::silu,
                Value::softplus,
                Value::softsign,
                Value::tanh,
                Value::elementLog);
        for (int f = 0; f < functions.size(); f++) {
            for (double at : new double[] {far, -far}) {
                Function<Value, Value> derivative = functions.get(f)::apply;
                boolean isNone =
                        Double.isNaN(derivative.apply(Value.constant(at)).scalar());
                for (int order = 1; order <= 6 && !isNone; order++) {
                    Function<Value, Value> before = derivative;
                    derivative = x -> Derivatives.gradient(before, x);
                    double found = derivative.apply(Value.constant(at)).scalar();
                    assertEquals(0, order < 3 ? 0 : found, 1e-300, "function " + f + ", order " + order + " at " + at);
                }
            }
        }
    }

    /** With t = tanh x, each derivative is a polynomial in t, and (tⁿ)' = n·tⁿ⁻¹·(1 − t²). */
    @ParameterizedTest
    @ValueSource(doubles = {-1.3, 0.25, 0.7, 2.5})
    void tanh(double x) {
        BigDecimal e = exp(new BigDecimal(x).multiply(BigDecimal.valueOf(2)));
        BigDecimal t = e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
        BigInteger[] polynomial = coefficients(0, 1);
        for (int order = 0; order <= ORDERS; order++) {
            assertDerivative(Value::tanh, order, x, evaluate(polynomial, t));
            polynomial = times(slope(polynomial), coefficients(1, 0, -1));
        }
    }

    /** With s = σ(x) = softplus'(x), each further derivative is a polynomial in s, and s' = s − s². */
    @ParameterizedTest
    @ValueSource(doubles = {-1.3, 0.25, 0.7, 2.5})
    void softplus(double x) {
        BigDecimal s = BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(new BigDecimal(-x))), DIGITS);
        BigInteger[] polynomial = coefficients(0, 1);
        for (int order = 1; order <= ORDERS; order++) {
            assertDerivative(Value::softplus, order, x, evaluate(polynomial, s));
            polynomial = times(slope(polynomial), coefficients(0, 1, -1));
        }
    }

    /** f = xˣ has f' = f·g with g = 1 + ln x, and by Leibniz f⁽ⁿ⁺¹⁾ = Σ C(n, k)·f⁽ⁿ⁻ᵏ⁾·g⁽ᵏ⁾. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.7, 1.5, 2.5})
    void selfPower(double x) {
        BigDecimal point = new BigDecimal(x);
        BigDecimal[] g = new BigDecimal[ORDERS];
        BigDecimal logarithm = log(point);
        g[0] = logarithm.add(BigDecimal.ONE);
        for (int k = 1; k < ORDERS; k++) {
            g[k] = k == 1
                    ? BigDecimal.ONE.divide(point, DIGITS)
                    : g[k - 1].multiply(BigDecimal.valueOf(1 - k)).divide(point, DIGITS);
        }
        BigDecimal[] f = new BigDecimal[ORDERS + 1];
        f[0] = exp(point.multiply(logarithm));
        for (int n = 0; n < ORDERS; n++) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal binomial = BigDecimal.ONE;
            for (int k = 0; k <= n; k++) {
                sum = sum.add(binomial.multiply(f[n - k]).multiply(g[k]), DIGITS);
                binomial = binomial.multiply(BigDecimal.valueOf(n - k)).divide(BigDecimal.valueOf(k + 1), DIGITS);
            }
            f[n + 1] = sum;
        }
        for (int order = 0; order <= ORDERS; order++) {
            assertDerivative(v -> v.elementMult(v.elementLog()).elementExp(), order, x, f[order]);
        }
    }

    /** (k·x² + c)/w³ or (k·x² + c)/w^(5/2) with w = ±1 ± x². */
    private record ThirdSlope(Function<Value, Value> f, int k, int c, int one, int square, boolean byRoot) {
        BigDecimal at(BigDecimal x) {
            BigDecimal xx = x.multiply(x);
            BigDecimal w = xx.multiply(BigDecimal.valueOf(square)).add(BigDecimal.valueOf(one));
            BigDecimal power = byRoot ? w.sqrt(DIGITS).multiply(w.pow(2), DIGITS) : w.pow(3);
            return xx.multiply(BigDecimal.valueOf(k)).add(BigDecimal.valueOf(c)).divide(power, DIGITS);
        }

        boolean has(double x) {
            return square > 0 ? one > 0 || x > 1 : Math.abs(x) < 1;
        }
    }

    @Test
    void thirdSlopesOfInverseFunctionsKeepTheirDigits() {
        List<ThirdSlope> functions = List.of(
                new ThirdSlope(Value::atan, 6, -2, 1, 1, false),
                new ThirdSlope(Value::atanh, 6, 2, 1, -1, false),
                new ThirdSlope(Value::asinh, 2, -1, 1, 1, true),
                new ThirdSlope(Value::acosh, 2, 1, -1, 1, true),
                new ThirdSlope(Value::asin, 2, 1, 1, -1, true),
                new ThirdSlope(Value::acos, -2, -1, 1, -1, true));
        double[] points = {
            1e-320, 1e-200, 1e-9, 0.3, 0.99, 1 - 1e-12, 1 + 1e-12, 1.01, 2.5, 1e9, 3.8e52, 1e76, 1e100, 1e153
        };
        for (ThirdSlope function : functions) {
            for (double x : points) {
                for (double at : new double[] {x, -x}) {
                    if (function.has(at)) {
                        double exact = function.at(new BigDecimal(at)).doubleValue();
                        double actual = derivative(function.f, 3, at);
                        assertEquals(exact, actual, 1e-14 * Math.abs(exact), () -> function + " at " + at);
                    }
                }
            }
            for (double x : new double[] {1e155, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
                if (function.has(x)) {
                    for (int order = 3; order <= 4; order++) {
                        assertEquals(0, Math.abs(derivative(function.f, order, x)));
                    }
                }
            }
        }
    }

    @Test
    void whereThereIsNoValueThereIsNoDerivativeOfAnyOrder() {
        List<Function<Value, Value>> functions = List.of(
                Value::sqrt,
                Value::rsqrt,
                Value::elementLog,
                Value::log2,
                Value::log10,
                Value::log1p,
                Value::logit,
                Value::asin,
                Value::acos,
                Value::acosh,
                Value::atanh,
                x -> x.elementPower(1.5),
                x -> x.elementPower(Value.constant(-0.5)),
                x -> Value.constant(2).xlogy(x));
        double[] sizes = {1e-300, 0.1, 0.86, 1 + 1e-9, 2.5, 2.85, 1e8, 1e17, 1e100, 1e160, 1e200, Double.MAX_VALUE};
        int outside = 0;
        for (Function<Value, Value> function : functions) {
            for (double size : sizes) {
                for (double x : new double[] {size, -size}) {
                    if (Double.isNaN(function.apply(Value.constant(x)).scalar())) {
                        outside++;
                        for (int order = 1; order <= 5; order++) {
                            assertEquals(Double.NaN, derivative(function, order, x), "order " + order + " at " + x);
                        }
                    }
                }
            }
        }
        assertEquals(195, outside);
    }

    private static double derivative(Function<Value, Value> f, int order, double x) {
        return nested(f, order, (g, y) -> Derivatives.gradient(g, y))
                .apply(Value.constant(x))
                .scalar();
    }

    private static void assertDerivative(Function<Value, Value> f, int order, double x, BigDecimal expected) {
        double exact = expected.doubleValue();
        Value at = Value.constant(x);
        double reverse = derivative(f, order, x);
        assertEquals(exact, reverse, TOLERANCE * Math.abs(exact), () -> "order " + order + ", backward");
        if (order <= 4) {
            Value one = Value.constant(1);
            double forward = nested(f, order, (g, y) -> Derivatives.jacobianVector(g, y, one))
                    .apply(at)
                    .scalar();
            assertEquals(exact, forward, TOLERANCE * Math.abs(exact), () -> "order " + order + ", forward");
        }
    }

    @FunctionalInterface
    private interface Derivative {
        Value of(Function<Value, Value> function, Value at);
    }

    private static Function<Value, Value> nested(Function<Value, Value> f, int order, Derivative derivative) {
        return order == 0 ? f : x -> derivative.of(nested(f, order - 1, derivative), x);
    }

    // ---- exact arithmetic -------------------------------------------------------------------------------------------

    /** From the constant term up. */
    private static BigInteger[] coefficients(long... numbers) {
        BigInteger[] result = new BigInteger[numbers.length];
        java.util.Arrays.setAll(result, i -> BigInteger.valueOf(numbers[i]));
        return result;
    }

    private static BigInteger[] slope(BigInteger[] p) {
        BigInteger[] result = new BigInteger[p.length - 1];
        java.util.Arrays.setAll(result, i -> p[i + 1].multiply(BigInteger.valueOf(i + 1)));
        return result;
    }

    private static BigInteger[] times(BigInteger[] p, BigInteger[] q) {
        BigInteger[] result = new BigInteger[p.length + q.length - 1];
        java.util.Arrays.fill(result, BigInteger.ZERO);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < q.length; j++) {
                result[i + j] = result[i + j].add(p[i].multiply(q[j]));
            }
        }
        return result;
    }

    private static BigDecimal evaluate(BigInteger[] p, BigDecimal t) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = p.length - 1; i >= 0; i--) {
            sum = sum.multiply(t, DIGITS).add(new BigDecimal(p[i]), DIGITS);
        }
        return sum;
    }

    private static BigDecimal exp(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; k < 120; k++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    /** Newton's method on exp. */
    private static BigDecimal log(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            y = y.add(x.divide(exp(y), DIGITS).subtract(BigDecimal.ONE), DIGITS);
        }
        return y;
    }
}

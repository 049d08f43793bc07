package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The error bar contains the truth, and is narrow: smooth functions against their closed forms. */
class ErrorBarsTest {
    record Smooth(String name, DoubleUnaryOperator function, DoubleUnaryOperator derivative, double x) {}

    private static double random(int i, int k, double low, double high) {
        return low + (high - low) * Randomness.uniform(11, i, k);
    }

    static Smooth smooth(int i) {
        double a = random(i, 1, 0.3, 3) * (Randomness.bit(12, i) ? 1 : -1);
        double b = random(i, 2, -2, 2);
        double c = random(i, 3, -3, 3);
        double x = random(i, 4, -2, 2);
        double p = random(i, 5, 0.1, 4);
        double positive = Math.exp(random(i, 6, -6, 4));
        return switch (i % 20) {
            case 0 -> new Smooth("sin", t -> Math.sin(a * t + b), t -> a * Math.cos(a * t + b), x);
            case 1 -> new Smooth("exp", t -> Math.exp(a * t), t -> a * Math.exp(a * t), x);
            case 2 -> new Smooth("log", Math::log, t -> 1 / t, positive);
            case 3 -> new Smooth("tanh", t -> Math.tanh(a * t + b), t -> a / Math.pow(Math.cosh(a * t + b), 2), x / 2);
            case 4 -> new Smooth("sqrt", Math::sqrt, t -> 0.5 / Math.sqrt(t), positive);
            case 5 -> new Smooth("runge", t -> 1 / (1 + t * t), t -> -2 * t / Math.pow(1 + t * t, 2), x);
            case 6 -> new Smooth("power", t -> Math.pow(t, p), t -> p * Math.pow(t, p - 1), positive);
            case 7 ->
                new Smooth(
                        "sigmoid", t -> 1 / (1 + Math.exp(-t)), t -> 1 / (1 + Math.exp(-t)) / (1 + Math.exp(t)), 3 * x);
            case 8 -> new Smooth("softplus", t -> Math.log1p(Math.exp(t)), t -> 1 / (1 + Math.exp(-t)), 3 * x);
            case 9 ->
                new Smooth(
                        "damped wave",
                        t -> Math.exp(-t) * Math.sin(a * t),
                        t -> Math.exp(-t) * (a * Math.cos(a * t) - Math.sin(a * t)),
                        x);
            case 10 -> new Smooth("atan", t -> Math.atan(a * t), t -> a / (1 + a * a * t * t), x);
            case 11 ->
                new Smooth("cubic", t -> ((a * t + b) * t + c) * t + p, t -> (3 * a * t + 2 * b) * t + c, 10 * x);
            case 12 -> new Smooth("gauss", t -> Math.exp(-t * t), t -> -2 * t * Math.exp(-t * t), x);
            case 13 -> new Smooth("entropy", t -> t * Math.log(t), t -> 1 + Math.log(t), positive);
            case 14 ->
                new Smooth("sin of exp", t -> Math.sin(Math.exp(t)), t -> Math.exp(t) * Math.cos(Math.exp(t)), x);
            case 15 ->
                new Smooth(
                        "log-sum-exp",
                        t -> Math.log(Math.exp(t) + Math.exp(b) + Math.exp(c)),
                        t -> Math.exp(t) / (Math.exp(t) + Math.exp(b) + Math.exp(c)),
                        x);
            case 16 -> new Smooth("with offset", t -> 100 * c + Math.sin(t), Math::cos, x);
            case 17 -> new Smooth("fast wave", t -> Math.sin(50 * t), t -> 50 * Math.cos(50 * t), x);
            case 18 -> new Smooth("tiny", t -> 1e-6 * Math.sin(t), t -> 1e-6 * Math.cos(t), x);
            default ->
                new Smooth(
                        "quotient",
                        t -> Math.sin(t) / (3 + Math.cos(a * t)),
                        t -> (Math.cos(t) * (3 + Math.cos(a * t)) + a * Math.sin(t) * Math.sin(a * t))
                                / Math.pow(3 + Math.cos(a * t), 2),
                        x);
        };
    }

    @Test
    void barsHoldAndAreNarrow() {
        int cases = Campaign.cases(2000, 10_000);
        int held = 0;
        int evaluations = 0;
        List<Double> widths = new ArrayList<>();
        List<String> misses = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            Smooth smooth = smooth(i);
            NumericalDerivative measured = NumericalDerivative.of(smooth.function, smooth.x);
            double exact = smooth.derivative.applyAsDouble(smooth.x);
            evaluations += measured.evaluations();
            widths.add(measured.bar() / Math.abs(exact));
            if (Math.abs(measured.value() - exact) <= measured.bar()) {
                held++;
            } else {
                misses.add(smooth.name + " at " + smooth.x + ": " + measured + ", exact " + exact);
            }
        }
        Collections.sort(widths);
        double median = widths.get(cases / 2);
        Campaign.print(
                "error bar holds in %d of %d smooth cases; median bar %.2e, 99%% below %.2e; %.1f evaluations each",
                held, cases, median, widths.get(cases * 99 / 100), (double) evaluations / cases);
        misses.forEach(miss -> Campaign.print("  missed: %s", miss));
        assertTrue(held >= 0.999 * cases, misses.toString());
        assertTrue(median <= 1e-10, "median bar " + median);
    }
}

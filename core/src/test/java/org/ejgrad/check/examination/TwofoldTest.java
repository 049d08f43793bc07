package org.ejgrad.check.examination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The exact derivatives that the checker is examined with are exact themselves. */
class TwofoldTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final double CLOSE = 1e-29;

    /** Function, argument (as a double), and 36 digits. */
    private static final List<String> FIGURES = List.of(
            "sin 1.0 0.841470984807896506652502321630299000",
            "sin -0.3 -0.295520206661339564498955080766944501",
            "sin 22.0 -0.00885130929040387592169025681577233246",
            "sin 1000000000000.0 -0.611238702376889498192020415324630566",
            "sin -123456.789 0.998664082343224525310144150599457489",
            "sin 3e-09 0.00000000299999999999999997554962123508265063",
            "cos 1.0 0.540302305868139717400936607442976604",
            "cos 1.5707963267948966 6.12323399573676588613032966137500146e-17",
            "cos 1000000000000.0 0.791446301852890270053766214114332304",
            "cos -2.5 -0.801143615546933714833502790467351664",
            "exp 1.0 2.71828182845904523536028747135266250",
            "exp -0.7 0.496585303791409536757617611785564939",
            "exp 300.5 3.20251971460363283665032168624903622e+130",
            "exp -650.25 3.98119218063291453426527626012767642e-283",
            "exp 1e-10 1.00000000010000000000500000364338640",
            "expm1 1e-10 0.000000000100000000005000003643386398580766964",
            "expm1 -0.2 -0.181269246922018150419801821739652646",
            "expm1 0.29 0.336427488025472076670709402014420239",
            "log 2.0 0.693147180559945309417232121458176568",
            "log 10.0 2.30258509299404568401799145468436421",
            "log 1e-300 -690.775527898213705180338344570100503",
            "log 0.9999999 -0.000000100000004947364743290162628832054271",
            "log 7.5e+200 462.531921619351401643219624065650718",
            "tanh 0.5 0.462117157260009758502318483643672549",
            "tanh 1e-08 0.00000000999999999999999987589227496795138583",
            "tanh -3.0 -0.995054753686730451331880185255488475",
            "tanh 15.0 0.999999999999812847540623214020923209",
            "sqrt 2.0 1.41421356237309504880168872420969808",
            "sqrt 1e-200 9.99999999999999991050131199541379758e-101",
            "sqrt 3e+151 5.47722557505166104891031936012086539e+75");

    private static BigDecimal decimal(Twofold x) {
        return new BigDecimal(x.high()).add(new BigDecimal(x.low()));
    }

    private static void assertClose(BigDecimal expected, Twofold y, String message) {
        BigDecimal error = decimal(y).subtract(expected).abs();
        assertTrue(error.compareTo(expected.abs().multiply(new BigDecimal(CLOSE))) <= 0, message + ": " + y);
    }

    private static Twofold function(String name, Twofold x) {
        return switch (name) {
            case "sin" -> x.sin();
            case "cos" -> x.cos();
            case "exp" -> x.exp();
            case "expm1" -> x.expm1();
            case "log" -> x.log();
            case "tanh" -> x.tanh();
            default -> x.sqrt();
        };
    }

    @Test
    void functionsHaveTheirFigures() {
        for (String line : FIGURES) {
            String[] parts = line.split(" ");
            Twofold y = function(parts[0], Twofold.of(Double.parseDouble(parts[1])));
            assertClose(new BigDecimal(parts[2]), y, line);
        }
    }

    @Test
    void arithmeticIsThatOfDecimals() {
        Dice dice = new Dice(1, 0, 0);
        for (int i = 0; i < 1000; i++) {
            double a = dice.sign() * dice.scale(-100, 100);
            double b = dice.sign() * dice.scale(-100, 100);
            Twofold x = Twofold.of(a).plus(a * dice.uniform(0, 1e-17));
            Twofold y = Twofold.of(b).plus(b * dice.uniform(0, 1e-17));
            assertClose(decimal(x).multiply(decimal(y)), x.times(y), "product");
            assertClose(decimal(x).divide(decimal(y), DIGITS), x.over(y), "quotient");
            assertClose(decimal(x).add(decimal(y)), x.plus(y), "sum");
        }
        Twofold near = Twofold.of(1).plus(1e-17);
        assertClose(new BigDecimal(1e-17), near.minus(Twofold.of(1)), "difference");
    }

    @Test
    void powersAreThoseOfDecimals() {
        Twofold x = Twofold.of(1.75);
        assertClose(new BigDecimal(1.75).pow(9), x.pow(9), "power");
        assertClose(BigDecimal.ONE.divide(new BigDecimal(1.75).pow(3), DIGITS), x.pow(-3), "inverse power");
        assertClose(decimal(x.sqrt()), x.pow(0.5), "root");
        assertEquals(0, Twofold.of(0).pow(1.5).high());
    }

    private static void assertSlope(double expected, UnaryOperator<Num> f, double x, int side) {
        assertEquals(expected, Exact.slope(f, x, side).toDouble(), 1e-15 * Math.abs(expected));
    }

    @Test
    void derivativesFollowTheRules() {
        assertSlope(0.611238702376889498, Num::cos, 1e12, 1);
        assertSlope(1 / 3.0, Num::log, 3, 1);
        assertSlope(-4, x -> x.reciprocal(), 0.5, 1);
        assertSlope(12, x -> x.pow(3), 2, 1);
        assertSlope(6.25152875733995505e-18, Num::tanh, 20.5, 1);
    }

    @Test
    void kinksHaveTwoSlopes() {
        assertEquals(new Truth.Kink(-1, 1), Sample.truth(Num::abs, 0));
        assertEquals(new Truth.Kink(0, 1), Sample.truth(Num::relu, 0));
        assertEquals(new Truth.Kink(1, 2), Sample.truth(x -> x.max(x.square()), 1));
        assertEquals(Truth.slope(0), Sample.truth(x -> x.relu().square(), 0));
        assertEquals(Truth.slope(1), Sample.truth(x -> x.clamp(-1, 1), 0.999));
    }

    /** What is said to be the truth agrees with what doubles give, wherever doubles are good enough. */
    @Test
    void truthsOfSmoothSamplesAreNearTheirChords() {
        for (int i = 0; i < 300; i++) {
            Sample sample = Group.SMOOTH.sample(5, i);
            double h = 1e-5;
            double chord = (sample.value(sample.x() + h) - sample.value(sample.x() - h)) / (2 * h);
            assertTrue(sample.truth().error(chord) <= 1e-6 * (1 + Math.abs(chord)), sample.text());
        }
    }
}

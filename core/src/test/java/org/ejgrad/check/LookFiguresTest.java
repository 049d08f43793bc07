package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.junit.jupiter.api.Test;

/**
 * What looks along lines of known functions see, to six digits: they use + - * / and square roots, exact everywhere.
 */
class LookFiguresTest {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("smooth", t -> 1 / (1 + t * t) + 3 * t);
        FUNCTIONS.put("dwarfed", t -> 1e9 + 1 / (1 + t * t));
        FUNCTIONS.put("relu", t -> Math.max(t, 0));
        FUNCTIONS.put("bowl", t -> 1e6 * t * t + 1e-3 * Math.max(t, 0));
        FUNCTIONS.put("loud kink", t -> 1e4 + Math.abs(t) + t / 8);
        FUNCTIONS.put("bent kink", t -> (Math.abs(t) + 3 * t) / (1 + t * t));
        FUNCTIONS.put("trifle", t -> t + 5e-7 * Math.abs(t) + t * t);
        FUNCTIONS.put("small jump", t -> t * t + (t > 1.0001 ? 1e-10 : 0));
        FUNCTIONS.put("parts", LookFiguresTest::parts);
        FUNCTIONS.put("fine waves", t -> t + wave(1e4 * t) / 100);
        FUNCTIONS.put("pole", t -> 1 / t);
        FUNCTIONS.put("cusp", t -> 2 - Math.sqrt(Math.abs(t)));
        FUNCTIONS.put("edge", t -> t < 0 ? Double.NaN : t * t + 3 * t);
        FUNCTIONS.put("stairs", t -> Math.rint(4096 * t) / 4096);
        FUNCTIONS.put("fine stairs", t -> Math.rint(0x1p36 * t) / 0x1p36);
        FUNCTIONS.put("large", t -> 0.5 * t + wave(t));
        FUNCTIONS.put("bend", t -> Math.sqrt(t * t + 1e-17));
    }

    private static double wave(double t) {
        double d = t - Math.rint(t);
        return d * (0.25 - d * d);
    }

    /** A square root by linear parts between multiples of 1/1000. */
    private static double parts(double t) {
        double left = Math.floor(1000 * t) / 1000;
        double low = Math.sqrt(left);
        return low + (Math.sqrt(left + 0.001) - low) * (t - left) * 1000;
    }

    private static String row(String name, String x) {
        DoubleUnaryOperator function = FUNCTIONS.get(name);
        ArrayFunction one = new ArrayFunction(v -> function.applyAsDouble(v[0]), Double.parseDouble(x));
        LineFunction line = one.entry(Block.row(1), 0);
        double center = line.at(0);
        LineSamples looks = LineSamples.along(line, center, Noise.least(center));
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-11s| %-8s|", name, x));
        append(row, looks);
        looks.hear();
        looks.listenFurther();
        looks.lookAround(looks.stencil().rows().get(2).step(), true);
        append(row, looks);
        row.append(String.format(
                Locale.ROOT,
                " %.5e %.5e %d %s",
                new KinkPlace(line, looks).within(),
                looks.stencil().steepest(looks.slope().step()),
                looks.overruled().size(),
                looks.isKinked() ? "kink" : "none"));
        return row.toString();
    }

    private static void append(StringBuilder row, LineSamples looks) {
        Estimate slope = looks.slope();
        row.append(String.format(
                Locale.ROOT,
                " %d %.5e ± %.5e %.3e %.4g |",
                looks.stencil().rows().size(),
                slope.value(),
                slope.bar(),
                looks.noise().level(),
                looks.bendExponent()));
    }

    @Test
    void theTableIsWhatTheLooksSee() {
        String table = """
        smooth     | 0.5     | 8 2.36000e+00 ± 3.08030e-12 2.554e-16 NaN | 12 2.36000e+00 ± 3.55333e-13 2.554e-16 NaN | Infinity 2.38494e+00 0 none
        smooth     | -3      | 7 3.06000e+00 ± 2.04200e-11 9.881e-16 NaN | 11 3.06000e+00 ± 7.17285e-13 9.881e-16 NaN | Infinity 3.06686e+00 0 none
        smooth     | 0       | 7 3.00000e+00 ± 1.56920e-14 1.110e-16 1.000 | 11 3.00000e+00 ± 7.91398e-15 1.110e-16 1.000 | Infinity 3.11867e+00 0 none
        dwarfed    | 0.5     | 7 -6.40005e-01 ± 9.06325e-05 1.110e-07 NaN | 11 -6.39999e-01 ± 6.78623e-05 1.110e-07 NaN | Infinity 6.47211e-01 0 none
        relu       | 0       | 7 5.00000e-01 ± 4.44089e-16 0.000e+00 0.000 | 11 5.00000e-01 ± 4.44089e-16 1.366e-26 0.000 | 1.91143e-24 1.00000e+00 0 kink
        relu       | 1e-3    | 9 1.00000e+00 ± 9.13377e-16 1.110e-19 NaN | 13 1.00000e+00 ± 9.01401e-16 1.110e-19 NaN | Infinity 1.00000e+00 0 none
        relu       | -1e-3   | 9 0.00000e+00 ± 2.20200e-16 0.000e+00 NaN | 13 0.00000e+00 ± 2.20200e-16 0.000e+00 NaN | Infinity 9.91693e-01 0 none
        relu       | 1e-6    | 14 1.00000e+00 ± 8.88204e-16 1.110e-22 NaN | 18 1.00000e+00 ± 8.88192e-16 1.110e-22 NaN | Infinity 1.00000e+00 5 none
        relu       | -1e-9   | 18 0.00000e+00 ± 2.21914e-16 0.000e+00 NaN | 22 0.00000e+00 ± 2.21914e-16 0.000e+00 NaN | Infinity 9.99412e-01 10 none
        relu       | 1e-12   | 18 1.00000e+00 ± 1.30431e-15 1.110e-28 NaN | 22 1.00000e+00 ± 1.30431e-15 1.110e-28 NaN | Infinity 1.00000e+00 10 none
        bowl       | 0       | 7 5.00000e-04 ± 2.87600e-17 0.000e+00 0.9670 | 11 5.00000e-04 ± 2.87600e-17 5.784e-29 0.9670 | 6.00338e-16 1.71736e-03 0 kink
        bowl       | 1e-5    | 13 2.00010e+01 ± 3.40828e-13 1.110e-20 0.9982 | 17 2.00010e+01 ± 3.40828e-13 1.110e-20 0.9982 | Infinity 1.19571e+02 4 none
        loud kink  | 0       | 7 1.25000e-01 ± 1.25991e-10 1.110e-12 5.894e-05 | 11 1.25000e-01 ± 9.63051e-11 1.175e-12 5.894e-05 | 4.79957e-12 1.12500e+00 0 kink
        loud kink  | 1e-6    | 14 1.12500e+00 ± 4.08870e-06 1.110e-12 NaN | 18 1.12500e+00 ± 4.08870e-06 1.110e-12 NaN | Infinity 1.12500e+00 5 none
        loud kink  | -1e-4   | 10 -8.75000e-01 ± 2.27784e-08 1.819e-12 NaN | 14 -8.75000e-01 ± 2.27784e-08 1.819e-12 NaN | Infinity 1.12334e+00 2 none
        loud kink  | 1e-8    | 17 1.12500e+00 ± 4.66669e-04 1.819e-12 NaN | 21 1.12500e+00 ± 4.66669e-04 1.819e-12 NaN | Infinity 1.12500e+00 9 none
        bent kink  | 1e-4    | 11 4.00000e+00 ± 4.70211e-14 4.441e-20 NaN | 15 4.00000e+00 ± 4.70211e-14 4.441e-20 NaN | Infinity 4.00000e+00 2 none
        bent kink  | -1e-6   | 14 2.00000e+00 ± 2.27875e-12 4.003e-22 NaN | 18 2.00000e+00 ± 2.27875e-12 4.003e-22 NaN | Infinity 2.00000e+00 5 none
        bent kink  | 0       | 8 3.00000e+00 ± 1.77648e-15 0.000e+00 0.000 | 12 3.00000e+00 ± 1.77648e-15 4.057e-26 0.000 | 1.62561e-24 4.00000e+00 0 kink
        trifle     | 0       | 7 1.00000e+00 ± 1.00000e-06 0.000e+00 0.5633 | 11 1.00000e+00 ± 1.00000e-06 6.476e-26 0.5633 | Infinity 1.00000e+00 0 none
        trifle     | 1e-3    | 9 1.00200e+00 ± 7.57408e-15 1.111e-19 0.9999 | 13 1.00200e+00 ± 7.57408e-15 1.111e-19 0.9999 | Infinity 1.01764e+00 0 none
        small jump | 1       | 10 2.00000e+00 ± 3.47820e-11 1.110e-16 NaN | 14 2.00000e+00 ± 3.48227e-11 1.110e-16 NaN | Infinity 2.00476e+00 0 none
        small jump | 1.001   | 9 2.00200e+00 ± 1.00697e-11 1.112e-16 NaN | 13 2.00200e+00 ± 1.01003e-11 1.112e-16 NaN | Infinity 2.01764e+00 0 none
        parts      | 0.3     | 9 9.12872e-01 ± 3.27773e-12 6.081e-17 -3.019e-05 | 13 9.12872e-01 ± 3.27773e-12 6.081e-17 -3.019e-05 | 3.20786e-13 9.25101e-01 0 kink
        parts      | 0.77    | 9 5.69803e-01 ± 4.55388e-12 9.742e-17 -0.0001765 | 13 5.69803e-01 ± 4.55388e-12 9.742e-17 -0.0001765 | 2.16440e-12 5.72729e-01 2 kink
        fine waves | 0.3     | 12 2.60000e+01 ± 2.21522e-09 2.863e-16 NaN | 16 2.60000e+01 ± 5.07354e-08 2.037e-14 NaN | Infinity 2.59711e+01 3 none
        fine waves | 0       | 11 2.60000e+01 ± 3.77991e-14 7.383e-24 NaN | 15 2.60000e+01 ± 5.52435e-14 3.070e-21 NaN | Infinity 2.59711e+01 3 none
        pole       | 1e-5    | 16 -1.00000e+10 ± 1.25720e-02 1.110e-11 0.9986 | 20 -1.00000e+10 ± 1.55895e-02 1.888e-11 0.9986 | Infinity 1.20478e+10 0 none
        pole       | 1e-30   | 29 -1.00000e+60 ± 1.18832e+48 1.110e+14 0.9973 | 33 -1.00000e+60 ± 1.18832e+48 1.110e+14 0.9973 | Infinity 1.13686e+60 0 none
        pole       | -1e-9   | 21 -1.00000e+18 ± 1.15503e+06 1.110e-07 0.9976 | 25 -1.00000e+18 ± 1.15503e+06 1.115e-07 0.9976 | Infinity 1.13686e+18 0 none
        cusp       | 0       | 25 0.00000e+00 ± 2.05654e-06 1.812e-08 -0.5000 | 29 0.00000e+00 ± 1.07918e-06 1.812e-08 -0.5000 | 2.02330e-12 1.40605e+06 0 none
        edge       | 0       | 19 NaN ± Infinity 0.000e+00 NaN | 23 NaN ± Infinity 0.000e+00 NaN | Infinity 0.00000e+00 0 none
        edge       | 1e-7    | 16 3.00000e+00 ± 2.34533e-14 3.331e-23 NaN | 20 3.00000e+00 ± 2.34533e-14 3.331e-23 NaN | Infinity 3.00000e+00 0 none
        stairs     | 0.3     | 11 0.00000e+00 ± 2.04534e-11 3.331e-17 NaN | 15 0.00000e+00 ± 2.04534e-11 3.331e-17 NaN | Infinity 2.45195e+00 3 none
        fine stairs| 0.3     | 7 1.00000e+00 ± 8.25691e-10 7.276e-12 NaN | 11 1.00000e+00 ± 6.44035e-10 7.276e-12 NaN | Infinity 1.00000e+00 0 none
        large      | 123456.7| 14 4.80000e-01 ± 5.12041e-09 6.853e-12 NaN | 18 4.80000e-01 ± 5.12041e-09 6.853e-12 NaN | Infinity 6.74119e-01 4 none
        large      | -1e9    | 21 7.50000e-01 ± 6.75357e-06 5.551e-08 NaN | 25 7.50000e-01 ± 6.75357e-06 5.551e-08 NaN | Infinity 7.47001e-01 1 none
        bend       | 1e-9    | 20 3.01511e-01 ± 8.56540e-13 3.682e-25 NaN | 24 3.01511e-01 ± 8.56540e-13 3.682e-25 NaN | Infinity 3.17827e-01 0 none
        bend       | -3e-6   | 16 -9.99999e-01 ± 1.96542e-13 3.331e-22 NaN | 20 -9.99999e-01 ± 1.96542e-13 3.331e-22 NaN | Infinity 1.00000e+00 0 none
        """;
        StringBuilder actual = new StringBuilder();
        for (String line : table.lines().toList()) {
            String[] cells = line.split("\\|");
            actual.append(row(cells[0].trim(), cells[1].trim())).append("\n");
        }
        assertEquals(table, actual.toString());
    }
}

package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each function is, bit for bit, Math's of its name, but ln(1 + x) to two units; in strict mode StrictMath's. */
class ElementaryTest {
    @Test
    void everyFunctionIsJavasOfItsName() {
        assertEquals(16, functions().size());
        assertEquals(List.of(), differences());
    }

    @ParameterizedTest
    @CsvSource({"-Dejgrad.strict=true, true", "-Dejgrad.strict, true", "-Dejgrad.strict=false, false"})
    void thePropertyMakesItStrict(String option, boolean isStrict) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ElementaryTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        assertEquals(isStrict + " []", printed.strip());
    }

    public static void main(String... arguments) {
        System.out.println(Elementary.isStrict() + " " + differences());
    }

    private static List<Method> functions() {
        return Arrays.stream(Elementary.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .toList();
    }

    /** The functions that are not what they should be somewhere. */
    private static List<String> differences() {
        return functions().stream()
                .filter(ElementaryTest::differs)
                .map(Method::getName)
                .toList();
    }

    private static boolean differs(Method function) {
        Random random = new Random(1);
        return IntStream.range(0, 300).anyMatch(i -> {
            Object[] numbers = random.doubles(function.getParameterCount(), 0, i % 3 == 0 ? 1 : 20)
                    .boxed()
                    .toArray();
            Object found = call(function, Elementary.class, numbers);
            Object javas = call(function, Elementary.isStrict() ? StrictMath.class : Math.class, numbers);
            boolean isOwn = function.getName().equals("log1p") && !Elementary.isStrict();
            return isOwn ? !isNext((double) found, (double) javas) : !found.equals(javas);
        });
    }

    /** Where 1 + x is rounded to 1, loses most of x, or is no sum of two numbers. */
    @Test
    void lnOf1PlusXKeepsWhatTheSumLoses() {
        double[] small = {-0.0, 0, 0x1p-1074, -0x1p-1074, 0x1p-53, -0x1p-53, 0x1.8p-53, -0x1.8p-54, 0x1p-52, -1e-9};
        double[] others = {-0.5, -0x1.fffffffffffffp-1, -1, -2, 0x1p53, 0x1.8p53, Double.MAX_VALUE, 1 / 0.0, 0 / 0.0};
        for (double x : DoubleStream.concat(DoubleStream.of(small), DoubleStream.of(others))
                .toArray()) {
            assertTrue(isNext(Elementary.log1p(x), StrictMath.log1p(x)), x + ": " + Elementary.log1p(x));
        }
    }

    private static boolean isNext(double found, double exact) {
        return Double.compare(found, exact) == 0 || (exact != 0 && Math.abs(found - exact) <= 2 * Math.ulp(exact));
    }

    private static Object call(Method function, Class<?> from, Object... numbers) {
        try {
            return from.getMethod(function.getName(), function.getParameterTypes())
                    .invoke(null, numbers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(function.getName(), e);
        }
    }
}

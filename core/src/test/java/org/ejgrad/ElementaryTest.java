package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each function is, bit for bit, Math's of its name; in strict mode StrictMath's. */
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
            return !call(function, Elementary.class, numbers)
                    .equals(call(function, Elementary.isStrict() ? StrictMath.class : Math.class, numbers));
        });
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

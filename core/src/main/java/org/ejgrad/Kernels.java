package org.ejgrad;

/**
 * How matrix products and elementary functions are computed: in plain Java, or with the vectors of the processor.
 *
 * <p>Vectors are used where the JVM was started with {@code --add-modules jdk.incubator.vector}, has vectors of four
 * numbers or more, and is not in {@linkplain Elementary strict mode}. {@code -Dejgrad.kernels=plain} or {@code =vector}
 * chooses. The two agree to rounding; which is in use never changes while a program runs.
 *
 * <p>The first second or two of a program is slower with vectors, until they are compiled.
 */
public enum Kernels {
    /** Loops in plain Java, as on every JVM. */
    PLAIN,
    /** Java's Vector API. */
    VECTOR;

    private static final String MODULE = "jdk.incubator.vector";
    private static final Kernels IN_USE = chosen();

    /** {@return the kernels that this program computes with} */
    public static Kernels inUse() {
        return IN_USE;
    }

    private static Kernels chosen() {
        String name = System.getProperty("ejgrad.kernels", "");
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        return switch (name) {
            case "" -> present && !Elementary.isStrict() && VectorProducts.LANES >= 4 ? VECTOR : PLAIN;
            case "plain" -> PLAIN;
            case "vector" -> {
                if (!present) {
                    throw new IllegalStateException(
                            "-Dejgrad.kernels=vector: java must be started with --add-modules " + MODULE);
                }
                if (Elementary.isStrict()) {
                    throw new IllegalStateException("-Dejgrad.kernels=vector contradicts -Dejgrad.strict");
                }
                yield VECTOR;
            }
            default -> throw new IllegalStateException("-Dejgrad.kernels=" + name + ": expected plain or vector");
        };
    }
}

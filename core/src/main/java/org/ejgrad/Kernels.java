package org.ejgrad;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How matrix products and elementary functions are computed: in plain Java, or with the vectors of the processor.
 *
 * <p>Vectors are used where the JVM was started with {@code --add-modules jdk.incubator.vector}, has vectors of four
 * numbers or more, and is not in {@linkplain Elementary strict mode}. {@code -Dejgrad.kernels=plain} or {@code =vector}
 * chooses. The two agree to rounding; which is in use never changes while a program runs. Both round a product and its
 * sum once where the processor does so and strict mode does not forbid it ({@code -XX:-UseFMA} does too).
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

    // A constant for the compiler; asked of the JVM, as Math.fma takes a thousand times longer where it is software.
    private static final boolean FUSED = !Elementary.isStrict() && (IN_USE == VECTOR || processorFuses());

    /** {@return the kernels that this program computes with} */
    public static Kernels inUse() {
        return IN_USE;
    }

    /** sum + a·b, rounded as the kernels in use round it. */
    static double plus(double sum, double a, double b) {
        return FUSED ? Math.fma(a, b, sum) : sum + a * b;
    }

    private static boolean processorFuses() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return jvm != null && Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException | LinkageError anotherJvm) {
            return false;
        }
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

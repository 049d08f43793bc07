package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Kernels of elements against functions of numbers, and what they do with zeros of either sign and with NaN. */
class ElementKernelsTest {
    private static final Map<UnaryOperator<DMatrixRMaj>, DoubleUnaryOperator> FUNCTIONS = Map.of(
            ElementKernels::exp,
            StrictMath::exp,
            ElementKernels::log,
            StrictMath::log,
            ElementKernels::tanh,
            StrictMath::tanh,
            ElementKernels::sigmoid,
            ActivationFunctions::sigmoid,
            ElementKernels::softplus,
            ActivationFunctions::softplus,
            x -> ElementKernels.bell(1, x, ElementKernels.shift(ElementKernels.like(x), 1)),
            x -> ActivationFunctions.sigmoidGradient(x, 1),
            x -> ElementKernels.bell(2, x, ElementKernels.shift(ElementKernels.like(x), 0.25)),
            x -> ActivationFunctions.sigmoidGradient(2 * x, 1),
            x -> ElementKernels.gate(x, x),
            x -> Math.max(x, 0));

    /** Two functions, either right to 2 units, differ by 4 at most. */
    @Property(tries = 200)
    void kernelsAgreeWithFunctionsOfNumbers(
            @ForAll @IntRange(min = 0, max = 40) int elements,
            @ForAll @IntRange(min = -8, max = 10) int scale,
            @ForAll long seed) {
        double[] numbers = new Random(seed)
                .doubles(elements, -1, 1)
                .map(x -> Math.scalb(x, scale))
                .toArray();
        FUNCTIONS.forEach((kernel, function) -> {
            double[] results = kernel.apply(new DMatrixRMaj(1, elements, true, numbers)).data;
            for (int i = 0; i < elements; i++) {
                double expected = function.applyAsDouble(numbers[i]);
                assertEquals(expected, results[i], Double.isFinite(expected) ? 4 * Math.ulp(expected) : 1);
            }
        });
    }

    @Property(tries = 200)
    void anElementHasTheSameBitsWhereverItStands(@ForAll @IntRange(min = 1, max = 40) int elements, @ForAll long seed) {
        double[] numbers = new Random(seed).doubles(elements, -3, 3).toArray();
        for (UnaryOperator<DMatrixRMaj> kernel : FUNCTIONS.keySet()) {
            double[] results = kernel.apply(new DMatrixRMaj(1, elements, true, numbers)).data;
            for (int i = 0; i < elements; i++) {
                DMatrixRMaj alone = new DMatrixRMaj(new double[][] {{numbers[i]}});
                assertEquals(kernel.apply(alone).data[0], results[i]);
            }
        }
    }

    @Test
    void positiveElementsAreOnes() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{-2, -0.0, 0, Double.MIN_VALUE, 3, Double.NaN}});
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, Double.NaN}, ElementKernels.positive(x).data);
    }
}

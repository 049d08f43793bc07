package org.ejgrad.laws;

import static org.ejgrad.laws.Requirements.requireClose;
import static org.ejgrad.laws.Requirements.requireEqual;
import static org.ejgrad.laws.Samples.copies;
import static org.ejgrad.laws.Samples.gradients;
import static org.ejgrad.laws.Samples.random;
import static org.ejgrad.laws.Samples.shape;
import static org.ejgrad.laws.Samples.variables;
import static org.ejgrad.laws.Samples.zeros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** A zero that a gradient arrives with beats infinity and NaN: what a mask hides has no influence on any gradient. */
public final class Masks {
    private static final double[] POISONS = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private Masks() {}

    /** Where in a matrix: one element, a row, a column, all. */
    private static List<BiPredicate<Integer, Integer>> patterns(int row, int column) {
        return List.of((i, j) -> i == row && j == column, (i, j) -> i == row, (i, j) -> j == column, (i, j) -> true);
    }

    /**
     * Plants NaN and infinities in the inputs. Under an upstream gradient of zero on every part of the output that
     * changes by it, all gradients are what they were without.
     *
     * <p>Inputs with zeros or equal elements are passed over: there an element may have no influence on the value and
     * still one on a gradient.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws places and upstream gradients
     */
    public static void hide(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        if (!isGeneric(inputs)) {
            return;
        }
        Random random = new Random(seed);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        for (List<SimpleMatrix> planted : planted(inputs, random)) {
            List<Value> poisoned = variables(planted);
            Optional<Value> changed = applied(function, poisoned);
            if (changed.isPresent()) {
                Value upstream = Value.constant(onlyWhereEqual(
                        output.matrix(), changed.get().matrix(), random(output.shape(), random), random));
                List<SimpleMatrix> expected = gradients(output, upstream, variables);
                if (isFeltWherePlanted(expected, inputs, planted)) {
                    continue;
                }
                List<SimpleMatrix> found = gradients(changed.get(), upstream, poisoned);
                at(planted, upstream.matrix(), () -> {
                    for (int i = 0; i < inputs.size(); i++) {
                        requireClose("the gradient of input " + i, expected.get(i), found.get(i));
                    }
                });
            }
        }
    }

    /**
     * Plants NaN and infinities in the inputs. All gradients of a slope are zero under an upstream gradient of zero.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws directions, upstream gradients and places
     */
    public static void hideSlopes(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        eachSlope(function, inputs, seed, (slope, planted, upstream) -> {
            List<Value> arguments = variables(planted);
            arguments.add(Value.variable("upstream", upstream));
            Value changed = slope.apply(arguments);
            requireZeros(gradients(changed, Value.zeros(changed.shape()), arguments), planted);
        });
    }

    /**
     * Plants NaN and infinities in the inputs. The gradients of a slope by the inputs are zero if the upstream gradient
     * that it is taken under is zero. A program need not obey this law where what is hidden goes through a product of
     * matrices, which does not know which of its zeros are zeros by construction.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws directions and places
     */
    public static void hideFromSlopes(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        eachSlope(function, inputs, seed, (slope, planted, upstream) -> {
            List<Value> arguments = variables(planted);
            arguments.add(Value.zeros(shape(upstream)));
            requireZeros(
                    gradients(slope.apply(arguments), Value.constant(1), arguments.subList(0, inputs.size())), planted);
        });
    }

    @FunctionalInterface
    private interface Look {
        void at(Function<List<Value>, Value> slope, List<SimpleMatrix> planted, SimpleMatrix upstream);
    }

    private static void eachSlope(
            Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed, Look look) {
        Random random = new Random(seed);
        List<SimpleMatrix> directions =
                inputs.stream().map(x -> random(shape(x), random)).toList();
        Function<List<Value>, Value> slope = Slopes.slope(function, directions);
        for (List<SimpleMatrix> planted : planted(inputs, random)) {
            applied(function, variables(planted))
                    .ifPresent(output -> look.at(slope, planted, random(output.shape(), random)));
        }
    }

    private static void requireZeros(List<SimpleMatrix> gradients, List<SimpleMatrix> planted) {
        at(planted, new SimpleMatrix(1, 1), () -> {
            for (int i = 0; i < gradients.size(); i++) {
                SimpleMatrix gradient = gradients.get(i);
                requireEqual("the gradient of the slope by argument " + i, zeros(shape(gradient)), gradient);
            }
        });
    }

    /** A probability that rounds to 1 is the same to the last bit and still depends on what was planted. */
    private static boolean isFeltWherePlanted(
            List<SimpleMatrix> gradients, List<SimpleMatrix> inputs, List<SimpleMatrix> planted) {
        return IntStream.range(0, inputs.size())
                .anyMatch(k -> IntStream.range(0, inputs.get(k).getNumElements())
                        .anyMatch(i -> planted.get(k).get(i) != inputs.get(k).get(i)
                                && gradients.get(k).get(i) != 0));
    }

    /** Says of what is broken where it is, which takes longer to write than to check. */
    private static void at(List<SimpleMatrix> inputs, SimpleMatrix upstream, Runnable check) {
        try {
            check.run();
        } catch (AssertionError broken) {
            throw new AssertionError(
                    broken.getMessage() + "\nunder\n" + Texts.of(upstream) + "\nat\n" + Texts.of((Object) inputs),
                    broken);
        }
    }

    /** Whether no element is zero or a small power of two and no two have the same size: those ask for coincidences. */
    private static boolean isGeneric(List<SimpleMatrix> inputs) {
        double[] all = inputs.stream()
                .flatMapToDouble(x -> Arrays.stream(matrixElements(x)))
                .map(Math::abs)
                .toArray();
        double[] sizes = Arrays.stream(all).distinct().toArray();
        return sizes.length == all.length && Arrays.stream(sizes).allMatch(v -> v > 0 && v != 0.5 && v != 1 && v != 2);
    }

    private static double[] matrixElements(SimpleMatrix x) {
        return x.copy().getDDRM().data;
    }

    private static List<List<SimpleMatrix>> planted(List<SimpleMatrix> inputs, Random random) {
        List<List<SimpleMatrix>> all = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            SimpleMatrix x = inputs.get(k);
            if (x.getNumElements() == 0) {
                continue;
            }
            for (BiPredicate<Integer, Integer> where :
                    patterns(random.nextInt(x.getNumRows()), random.nextInt(x.getNumCols()))) {
                double poison = POISONS[random.nextInt(POISONS.length)];
                List<SimpleMatrix> planted = copies(inputs);
                planted = new ArrayList<>(planted);
                planted.set(
                        k,
                        Oracles.fill(
                                x.getNumRows(), x.getNumCols(), (i, j) -> where.test(i, j) ? poison : x.get(i, j)));
                all.add(planted);
            }
        }
        return all;
    }

    /** The output, or nothing if such inputs are refused. */
    private static Optional<Value> applied(Function<List<Value>, Value> function, List<Value> inputs) {
        try {
            return Optional.of(function.apply(inputs));
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return Optional.empty();
        }
    }

    /** The upstream gradient, and 0 wherever the outputs differ; also in some other places. */
    private static SimpleMatrix onlyWhereEqual(SimpleMatrix a, SimpleMatrix b, SimpleMatrix upstream, Random random) {
        return Oracles.fill(
                a.getNumRows(),
                a.getNumCols(),
                (i, j) -> a.get(i, j) == b.get(i, j) && random.nextInt(4) > 0 ? upstream.get(i, j) : 0);
    }
}

package org.ejgrad.check;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A mistake in backpropagation written by hand.
 *
 * @param family the kind of program it is made in
 * @param name what is wrong; empty for the right gradient
 * @param fitting what it may be called
 * @param exercise the program and the gradient, for a seed and the mistake's name
 */
record Slip(String family, String name, Set<Mistake> fitting, BiFunction<Long, String, Exercise> exercise) {
    static Slip of(String family, BiFunction<Long, String, Exercise> exercise, String name, Mistake... fitting) {
        return new Slip(family, name, Set.of(fitting), exercise);
    }

    /** A program of some variables, and its gradient by hand. */
    record Exercise(Map<Value, SimpleMatrix> claims, Function<List<Value>, Value> program) {
        CheckReport fromGraph() {
            List<Value> variables = List.copyOf(claims.keySet());
            return GradientCheck.of(program.apply(variables)).against(claims).run();
        }

        /** What the mistake also is where, with these figures, no more is to be seen of it. */
        Set<Mistake> asSeen() {
            List<Value> variables = List.copyOf(claims.keySet());
            Gradients gradients = program.apply(variables).gradients();
            List<SimpleMatrix> right =
                    variables.stream().map(v -> gradients.orZero(v).matrix()).toList();
            List<SimpleMatrix> claimed = List.copyOf(claims.values());
            Set<Mistake> seen = EnumSet.noneOf(Mistake.class);
            seen.addAll(asFactor(flat(right), flat(claimed)));
            if (isRightOrZero(flat(right), flat(claimed))) {
                seen.add(Mistake.PARTLY_ZERO);
            }
            List<SimpleMatrix> wrong = IntStream.range(0, right.size())
                    .mapToObj(i -> claimed.get(i).minus(right.get(i)))
                    .filter(difference -> difference.normF() > 0)
                    .toList();
            if (wrong.size() == 1 && isColumnTimesRow(wrong.get(0))) {
                seen.add(Mistake.MISSING_TERM); // of what goes back to one sample
            }
            return seen;
        }

        /** One factor for the whole gradient. */
        private static Set<Mistake> asFactor(double[] right, double[] claimed) {
            int largest = IntStream.range(0, right.length)
                    .reduce(0, (a, b) -> Math.abs(right[b]) > Math.abs(right[a]) ? b : a);
            double factor = claimed[largest] / right[largest];
            boolean isScaled = IntStream.range(0, right.length)
                    .allMatch(i -> Math.abs(claimed[i] - factor * right[i]) <= 1e-12 * Math.abs(claimed[largest]));
            Mistake named = Map.of(0.0, Mistake.ZERO, -1.0, Mistake.SIGN_FLIPPED, 2.0, Mistake.TWICE, 0.5, Mistake.HALF)
                    .getOrDefault(Math.rint(factor * 1e9) / 1e9 + 0.0, Mistake.CONSTANT_FACTOR);
            return isScaled ? EnumSet.of(named, Mistake.CONSTANT_FACTOR) : Set.of();
        }

        private static boolean isRightOrZero(double[] right, double[] claimed) {
            double bound = 1e-12 * Arrays.stream(right).map(Math::abs).max().orElse(0);
            return IntStream.range(0, right.length)
                    .allMatch(i -> claimed[i] == 0 || Math.abs(claimed[i] - right[i]) <= bound);
        }

        private static boolean isColumnTimesRow(SimpleMatrix m) {
            return Math.min(m.getNumRows(), m.getNumCols()) > 1
                    && m.svd().getSingleValue(1) <= 1e-9 * m.svd().getSingleValue(0);
        }

        CheckReport fromFigures() {
            return fromFigures(Optional.empty());
        }

        /** Of a program that gives its gradient wherever it is asked to: made anew with other parameters. */
        CheckReport fromFigures(Supplier<Exercise> again) {
            return fromFigures(Optional.of(again));
        }

        private CheckReport fromFigures(Optional<Supplier<Exercise>> again) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            claims.keySet().forEach(v -> shapes.put(v.label(), v.shape()));
            List<Block> blocks = Block.inOneArray(shapes);
            ToDoubleFunction<double[]> value = x -> program.apply(blocks.stream()
                            .map(block -> Value.constant(block.of(x)))
                            .toList())
                    .scalar();
            double[] point = flat(claims.keySet().stream().map(Value::matrix).toList());
            UnaryOperator<double[]> gradient = x -> {
                Map<String, SimpleMatrix> moved = new HashMap<>();
                blocks.forEach(block -> moved.put(block.label(), SimpleMatrix.wrap(block.of(x))));
                return flat(List.copyOf(
                        Hand.with(moved, again.orElseThrow()).claims().values()));
            };
            return (again.isPresent()
                            ? GradientCheck.ofFunction(value, point, gradient)
                            : GradientCheck.ofFunction(value, point, flat(List.copyOf(claims.values()))))
                    .shaped(shapes)
                    .run();
        }

        private static double[] flat(List<SimpleMatrix> matrices) {
            return matrices.stream()
                    .flatMapToDouble(m -> Arrays.stream(((DMatrixRMaj) m.copy().getMatrix()).data))
                    .toArray();
        }
    }

    /** The variables in order with their claimed gradients; arguments are label, matrix, gradient in turn. */
    static Map<Value, SimpleMatrix> claims(Object... labelMatrixGradient) {
        Map<Value, SimpleMatrix> claims = new LinkedHashMap<>();
        for (int i = 0; i < labelMatrixGradient.length; i += 3) {
            Value variable = Value.variable((String) labelMatrixGradient[i], (SimpleMatrix) labelMatrixGradient[i + 1]);
            claims.put(variable, (SimpleMatrix) labelMatrixGradient[i + 2]);
        }
        return claims;
    }
}

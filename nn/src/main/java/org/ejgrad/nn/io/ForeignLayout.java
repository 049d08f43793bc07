package org.ejgrad.nn.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;

/**
 * Weights by programs that keep a linear layer's as outputs × inputs. Where rows and columns differ in number the shape
 * tells which way round a matrix is; a square one is never guessed.
 */
final class ForeignLayout {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    /** The note by which a program says what it is, such as {@code pt}. */
    private static final String PROGRAM = "format";

    private static final Set<String> PROGRAMS = Set.of("pt", "tf", "flax", "np", "mlx", "paddle");

    private ForeignLayout() {}

    /** Refuses square matrices of another program: nobody has said which way round they are. */
    static void requireKnown(NamedMatrices saved, Map<String, Parameter> parameters) {
        if (!saved.isForeign() && !PROGRAMS.contains(saved.metadata().getOrDefault(PROGRAM, ""))) {
            return;
        }
        List<String> square = saved.names().stream()
                .filter(parameters::containsKey)
                .filter(name -> isSquare(saved.get(name).shape()))
                .map(name -> name + " is square, " + saved.get(name).shape()
                        + ", and by another program, so it might have to be transposed; name a Weights.Layout")
                .toList();
        if (!square.isEmpty()) {
            throw new ModelMismatchException("the saved model", square);
        }
    }

    /** What to do about matrices that would fit the other way round, if there are such. */
    static Optional<String> advice(NamedMatrices saved, Map<String, Shape> expected) {
        return saved.names().stream()
                .filter(name ->
                        expected.containsKey(name) && !isSquare(saved.get(name).shape()))
                .filter(name -> isTransposed(saved.get(name).shape(), expected.getOrDefault(name, Shape.SCALAR)))
                .filter(name -> isMatrix(saved.get(name).shape()))
                .findFirst()
                .map(name -> "the transpose of " + name
                        + " would fit; a file by PyTorch is read with Weights.Layout.PYTORCH");
    }

    /** The matrices with the weights of linear layers as inputs × outputs. */
    static NamedMatrices turned(NamedMatrices saved, Map<String, Parameter> parameters) {
        List<String> differences = new ArrayList<>();
        List<String> turned = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            if (!saved.names().contains(name)) {
                return;
            }
            Shape found = saved.get(name).shape();
            Shape expected = parameter.value().shape();
            boolean isLinear = isVector(parameters, biasOf(name));
            if (isSquare(found) && !isLinear) {
                differences.add(
                        name + " is square, " + found + ", without a bias: a linear layer's has to be transposed, "
                                + "an embedding's not; use withTransposed and the layout EJGRAD");
            } else if (isLinear && isMatrix(expected) && !isSquare(found) && found.equals(expected)) {
                differences.add(name + " is " + found + "; expected " + expected.columns() + "x" + expected.rows()
                        + " of PyTorch");
            } else if (isSquare(found) || (!found.equals(expected) && isTransposed(found, expected))) {
                turned.add(name);
            }
        });
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the saved model", differences);
        }
        return saved.withTransposed(turned.toArray(String[]::new));
    }

    /** The name of the bias beside a weight; of anything else its own name. */
    private static String biasOf(String name) {
        return name.equals(WEIGHT) || name.endsWith("." + WEIGHT)
                ? name.substring(0, name.length() - WEIGHT.length()) + BIAS
                : name;
    }

    private static boolean isVector(Map<String, Parameter> parameters, String name) {
        Parameter found = parameters.get(name);
        return found != null && !isMatrix(found.value().shape());
    }

    private static boolean isMatrix(Shape shape) {
        return shape.rows() != 1 && shape.columns() != 1;
    }

    /** 1×1 is the same either way round. */
    private static boolean isSquare(Shape shape) {
        return shape.rows() == shape.columns() && shape.rows() > 1;
    }

    private static boolean isTransposed(Shape found, Shape expected) {
        return found.rows() == expected.columns() && found.columns() == expected.rows();
    }
}

package org.ejgrad.nn.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.sequence.Recurrent;

/**
 * Weights by programs that keep a linear layer's as outputs × inputs. Where rows and columns differ in number the shape
 * tells which way round a matrix is; a square one is never guessed.
 */
final class ForeignLayout {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    /** The note by which a program says what it is, such as {@code pt}. */
    private static final String PROGRAM = "format";

    private static final String MEAN = "mean";
    private static final String RUNNING_MEAN = "running_mean";
    private static final String COUNT = "num_batches_tracked";
    private static final Map<String, String> OURS_TO_TORCH =
            Map.of(MEAN, RUNNING_MEAN, "variance", "running_var", "batches", COUNT);

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
                .filter(name -> isTransposed(saved.get(name).shape(), expected.getOrDefault(name, Shape.SCALAR)))
                .filter(name -> isMatrix(saved.get(name).shape()))
                .findFirst()
                .map(name -> "the transpose of " + name
                        + " would fit; a file by PyTorch is read with Weights.Layout.PYTORCH");
    }

    /**
     * What a network's parameters are there.
     *
     * @param linear weights that are transposed
     * @param tables weights that are not, whatever their shape
     * @param filters weights of convolutions, which have four dimensions there
     * @param recurrent what recurrent layers learn, and where these are
     */
    private record Roles(
            Set<Parameter> linear,
            Set<Parameter> tables,
            Map<Parameter, List<Long>> filters,
            Map<Parameter, RecurrentPlace> recurrent) {
        static Roles of(Layer network) {
            Roles roles = new Roles(new HashSet<>(), new HashSet<>(), new HashMap<>(), new HashMap<>());
            roles.gather(network, RecurrentPlace.ALONE);
            return roles;
        }

        private void gather(Layer layer, RecurrentPlace place) {
            if (layer instanceof Dense dense) {
                linear.add(dense.weight());
            } else if (layer instanceof Recurrent steps) {
                steps.parameters().forEach(each -> recurrent.putIfAbsent(each, place));
                steps.parameters().stream()
                        .filter(each -> !biasOf(each.name()).equals(each.name()))
                        .forEach(linear::add);
            } else if (layer instanceof Embedding embedding) {
                tables.addAll(embedding.parameters());
            } else if (layer instanceof Conv2d convolution) {
                filters.put(convolution.weight(), filters(convolution.weight(), convolution.window()));
            } else if (layer instanceof ConvTranspose2d transposed) {
                filters.put(transposed.weight(), filters(transposed.weight(), transposed.window()));
            }
            Children.of(layer).forEach((name, child) -> gather(child, place.inside(layer, name)));
        }

        /** The name of a parameter there. */
        String torch(String name, Parameter parameter) {
            RecurrentPlace place = recurrent.get(parameter);
            return place == null ? within(name, OURS_TO_TORCH.getOrDefault(last(name), last(name))) : place.torch(name);
        }

        /** A column here is a row there, and falls into the channels that a filter sees and its kernel. */
        private static List<Long> filters(Parameter weight, Window window) {
            long down = window.vertical().size();
            long right = window.horizontal().size();
            Shape shape = weight.value().shape();
            return List.of((long) shape.columns(), shape.rows() / (down * right), down, right);
        }
    }

    /**
     * The matrices under our names, with the weights of linear layers as inputs × outputs.
     *
     * @param shapes of tensors that had more than two dimensions, and have a row for each index of the first here
     */
    static NamedMatrices ours(
            NamedMatrices saved, Map<String, List<Long>> shapes, Layer network, Map<String, Parameter> parameters) {
        Roles roles = Roles.of(network);
        Map<Parameter, List<Long>> filters = roles.filters();
        List<String> differences = new ArrayList<>();
        List<String> turned = new ArrayList<>();
        saved.matrices().forEach((name, matrix) -> {
            Shape found = matrix.shape();
            List<Long> sizes = shapes.getOrDefault(name, List.of((long) found.rows(), (long) found.columns()));
            Optional<Parameter> parameter = Optional.ofNullable(parameters.get(name));
            Optional<List<Long>> filter = parameter.map(filters::get);
            boolean isFlat =
                    filter.isPresent() && !shapes.containsKey(name) && isTransposedTo(found, parameter.orElseThrow());
            if (isFlat || filter.filter(sizes::equals).isPresent()) {
                turned.add(name);
            } else if (filter.isPresent() || shapes.containsKey(name)) {
                differences.add(name + " is " + sizes + "; expected "
                        + filter.map(Object::toString)
                                .or(() -> parameter.map(
                                        each -> each.value().shape().toString()))
                                .orElse("nothing of that name")
                        + (filter.isPresent() ? " of PyTorch" : ""));
            }
        });
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the saved model", differences);
        }
        Map<String, Parameter> others = new LinkedHashMap<>(parameters);
        others.values().removeIf(filters::containsKey);
        return turned(named(saved.withTransposed(turned.toArray(String[]::new)), parameters, roles), others, roles);
    }

    /** The matrices under our names; one that has its own beside another program's is left over. */
    private static NamedMatrices named(NamedMatrices saved, Map<String, Parameter> parameters, Roles roles) {
        Map<String, String> ours = new HashMap<>();
        parameters.forEach((name, parameter) -> {
            ours.put(roles.torch(name, parameter), name);
            Optional.ofNullable(roles.recurrent().get(parameter))
                    .ifPresent(place -> ours.put(place.alone().torch(name), name));
        });
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, String> skipped = new LinkedHashMap<>(saved.skipped());
        saved.matrices().forEach((name, matrix) -> {
            String own = ours.getOrDefault(name, name);
            if (!ours.containsKey(name) && last(name).equals(COUNT) && parameters.containsKey(within(name, MEAN))) {
                skipped.put(name, "how many batches there were counts only where they are averaged");
            } else {
                values.put(saved.names().contains(own) || values.containsKey(own) ? name : own, matrix);
            }
        });
        return NamedMatrices.read(values, saved.metadata(), skipped, saved.isForeign());
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The name of something beside another. */
    private static String within(String name, String last) {
        return name.substring(0, name.lastIndexOf('.') + 1) + last;
    }

    /** A network in PyTorch's layout. */
    static SafetensorsWriter torch(Layer network, NamedMatrices weights, Map<String, Parameter> parameters) {
        Roles roles = Roles.of(network);
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, List<Long>> shapes = new HashMap<>();
        Set<String> counts = new HashSet<>();
        parameters.forEach((name, parameter) -> {
            Value matrix = weights.get(name);
            Optional<List<Long>> filter = Optional.ofNullable(roles.filters().get(parameter));
            boolean isTurned = roles.linear().contains(parameter) || filter.isPresent();
            String torch = roles.torch(name, parameter);
            values.put(torch, isTurned ? matrix.transpose() : matrix);
            filter.ifPresent(sizes -> shapes.put(torch, sizes));
            if (!isTurned && !roles.tables().contains(parameter) && matrix.getNumRows() == 1) {
                shapes.put(torch, List.of((long) matrix.getNumCols()));
            }
            if (torch.endsWith(RUNNING_MEAN)) {
                counts.add(within(torch, COUNT));
                values.putIfAbsent(within(torch, COUNT), Value.constant(0));
            }
        });
        return new SafetensorsWriter(NamedMatrices.ofValues(values).withMetadata(PROGRAM, "pt"), shapes, counts);
    }

    private static NamedMatrices turned(NamedMatrices saved, Map<String, Parameter> parameters, Roles roles) {
        List<String> differences = new ArrayList<>();
        List<String> turned = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            if (!saved.names().contains(name) || roles.tables().contains(parameter)) {
                return;
            }
            Shape found = saved.get(name).shape();
            Shape expected = parameter.value().shape();
            boolean isLinear = roles.linear().contains(parameter) || isVector(parameters, biasOf(name));
            if (isSquare(found) && !isLinear) {
                differences.add(
                        name + " is square, " + found + ", without a bias, and of no layer that is known: it might "
                                + "have to be transposed; use withTransposed and the layout EJGRAD");
            } else if (isLinear && isMatrix(expected) && !isSquare(found) && found.equals(expected)) {
                differences.add(name + " is " + found + "; expected " + expected.columns() + "x" + expected.rows()
                        + " of PyTorch");
            } else if (isSquare(found) || isTransposed(found, expected)) {
                turned.add(name);
            }
        });
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the saved model", differences);
        }
        return saved.withTransposed(turned.toArray(String[]::new));
    }

    /** The name of the bias beside a weight, also of one of several, as in a cell; of anything else its own name. */
    private static String biasOf(String name) {
        String last = last(name);
        return last.equals(WEIGHT) || last.startsWith(WEIGHT + "_")
                ? within(name, BIAS + last.substring(WEIGHT.length()))
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

    private static boolean isTransposedTo(Shape found, Parameter parameter) {
        Shape own = parameter.value().shape();
        return found.rows() == own.columns() && found.columns() == own.rows();
    }

    private static boolean isTransposed(Shape found, Shape expected) {
        return found.rows() != found.columns()
                && found.rows() == expected.columns()
                && found.columns() == expected.rows();
    }
}

package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** What a function is called with: values, lists or matrices of integers, and named attributes. */
public final class Arguments {
    private final List<Object> inputs;
    private final Json attributes;

    Arguments(List<Object> inputs, Json attributes) {
        this.inputs = inputs;
        this.attributes = attributes;
    }

    /** The inputs of a case: variables, constants where "grad" is false, and indices. */
    static Arguments of(List<Json> inputs, Json attributes) {
        List<Object> all = new ArrayList<>();
        for (Json input : inputs) {
            Optional<Json> index = input.find("index");
            if (index.isPresent()) {
                all.add(index.get());
                continue;
            }
            Value value = matrix(input);
            boolean constant = input.find("grad").map(grad -> !grad.truth()).orElse(false);
            all.add(constant ? value : Value.variable(input.get("name").text(), value));
        }
        return new Arguments(all, attributes);
    }

    /** The value of an input; its shape is given when it has no rows. */
    private static Value matrix(Json input) {
        return input.find("shape")
                .map(Json::integers)
                .map(shape -> Value.zeros(new Shape(shape[0], shape[1])))
                .orElseGet(() -> Value.constant(input.get("value").matrix()));
    }

    public int count() {
        return inputs.size();
    }

    /** All inputs that are matrices of numbers, in order. */
    public List<Value> values() {
        return inputs.stream()
                .filter(Value.class::isInstance)
                .map(Value.class::cast)
                .toList();
    }

    Optional<Value> valueAt(int place) {
        return inputs.get(place) instanceof Value value ? Optional.of(value) : Optional.empty();
    }

    public Value value(int place) {
        if (place < inputs.size() && inputs.get(place) instanceof Value value) {
            return value;
        }
        throw new Unsupported("input " + place + " is not a matrix of numbers");
    }

    /** The first input. */
    public Value x() {
        return value(0);
    }

    /** Two inputs, repeated to their common shape if one is a row and the other a column. */
    public List<Value> pair(int first) {
        Value a = value(first);
        Value b = value(first + 1);
        Shape both = common(a.shape(), b.shape());
        boolean meet = a.shape().equals(both) || b.shape().equals(both);
        return meet ? List.of(a, b) : List.of(a.broadcastTo(both), b.broadcastTo(both));
    }

    /** The shape of an elementwise function of two matrices, each of which is repeated where its size is 1. */
    static Shape common(Shape a, Shape b) {
        return new Shape(a.rows() == 1 ? b.rows() : a.rows(), a.columns() == 1 ? b.columns() : a.columns());
    }

    private Json indexAt(int place) {
        if (place < inputs.size() && inputs.get(place) instanceof Json index) {
            return index;
        }
        throw new Unsupported("input " + place + " is not a list of integers");
    }

    public int[] index(int place) {
        return indexAt(place).integers();
    }

    public int[][] indexMatrix(int place) {
        return indexAt(place).list().stream().map(Json::integers).toArray(int[][]::new);
    }

    public boolean hasIndex(int place) {
        return place < inputs.size() && inputs.get(place) instanceof Json;
    }

    /** The attribute if it is there and not null. */
    public Optional<Json> attribute(String name) {
        return attributes.find(name);
    }

    public double number(String name) {
        return attributes.get(name).number();
    }

    public double number(String name, double otherwise) {
        return attribute(name).map(Json::number).orElse(otherwise);
    }

    public int integer(String name) {
        return attributes.get(name).integer();
    }

    public int integer(String name, int otherwise) {
        return attribute(name).map(Json::integer).orElse(otherwise);
    }

    public boolean truth(String name, boolean otherwise) {
        return attribute(name).map(Json::truth).orElse(otherwise);
    }

    public String text(String name, String otherwise) {
        return attribute(name).map(Json::text).orElse(otherwise);
    }

    public int[][] integerRows(String name) {
        return attributes.get(name).list().stream().map(Json::integers).toArray(int[][]::new);
    }

    public int[] integers(String name) {
        return attributes.get(name).integers();
    }

    /** Whether the attribute dim is null: the function is over everything. */
    public boolean overAll() {
        return attribute("dim").isEmpty();
    }

    /** Whether dim is 0 (down the rows, a result per column); otherwise it is 1 (along each row). */
    public boolean downRows() {
        int dim = integer("dim");
        if (dim != 0 && dim != 1 && dim != -1 && dim != -2) {
            throw new Unsupported("dim is " + dim + "; expected null, 0 or 1");
        }
        return dim == 0 || dim == -2;
    }

    /** The shape of a reduction of the first input along dim. */
    public Shape reduced() {
        Shape shape = x().shape();
        return overAll() ? Shape.SCALAR : downRows() ? new Shape(1, shape.columns()) : new Shape(shape.rows(), 1);
    }
}

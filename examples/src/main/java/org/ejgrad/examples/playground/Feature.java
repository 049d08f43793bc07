package org.ejgrad.examples.playground;

import java.util.List;
import org.ejgrad.Elementary;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** What a network can be told of a point: its coordinates, and functions of them. */
enum Feature {
    X("x"),
    Y("y"),
    X2("x²"),
    Y2("y²"),
    XY("x·y"),
    SIN_X("sin x"),
    SIN_Y("sin y");

    static final List<Feature> COORDINATES = List.of(X, Y);

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    private double of(double x, double y) {
        return switch (this) {
            case X -> x;
            case Y -> y;
            case X2 -> x * x;
            case Y2 -> y * y;
            case XY -> x * y;
            case SIN_X -> Elementary.sin(x);
            case SIN_Y -> Elementary.sin(y);
        };
    }

    /** A column for each feature, a row for each point. */
    static SimpleMatrix of(List<Feature> features, ConstMatrix<?> points) {
        SimpleMatrix inputs = new SimpleMatrix(points.getNumRows(), features.size());
        for (int row = 0; row < points.getNumRows(); row++) {
            for (int column = 0; column < features.size(); column++) {
                inputs.set(row, column, features.get(column).of(points.get(row, 0), points.get(row, 1)));
            }
        }
        return inputs;
    }

    /** The same rows with other inputs. */
    static Dataset of(List<Feature> features, Dataset points) {
        return features.equals(COORDINATES)
                ? points
                : Dataset.of(
                        points.name(),
                        of(features, points.inputs()),
                        points.targets(),
                        features.stream().map(Feature::toString).toList(),
                        points.classNames());
    }

    /** What a person reads. */
    @Override
    public String toString() {
        return title;
    }
}

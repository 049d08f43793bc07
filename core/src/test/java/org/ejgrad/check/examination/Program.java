package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * A function of matrices.
 *
 * @param text what it is
 * @param inputs where it is differentiated
 * @param f the function, whose result is 1x1
 */
record Program(String text, List<double[][]> inputs, Function<List<Mat>, Mat> f) {
    private interface Entry {
        Num at(int index);
    }

    /** The inputs with one number after the other, row by row. */
    private Num result(Entry entries) {
        List<Mat> matrices = new ArrayList<>();
        int index = 0;
        for (double[][] input : inputs) {
            Num[][] numbers = new Num[input.length][input[0].length];
            for (Num[] row : numbers) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = entries.at(index++);
                }
            }
            matrices.add(new Grid(numbers));
        }
        return ((Grid) f.apply(matrices)).number();
    }

    double[] point() {
        return flat(inputs);
    }

    static double[] flat(List<double[][]> matrices) {
        return matrices.stream()
                .flatMap(matrix -> List.of(matrix).stream())
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    double value(double[] x) {
        return result(index -> new Rounded(x[index], 0)).value();
    }

    /** The truth of every entry, in order. */
    List<Truth> truths() {
        double[] x = point();
        List<Truth> truths = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            Twofold left = slope(x, i, -1);
            Twofold right = slope(x, i, 1);
            truths.add(Sample.truth(left, right));
        }
        return truths;
    }

    private Twofold slope(double[] x, int entry, int side) {
        return Exact.of(result(
                        index -> new Exact(Twofold.of(x[index]), index == entry ? Twofold.ONE : Twofold.ZERO, side)))
                .slope();
    }

    List<Value> variables() {
        List<Value> variables = new ArrayList<>();
        for (double[][] input : inputs) {
            variables.add(Value.variable("v" + variables.size(), input));
        }
        return variables;
    }

    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (double[][] input : inputs) {
            shapes.put("v" + shapes.size(), new Shape(input.length, input[0].length));
        }
        return shapes;
    }

    Value loss(List<Value> variables) {
        return DrawnMat.node(f.apply(
                variables.stream().map(value -> (Mat) new DrawnMat(value)).toList()));
    }
}

package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** A program run anew for every point. */
final class ProgramObjective extends TestedFunction {
    private final Function<List<Value>, Value> program;
    private final Value weights;

    ProgramObjective(Function<List<Value>, Value> program, List<Block> blocks, double[] point, Value weights) {
        super(blocks, point);
        this.program = program;
        this.weights = weights;
    }

    @Override
    double compute(double[] x, int block) {
        List<Value> variables = new ArrayList<>();
        for (Block b : blocks()) {
            DMatrixRMaj matrix = new DMatrixRMaj(b.shape().rows(), b.shape().columns());
            System.arraycopy(x, b.offset(), matrix.data, 0, b.shape().elements());
            variables.add(Value.variable(b.label(), matrix));
        }
        return weigh(program.apply(variables), weights);
    }

    /** Σ value ⊙ weights. */
    static double weigh(Value value, Value weights) {
        double[] result = Matrices.elements(value);
        double[] weight = Matrices.elements(weights);
        double sum = 0;
        for (int i = 0; i < result.length; i++) {
            sum += weight[i] * result[i];
        }
        return sum;
    }
}

package org.ejgrad.nn.loss;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Derivatives;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * A loss of each element x with masses a of the positive and b of the negative outcome, alone or totalled, in one
 * operation.
 *
 * <p>A mass is a target probability times its weight. Value and slope are each one pass; what the slope's own
 * derivatives are follows from the same slope written in values.
 */
abstract class BinaryLoss {
    private final String name;
    private final List<String> formulas;
    private final Operation elements;
    private final Operation sum;
    private final Operation mean;

    /** A loss with its slopes by x, by a and by b as text. */
    BinaryLoss(String name, String byInput, String byPositive, String byNegative) {
        this.name = name;
        this.formulas = List.of(byInput, byPositive, byNegative);
        this.elements = operation(false, Divisor.ONE).with("elements");
        this.sum = operation(true, Divisor.ONE).with("sum");
        this.mean = operation(true, new Divisor("/elements", count -> count)).with("mean");
    }

    /** The loss of one element. */
    abstract double loss(double x, double a, double b);

    /** Its slope by x. */
    abstract double slope(double x, double a, double b);

    /** The slopes by x. */
    abstract Value slope(Value x, Value a, Value b);

    /** The slopes by x as a textbook writes them. */
    Value slopeInShort(Value x, Value a, Value b) {
        return slope(x, a, b);
    }

    /** The slopes by a. */
    abstract Value slopeByPositive(Value x, Value a);

    /** The slopes by b. */
    abstract Value slopeByNegative(Value x, Value b);

    /** The loss of each element, in their shape. */
    final Value elements(Value x, Value a, Value b) {
        return elements.apply(x, a, b);
    }

    /** The loss of targets under options that fit them. */
    final Value of(Value x, Value targets, BinaryOptions options) {
        Value a = options.positive(targets);
        Value b = options.negative(targets);
        return switch (options.reduction()) {
            case NONE -> elements.apply(x, a, b);
            case SUM -> sum.apply(x, a, b);
            case MEAN -> mean.apply(x, a, b);
            case WEIGHTED_MEAN, ROW_MEAN -> {
                Value divisor = options.divisor(x.shape());
                yield divisor.isConstant()
                        ? total(divisor.scalar()).apply(x, a, b)
                        : Reduction.mean(sum.apply(x, a, b), () -> elements.apply(x, a, b), divisor);
            }
        };
    }

    private Operation total(double divisor) {
        return operation(true, new Divisor("/n", count -> divisor)).with("total", divisor);
    }

    private Operation operation(boolean total, Divisor divisor) {
        Operation gradient = gradient(divisor);
        Operation loss = Trusted.of(
                name,
                m -> loss(m[0], m[1], m[2], total, divisor),
                new Rule(
                        "dy ⊙ " + formulas.get(0) + divisor,
                        (in, y, dy) -> gradient.apply(in.get(0), in.get(1), in.get(2), dy)),
                new Rule(
                        "dy ⊙ " + formulas.get(1) + divisor,
                        (in, y, dy) ->
                                share(dy, in.get(0), divisor).timesOrZero(slopeByPositive(in.get(0), in.get(1)))),
                new Rule(
                        "dy ⊙ " + formulas.get(2) + divisor,
                        (in, y, dy) ->
                                share(dy, in.get(0), divisor).timesOrZero(slopeByNegative(in.get(0), in.get(2)))));
        return total
                ? loss.totalOf(elements, x -> SoftmaxCrossEntropy.total(x, divisor.by(x.data.length)))
                : loss.columnwise(0, 1, 2).rowwise(0, 1, 2);
    }

    /** g ⊙ slope/n; g has the elements' shape or is 1x1. */
    private Operation gradient(Divisor divisor) {
        Rule[] rules = new Rule[4];
        for (int i = 0; i < rules.length; i++) {
            int index = i;
            String formula = "∂/∂" + "xabg".charAt(i) + " dy ⊙ g ⊙ " + formulas.get(0) + divisor;
            rules[i] = new Rule(
                    formula,
                    (in, y, dy) -> Derivatives.vectorJacobian(
                            input -> {
                                List<Value> all = new ArrayList<>(in);
                                all.set(index, input);
                                return share(all.get(3), in.get(0), divisor)
                                        .broadcastTo(y.shape())
                                        .timesOrZero(slope(all.get(0), all.get(1), all.get(2)));
                            },
                            in.get(index),
                            dy));
        }
        return Trusted.of(name + "Gradient", m -> gradient(m[0], m[1], m[2], m[3], divisor), rules)
                .meaning(in -> share(in.get(3), in.get(0), divisor)
                        .elementMult(slopeInShort(in.get(0), in.get(1), in.get(2))));
    }

    /** The part of an upstream gradient that each element receives. */
    private static Value share(Value dy, Value x, Divisor divisor) {
        double parts = divisor.by(x.shape().elements());
        return parts == 1 ? dy : dy.divide(parts);
    }

    private DMatrixRMaj loss(DMatrixRMaj x, DMatrixRMaj a, DMatrixRMaj b, boolean total, Divisor divisor) {
        SoftmaxCrossEntropy.requireMasses(x, a);
        SoftmaxCrossEntropy.requireMasses(x, b);
        double sum = 0;
        for (int i = 0; total && i < x.data.length; i++) {
            sum += loss(x.data[i], a.data[i], b.data[i]);
        }
        double parts = divisor.by(x.data.length);
        if (total && Double.isFinite(sum)) {
            return SoftmaxCrossEntropy.single(sum / parts);
        }
        DMatrixRMaj losses = new DMatrixRMaj(x.numRows, x.numCols);
        for (int i = 0; i < losses.data.length; i++) {
            losses.data[i] = loss(x.data[i], a.data[i], b.data[i]);
        }
        return total ? SoftmaxCrossEntropy.mean(sum, losses, parts) : losses;
    }

    private DMatrixRMaj gradient(DMatrixRMaj x, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj g, Divisor divisor) {
        double parts = divisor.by(x.getNumElements());
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        boolean total = g.getNumElements() == 1;
        for (int i = 0; i < gradient.data.length; i++) {
            double share = g.data[total ? 0 : i] / parts;
            gradient.data[i] = share == 0 ? 0 : share * slope(x.data[i], a.data[i], b.data[i]);
        }
        return gradient;
    }
}

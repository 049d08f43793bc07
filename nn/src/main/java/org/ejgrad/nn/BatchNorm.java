package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): each column minus its mean over the batch, divided by √(its variance +
 * ε), then scaled and shifted.
 *
 * <p>{@link #forward} uses the batch's own statistics and changes nothing. The layer {@link #at} a step of training
 * does the same and moves the running statistics towards the batch's each time it is applied: running ← (1 − m)·running
 * + m·batch. {@link #inference} uses the running statistics. The batch is normalised by the variance that divides by n,
 * the running variance follows the one that divides by n − 1. A batch that holds NaN or an infinity does not move them;
 * one whose variance is too large for a double is refused.
 *
 * <p>The parameters are {@code weight} and {@code bias}, the statistics {@code mean} and {@code variance}.
 */
public final class BatchNorm implements Layer {
    private final int columns;
    private final double epsilon;
    private final OptionalDouble momentum;
    private final Optional<LayerNorm.Scaling> scaling;
    private final Parameter mean;
    private final Parameter variance;
    private final Parameter batches;
    private final Layer inference = new Inference(new Mode(this::frozen));

    private BatchNorm(int columns, double epsilon, OptionalDouble momentum, Optional<LayerNorm.Scaling> scaling) {
        momentum.ifPresent(share -> Require.share(share, "BatchNorm: the momentum"));
        this.columns = columns;
        this.epsilon = Require.positive(epsilon, "BatchNorm: epsilon");
        this.momentum = momentum;
        this.scaling = scaling;
        this.mean = new Parameter("mean", new SimpleMatrix(1, columns));
        this.variance = new Parameter("variance", SimpleMatrix.ones(1, columns));
        this.batches = new Parameter("batches", new SimpleMatrix(1, 1));
    }

    /**
     * A layer with ε = 10⁻⁵ and momentum 0.1.
     *
     * @param columns of the batches to normalise
     * @throws IllegalArgumentException if there is not at least 1 column, or they cannot fit in memory
     */
    public BatchNorm(int columns) {
        this(columns, 1e-5, 0.1);
    }

    /**
     * A layer with an ε and a momentum of one's choice.
     *
     * @param columns of the batches to normalise
     * @param epsilon ε, positive
     * @param momentum m, from 0 to 1: how far the running statistics move with each batch
     * @throws IllegalArgumentException if there is not at least 1 column, ε is not positive and finite or m is not from
     *     0 to 1
     */
    public BatchNorm(int columns, double epsilon, double momentum) {
        this(columns, epsilon, OptionalDouble.of(momentum), Optional.of(LayerNorm.Scaling.of("BatchNorm", columns)));
    }

    /**
     * A layer whose running statistics are the plain average of all batches so far; it also remembers their number, as
     * the statistic {@code batches}.
     *
     * @param columns of the batches to normalise
     * @param epsilon ε, positive
     * @return the layer
     * @throws IllegalArgumentException if there is not at least 1 column or ε is not positive and finite
     */
    public static BatchNorm averaging(int columns, double epsilon) {
        return new BatchNorm(
                columns, epsilon, OptionalDouble.empty(), Optional.of(LayerNorm.Scaling.of("BatchNorm", columns)));
    }

    /** {@return a new layer without parameters, with this one's ε and momentum and running statistics of its own} */
    public BatchNorm withoutScaling() {
        return new BatchNorm(columns, epsilon, momentum, Optional.empty());
    }

    /**
     * Normalises by the batch's own statistics.
     *
     * @param input a row per example, at least 2
     * @return in this shape
     * @throws IllegalArgumentException if there are fewer than 2 rows or another number of columns
     */
    @Override
    public Value forward(Value input) {
        return LayerNorm.scaled(units(input).normal(), scaling);
    }

    private Units units(Value input) {
        return Units.of(requireBatch(input), Per.COLUMN, epsilon);
    }

    private Value frozen(Value input) {
        requireColumns(input);
        Value centred = input.minus(mean.value().detached());
        Value slope = variance.value().detached().plus(epsilon).rsqrt();
        return LayerNorm.scaled(centred.elementMult(slope), scaling);
    }

    private Value requireBatch(Value input) {
        requireColumns(input);
        if (input.getNumRows() < 2) {
            throw new IllegalArgumentException(
                    "BatchNorm(" + columns + "): the batch has " + input.getNumRows()
                            + " rows; expected at least 2, the variance of fewer means nothing; inference() takes any number, "
                            + "and withoutPartial() of Batches or Trainer leaves out a last batch that is smaller than the others");
        }
        return input;
    }

    private void requireColumns(Value input) {
        if (requireNonNull(input, "input").getNumCols() != columns) {
            throw new IllegalArgumentException(
                    "BatchNorm(" + columns + "): the input is " + input.shape() + "; expected " + columns + " columns");
        }
    }

    /** Like this layer, and moves the running statistics each time it is applied. */
    @Override
    public Layer at(long... position) {
        requireNonNull(position, "position");
        return new Mode(input -> {
            Units units = units(input);
            Value output = LayerNorm.scaled(units.normal(), scaling);
            observe(units);
            return output;
        });
    }

    private void observe(Units units) {
        if (NonFinite.in(units.input().detached()).isPresent()) {
            return; // there is nothing to learn from NaN
        }
        Value batchVariance = units.variance(1);
        NonFinite.in(batchVariance).ifPresent(found -> {
            throw new NonFiniteException(this + ": the variance of column " + found.column()
                    + " is too large for a double; the running statistics are unchanged. Standardised inputs may help");
        });
        move(units.centre(), batchVariance);
    }

    /** All or nothing, and one batch after the other. */
    private synchronized void move(Value batchMean, Value batchVariance) {
        double seen = batches.value().scalar() + 1;
        double share = momentum.orElse(1 / seen);
        Parameter.replaceAll(List.of(
                moved(mean, batchMean, share),
                moved(variance, batchVariance, share),
                new Parameter.Replacement(batches, batches.value(), Value.constant(seen))));
    }

    private static Parameter.Replacement moved(Parameter running, Value batch, double share) {
        Value present = running.value();
        Value next = present.detached().scale(1 - share).plus(batch.scale(share));
        return new Parameter.Replacement(running, present, next);
    }

    /** Normalises by the running statistics; any number of rows. */
    @Override
    public Layer inference() {
        return inference;
    }

    /** {@code weight} and {@code bias}, or none. */
    @Override
    public List<Parameter> parameters() {
        return scaling.map(LayerNorm.Scaling::parameters).orElse(List.of());
    }

    /** {@code mean}, {@code variance}, and {@code batches} where their number matters. */
    @Override
    public List<Parameter> statistics() {
        return momentum.isPresent() ? List.of(mean, variance) : List.of(mean, variance, batches);
    }

    /** {@return ε} */
    public double epsilon() {
        return epsilon;
    }

    /** {@return how far the running statistics move with each batch; empty if they are the average of all batches} */
    public OptionalDouble momentum() {
        return momentum;
    }

    /** All options, such as {@code BatchNorm(16, epsilon 1.0E-5, momentum 0.1)}. */
    @Override
    public String description() {
        return "BatchNorm(" + columns + ", epsilon " + epsilon
                + (momentum.isPresent() ? ", momentum " + momentum.getAsDouble() : ", averaging")
                + (scaling.isPresent() ? ")" : ", without scaling)");
    }

    /** For example {@code BatchNorm(16)}. */
    @Override
    public String toString() {
        return "BatchNorm(" + columns + ")";
    }

    /** This layer with another way to apply it. */
    private final class Mode implements Layer {
        private final UnaryOperator<Value> function;

        Mode(UnaryOperator<Value> function) {
            this.function = function;
        }

        @Override
        public Value forward(Value input) {
            return function.apply(input);
        }

        @Override
        public List<Parameter> parameters() {
            return BatchNorm.this.parameters();
        }

        @Override
        public List<Parameter> statistics() {
            return BatchNorm.this.statistics();
        }

        @Override
        public Layer inference() {
            return inference;
        }

        @Override
        public String description() {
            return BatchNorm.this.description();
        }
    }
}

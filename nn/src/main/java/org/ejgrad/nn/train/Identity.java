package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Elementary;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Checksum;
import org.ejgrad.nn.io.Manifest;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * What has to be the same for a run to go on as if it had not stopped: what its parts say of themselves, and, as a
 * lambda says nothing, what they do.
 */
final class Identity {
    /** The entry of the weights before the first step. */
    static final String FIRST_WEIGHTS = "first weights";

    private static final int ROWS = 256;
    private static final int ROWS_BY_TARGET = 64;

    /** Gradients are clipped at several scales, as most clippings leave small ones alone. */
    private static final double[] SCALES = {0x1p-20, 1, 0x1p20, 0x1p60};

    private Identity() {}

    /** What the parts say of themselves. */
    static Manifest of(Trainer trainer, Dataset training, String firstWeights) {
        return Manifest.empty()
                .with("data", fingerprint(training))
                .with(
                        "validation",
                        trainer.validation().map(Identity::fingerprint).orElse("none"))
                .with("batch size", trainer.shuffle().batchSize())
                .with("partial batches", trainer.shuffle().hasPartial())
                .with("seed", trainer.shuffle().seed())
                .with("patience", trainer.patience())
                .with("measures", trainer.measures().keySet())
                .with("network", requireNonNull(trainer.network().description(), "the network's description()"))
                .with("objective", requireNonNull(trainer.objective().description(), "the objective's description()"))
                .with("optimizer", trainer.optimizer().description())
                .with("optimizer's steps", trainer.optimizer().fingerprint())
                .with("elementary functions", Elementary.isStrict() ? "StrictMath" : "Math")
                .with(FIRST_WEIGHTS, firstWeights);
    }

    private static String fingerprint(Dataset data) {
        return data.size() + " rows " + Checksum.of(List.of(data.inputs(), data.targets())) + ", classes "
                + data.classNames();
    }

    /** What the parts do with some of the training rows and the present weights, which are the same afterwards. */
    static Manifest behaviour(Trainer trainer, Dataset training) {
        Dataset rows = training.rows(rows(training));
        Value inputs = Value.constant(rows.inputs());
        Layer network = trainer.network();
        List<Parameter> statistics = Require.elements(network.statistics(), "the network's statistics()");
        List<Value> before = statistics.stream().map(Parameter::value).toList();
        try {
            Manifest behaviour = Manifest.empty()
                    .with(
                            "outputs after training",
                            sum(() -> List.of(network.inference().forward(inputs))))
                    .with(
                            "outputs in another step",
                            sum(() -> List.of(network.at(2, 1).forward(inputs))))
                    .with(
                            "outputs in training",
                            sum(() -> List.of(network.at(1, 0).forward(inputs))))
                    .with(
                            "statistics",
                            sum(() -> statistics.stream().map(Parameter::value).toList()))
                    .with("loss", sum(() -> List.of(loss(trainer, network, rows))))
                    .with(
                            "gradients",
                            sum(() ->
                                    slopes(network, loss(trainer, network, rows).gradients())))
                    .with(
                            "clipped gradients",
                            sum(() -> clipped(
                                    trainer, loss(trainer, network, rows).gradients())));
            for (String name : trainer.measures().keySet()) {
                Measure measure = trainer.measures().get(name);
                behaviour = behaviour.with(
                        "measure " + name,
                        sum(() -> List.of(Value.constant(
                                measure.of(network.inference().forward(inputs).matrix(), rows)))));
            }
            return behaviour;
        } finally {
            IntStream.range(0, before.size()).forEach(i -> statistics.get(i).set(before.get(i)));
        }
    }

    private static Value loss(Trainer trainer, Layer network, Dataset rows) {
        return trainer.objective().loss(network.at(1, 0).forward(Value.constant(rows.inputs())), rows);
    }

    private static List<Value> slopes(Layer network, Gradients gradients) {
        return network.parameters().stream()
                .map(parameter -> gradients.orZero(parameter.value()))
                .toList();
    }

    private static List<Value> clipped(Trainer trainer, Gradients gradients) {
        return Stream.of(gradients, uneven(trainer.network(), gradients))
                .flatMap(probe -> Arrays.stream(SCALES).mapToObj(probe::scale))
                .flatMap(scaled -> slopes(trainer.network(), trainer.clipping().apply(scaled)).stream())
                .toList();
    }

    /** Gradients whose first element outweighs all others together, which a limit of elements changes. */
    private static Gradients uneven(Layer network, Gradients gradients) {
        List<Value> sources = slopes(network, gradients);
        return gradients.map(gradient -> {
            int place = sources.indexOf(gradient);
            DMatrixRMaj spike = new DMatrixRMaj(gradient.getNumRows(), gradient.getNumCols());
            Arrays.setAll(spike.data, i -> i == 0 ? Math.scalb(1.0, -10 * Math.max(place, 0)) : 0);
            return Value.adopting(spike);
        });
    }

    /** A fingerprint of some values; what cannot be computed is known by how it fails. */
    private static String sum(Supplier<List<Value>> values) {
        try {
            List<SimpleMatrix> matrices =
                    values.get().stream().map(Value::matrix).toList();
            return Checksum.of(matrices).substring(0, 16);
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    /** Some rows evenly spread, and one of each of the first targets, so that no class is missing. */
    private static int[] rows(Dataset data) {
        int count = Math.min(ROWS, data.size());
        Set<Integer> rows = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            rows.add((int) ((long) i * data.size() / count));
        }
        Set<List<Double>> targets = new HashSet<>();
        for (int row = 0; row < data.size() && targets.size() < ROWS_BY_TARGET; row++) {
            List<Double> target = new ArrayList<>();
            for (int column = 0; column < data.targets().getNumCols(); column++) {
                target.add(data.targets().get(row, column));
            }
            if (targets.add(target)) {
                rows.add(row);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}

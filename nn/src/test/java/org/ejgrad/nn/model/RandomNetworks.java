package org.ejgrad.nn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Frozen;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Temperature;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.Cell;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.PositionEncoding;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejml.simple.SimpleMatrix;

/** Networks of all layers of nn, nested at random, with parameters and statistics as training might leave them. */
public final class RandomNetworks {
    static final int INPUTS = 3;

    private final RandomStream random;
    private final List<Layer> earlier = new ArrayList<>();
    private final List<int[]> earlierColumns = new ArrayList<>();
    private int columns = INPUTS;

    private RandomNetworks(long seed) {
        this.random = new RandomStream(seed);
    }

    /** A network that takes whole numbers from 0 to 4 in {@link #INPUTS} columns. */
    public static Sequential of(long seed) {
        RandomNetworks networks = new RandomNetworks(seed);
        Sequential network = networks.sequential(2);
        networks.spread(network);
        return network;
    }

    /** The network as data. */
    public static String describe(long seed) {
        return NetworkWriter.describe(of(seed), LayerKinds.DEFAULT).toJson();
    }

    /** Such numbers. */
    public static SimpleMatrix inputs(long seed, int rows) {
        RandomStream random = new RandomStream(seed, 1);
        SimpleMatrix inputs = new SimpleMatrix(rows, INPUTS);
        for (int i = 0; i < rows * INPUTS; i++) {
            inputs.set(i, random.nextInt(5));
        }
        return inputs;
    }

    private Sequential sequential(int depth) {
        List<Layer> layers = new ArrayList<>();
        if (depth == 2 && random.nextInt(3) == 0) {
            Embedding table = new Embedding(5, 2, random.nextLong());
            layers.add(random.nextInt(2) == 0 ? table : table.padding(1));
            columns *= 2;
        }
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            layers.add(layer(depth));
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private Layer layer(int depth) {
        int before = columns;
        Layer layer = any(depth);
        earlier.add(layer);
        earlierColumns.add(new int[] {before, columns});
        return layer;
    }

    private Layer any(int depth) {
        Activation[] all = Activation.values();
        return switch (random.nextInt(depth > 0 ? 21 : 15)) {
            case 0 -> dense(columns, 1 + random.nextInt(5));
            case 1 -> dense(columns, columns);
            case 2 -> new BatchNorm(columns, 1e-3, 0.3);
            case 3 -> BatchNorm.averaging(columns, 1e-4).withoutScaling();
            case 4 -> new LayerNorm(columns, 0.01);
            case 5 -> LayerNorm.plain(0.1);
            case 6 -> new Dropout(random.nextInt(3) / 4.0, random.nextLong());
            case 7 -> new Temperature(0.5 + random.nextDouble());
            case 8 -> repeated();
            case 9 ->
                Stream.<Layer>of(Value::tanh, Value::relu, x -> x.leakyRelu(0.01), Value::gelu)
                        .toList()
                        .get(random.nextInt(4));
            case 10 -> all[random.nextInt(all.length)];
            case 11 -> images();
            case 12 -> random.nextInt(3) == 0 ? bidirectional() : recurrent();
            case 13 -> attention();
            case 14 -> new PositionEncoding(columns / steps());
            case 15 -> sequential(depth - 1);
            case 16 -> new Frozen(sequential(depth - 1));
            case 17 -> eachStep(depth - 1);
            case 18 -> BatchNorm.averaging(columns, 1e-4);
            case 19 -> {
                int before = columns;
                Layer inner = sequential(depth - 1);
                Layer back = columns == before ? inner : Sequential.of(inner, dense(columns, before));
                columns = before;
                yield Residual.of(back);
            }
            default -> {
                int before = columns;
                Layer inner = sequential(depth - 1);
                columns += before;
                yield Residual.concatenating(inner);
            }
        };
    }

    /** A layer that sees the columns as pixels. */
    private Layer images() {
        int channels = divisor(columns);
        int height = divisor(columns / channels);
        ImageShape shape = new ImageShape(channels, height, columns / channels / height);
        Window window = Window.of(1 + random.nextInt(shape.height()), 1 + random.nextInt(shape.width()))
                .stride(1 + random.nextInt(2));
        return switch (random.nextInt(4)) {
            case 0 -> {
                boolean isGrouped = random.nextInt(2) == 0;
                Conv2d layer = new Conv2d(
                        shape,
                        isGrouped ? channels : 1 + random.nextInt(2),
                        window.padding(random.nextInt(2), 0),
                        isGrouped ? channels : 1,
                        Initialiser.heNormal(),
                        random.nextLong());
                columns = layer.output().columns();
                yield random.nextInt(2) == 0 ? layer : layer.withoutBias();
            }
            case 1 -> {
                ConvTranspose2d layer = new ConvTranspose2d(shape, 1, window, random.nextLong());
                columns = layer.output().columns();
                yield layer;
            }
            case 2 -> {
                Pool2d.Kind kind = Pool2d.Kind.values()[random.nextInt(2)];
                Pool2d layer = new Pool2d(kind, shape, window);
                columns = layer.output().columns();
                yield layer;
            }
            default ->
                PerPixel.of(shape, random.nextInt(2) == 0 ? new BatchNorm(channels) : new Dense(channels, channels, 1));
        };
    }

    private int divisor(int number) {
        int most = 1 + random.nextInt(3);
        return number % most == 0 ? most : 1;
    }

    /** A number of steps that the columns make. */
    private int steps() {
        int most = 1 + random.nextInt(3);
        return columns % most == 0 ? most : 1;
    }

    private Layer recurrent() {
        int steps = steps();
        int features = columns / steps;
        int hidden = 1 + random.nextInt(3);
        Cell cell = switch (random.nextInt(3)) {
            case 0 -> new RecurrentCell(features, hidden, random.nextLong());
            case 1 -> new GruCell(features, hidden, random.nextLong());
            default -> new LstmCell(features, hidden, random.nextLong());
        };
        boolean isLast = random.nextInt(2) == 0;
        columns = isLast ? hidden : steps * hidden;
        return isLast ? Recurrent.of(cell).last() : Recurrent.of(cell);
    }

    private Layer bidirectional() {
        int steps = steps();
        int features = columns / steps;
        int hidden = 1 + random.nextInt(2);
        Bidirectional layer = Bidirectional.of(
                features,
                Recurrent.of(new GruCell(features, hidden, random.nextLong())),
                Recurrent.of(new RecurrentCell(features, 1, random.nextLong())));
        boolean isLast = random.nextInt(2) == 0;
        columns = (hidden + 1) * (isLast ? 1 : steps);
        return isLast ? layer.last() : layer;
    }

    private Layer attention() {
        int heads = 1 + random.nextInt(2);
        Attention all =
                new Attention(columns / steps(), heads * (1 + random.nextInt(3)), random.nextLong()).heads(heads);
        return random.nextInt(2) == 0 ? all : all.causal();
    }

    private Layer eachStep(int depth) {
        int steps = steps();
        int features = columns / steps;
        columns = features;
        Layer inner = sequential(depth);
        columns *= steps;
        return new EachStep(features, inner);
    }

    private Layer dense(int from, int to) {
        columns = to;
        return random.nextInt(3) == 0
                ? Dense.withoutBias(from, to, Initialiser.heNormal(), random.nextLong())
                : new Dense(from, to, random.nextLong());
    }

    /** A layer that the network has already, in another place. */
    private Layer repeated() {
        for (int i = 0; i < earlier.size(); i++) {
            if (earlierColumns.get(i)[0] == columns) {
                columns = earlierColumns.get(i)[1];
                return earlier.get(i);
            }
        }
        return Activation.SILU;
    }

    private void spread(Layer network) {
        network.at(1, 2).forward(Value.constant(inputs(random.nextLong(), 6))); // moves the running statistics
        for (Parameter each : network.parameters()) {
            each.set(each.value()
                    .plus(Value.constant(Initialiser.normal(0.1)
                            .matrix(each.value().getNumRows(), each.value().getNumCols(), random))));
        }
    }
}

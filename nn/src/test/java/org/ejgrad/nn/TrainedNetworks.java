package org.ejgrad.nn;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Elementary;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Triangle;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.LabelNoise;
import org.ejgrad.nn.data.Resampling;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.data.Standardizer;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.Checksum;
import org.ejgrad.nn.io.JsonText;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.optim.Adadelta;
import org.ejgrad.nn.optim.Adagrad;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.AdamW;
import org.ejgrad.nn.optim.Adamax;
import org.ejgrad.nn.optim.Cyclic;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Lbfgs;
import org.ejgrad.nn.optim.OneCycle;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.RmsProp;
import org.ejgrad.nn.optim.Schedules;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;

/**
 * Small networks that among them compute with every function, loss, layer and optimizer, each trained for a few steps;
 * the program prints the SHA-256 of the weights of each, from as many threads as its argument says.
 */
final class TrainedNetworks {
    private static final int STEPS = 5;
    private static final int ROWS = 6;
    private static final int[] LABELS = {0, 2, 1, 1, 0, 2};
    private static final Value INPUT = Value.constant(normal(ROWS, 3, 1));
    private static final Value SHARES =
            Value.constant(normal(ROWS, 3, 2)).softmax(Per.ROW).detached();
    private static final Value BITS = SHARES.greaterThan(0.4);
    private static final Value SIGNS = BITS.scale(2).minus(1);

    private final Map<String, Callable<String>> trainings = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        out.println("strict " + Elementary.isStrict());
        TrainedNetworks networks = new TrainedNetworks();
        networks.functions();
        networks.matrices();
        networks.losses();
        networks.optimizers();
        networks.layers();
        networks.wholeTrainings();
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[0]));
        Map<String, Future<String>> hashes = new LinkedHashMap<>();
        networks.trainings.forEach((name, training) -> hashes.put(name, threads.submit(training)));
        for (Map.Entry<String, Future<String>> hash : hashes.entrySet()) {
            out.println(hash.getKey() + " " + hash.getValue().get());
        }
        threads.shutdown();
    }

    private static SimpleMatrix normal(int rows, int columns, long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix matrix = new SimpleMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.nextGaussian());
            }
        }
        return matrix;
    }

    // ---- a training -------------------------------------------------------------------------------------------------

    private void add(String name, Callable<String> training) {
        if (trainings.put(name.replace(' ', '-'), training) != null) {
            throw new IllegalArgumentException("two trainings are named " + name);
        }
    }

    private static String hash(Layer network) {
        List<Parameter> all = new ArrayList<>(network.parameters());
        all.addAll(network.statistics());
        return Checksum.of(all.stream().map(p -> p.value().matrix()).toList());
    }

    private static String trained(Layer network, UpdateRule rule, UnaryOperator<Value> loss) {
        Optimizer optimizer = Optimizer.of(network.parameters(), rule);
        for (int step = 0; step < STEPS; step++) {
            Value output = network.at(0, step).forward(INPUT);
            optimizer.step(loss.apply(output).gradients());
        }
        return hash(network);
    }

    private static Sequential around(Layer inner) {
        return Sequential.of(new Dense(3, 5, 1), inner, new Dense(5, 3, 2));
    }

    private static Value crossEntropy(Value logits) {
        return CrossEntropy.fromLogits(logits, LABELS);
    }

    // ---- functions of each element ----------------------------------------------------------------------------------

    private void function(String name, UnaryOperator<Value> function) {
        add(name, () -> trained(around(function::apply), Adam.rate(0.05), TrainedNetworks::crossEntropy));
    }

    private void pair(String name, BinaryOperator<Value> function) {
        function(name, x -> function.apply(x, x.colsAt(4, 0, 1, 2, 3)));
    }

    private static Value positive(Value x) {
        return x.square().plus(0.5);
    }

    private static Value inside(Value x) {
        return x.scale(0.2).clamp(-0.9, 0.9);
    }

    private void functions() {
        function("sigmoid", Value::sigmoid);
        function("logSigmoid", Value::logSigmoid);
        function("softplus", Value::softplus);
        function("softplus steep", x -> x.softplus(2, 1));
        function("silu", Value::silu);
        function("mish", Value::mish);
        function("gelu", Value::gelu);
        function("geluTanh", Value::geluTanh);
        function("softsign", Value::softsign);
        function("tanhshrink", Value::tanhshrink);
        function("elu", x -> x.elu(1.5));
        function("celu", x -> x.celu(1.5));
        function("selu", Value::selu);
        function("relu", Value::relu);
        function("relu6", Value::relu6);
        function("leakyRelu", x -> x.leakyRelu(0.1));
        function("hardSigmoid", Value::hardSigmoid);
        function("hardSwish", Value::hardSwish);
        function("softshrink", x -> x.softshrink(0.2));
        function("hardshrink", x -> x.hardshrink(0.2));
        function("threshold", x -> x.threshold(0.1, -0.5));
        function("sqrt", x -> positive(x).sqrt());
        function("rsqrt", x -> positive(x).rsqrt());
        function("reciprocal", x -> positive(x).reciprocal());
        function("power", x -> positive(x).elementPower(1.7));
        function("powerOf", x -> x.elementPowerOf(1.3));
        function("exp", Value::elementExp);
        function("exp2", Value::exp2);
        function("expm1", Value::expm1);
        function("log", x -> positive(x).elementLog());
        function("log2", x -> positive(x).log2());
        function("log10", x -> positive(x).log10());
        function("log1p", x -> positive(x).log1p());
        function("logit", x -> inside(x).plus(1).scale(0.5).logit());
        function("sin", Value::sin);
        function("cos", Value::cos);
        function("tan", x -> inside(x).tan());
        function("asin", x -> inside(x).asin());
        function("acos", x -> inside(x).acos());
        function("atan", Value::atan);
        function("sinh", Value::sinh);
        function("cosh", Value::cosh);
        function("tanh", Value::tanh);
        function("asinh", Value::asinh);
        function("acosh", x -> x.square().plus(1.25).acosh());
        function("atanh", x -> inside(x).atanh());
        function("erf", Value::erf);
        function("erfc", Value::erfc);
        function("cumSum", x -> x.cumSum(Per.ROW));
        function("cumLogSumExp", x -> x.cumLogSumExp(Per.ROW));
        function("cumProduct", x -> x.cumProduct(Per.ROW));
        function("softmax", x -> x.softmax(Per.ROW));
        function("logSoftmax", x -> x.logSoftmax(Per.ROW));
        function("softmin", x -> x.softmin(Per.COLUMN));
        function("logSumExp", x -> x.plus(x.logSumExp(Per.COLUMN)));
        function("norm", x -> x.plus(x.norm(Per.ROW, 2.5)));
        function("normalize", x -> x.normalize(Per.ROW, 3, 1e-6));
        function("standardDeviation", x -> x.elementDiv(x.standardDeviation(Per.ROW, 1)));
        pair("logAddExp", Value::logAddExp);
        pair("xlogy", (a, b) -> a.xlogy(positive(b)));
        pair("atan2", Value::atan2);
        pair("elementPower", (a, b) -> positive(a).elementPower(b));
        pair("elementDiv", (a, b) -> a.elementDiv(positive(b)));
        pair("maximum", Value::maximum);
    }

    // ---- linear algebra ---------------------------------------------------------------------------------------------

    /** Of the 6x4 matrix that a layer makes of the input, and the 4x4 matrix aᵀ·a + 1. */
    private void matrix(String name, BinaryOperator<Value> function) {
        Value one = Value.constant(SimpleMatrix.identity(4));
        add(
                name,
                () -> trained(new Dense(3, 4, 3), Sgd.rate(0.01), a -> {
                    Value wide = a.tanh().plus(Value.constant(normal(ROWS, 4, 4)));
                    return function.apply(wide, wide.multTransA(wide).plus(one))
                            .square()
                            .mean();
                }));
    }

    private void matrices() {
        matrix("mult", (a, s) -> a.mult(s));
        matrix("multTransB", (a, s) -> s.multTransB(a));
        matrix("kron", (a, s) -> s.kron(a));
        matrix("invert", (a, s) -> s.invert());
        matrix("solve", (a, s) -> s.solve(a.transpose()));
        matrix("leastSquares", (a, s) -> a.solve(INPUT));
        matrix("pseudoInverse", (a, s) -> a.pseudoInverse());
        matrix("truncatedPseudoInverse", (a, s) -> a.truncatedPseudoInverse(1e-6));
        matrix("solveTriangular", (a, s) -> s.solveTriangular(Triangle.LOWER, a.transpose()));
        matrix("matrixPower", (a, s) -> s.divide(8).matrixPower(5));
        matrix("matrixExp", (a, s) -> s.divide(8).matrixExp());
        matrix("cholesky", (a, s) -> s.cholesky());
        matrix("qr", (a, s) -> a.qr().q().multTransA(a.plus(1)));
        matrix("eigenvalues", (a, s) -> s.eigSymmetric().values());
        matrix("eigenvectors", (a, s) -> s.eigSymmetric().vectors().cumSum(Per.ROW));
        matrix("singularValues", (a, s) -> a.singularValues());
        matrix("svd", (a, s) -> a.svd().u().cumSum(Per.ROW).mult(a.svd().singularValues()));
        matrix("determinant", (a, s) -> s.divide(8).determinant());
        matrix("logDeterminant", (a, s) -> s.logDeterminant());
        matrix("signLogDeterminant", (a, s) -> s.signLogDeterminant().logarithm());
    }

    // ---- losses -----------------------------------------------------------------------------------------------------

    private void loss(String name, UnaryOperator<Value> loss) {
        add(name, () -> trained(around(Value::tanh), Adam.rate(0.05), loss));
    }

    private void losses() {
        Reduction mean = Reduction.MEAN;
        ClassOptions classes = ClassOptions.DEFAULT;
        BinaryOptions binary = BinaryOptions.DEFAULT;
        loss("crossEntropy labels", z -> CrossEntropy.fromLogits(z, LABELS));
        loss("crossEntropy targets", z -> CrossEntropy.fromLogits(z, SHARES));
        loss(
                "crossEntropy smoothed",
                z -> CrossEntropy.fromLogits(z, LABELS, classes.smoothing(0.1).weights(1, 2, 3)));
        loss(
                "crossEntropy probabilities",
                z -> CrossEntropy.fromProbabilities(z.softmax(Per.ROW), LABELS, Clipping.clip(1e-7), classes));
        loss("crossEntropy logarithms", z -> CrossEntropy.fromLogProbabilities(z.logSoftmax(Per.ROW), SHARES, classes));
        loss("binaryCrossEntropy", z -> BinaryCrossEntropy.fromLogits(z, SHARES, binary.positiveWeight(1.5)));
        loss("binaryCrossEntropy floored", z -> BinaryCrossEntropy.fromProbabilities(z.sigmoid(), BITS));
        loss(
                "binaryCrossEntropy clipped",
                z -> BinaryCrossEntropy.fromProbabilities(z.sigmoid(), BITS, Clipping.addEpsilon(1e-7), binary));
        loss("focal binary", z -> Focal.binary(z, BITS, 2.5, 0.25, mean));
        loss("focal categorical", z -> Focal.categorical(z, LABELS, 1.5, classes));
        loss("entropy", z -> Information.bits(Information.entropy(z.softmax(Per.ROW), classes)));
        loss("information crossEntropy", z -> Information.crossEntropy(SHARES, z.softmax(Per.ROW), classes));
        loss("divergence", z -> Information.divergence(SHARES, z.softmax(Per.ROW), classes));
        loss("divergenceFromLog", z -> Information.divergenceFromLog(z.logSoftmax(Per.ROW), SHARES, mean));
        loss(
                "divergenceOfLogs",
                z -> Information.divergenceOfLogs(
                        z.logSoftmax(Per.ROW), SHARES.elementLog().detached(), mean));
        loss("hinge", z -> Margin.hinge(z, SIGNS, 1, mean));
        loss("squaredHinge", z -> Margin.squaredHinge(z, SIGNS, 1, mean));
        loss("softMargin", z -> Margin.soft(z, SIGNS, mean));
        loss("hingeEmbedding", z -> Margin.hingeEmbedding(z.abs(), SIGNS, 1, mean));
        loss("ranking", z -> Margin.ranking(z, INPUT, SIGNS, 0.5, mean));
        loss("multiClassMargin", z -> Margin.multiClass(z, LABELS, 2, 1, classes));
        loss("multiLabelMargin", z -> Margin.multiLabel(z, BITS, classes));
        loss("bootstrapSoft", z -> NoisyLabels.bootstrapSoft(z, LABELS, 0.9, mean));
        loss("bootstrapHard", z -> NoisyLabels.bootstrapHard(z, LABELS, 0.8, mean));
        loss("generalised", z -> NoisyLabels.generalised(z, LABELS, 0.7, mean));
        loss("symmetric", z -> NoisyLabels.symmetric(z, LABELS, 0.1, 1, -4, mean));
        loss(
                "forwardCorrected",
                z -> NoisyLabels.forwardCorrected(z, LABELS, LabelNoise.symmetricMatrix(3, 0.2), mean));
        loss("squaredError", z -> Regression.squaredError(z, INPUT));
        loss("absoluteError", z -> Regression.absoluteError(z, INPUT, mean));
        loss("huber", z -> Regression.huber(z, INPUT, 0.5, mean));
        loss("smoothL1", z -> Regression.smoothL1(z, INPUT, 0.5, mean));
        loss("poissonFromLogRate", z -> Regression.poissonFromLogRate(z, BITS, mean));
        loss("poissonFromRate", z -> Regression.poissonFromRate(z.elementExp(), BITS, 1e-8, mean));
        loss("gaussian", z -> Regression.gaussian(z, INPUT, positive(z), 1e-6, mean));
    }

    // ---- optimizers -------------------------------------------------------------------------------------------------

    private void rule(String name, UpdateRule rule) {
        add(name, () -> trained(around(Value::tanh), rule, TrainedNetworks::crossEntropy));
    }

    private void optimizers() {
        rule("Sgd step", Sgd.rate(Schedules.step(0.1, 2, 0.3)).momentum(0.9).nesterov());
        rule(
                "Sgd oneCycle",
                Sgd.rate(OneCycle.of(0.1, STEPS).rate())
                        .momentum(OneCycle.of(0.1, STEPS).momentum()));
        rule("Sgd cyclic", Sgd.rate(Cyclic.of(0.01, 0.1, 2).rate()).weightDecay(0.01));
        rule("Sgd exponential", Sgd.rate(Schedules.exponential(0.1, 0.9)));
        rule("Sgd polynomial", Sgd.rate(Schedules.polynomial(0.1, STEPS, 1.7)));
        rule("Adam cosine", Adam.rate(Schedules.cosine(0.05, STEPS, 0)).amsgrad());
        rule("AdamW restarts", AdamW.rate(Schedules.warmRestarts(0.05, 2, 2, 0.001)));
        rule("Adamax", Adamax.rate(0.05));
        rule("RmsProp", RmsProp.rate(0.01).momentum(0.5).centered());
        rule("Adagrad", Adagrad.rate(0.1).rateDecay(0.01));
        rule("Adadelta", Adadelta.rate(1));
        add("Lbfgs", () -> {
            Layer network = around(Value::tanh);
            Lbfgs optimizer = Lbfgs.of(network.parameters());
            optimizer.step(() -> crossEntropy(network.forward(INPUT)));
            return hash(network);
        });
        add("clipping", () -> {
            Layer network = around(Value::tanh);
            Optimizer optimizer = Optimizer.of(network.parameters(), Sgd.rate(0.5));
            for (int step = 0; step < STEPS; step++) {
                Gradients gradients = crossEntropy(network.forward(INPUT)).gradients();
                optimizer.step(
                        GradientClipping.byNorm(gradients, 0.1, 2.5 + step).gradients());
            }
            return hash(network);
        });
    }

    // ---- layers -----------------------------------------------------------------------------------------------------

    private void layer(String name, Layer layer) {
        add(name, () -> trained(around(layer), Adam.rate(0.05), TrainedNetworks::crossEntropy));
    }

    private void layers() {
        layer("BatchNorm", new BatchNorm(5));
        layer("LayerNorm", new LayerNorm(5));
        layer("Dropout", new Dropout(0.3, 7));
        layer("Residual", Residual.of(Sequential.of(new Dense(5, 5, 3), Value::gelu)));
        layer("Temperature", new Temperature(1.5));
        add("Temperature fitted", () -> hash(Temperature.fitted(INPUT.scale(3), LABELS)));
        add("Embedding", () -> {
            Embedding embedding = new Embedding(4, 3, 1);
            Optimizer optimizer = Optimizer.of(embedding.parameters(), Adam.rate(0.05));
            for (int step = 0; step < STEPS; step++) {
                Value rows = embedding.rows(1, 0, 3, 2, 1, 1);
                optimizer.step(crossEntropy(rows.sin().plus(rows)).gradients());
            }
            return hash(embedding);
        });
        add("Bilinear", () -> {
            Bilinear bilinear = new Bilinear(3, 3, 1);
            Optimizer optimizer = Optimizer.of(bilinear.parameters(), Adam.rate(0.05));
            for (int step = 0; step < STEPS; step++) {
                optimizer.step(
                        bilinear.forward(INPUT, INPUT.sin()).sigmoid().mean().gradients());
            }
            return Checksum.of(
                    bilinear.parameters().stream().map(p -> p.value().matrix()).toList());
        });
    }

    // ---- whole trainings --------------------------------------------------------------------------------------------

    private void wholeTrainings() {
        add(
                "gradient penalty",
                () -> trained(around(Value::softplus), Adam.rate(0.05), z -> {
                    Value input = Value.variable("input", normal(ROWS, 3, 5));
                    Value of = input.mult(z.multTransA(z)).gelu().mean();
                    Value slope = of.gradients(Gradients.Option.DIFFERENTIABLE).of(input);
                    return slope.square().mean().plus(of);
                }));
        add("wide", () -> {
            Sequential network = Sequential.of(
                    new Dense(17, 33, 1),
                    new BatchNorm(33),
                    Value::gelu,
                    new Dropout(0.2, 5),
                    new Dense(33, 26, 2),
                    new LayerNorm(26),
                    Value::silu,
                    new Dense(26, 10, 3));
            Optimizer optimizer = Optimizer.of(network.parameters(), AdamW.rate(0.01));
            Value rows = Value.constant(normal(19, 17, 9));
            int[] labels = new int[19];
            Arrays.setAll(labels, i -> 7 * i % 10);
            for (int step = 0; step < 8; step++) {
                Value loss = CrossEntropy.fromLogits(network.at(0, step).forward(rows), labels)
                        .plus(Penalty.l1(network.parameters(), 1e-4))
                        .plus(Penalty.l2(network.parameters(), 1e-4));
                optimizer.step(loss.gradients());
            }
            return hash(network);
        });
        add("trainer", () -> {
            Dataset all = LabelNoise.symmetric(ToySets.spirals(60, 3, 0.1, 1), 0.1, 2);
            Split split = Split.stratified(all.labels(), 0.2, 3);
            Standardizer units = Standardizer.fit(split.train(all));
            Dataset training = Resampling.smote(units.apply(split.train(all)), 3, 4);
            Sequential network = Sequential.of(new Dense(2, 12, 1), Value::tanh, new Dense(12, 3, 2));
            Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(Schedules.cosine(0.05, 20, 0)));
            Trainer.of(network, (outputs, batch) -> CrossEntropy.fromLogits(outputs, batch.labels()), optimizer)
                    .batches(16, 5)
                    .validation(units.apply(split.test(all)))
                    .fit(training, 3);
            Sequential copy = Sequential.of(new Dense(2, 12, 8), Value::tanh, new Dense(12, 3, 9));
            Weights.into(copy, JsonText.parse(JsonText.of(Weights.of(network))), Weights.Numbers.FINITE);
            return hash(copy);
        });
    }
}

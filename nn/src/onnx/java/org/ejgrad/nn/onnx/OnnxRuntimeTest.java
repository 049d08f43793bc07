package org.ejgrad.nn.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Temperature;
import org.ejgrad.nn.data.ColumnKind;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.RawColumn;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.Unseen;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.Outputs;
import org.ejgrad.nn.model.RandomNetworks;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, which knows nothing of us, computes what the network computes. */
class OnnxRuntimeTest {
    private static final int INPUTS = 7;
    private static final int ROWS = 50;

    private static Map<String, Layer> activations() {
        Map<String, Layer> all = new LinkedHashMap<>();
        all.put("relu", Value::relu);
        all.put("tanh", Value::tanh);
        all.put("sigmoid", Value::sigmoid);
        all.put("softplus", Value::softplus);
        all.put("softsign", Value::softsign);
        all.put("leakyRelu", x -> x.leakyRelu(0.1));
        all.put("elu", x -> x.elu(1.5));
        all.put("selu", Value::selu);
        all.put("softmax", x -> x.softmax(Per.ROW));
        all.put("logSoftmax", x -> x.logSoftmax(Per.ROW));
        all.put("negative", Value::negative);
        all.put("square", x -> x.elementMult(x).minus(x));
        all.put("gelu", Value::gelu);
        all.put("geluTanh", Value::geluTanh);
        all.put("silu", Value::silu);
        all.put("mish", Value::mish);
        all.put("logSigmoid", Value::logSigmoid);
        all.put("power", x -> x.square().plus(1).elementPower(1.5).divide(3));
        all.put("row", x -> x.minus(Value.constant(SimpleMatrix.ones(1, 16))).elementDiv(Value.constant(0.7)));
        all.put("LayerNorm", new LayerNorm(16));
        all.put("BatchNorm", new BatchNorm(16));
        all.put("BatchNorm without scaling", new BatchNorm(16).withoutScaling());
        all.put("Temperature", new Temperature(1.7));
        Stream.of(Activation.values()).forEach(each -> all.put("Activation " + each, each));
        return all;
    }

    static Stream<Arguments> networks() {
        return activations().keySet().stream()
                .flatMap(name -> Stream.of(Precision.values()).map(precision -> Arguments.of(name, precision)));
    }

    private static Layer network(Layer activation) {
        return Sequential.of(
                new Dense(INPUTS, 16, 1),
                activation,
                Residual.of(Sequential.of(new Dense(16, 16, 2), activation)),
                Dense.withoutBias(16, 5, Initialiser.xavierUniform(), 3));
    }

    private static SimpleMatrix inputs() {
        RandomStream random = new RandomStream(9);
        SimpleMatrix inputs = new SimpleMatrix(ROWS, INPUTS);
        for (int i = 0; i < ROWS * INPUTS; i++) {
            inputs.set(i, (float) (3 * random.nextGaussian()));
        }
        return inputs;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesTheSame(String name, Precision precision) throws OrtException {
        Layer network = network(activations().get(name));
        Value logits = network.inference().forward(Value.constant(inputs()));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] written = OnnxModel.of(name, network, INPUTS, precision);
        boolean isOfFloats =
                precision == Precision.FLOAT || !OnnxModel.floatOnly(written).isEmpty();
        try (OrtSession session = environment.createSession(written);
                OnnxTensor tensor = tensor(environment, inputs(), precision);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            // A probability's error is at most its logit's.
            double bar = (isOfFloats ? 1e-6 : 1e-14)
                    * Math.max(1, logits.abs().elementMax().scalar());
            assertClose(logits, result.get("logits").orElseThrow().getValue(), bar);
            assertClose(
                    logits.softmax(Per.ROW),
                    result.get("probabilities").orElseThrow().getValue(),
                    bar);
        }
    }

    /** A hundred networks that it computes in doubles, and a hundred with what it knows of floats alone, in both. */
    static Stream<Arguments> seeds() {
        return Stream.concat(
                seeds(false).map(seed -> Arguments.of(seed, Precision.DOUBLE)),
                seeds(true)
                        .flatMap(
                                seed -> Stream.of(Precision.values()).map(precision -> Arguments.of(seed, precision))));
    }

    private static Stream<Integer> seeds(boolean some) {
        return Stream.iterate(1, seed -> seed + 1)
                .filter(seed -> Stream.of("gelu", "Conv2d", "ConvTranspose2d", "Pool2d")
                                .anyMatch(kind -> RandomNetworks.describe(seed).contains("\"" + kind + "\""))
                        == some)
                .limit(100);
    }

    /** All layers of nn, nested at random. */
    @ParameterizedTest
    @MethodSource("seeds")
    void computesTheSameOfWholeModels(int seed, Precision precision) throws OrtException {
        Layer network = RandomNetworks.of(seed);
        SimpleMatrix inputs = RandomNetworks.inputs(seed, ROWS);
        int width = network.inference().forward(Value.constant(inputs)).getNumCols();
        Dataset data = Dataset.regression("data", inputs, new SimpleMatrix(ROWS, width));
        Outputs outputs = Outputs.values()[seed % 3];
        Model model = Model.of(network, Objective.squaredError(), outputs, data);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] written = OnnxModel.of(model, precision);
        boolean isOfFloats =
                precision == Precision.FLOAT || !OnnxModel.floatOnly(written).isEmpty();
        try (OrtSession session = environment.createSession(written);
                OnnxTensor tensor = tensor(environment, inputs, precision);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            String name = outputs == Outputs.IDENTITY ? "predictions" : "probabilities";
            Value ours = Value.constant(model.probabilities(inputs));
            double bar = (isOfFloats ? 1e-4 : 1e-6)
                    * Math.max(1, ours.abs().elementMax().scalar());
            assertClose(ours, result.get(name).orElseThrow().getValue(), bar);
        }
    }

    private static final Table PLANTS = Table.of(
            "plants",
            List.of("input", "tall enough?", "colour", "year", "code", "kind", "wet", "dry"),
            List.of(
                    List.of("1", "1.5", "red", "1000000001", "7", "bush", "yes", "no"),
                    List.of("2", "", "grün", "1000000003", "", "tree", "no", "no"),
                    List.of("3", "1", "", "1000000002.5", "0.1", "bush", "yes", "yes"),
                    List.of("4", "9e3", "blue", "", "7.0", "moss", "no", "yes")));

    private static final Table NEW = Table.of(
            "new",
            List.of("colour", "year", "input", "tall enough?", "code"),
            List.of(
                    List.of("grün", "1000000001.5", "2.5", "", "7.00"),
                    List.of("", "", "", "17", ""),
                    List.of("unheard of", "1000000009", "-3", "2", "8"),
                    List.of("blue", "1000000000", "1", "-1e4", "1e-1"),
                    List.of("red", "1000000002", "1.25", "0.1", "7")));

    static Stream<Arguments> plans() {
        PreparationPlan numbers = Preparation.regression("input", "year").without("kind", "wet", "dry");
        return Stream.of(
                        Arguments.of(
                                Objective.softmaxCrossEntropy(),
                                Preparation.classification("kind").without("wet", "dry"),
                                3),
                        Arguments.of(
                                Objective.sigmoidCrossEntropy(),
                                Preparation.labels("wet", "dry").without("kind"),
                                2),
                        Arguments.of(Objective.squaredError(), numbers, 2))
                .flatMap(each -> Stream.of(Precision.values())
                        .map(precision -> Arguments.of(each.get()[0], each.get()[1], each.get()[2], precision)));
    }

    /** From texts, missing cells and large offsets to predictions. */
    @ParameterizedTest
    @MethodSource("plans")
    void computesTheSameOfRawRows(Objective objective, PreparationPlan plan, int width, Precision precision)
            throws OrtException {
        Table train = objective.description().equals("squaredError") ? PLANTS.rows(0, 1, 2) : PLANTS;
        Preparation preparation = plan.categorical("code")
                .missing(Missing.MEDIAN)
                .unseen(Unseen.ZEROS)
                .fit(train);
        int inputs = preparation.featureNames().size();
        Layer network = Sequential.of(new Dense(inputs, 6, 1), Activation.SOFTPLUS, new Dense(6, width, 2));
        Model model = Model.of(network, objective, preparation);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        for (RawColumn column : preparation.rawColumns()) {
            String name = column.name().equals("input") ? "input_1" : column.name();
            given.put(
                    name,
                    column.kind() == ColumnKind.NUMBER || column.isOfNumbers()
                            ? OnnxTensor.createTensor(environment, column(NEW.numbers(column.name())))
                            : OnnxTensor.createTensor(environment, column(NEW.texts(column.name()))));
        }
        try (OrtSession session = environment.createSession(OnnxModel.of(model, precision));
                OrtSession.Result result = session.run(given)) {
            String name = objective.description().equals("squaredError") ? "predictions" : "probabilities";
            Value ours = Value.constant(model.predict(NEW).values());
            double bar = 1e-6 * Math.max(1, ours.abs().elementMax().scalar());
            assertClose(ours, result.get(name).orElseThrow().getValue(), bar);
        }
    }

    /** Times in nanoseconds and amounts beside 10⁹, whose spread is a millionth of them and less. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void offsetsCostNoDigits(Precision precision) throws OrtException, IOException {
        StringBuilder text = new StringBuilder("time,amount\n");
        for (int i = 0; i < 40; i++) {
            text.append(1_700_000_000_000_000_000L + 25_600L * i)
                    .append(',')
                    .append(1_700_000_000 + 30 * (i % 7))
                    .append('\n');
        }
        Table table = CsvFormat.DEFAULT.table(
                "t", new ByteArrayInputStream(text.toString().getBytes(UTF_8)));
        Preparation preparation = Preparation.regression("amount").fit(table);
        Model model = Model.of(
                Sequential.of(new Dense(1, 6, 1), Activation.TANH, new Dense(6, 1, 2)),
                Objective.squaredError(),
                preparation);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> given =
                Map.of("time", OnnxTensor.createTensor(environment, column(table.numbers("time"))));
        try (OrtSession session = environment.createSession(OnnxModel.of(model, precision));
                OrtSession.Result result = session.run(given)) {
            double[][] predicted =
                    (double[][]) result.get("predictions").orElseThrow().getValue();
            assertClose(Value.constant(model.predict(table).values()), predicted, 1e-4);
        }
    }

    private static double[][] column(double... numbers) {
        return Arrays.stream(numbers).mapToObj(each -> new double[] {each}).toArray(double[][]::new);
    }

    private static String[][] column(List<String> texts) {
        return texts.stream().map(each -> new String[] {each}).toArray(String[][]::new);
    }

    private static OnnxTensor tensor(OrtEnvironment environment, SimpleMatrix inputs, Precision precision)
            throws OrtException {
        double[][] rows = inputs.toArray2();
        if (precision == Precision.DOUBLE) {
            return OnnxTensor.createTensor(environment, rows);
        }
        float[][] narrow = new float[ROWS][rows[0].length];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < rows[0].length; column++) {
                narrow[row][column] = (float) rows[row][column];
            }
        }
        return OnnxTensor.createTensor(environment, narrow);
    }

    private static void assertClose(Value ours, Object theirs, double bar) {
        for (int row = 0; row < ours.getNumRows(); row++) {
            for (int column = 0; column < ours.getNumCols(); column++) {
                double their =
                        theirs instanceof float[][] floats ? floats[row][column] : ((double[][]) theirs)[row][column];
                assertEquals(ours.get(row, column), their, bar, "row " + row + ", column " + column);
            }
        }
    }
}

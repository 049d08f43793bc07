package org.ejgrad.nn.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.io.AtomicFile;
import org.ejgrad.nn.model.Model;

/**
 * A classifier as an ONNX model with the input {@code input} (a row per example) and the outputs {@code logits} and
 * {@code probabilities}.
 *
 * <p>A layer is any function, so there is no list of layers to look at: the network is applied to some rows, and the
 * graph which that records is written down, node by node. That is done twice, with different numbers of rows: a model
 * that takes any number of rows is the same both times.
 *
 * <p>Without {@code org.tribuo:tribuo-util-onnx}, which is optional, this is refused by an IllegalStateException.
 */
public final class OnnxModel {
    private static final int VERSION_OF_FORMAT = 8;
    private static final int VERSION_OF_OPERATORS = 13;
    private static final int VERSION_OF_TRADITIONAL = 2;
    private static final String STANDARDISED = "standardised";
    private static final Set<String> NAMES =
            Set.of(OnnxTrial.INPUT, OnnxTrial.LOGITS, OnnxTrial.PROBABILITIES, OnnxTrial.PREDICTIONS, STANDARDISED);
    private static final int ROWS = 2;
    private static final int OTHER_ROWS = 5;

    /** What the columns of the logits are. */
    public enum Columns {
        /**
         * Classes of which an example has one: the probabilities are the softmax of each row, of one column its
         * sigmoid.
         */
        CLASSES,
        /** Labels of which an example may have several: the probabilities are the sigmoid of each. */
        LABELS
    }

    private OnnxModel() {}

    /**
     * The model of a network whose columns are classes.
     *
     * @param name what the model is to be called
     * @param network a classifier; its {@code inference()} is exported
     * @param inputs how many columns it takes
     * @param precision of its numbers
     * @return the bytes of an {@code .onnx} file
     * @throws IllegalArgumentException if the network uses an operation that is not known here, or depends on the
     *     number of rows
     */
    public static byte[] of(String name, Layer network, int inputs, Precision precision) {
        return of(name, network, inputs, precision, Columns.CLASSES);
    }

    /**
     * The model of a network.
     *
     * <p>If the network ends in a sigmoid or a softmax, its outputs are the probabilities, and the logits are what it
     * is the sigmoid or softmax of.
     *
     * @param name what the model is to be called
     * @param network a classifier; its {@code inference()} is exported
     * @param inputs how many columns it takes
     * @param precision of its numbers
     * @param columns what its outputs stand for
     * @return the bytes of an {@code .onnx} file
     * @throws IllegalArgumentException if the network uses an operation that is not known here, or depends on the
     *     number of rows
     */
    public static byte[] of(String name, Layer network, int inputs, Precision precision, Columns columns) {
        requireNonNull(name, "name");
        requireNonNull(network, "network");
        requireNonNull(precision, "precision");
        requireNonNull(columns, "columns");
        Require.atLeast(inputs, 0, "ONNX: the number of inputs");
        Require.memory("ONNX", OTHER_ROWS, inputs, 1);
        return twice(rows -> model(name, new OnnxTrial(network, inputs, rows, columns), precision));
    }

    /**
     * A whole model: its preparation, its network, and what turns the outputs into probabilities or numbers.
     *
     * <p>With a preparation there is an input for each column of the table under the column's name, a column of doubles
     * (NaN where one is missing) or of texts (empty where one is missing, without the blanks around them). Categories
     * that are numbers which doubles hold are a column of doubles, as 1 and 1.0 are one category. Without a preparation
     * there is the one input {@code input}.
     *
     * <p>Its outputs are {@code logits} and {@code probabilities}, or {@code predictions} where the network's outputs
     * are what one asks for; those in the units of a table are doubles whatever the precision.
     *
     * @param model a trained model
     * @param precision of its numbers
     * @return the bytes of an {@code .onnx} file
     * @throws IllegalArgumentException if the network uses an operation that is not known here, or depends on the
     *     number of rows
     */
    public static byte[] of(Model model, Precision precision) {
        requireNonNull(model, "model");
        requireNonNull(precision, "precision");
        Optional<OnnxPreparation> preparation = model.preparation().map(OnnxPreparation::new);
        boolean isScaled = preparation.isPresent() && model.kind() == TargetKind.NUMBERS;
        return twice(rows -> {
            OnnxTrial trial = new OnnxTrial(
                    model.network(),
                    model.featureNames().size(),
                    rows,
                    model.outputs(),
                    isScaled ? STANDARDISED : OnnxTrial.PREDICTIONS);
            return model("model", trial, precision, preparation, isScaled);
        });
    }

    /**
     * Writes a whole model to a file, all or nothing.
     *
     * @param file the file to make or to replace
     * @param model a trained model
     * @param precision of its numbers
     * @throws IllegalArgumentException as {@link #of(Model, Precision)}
     * @throws IOException if writing fails; a file that was there before is unchanged
     */
    public static void write(Path file, Model model, Precision precision) throws IOException {
        requireNonNull(file, "file");
        byte[] bytes = of(model, precision);
        AtomicFile.write(file, bytes.length, out -> out.write(bytes));
    }

    /**
     * {@return the operators of a model, each once, that ONNX Runtime 1.30 has of floats alone, and that a model of
     * doubles has computed as floats: those of gelu and erf, of convolutions, and of the means and the pooling of whole
     * images}
     *
     * @param model the bytes of an {@code .onnx} file
     * @throws IllegalArgumentException if they are no ONNX model
     */
    public static List<String> floatOnly(byte[] model) {
        requireNonNull(model, "model");
        return known(() -> {
            try {
                return operators(model);
            } catch (IOException e) {
                throw new IllegalArgumentException("floatOnly: this is no ONNX model", e);
            }
        });
    }

    private static List<String> operators(byte[] model) throws IOException {
        return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .filter(OnnxGraph.FLOAT_ONLY::contains)
                .distinct()
                .sorted()
                .toList();
    }

    /** What a supplier makes of the format's classes, which come from a dependency that is optional. */
    private static <T> T known(Supplier<T> made) {
        try {
            return made.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "ONNX: the classes of the format are missing; expected the dependency org.tribuo:tribuo-util-onnx",
                    e);
        }
    }

    private static byte[] twice(IntFunction<byte[]> written) {
        byte[] model = known(() -> written.apply(ROWS));
        byte[] other = written.apply(OTHER_ROWS);
        if (!Arrays.equals(model, other)) {
            throw new IllegalArgumentException("ONNX: the network computes something else with " + OTHER_ROWS
                    + " rows than with " + ROWS + "; expected one that treats each row by itself");
        }
        return model;
    }

    private static byte[] model(String name, OnnxTrial trial, Precision precision) {
        return model(name, trial, precision, Optional.empty(), false);
    }

    private static byte[] model(
            String name,
            OnnxTrial trial,
            Precision precision,
            Optional<OnnxPreparation> preparation,
            boolean isScaled) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
        OnnxGraph nodes = new OnnxGraph(graph, precision, NAMES);
        if (preparation.isPresent()) {
            preparation.get().writeInputs(graph, nodes);
        } else {
            graph.addInput(rows(OnnxTrial.INPUT, trial.inputColumns(), precision.code()));
        }
        trial.write(nodes);
        if (isScaled) {
            preparation.orElseThrow().writePredictions(nodes, STANDARDISED);
        }
        for (String output : isScaled ? List.of(OnnxTrial.PREDICTIONS) : trial.results()) {
            graph.addOutput(rows(output, trial.outputColumns(), isScaled ? Precision.DOUBLE.code() : precision.code()));
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(VERSION_OF_FORMAT)
                .setProducerName("ejgrad")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(VERSION_OF_OPERATORS))
                .setGraph(graph);
        if (preparation.isPresent()) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder()
                    .setDomain(OnnxGraph.TRADITIONAL)
                    .setVersion(VERSION_OF_TRADITIONAL));
        }
        return model.build().toByteArray();
    }

    /** Any number of rows. */
    static ValueInfoProto rows(String name, int columns, int type) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}

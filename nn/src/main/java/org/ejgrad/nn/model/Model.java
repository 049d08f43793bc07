package org.ejgrad.nn.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.NonFiniteException;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A trained network with all that is needed to use it: what its inputs and outputs are called, what its outputs mean,
 * and how it came about. It is one safetensors file, which gives back the same predictions to the last bit.
 *
 * <pre>{@code
 * Model model = Model.of(network, Objective.softmaxCrossEntropy(), training)
 *         .trained(Manifest.empty().with("optimizer", optimizer.description()).with("seed", 1));
 * model.save(file);
 * Model again = Model.load(file);
 * String first = again.predict(training.inputs()).text(0);
 * }</pre>
 *
 * <p>The file holds the network as data (see {@link org.ejgrad.nn.io.Architecture}) and its matrices under the names
 * that {@link Weights} gives them, so the weights alone can be loaded from it into a network one has built.
 */
public final class Model {
    private final Layer network;
    private final Outputs outputs;
    private final String loss;
    private final List<String> featureNames;
    private final List<String> classNames;
    private final Optional<Preparation> preparation;
    private final Manifest training;
    private final int width;

    Model(
            Layer network,
            Outputs outputs,
            String loss,
            List<String> featureNames,
            List<String> classNames,
            Optional<Preparation> preparation,
            Manifest training) {
        this.network = requireNonNull(network, "network");
        this.outputs = requireNonNull(outputs, "outputs");
        this.loss = requireNonNull(loss, "loss");
        this.featureNames = Require.elements(featureNames, "featureNames");
        this.classNames = Require.elements(classNames, "classNames");
        this.preparation = preparation;
        this.training = training;
        this.width = outputs(new SimpleMatrix(1, featureNames.size())).getNumCols();
        requireFitting();
    }

    /** A model whose names are those of a preparation. */
    static Model prepared(Layer network, Outputs outputs, String loss, Preparation preparation, Manifest training) {
        return new Model(
                network,
                outputs,
                loss,
                preparation.featureNames(),
                preparation.classNames(),
                Optional.of(preparation),
                training);
    }

    /**
     * A network that was trained by one of {@link Objective}'s own losses, and how the rows of a table become its
     * inputs: the model predicts from tables.
     *
     * @param network the network itself, not its {@code inference()}
     * @param objective the loss
     * @param preparation what was learnt from the training rows
     * @return the model
     * @throws IllegalArgumentException if the loss is another, or the network does not take the features or has not an
     *     output for each class, label or number
     */
    public static Model of(Layer network, Objective objective, Preparation preparation) {
        return of(network, objective, meaning(description(objective)), preparation);
    }

    /**
     * A network that was trained by any loss, and how the rows of a table become its inputs: the model predicts from
     * tables.
     *
     * @param network the network itself, not its {@code inference()}
     * @param objective the loss
     * @param outputs what turns the network's outputs into probabilities or numbers
     * @param preparation what was learnt from the training rows
     * @return the model
     * @throws IllegalArgumentException if the network does not take the features or has not an output for each class,
     *     label or number
     */
    public static Model of(Layer network, Objective objective, Outputs outputs, Preparation preparation) {
        return prepared(
                network, outputs, description(objective), requireNonNull(preparation, "preparation"), Manifest.empty());
    }

    private static String description(Objective objective) {
        return requireNonNull(requireNonNull(objective, "objective").description(), "the objective's description()");
    }

    private static Outputs meaning(String loss) {
        return Outputs.of(loss)
                .orElseThrow(() -> new IllegalArgumentException("Model.of: the loss is \"" + loss
                        + "\", which does not say what the outputs are; expected one of Objective's own, or Outputs "
                        + "besides"));
    }

    /**
     * A network that was trained by one of {@link Objective}'s own losses, which says what its outputs are.
     *
     * @param network the network itself, not its {@code inference()}
     * @param objective the loss
     * @param data a data set with the features and classes that it was trained on
     * @return the model
     * @throws IllegalArgumentException if the loss is another, or the network does not take the features or has not an
     *     output for each class
     */
    public static Model of(Layer network, Objective objective, Dataset data) {
        return of(network, objective, meaning(description(objective)), data);
    }

    /**
     * A network that was trained by any loss.
     *
     * @param network the network itself, not its {@code inference()}
     * @param objective the loss
     * @param outputs what turns the network's outputs into probabilities or numbers
     * @param data a data set with the features and classes that it was trained on
     * @return the model
     * @throws IllegalArgumentException if the network does not take the features or has not an output for each class
     */
    public static Model of(Layer network, Objective objective, Outputs outputs, Dataset data) {
        requireNonNull(data, "data");
        return new Model(
                network,
                outputs,
                description(objective),
                data.featureNames(),
                data.classNames(),
                Optional.empty(),
                Manifest.empty());
    }

    /** A row of zeros has gone through the network, and has given an output for each class or number. */
    private void requireFitting() {
        List<String> names = names();
        if (!names.isEmpty() && width != names.size() && !isSecondOfTwo()) {
            throw new IllegalArgumentException("Model: the network has " + width + " outputs for " + names.size()
                    + " names " + PlainText.line(names.toString()) + "; expected one for each");
        }
    }

    /** The names of what is predicted, if any are known. */
    private List<String> names() {
        return kind() != TargetKind.NUMBERS || preparation.isEmpty()
                ? classNames
                : preparation.get().targetNames();
    }

    private boolean isSecondOfTwo() {
        return outputs == Outputs.SIGMOID && width == 1 && classNames.size() == 2;
    }

    /** {@return what is predicted} */
    public TargetKind kind() {
        TargetKind ofNames = outputs == Outputs.SIGMOID && !isSecondOfTwo() ? TargetKind.LABELS : TargetKind.CLASSES;
        return preparation.map(Preparation::kind).orElse(classNames.isEmpty() ? TargetKind.NUMBERS : ofNames);
    }

    /**
     * {@return this model with a record of how it was trained, to which the versions of ejgrad and Java are added}
     *
     * @param run such as settings, seed, sum of the data ({@link org.ejgrad.nn.io.Checksum}) and scores
     */
    public Model trained(Manifest run) {
        Map<String, String> entries =
                new LinkedHashMap<>(requireNonNull(run, "run").entries());
        entries.putIfAbsent("ejgrad", Version.own());
        entries.putIfAbsent("java", Runtime.version().toString());
        return new Model(network, outputs, loss, featureNames, classNames, preparation, new Manifest(entries));
    }

    // ---- what it holds ----------------------------------------------------------------------------------------------

    /** {@return the network, to go on training; its {@code inference()} predicts} */
    public Layer network() {
        return network;
    }

    /** {@return what turns the network's outputs into probabilities or numbers} */
    public Outputs outputs() {
        return outputs;
    }

    /** {@return the description of the loss that it was trained by} */
    public String loss() {
        return loss;
    }

    /** {@return the names of the network's inputs} */
    public List<String> featureNames() {
        return featureNames;
    }

    /** {@return the names of the classes or labels; none for regression} */
    public List<String> classNames() {
        return classNames;
    }

    /** {@return how the rows of a table become the network's inputs, if it is known} */
    public Optional<Preparation> preparation() {
        return preparation;
    }

    /** {@return how it was trained} */
    public Manifest training() {
        return training;
    }

    // ---- its use ----------------------------------------------------------------------------------------------------

    /**
     * What the network computes, such as logits.
     *
     * @param inputs a row per example, a column per feature, as the network was trained on them
     * @return a row per example
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix outputs(ConstMatrix<?> inputs) {
        return raw(inputs).matrix();
    }

    /**
     * What the outputs mean: the probability of each class or label, or numbers in the units of the training table.
     *
     * @param inputs a row per example, a column per feature, as the network was trained on them
     * @return a row per example
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix probabilities(ConstMatrix<?> inputs) {
        return meaning(raw(inputs));
    }

    private SimpleMatrix meaning(Value made) {
        SimpleMatrix meant = outputs.apply(made).matrix();
        return preparation.isPresent() && kind() == TargetKind.NUMBERS
                ? preparation.get().predictions(meant)
                : meant;
    }

    /**
     * Predicts classes, labels or numbers, with their names.
     *
     * @param inputs a row per example, a column per feature, as the network was trained on them
     * @throws IllegalArgumentException if the number of columns differs
     */
    public Predictions predict(ConstMatrix<?> inputs) {
        int rows = requireNonNull(inputs, "inputs").getNumRows();
        return predicted(inputs, IntStream.range(0, rows).toArray());
    }

    /**
     * Predicts classes, labels or numbers of the rows of a table, such as it was trained on; targets need not be there.
     *
     * @param table any rows; of those with missing cells that are neither filled nor refused nothing is predicted, see
     *     {@link Predictions#rows}
     * @throws IllegalArgumentException if a column is not there, or a cell is not what the training rows had in its
     *     column; the message names file, line and column
     * @throws IllegalArgumentException if this model was made without a preparation
     */
    public Predictions predict(Table table) {
        requireNonNull(table, "table");
        Preparation known = preparation.orElseThrow(
                () -> new IllegalArgumentException(
                        "predict: the model does not know how to prepare a table; give it inputs as the network was trained on"));
        int[] rows = known.inputRows(table);
        return predicted(known.inputs(table.rows(rows)), rows);
    }

    private Predictions predicted(ConstMatrix<?> inputs, int... rows) {
        Value made = raw(inputs);
        return Predictions.of(made.matrix(), meaning(made), names(), kind(), rows);
    }

    private Value raw(ConstMatrix<?> inputs) {
        if (requireNonNull(inputs, "inputs").getNumCols() != featureNames.size()) {
            throw new IllegalArgumentException("Model: the inputs have " + inputs.getNumCols() + " columns; expected "
                    + featureNames.size() + ", one for each of the features");
        }
        Value made = requireNonNull(network.inference(), "what the network's inference() returned")
                .forward(Value.constant(inputs));
        if (made == null || made.getNumRows() != inputs.getNumRows() || (width > 0 && made.getNumCols() != width)) {
            throw new IllegalArgumentException("Model: of " + inputs.getNumRows() + " rows the network makes "
                    + (made == null ? "null" : made.shape()) + "; expected a row for each, all equally wide");
        }
        return made;
    }

    // ---- files ------------------------------------------------------------------------------------------------------

    /**
     * Writes the model to a file, all or nothing; its layers are those of nn.
     *
     * @param file the file to make or to replace
     * @throws IllegalArgumentException if a layer is of no known kind; the message names it
     * @throws NonFiniteException if a parameter holds NaN or an infinity, which would not be read again
     * @throws IOException if writing fails; a file that was there before is unchanged
     */
    public void save(Path file) throws IOException {
        save(file, LayerKinds.DEFAULT);
    }

    /**
     * Writes the model to a file, all or nothing.
     *
     * @param file the file to make or to replace
     * @param kinds what its layers are called
     * @throws IllegalArgumentException if a layer is of no known kind; the message names it
     * @throws NonFiniteException if a parameter holds NaN or an infinity, which would not be read again
     * @throws IOException if writing fails; a file that was there before is unchanged
     */
    public void save(Path file, LayerKinds kinds) throws IOException {
        ModelFile.write(requireNonNull(file, "file"), this, requireNonNull(kinds, "kinds"));
    }

    /**
     * {@return the bytes that {@link #save(Path)} writes}
     *
     * @throws IOException if what would be written could not be read again
     */
    public byte[] toBytes() throws IOException {
        return Safetensors.toBytes(ModelFile.matrices(this, LayerKinds.DEFAULT));
    }

    /**
     * Reads a model of layers of nn.
     *
     * @param file a file made by {@link #save(Path)}
     * @return the model
     * @throws ModelFormatException if it is no such file, damaged, of a newer version, or does not say one thing
     *     throughout
     * @throws IOException if it cannot be read
     */
    public static Model load(Path file) throws IOException {
        return load(file, LayerKinds.DEFAULT);
    }

    /**
     * Reads a model.
     *
     * @param file a file made by {@link #save}
     * @param kinds what its layers are called
     * @return the model
     * @throws ModelFormatException if it is no such file, damaged, of a newer version, holds a kind of layer that is
     *     not known, or does not say one thing throughout
     * @throws IOException if it cannot be read
     */
    public static Model load(Path file, LayerKinds kinds) throws IOException {
        return ModelFile.read(requireNonNull(file, "file"), requireNonNull(kinds, "kinds"));
    }

    /** The features, the outputs and the network in one line each. */
    @Override
    public String toString() {
        return "from " + featureNames.size() + " features " + shortened(featureNames) + "\nto "
                + (classNames.isEmpty()
                        ? "numbers"
                        : kind().toString().toLowerCase(Locale.ROOT) + " " + shortened(classNames))
                + ", "
                + outputs + " of the outputs, trained by " + loss + "\nthrough " + network;
    }

    private static List<String> shortened(List<String> names) {
        Stream<String> more = Stream.of("…").limit(Math.max(0, names.size() - 8));
        return Stream.concat(names.stream().limit(8), more).map(PlainText::line).toList();
    }
}

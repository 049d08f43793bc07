package org.ejgrad.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.data.Unseen;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model predicts from raw rows what its network predicts from prepared ones, before and after it was saved. */
class PreparedModelTest {
    static final Table PLANTS = Table.of(
            "plants",
            List.of("id", "height", "colour", "width", "kind"),
            List.of(
                    List.of("1", "1.5", "red", "2", "bush"),
                    List.of("2", "", "green", "7", "tree"),
                    List.of("3", "1", "", "3", "bush"),
                    List.of("4", "9", "green", "8.5", "tree")));

    private static final Table NEW = Table.of(
            "new",
            List.of("width", "colour", "height"),
            List.of(List.of("4", "blue", "2"), List.of("7", "green", ""), List.of("1", "", "1e3")));

    @TempDir
    Path folder;

    private Model reloaded(Model model) throws IOException {
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        return Model.load(file);
    }

    static Model classifier() {
        Preparation preparation = Preparation.classification("kind")
                .without("id")
                .missing(Missing.MEDIAN)
                .unseen(Unseen.ZEROS)
                .fit(PLANTS);
        int inputs = preparation.featureNames().size();
        return Model.of(
                Sequential.of(new Dense(inputs, 4, 1), Activation.TANH, new Dense(4, 2, 2)),
                Objective.softmaxCrossEntropy(),
                preparation);
    }

    @Test
    void classesOfRawRows() throws IOException {
        Model model = classifier();
        Model loaded = reloaded(model);
        Predictions predictions = loaded.predict(NEW);
        SimpleMatrix inputs = model.preparation().orElseThrow().inputs(NEW);
        assertArrayEquals(
                model.probabilities(inputs).getDDRM().data, predictions.values().getDDRM().data);
        assertArrayEquals(new int[] {0, 1, 2}, predictions.rows());
        assertEquals(TargetKind.CLASSES, predictions.kind());
        assertEquals(List.of("bush", "tree"), predictions.names());
        assertTrue(List.of("bush", "tree").contains(predictions.text(2)));
        assertEquals(model.featureNames(), loaded.featureNames());
        assertEquals(
                model.preparation().orElseThrow().toJson(),
                loaded.preparation().orElseThrow().toJson());
    }

    @Test
    void rowsThatAreLeftOutAreNotPredicted() throws IOException {
        Preparation preparation = Preparation.classification("kind")
                .without("id", "colour")
                .missing(Missing.DROP_ROW)
                .fit(PLANTS);
        Predictions predictions = reloaded(Model.of(new Dense(2, 2, 1), Objective.softmaxCrossEntropy(), preparation))
                .predict(NEW);
        assertArrayEquals(new int[] {0, 2}, predictions.rows());
        assertEquals(2, predictions.size());
    }

    @Test
    void numbersHaveTheUnitsOfTheTable() throws IOException {
        Preparation preparation = Preparation.regression("width", "id")
                .without("kind", "colour")
                .missing(Missing.MEAN)
                .fit(PLANTS);
        Dense dense = new Dense(1, 2, 3);
        Model model = reloaded(Model.of(dense, Objective.squaredError(), preparation));
        SimpleMatrix inputs = preparation.inputs(PLANTS);
        SimpleMatrix expected = preparation.predictions(model.outputs(inputs));
        Predictions predictions = model.predict(PLANTS);
        assertArrayEquals(expected.getDDRM().data, predictions.values().getDDRM().data);
        assertEquals(List.of("width", "id"), predictions.names());
        assertEquals(expected.get(1, 0) + ", " + expected.get(1, 1), predictions.text(1));
    }

    @Test
    void aClassMayHaveASigmoidOfItsOwn() throws IOException {
        Preparation preparation = Preparation.classification("kind")
                .without("id", "colour", "height")
                .fit(PLANTS);
        Model one = reloaded(Model.of(new Dense(1, 1, 3), Objective.sigmoidCrossEntropy(), preparation));
        assertEquals(2, one.predict(NEW).values().getNumCols());
        Model each = reloaded(Model.of(new Dense(1, 2, 3), Objective.sigmoidCrossEntropy(), preparation));
        assertEquals(TargetKind.CLASSES, each.kind());
        assertEquals(3, each.predict(NEW).classes().length);
        assertThrows(
                IllegalArgumentException.class,
                () -> Model.of(new Dense(1, 3, 3), Objective.softmaxCrossEntropy(), preparation));
    }

    @Test
    void aTableNeedsAPreparation() {
        Model model = ModelTest.model();
        String message = assertThrows(IllegalArgumentException.class, () -> model.predict(NEW))
                .getMessage();
        assertTrue(message.contains("prepare"), message);
    }

    @Test
    void anotherPreparationIsRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        classifier().save(file);
        NamedMatrices saved = Safetensors.read(file);
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        saved.names().forEach(name -> matrices.put(name, saved.get(name).matrix()));
        Map<String, String> notes = new LinkedHashMap<>(saved.metadata());
        for (String preparation : List.of(
                "{}",
                notes.getOrDefault("preparation", "").replace("ejgrad-preparation-1", "ejgrad-preparation-9"),
                notes.getOrDefault("preparation", "").replace("\"green\", ", ""))) {
            notes.put("preparation", preparation);
            Safetensors.write(file, NamedMatrices.of(matrices).withMetadata(notes));
            String message = assertThrows(ModelFormatException.class, () -> Model.load(file))
                    .getMessage();
            assertTrue(message.contains("preparation") || message.contains("columns; expected"), message);
        }
    }
}

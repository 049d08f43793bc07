package org.ejgrad.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.LabelledTexts;
import org.ejgrad.nn.data.Limits;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.Checkpoint;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.io.JsonText;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.model.LayerKinds;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Lbfgs;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.pages.DecisionBoundary;
import org.ejgrad.nn.pages.GradientNorms;
import org.ejgrad.nn.pages.GraphPage;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejgrad.nn.tune.Search;
import org.ejgrad.nn.tune.Space;
import org.ejml.simple.SimpleMatrix;

/** What a walk over nn's methods begins with: small data sets, files, networks and their trainers. */
final class ContractSeeds {
    private ContractSeeds() {}

    /** Makes them, and the files in the folder. */
    static List<Object> in(Path folder) throws IOException {
        Dataset moons = ToySets.moons(6, 0.1, 1);
        Dataset regression = ToySets.linearRegression(5, new double[] {1, -2}, 0.5, 0.1, 1);
        Layer classifier = Sequential.of(new Dense(2, 3, 1), new BatchNorm(3), Value::tanh, new Dense(3, 2, 2));
        Dense line = new Dense(2, 1, 3);
        Optimizer adam = Optimizer.of(classifier.parameters(), Adam.rate(0.01));
        Optimizer sgd = Optimizer.of(line.parameters(), Sgd.rate(0.1).momentum(0.5));
        Supplier<Value> loss = () -> Regression.squaredError(
                line.forward(Value.constant(regression.inputs())), Value.constant(regression.targets()));
        UnaryOperator<Gradients> clipping =
                gradients -> GradientClipping.byNorm(gradients, 1).gradients();
        Trainer trainer = Trainer.of(classifier, Objective.softmaxCrossEntropy(), adam)
                .batches(4, 1)
                .measure("accuracy", Measure.accuracy());
        NamedMatrices weights = Weights.of(classifier).withMetadata("note", "a small network");
        Checkpoint checkpoint = Checkpoint.at(1, 0, Manifest.empty().with("seed", 1))
                .with("network", weights)
                .with("optimizer", adam.state());
        CheckpointFolder checkpoints = CheckpointFolder.open(folder.resolve("checkpoints"), 2);
        files(folder, checkpoint.toMatrices());
        Table table = Table.of(
                "t",
                List.of("a", "b", "kind"),
                List.of(List.of("1", "u", "no"), List.of("2", "v", "yes"), List.of("", "u", "no")));
        Preparation preparation =
                Preparation.classification("kind").missing(Missing.MEAN).fit(table);
        Model model = Model.of(classifier, Objective.softmaxCrossEntropy(), moons);
        model.save(folder.resolve("whole.safetensors"));
        return List.of(
                moons,
                new Attention(1, 2, 1).heads(2).causal(),
                Bidirectional.of(1, Recurrent.of(new LstmCell(1, 2, 1)), Recurrent.of(new LstmCell(1, 2, 2))),
                Recurrent.of(new LstmCell(1, 2, 1)),
                new Frozen(new Dense(2, 1, 3)),
                regression,
                ToySets.multiLabel(6, 1),
                new Conv2d(new ImageShape(1, 2, 3), 2, Window.of(2), 1),
                Pool2d.max(new ImageShape(1, 2, 2), Window.of(2)),
                classifier,
                Lbfgs.Options.DEFAULT,
                Architecture.parse("{\"layer\":\"relu\"}", "a text"),
                line,
                adam,
                sgd,
                loss,
                clipping,
                trainer,
                Trainer.of(line, Objective.squaredError(), sgd)
                        .validation(regression)
                        .patience(2),
                trainer.checkpoints(checkpoints),
                Lbfgs.of(line.parameters()),
                (LongToDoubleFunction) step -> 0.5,
                loss.get().gradients(),
                weights,
                JsonText.of(weights),
                new String[] {"no", "yes"},
                LabelledTexts.read(folder.resolve("texts.txt"), "no", "yes"),
                new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1},
                Weights.of(line),
                sgd.state(),
                adam.state(),
                Lbfgs.of(line.parameters()).state(),
                checkpoint,
                checkpoint.toMatrices(),
                checkpoints,
                Page.class,
                GraphPage.of(loss.get()),
                GradientNorms.of(classifier),
                new DecisionBoundary(classifier, List.of(moons)),
                ClassOptions.DEFAULT,
                BinaryOptions.DEFAULT,
                Limits.DEFAULT,
                Layer.class,
                LayerKinds.DEFAULT,
                model,
                CsvFormat.numbers(),
                table,
                table.describe(),
                Preparation.classification("kind").missing(Missing.MEAN),
                preparation,
                preparation.rawColumns().get(0),
                preparation.toJson(),
                preparation.scale(),
                Space.empty().choices("weight", 1, 2),
                Search.random(Space.empty().whole("x", 1, 3), 2, 1, 1),
                CsvFormat.classification("no", "yes"));
    }

    private static void files(Path folder, NamedMatrices matrices) throws IOException {
        Files.writeString(folder.resolve("numbers.csv"), "a,b,c\n1,2,3\n4,5,6\n");
        Files.writeString(folder.resolve("classes.csv"), "a,b,class\n1,2,no\n4,5,yes\n0,1,no\n");
        Files.writeString(folder.resolve("texts.txt"), "no\tsee you at the lake\nyes\twin a prize now\n");
        byte[] images = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
        Files.write(folder.resolve("images"), images);
        Files.write(folder.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1});
        Files.write(folder.resolve("images.gz"), zipped(images));
        Files.write(folder.resolve("cut.gz"), new byte[] {31, (byte) 139, 8, 0});
        Safetensors.write(folder.resolve("model.safetensors"), matrices);
        JsonText.write(folder.resolve("model.json"), matrices);
        byte[] foreign = Safetensors.toBytes(NamedMatrices.empty().with("weight", SimpleMatrix.identity(2)));
        Files.write(folder.resolve("foreign.safetensors"), foreign);
        Files.write(folder.resolve("broken"), "\"\n\u0000".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}

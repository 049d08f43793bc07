package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.Program;
import org.ejgrad.laws.CodeSample;
import org.ejgrad.laws.CompiledSample;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown and saved is what the engine has computed, for every control of the page. */
@Timeout(300)
class TrainingTest {
    private static final String TABLE =
            "a%20b,kind,c%0A1,oak,2%0A2,elm,1%0A3,oak,5%0A4.5,elm,?%0A-1e1,oak,0%0A0,elm,3%0A7,elm,8%0A1,oak,1%0A2,oak,2";

    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = Server.start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Learner learner(String settings, int steps) {
        Fields fields = Fields.of(settings);
        Learner learner = new Learner(Plan.of(fields, ""), PlaneData.of(fields));
        for (int i = 0; i < steps; i++) {
            learner.step();
        }
        return learner;
    }

    private static String bits(Learner learner) {
        return Weights.of(learner.network()).sha256();
    }

    /** Points of one class teach nothing, which is said; of none of two classes. */
    @Test
    void pointsOfOneClassAreRemarkedOn() {
        String said = String.join(
                " ",
                PlaneData.of(Fields.of("data=painted&points=-1,-1,1,1,1,1")).remarks());
        assertTrue(said.startsWith("All points are of class 1: there is nothing to tell apart"), said);
        said = String.join(
                " ",
                PlaneData.of(Fields.of("data=painted&points=-1,-1,1,1,1,0")).remarks());
        assertFalse(said.contains("All points"), said);
        assertEquals(List.of(), PlaneData.of(Fields.of("data=spirals")).remarks());
    }

    /** Noise of the default size leaves the arms of a spiral apart: most points are nearest to one of their own arm. */
    @Test
    void spiralsCanBeTold() {
        for (String data : List.of("data=spirals", "data=three_spirals")) {
            Dataset points = PlaneData.of(Fields.of(data)).train();
            int right = 0;
            for (int i = 0; i < points.size(); i++) {
                int nearest = -1;
                double least = Double.POSITIVE_INFINITY;
                for (int j = 0; j < points.size(); j++) {
                    double x = points.inputs().get(i, 0) - points.inputs().get(j, 0);
                    double y = points.inputs().get(i, 1) - points.inputs().get(j, 1);
                    if (j != i && Math.hypot(x, y) < least) {
                        least = Math.hypot(x, y);
                        nearest = j;
                    }
                }
                right += points.labels()[i] == points.labels()[nearest] ? 1 : 0;
            }
            assertTrue(right >= 0.9 * points.size(), data + ": " + right + " of " + points.size());
        }
    }

    // ---- every control ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data=moons&rows=60&noise=0.2&seed=3",
                "data=circles&hidden=3",
                "data=xor&hidden=&noise=0",
                "data=spirals&hidden=5,4,3&activation=relu",
                "data=three_spirals&activation=gelu&optimizer=adam&rate=0.01",
                "data=blobs&batch=600",
                "data=imbalanced&loss=focal",
                "data=function&f=sin(2x)%2B0.3*x^2",
                "data=painted&points=-1,-1,0,1,1,0,-1,1,1,1,-1,1",
                "data=painted&points=0,0,2",
                "data=iris&across=0&upwards=3",
                "loss=squared_error&l2=0.01",
                "loss=hinge&optimizer=momentum",
                "loss=softmax_twice&optimizer=nesterov",
                "activation=sigmoid&optimizer=rmsprop&rate=0.01",
                "activation=softplus&optimizer=adagrad",
                "activation=leaky_relu",
                "activation=silu",
                "inputs=x2,y2,xy",
                "data=iris&inputs=x,sin_x,sin_y&hidden=2",
                "data=csv&column_x=a%20b&column_y=c&target=kind&csv=" + TABLE
            })
    void whatIsShownIsTheEngines(String settings) throws Exception {
        Client client = Client.open(server, settings);
        client.control("step");
        client.control("step");
        Learner learner = learner(settings, 2);
        try (Client.Events events = client.events()) {
            requireEqual(learner, Client.parsed(events.frame()));
        }
    }

    private static void requireEqual(Learner learner, Object frame) {
        assertEquals(learner.steps(), Client.number(frame, "networks/0/steps"));
        for (Dataset rows : List.of(learner.train(), learner.test())) {
            Value outputs = learner.network().inference().forward(Value.constant(rows.inputs()));
            String path = "networks/0/" + (rows == learner.train() ? "train" : "test");
            assertEquals(learner.plan().loss().of(outputs, rows).scalar(), Client.number(frame, path + "/loss"));
            assertEquals(
                    Classification.accuracy(rows.labels(), outputs.matrix()), Client.number(frame, path + "/accuracy"));
        }
        for (int i = 0; i < learner.norms().length; i++) {
            assertEquals(learner.norms()[i], Client.number(frame, "networks/0/norms/" + i));
        }
        for (int layer = 0; layer < learner.dense().size(); layer++) {
            SimpleMatrix weight = learner.dense().get(layer).weight().value().matrix();
            for (int i = 0; i < weight.getNumElements(); i++) {
                String path =
                        "networks/0/weights/" + layer + "/" + i / weight.getNumCols() + "/" + i % weight.getNumCols();
                assertEquals(weight.get(i), Client.number(frame, path));
            }
        }
        Value at = Value.constant(
                Feature.of(learner.plan().inputs(), learner.data().grid(Frame.SIZE)));
        for (int i = 0; i < at.getNumCols(); i++) {
            byte[] picture = Base64.getDecoder().decode(Client.text(frame, "networks/0/inputs/" + i + "/picture"));
            Value column = at.getColumn(i);
            double scale = column.abs().max(Per.COLUMN).scalar();
            assertEquals(column.get(2 * Frame.SIZE + 2, 0), scale * ((picture[22] & 255) / 127.5 - 1), scale / 127);
        }
        int hidden = 0;
        for (Layer layer : learner.network().layers()) {
            at = layer.inference().forward(at);
            if (layer instanceof Activation) {
                byte[] picture =
                        Base64.getDecoder().decode(Client.text(frame, "networks/0/hidden/" + hidden + "/units/0"));
                double scale = Client.number(frame, "networks/0/hidden/" + hidden + "/scale");
                assertEquals(at.get(2, 0), scale * ((picture[1] & 255) / 127.5 - 1), scale / 127);
                hidden++;
            }
        }
        byte[] plane = Base64.getDecoder().decode(Client.text(frame, "networks/0/plane"));
        SimpleMatrix p = at.softmax(Per.ROW).matrix();
        for (int i = 0; i < p.getNumElements(); i++) {
            assertEquals(Math.round(255 * p.get(i)), plane[i] & 255);
        }
    }

    @Test
    void twoNetworksShareDataAndSeed() throws Exception {
        Client client = Client.open(server, "networks=2&loss2=squared_error&hidden2=3&rate2=0.5");
        client.control("step");
        String frame = server.sessions().get(client.session()).frame();
        Learner first = learner("", 1);
        Learner second = learner("loss=squared_error&hidden=3&rate=0.5", 1);
        assertEquals(first.norms()[0], Client.number(frame, "networks/0/norms/0"));
        assertEquals(second.norms()[0], Client.number(frame, "networks/1/norms/0"));
        assertArrayEquals(second.data().train().labels(), first.data().train().labels());
    }

    @Test
    void buttonsDoWhatTheySay() throws Exception {
        Client client = Client.open(server, "");
        Session session = server.sessions().get(client.session());
        String first = Client.shown(session.frame());
        client.control("step");
        String second = Client.shown(session.frame());
        client.control("step");
        client.control("back");
        assertEquals(second, Client.shown(session.frame()));
        client.control("back");
        assertEquals(first, Client.shown(session.frame()));
        client.control("back");
        assertEquals(first, Client.shown(session.frame()));
        client.control("step");
        client.control("reset");
        assertEquals(first, Client.shown(session.frame()));
        client.posted("/control", "", "do=speed&speed=1");
        assertEquals(400, client.post("/control", "", "do=speed&speed=0").statusCode());
        assertEquals(400, client.post("/control", "", "do=fly").statusCode());
        client.posted("/settings", "", "data=xor");
        assertEquals(0, Client.number(session.frame(), "networks/0/steps"));
        String before = Client.shown(session.frame());
        assertEquals(400, client.post("/settings", "", "data=none").statusCode());
        assertEquals(before, Client.shown(session.frame()));
        assertEquals(400, client.get("/graph", "network=1").statusCode());
    }

    @Test
    void newSettingsBringTheirData() throws Exception {
        Client client = Client.open(server, "data=xor&rows=20&noise=0");
        try (Client.Events events = client.events()) {
            assertEquals(
                    "[[0.0, 0.0, 0.0, 0.0]",
                    Client.text(events.frame(), "plane/points").substring(0, 21));
            client.control("step");
            assertEquals("null", Client.text(events.frame(), "plane"));
            client.posted("/settings", "", "data=iris");
            assertEquals("[setosa, versicolor, virginica]", Client.text(events.frame(), "plane/classes"));
        }
    }

    @Test
    void playTrainsAsFastAsIsAskedFor() throws Exception {
        Client client = Client.open(server, "");
        try (Client.Events events = client.events()) {
            events.frame();
            client.posted("/control", "", "do=speed&speed=20");
            long start = System.nanoTime();
            client.control("play");
            double steps = 0;
            while (System.nanoTime() - start < 2_000_000_000L) {
                steps = Client.number(events.frame(), "networks/0/steps");
            }
            assertTrue(steps >= 1 && steps <= 45, steps + " steps");
        }
    }

    // ---- training ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(OptimizerKind.class)
    void aHundredStepsBackAreExact(OptimizerKind kind) {
        String settings = "rate=0.01&optimizer=" + Fields.id(kind);
        Learner learner = learner(settings, 30);
        String before = bits(learner);
        for (int i = 0; i < Learner.MOST_BACK; i++) {
            learner.step();
        }
        String after = bits(learner);
        for (int i = 0; i < Learner.MOST_BACK; i++) {
            learner.back();
        }
        assertEquals(before, bits(learner));
        assertFalse(learner.canGoBack());
        for (int i = 0; i < Learner.MOST_BACK; i++) {
            learner.step();
        }
        assertEquals(after, bits(learner));
        assertEquals(after, bits(learner(settings, 30 + Learner.MOST_BACK)));
    }

    @Test
    void itTrainsAsTheTrainerDoes() {
        Learner learner = learner("optimizer=adam&rate=0.02&batch=16", 30);
        Plan plan = learner.plan();
        Layer network = plan.network(2);
        Dataset rows = learner.train();
        assertEquals(160, rows.size());
        Optimizer optimizer =
                Optimizer.of(network.parameters(), plan.optimizer().at(plan.rate()));
        Trainer.of(network, plan.loss().objective(), optimizer)
                .batches(16, plan.seed())
                .fit(rows, 3);
        assertEquals(Weights.of(network).sha256(), bits(learner));
    }

    @Test
    void deadAndSaturatedUnitsAreMarkedAndSaidInWords() throws Exception {
        Client dead = Client.open(server, "activation=relu&hidden=8&rate=100&optimizer=sgd");
        Client saturated = Client.open(server, "activation=tanh&hidden=4&rate=1000&loss=squared_error");
        for (int i = 0; i < 5; i++) {
            dead.control("step");
            saturated.control("step");
        }
        String frame = server.sessions().get(dead.session()).frame();
        assertTrue(frame.contains("\"dead\"") && frame.contains("Dead in layer 1"), frame);
        frame = server.sessions().get(saturated.session()).frame();
        assertTrue(frame.contains("\"saturated\"") && frame.contains("Saturated in layer 1"), frame);
        frame = server.sessions()
                .get(Client.open(server, "loss=softmax_twice").session())
                .frame();
        assertTrue(frame.contains("given probabilities"), frame);
        frame = server.sessions().get(Client.open(server, "").session()).frame();
        assertEquals("[]", Client.text(frame, "networks/0/words"));
    }

    /** What is 1 for every row is not 0 for every row. */
    @ParameterizedTest
    @ValueSource(strings = {"tanh", "sigmoid", "softsign", "softplus", "elu"})
    void whatLevelsOffElsewhereIsSaturatedAndNotDead(String activation) throws Exception {
        Client client = Client.open(server, "hidden=8,8&rate=1000&activation=" + activation);
        for (int step = 0; step < 3; step++) {
            client.control("step");
            String frame = server.sessions().get(client.session()).frame();
            assertFalse(frame.contains("\"dead\"") || frame.contains("Dead in"), frame);
        }
    }

    /** A table's rows that are left out, and a network that no rows are kept to test, are said and not drawn. */
    @Test
    void whatBecomesOfATableIsSaid() throws Exception {
        String csv = Client.encoded("a,b,k\n1,2,x\n2,3,y\n,3,y\n3,,x\n4,4,x\n5,1,y\n");
        Client own = Client.open(server, "data=csv&column_x=a&column_y=b&target=k&csv=" + csv);
        String frame = server.sessions().get(own.session()).frame();
        assertEquals(
                "2 of the table's 6 rows lack one of these cells and are left out.",
                Client.text(frame, "plane/remarks/0"));
        String untested = Client.text(frame, "plane/remarks/1");
        assertTrue(untested.startsWith("No class has five points"), untested);
        assertEquals(4, ((List<?>) Client.at(frame, "plane/points")).size());
        frame = server.sessions().get(Client.open(server, "").session()).frame();
        assertEquals(List.of(), Client.at(frame, "plane/remarks"));
        assertEquals(200, ((List<?>) Client.at(frame, "plane/points")).size());
    }

    @Test
    void aPointIsToldInThreeDigits() {
        assertEquals(
                List.of("0.176", "−0.0665", "0", "3", "−12.3"),
                List.of(
                        Fields.brief(0.17610012600928157),
                        Fields.brief(-0.06646118727350672),
                        Fields.brief(-0.0),
                        Fields.brief(2.9999),
                        Fields.brief(-12.345)));
    }

    @Test
    void aDivergenceEndsTrainingInWords() throws Exception {
        Client client = Client.open(server, "activation=relu&hidden=32,32,32&rate=1000&l2=10");
        String frame = "";
        for (int i = 0; i < 150 && !frame.contains("Training has diverged"); i++) {
            client.control("step");
            frame = server.sessions().get(client.session()).frame();
        }
        assertTrue(frame.contains("Training has diverged"), frame);
        client.control("back");
        assertFalse(server.sessions().get(client.session()).frame().contains("has diverged"));
    }

    /**
     * As many steps as an hour at 100 steps a second makes in the campaign, and six minutes otherwise, in three parts:
     * whatever else is kept meanwhile by others, what each step keeps shows in every part.
     */
    @Test
    void anHourOfTrainingTakesNoMoreMemory() {
        int steps = "full".equals(System.getProperty("ejgrad.campaign")) ? 120_000 : 12_000;
        Learner learner = learner("batch=4&rows=40", 5_000);
        long least = Long.MAX_VALUE;
        for (int part = 0; part < 3; part++) {
            long before = used();
            for (int i = 0; i < steps; i++) {
                learner.step();
            }
            least = Math.min(least, used() - before);
        }
        assertTrue(least / steps < 8, least + " bytes in " + steps + " steps");
        assertEquals(5_000 + 3 * steps, learner.steps());
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // ---- what leaves the page ---------------------------------------------------------------------------------------

    @Test
    void aPointsBackpropagationIsAPage() throws Exception {
        Client client = Client.open(server, "hidden=16,16&loss=squared_error");
        client.control("step");
        String page = client.get("/graph", "set=test&row=3").body();
        Learner learner = learner("hidden=16,16&loss=squared_error", 1);
        Dataset row = learner.test().rows(3);
        Value loss = learner.plan().loss().of(learner.network().forward(Value.constant(row.inputs())), row);
        String start = "<script id=\"data\" type=\"application/json\">";
        int data = page.indexOf(start) + start.length();
        assertTrue(data > start.length(), "no data on the page");
        String graph = page.substring(data, page.indexOf("</script>", data));
        assertTrue(graph.contains(Double.toString(loss.scalar())), "the loss is not on the page");
        assertTrue(page.length() < 600_000);
        assertEquals(400, client.get("/graph", "row=1000").statusCode());
    }

    /** Another input or weight gives the numbers of a network that has them; the network itself trains on as it was. */
    @Test
    void aChangedNumberIsComputedAnew() throws Exception {
        Client client = Client.open(server, "hidden=3&inputs=x,y,xy");
        client.control("step");
        client.get("/graph", "row=5");
        client.control("step");
        String json = client.get("/changed", "point=1&changes=0,0,2,0.25,1,1,2,-3,4,0,1,1")
                .body();
        Learner learner = learner("hidden=3&inputs=x,y,xy", 1);
        Dataset row = learner.train().rows(5);
        SimpleMatrix x = Value.constant(row.inputs()).matrix();
        x.set(0, 2, 0.25);
        List<Parameter> parameters = learner.network().parameters();
        SimpleMatrix weight = parameters.get(0).value().matrix();
        weight.set(1, 2, -3);
        parameters.get(0).set(weight);
        SimpleMatrix bias = parameters.get(3).value().matrix();
        bias.set(0, 1, 1);
        parameters.get(3).set(bias);
        Value loss = learner.plan().loss().of(learner.network().forward(Value.constant(x)), row);
        Gradients gradients = loss.gradients();
        List<?> nodes = (List<?>) Client.at(json, "drawing/nodes");
        for (Parameter parameter : parameters) {
            Map<?, ?> node = nodes.stream()
                    .map(each -> (Map<?, ?>) each)
                    .filter(each -> parameter.name().equals(each.get("label")))
                    .findFirst()
                    .orElseThrow();
            assertEquals(rows(parameter.value()), ((Map<?, ?>) node.get("value")).get("elements"));
            assertEquals(rows(gradients.of(parameter.value())), ((Map<?, ?>) node.get("gradient")).get("elements"));
        }
        Map<?, ?> last = (Map<?, ?>) nodes.get(nodes.size() - 1);
        assertEquals(rows(loss), ((Map<?, ?>) last.get("value")).get("elements"));
        assertEquals(
                bits(learner("hidden=3&inputs=x,y,xy", 2)),
                server.sessions().get(client.session()).ask(0, TrainingTest::bits));
    }

    private static List<List<Double>> rows(Value value) {
        return IntStream.range(0, value.getNumRows())
                .mapToObj(row -> IntStream.range(0, value.getNumCols())
                        .mapToObj(column -> value.get(row, column))
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changes=0,0,0",
                "changes=9,0,0,1",
                "changes=0,1,0,1",
                "changes=0,0,2,1",
                "changes=1,0.5,0,1",
                "changes=1,0,-1,1",
                "changes=0,0,0,NaN",
                "changes=0,0,0,1e7",
                "changes=x",
                "point=-1"
            })
    void wrongChangesAreRefused(String query) throws Exception {
        Client client = Client.open(server, "");
        client.get("/graph", "");
        String point = query.startsWith("point") ? "" : "point=1&";
        HttpResponse<String> refused = client.get("/changed", point + query);
        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("expected"), refused.body());
        assertEquals(200, client.get("/changed", "point=1").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0,0,0,1,1,1,0,-1e308  | Number is "-1e308"; expected a number from -1000000 to 1000000
        1,0,-1,2              | Column is 0; expected a whole number from 1 to 4
        1,2,0,2               | Row is 3; expected a whole number from 1 to 2
        1,0.5,0,2             | Row is 1.5; expected a whole number from 1 to 2""")
    void aWrongChangeIsNamedAsOnThePage(String changes, String complaint) throws Exception {
        Client client = Client.open(server, "");
        client.get("/graph", "");
        assertEquals(
                complaint + "\n",
                client.get("/changed", "point=1&changes=" + changes).body());
    }

    @Test
    void thePointBeforeTheLastSixteenIsForgotten() throws Exception {
        Client client = Client.open(server, "");
        client.get("/graph", "");
        for (int i = 0; i < 16; i++) {
            assertEquals(200, client.get("/changed", "point=1").statusCode());
            client.get("/graph", "");
        }
        assertEquals(404, client.get("/changed", "point=1").statusCode());
        assertEquals(404, client.get("/changed", "point=99").statusCode());
    }

    @Test
    void modelsAreSaved(@TempDir Path folder) throws Exception {
        Client client = Client.open(server, "data=blobs&loss=hinge");
        client.control("step");
        Learner learner = learner("data=blobs&loss=hinge", 1);
        Path file = Files.write(folder.resolve("m.safetensors"), client.bytes("/export", "as=safetensors"));
        Model model = Model.load(file);
        assertEquals(bits(learner), Weights.of(model.network()).sha256());
        assertEquals(4, model.classNames().size());
        ModelProto onnx = ModelProto.parseFrom(client.bytes("/export", "as=onnx"));
        assertTrue(onnx.getGraph().getNodeCount() > 4);
        assertEquals(400, client.get("/export", "as=exe").statusCode());
    }

    /** A saved model takes the rows as they came, standardised or not, whichever columns its network is told of. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        data=csv&column_x=a%20b&column_y=c&target=kind&csv=TABLE | a b,c
        data=iris&across=2&upwards=0&inputs=y,x                  | petal_length_cm,sepal_length_cm
        data=iris&inputs=y                                       | petal_length_cm,petal_width_cm
        data=painted&points=-1,-1,0,1,1,0,-1,1,1,1,-1,2          | x,y
        data=moons                                               | x,y""")
    void aSavedModelPredictsRowsAsTheyCame(String settings, String columns, @TempDir Path folder) throws Exception {
        String asked = settings.replace("TABLE", TABLE);
        Client client = Client.open(server, asked);
        client.control("step");
        Learner learner = learner(asked, 1);
        Path file = Files.write(folder.resolve("m.safetensors"), client.bytes("/export", "as=safetensors"));
        Model model = Model.load(file);
        Table raw = learner.data().rows();
        SimpleMatrix trained = learner.inference()
                .forward(Value.constant(learner.train().inputs()))
                .softmax(Per.ROW)
                .matrix();
        assertTrue(trained.isIdentical(
                model.probabilities(model.preparation().orElseThrow().inputs(raw)), 0));
        Path rows = Files.writeString(folder.resolve("rows.csv"), columns + "\n1,0.5\n-0.25,2\n");
        Program predicted = Program.run("predict", "--model", file.toString(), "--csv", rows.toString());
        assertEquals(0, predicted.code(), predicted.err());
        assertEquals(2, predicted.out().lines().count(), predicted.out());
        ModelProto onnx = ModelProto.parseFrom(client.bytes("/export", "as=onnx"));
        assertEquals(
                model.featureNames().stream().sorted().toList(),
                onnx.getGraph().getInputList().stream()
                        .map(ValueInfoProto::getName)
                        .sorted()
                        .toList());
    }

    /** What is computed from the columns has no place in a preparation; who asks for a prediction is told. */
    @Test
    void aModelOfComputedInputsSaysWhatItTakes(@TempDir Path folder) throws Exception {
        Client client = Client.open(server, "inputs=x,x2");
        Path file = Files.write(folder.resolve("m.safetensors"), client.bytes("/export", "as=safetensors"));
        Path rows = Files.writeString(folder.resolve("rows.csv"), "x,y\n1,2\n");
        for (String command : List.of("predict", "evaluate")) {
            Program refused = Program.run(command, "--model", file.toString(), "--csv", rows.toString());
            assertEquals(
                    "ejgrad " + command + ": " + file + " does not say how its inputs [x, x²] are made of a table's "
                            + "columns; expected a model that does, such as train --save writes. In Java, "
                            + "Model.load(file).predict(inputs) takes the inputs themselves; see ejgrad " + command
                            + " --help",
                    refused.err().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data=csv&csv=a,b,c%0A1,2,%22a%22%22b%22%0A2,3,nein\\%0A3,1,%22%5Cu0022%0Aü%22&column_x=a&column_y=b&target=c",
                "data=iris&loss=hinge&optimizer=nesterov&rate=0.03&batch=7",
                "data=painted&points=-1,-1,0,1,1,0,-1,1,1,1,-1,2&loss=focal&optimizer=adagrad",
                "data=function&f=x^3-x&loss=squared_error&l2=0.003&optimizer=adam&activation=gelu&hidden=5,5&seed=-4",
                "data=circles&inputs=x2,xy,sin_y&loss=hinge",
                "data=spirals&rows=400&loss=softmax_twice&optimizer=rmsprop&rate=0.001&hidden="
            })
    void theJavaProgramEndsInTheSameBits(String settings) throws Exception {
        Client client = Client.open(server, settings);
        Session session = server.sessions().get(client.session());
        for (int i = 0; i < 57; i++) {
            session.control(Fields.of("do=step"));
        }
        String program = new String(client.bytes("/export", "as=java"), StandardCharsets.UTF_8);
        String printed = CompiledSample.of(
                        List.of(new CodeSample(Path.of("Playground.java"), 1, program, false)), List.of(), sample -> "")
                .get(0)
                .run();
        Learner learner = learner(settings, 57);
        assertTrue(printed.contains("weights " + bits(learner)), printed);
        assertTrue(
                printed.contains("test accuracy " + Client.number(session.frame(), "networks/0/test/accuracy")),
                printed);
    }
}

package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a training that Ctrl-C has ended is of one and the same network, that of the last whole epoch. */
class InterruptedTest {
    private static final Pattern TOLD = Pattern.compile(
            "(?s)Interrupted; what follows is of the network after epoch (\\d+), the last whole one\\..*"
                    + "test (accuracy [\\d.]+), test (loss [\\d.E-]+), ");

    private static Trained interrupted(Problem problem, int epoch, int batch) {
        Sequential network = Training.network(problem, problem.recipe(), 1);
        Listener ctrlC = new Listener() {
            @Override
            public void onStep(int at, int step, int batches, double loss) {
                if (at == epoch && step == batch) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Trained trained = Training.run(problem, problem.recipe(), network, 1, ctrlC);
        assertTrue(Thread.interrupted());
        assertEquals(History.End.INTERRUPTED, trained.history().end());
        return trained;
    }

    @Test
    void theStepsOfABrokenEpochAreTakenBack() throws IOException {
        Problem problem = Problems.load("iris", 0, Optional.empty());
        Trained early = interrupted(problem, 3, 1);
        Trained late = interrupted(problem, 3, 7);
        for (Trained trained : new Trained[] {early, late}) {
            assertEquals(2, trained.history().last().epoch());
            Value outputs = trained.network()
                    .inference()
                    .forward(Value.constant(problem.test().inputs()));
            double loss = Training.objective(problem.kind())
                    .loss(outputs, problem.test())
                    .scalar();
            assertEquals(trained.testLoss(), loss, 0);
            assertEquals(trained.history().last().validationMeasures().get("accuracy"), trained.accuracy());
        }
        assertEquals(
                early.network().parameters().get(0).value().matrix().toString(),
                late.network().parameters().get(0).value().matrix().toString());
    }

    @Test
    void whatIsPrintedSavedAndShownIsTheSameModel(@TempDir Path folder) throws IOException, InterruptedException {
        String model = folder.resolve("model.st").toString();
        Path page = folder.resolve("run.html");
        String[] command =
                ("train digits --epochs 1000000 --learning-rate 0.3 --save " + model + " --report " + page).split(" ");
        Matcher told = TOLD.matcher("");
        for (int wait = 1000; !told.find() && wait < 100_000; wait *= 2) {
            Program program = interrupted(wait, command);
            assertEquals(130, program.code(), program.err());
            told = TOLD.matcher(program.out());
        }
        told.reset();
        assertTrue(told.find());
        Program evaluated = Program.run("evaluate", "digits", "--model", model);
        String figures = "rows: " + told.group(2) + ", " + told.group(3);
        assertTrue(evaluated.out().contains(figures), figures + evaluated.out());
        String shown = Files.readString(page);
        assertTrue(shown.contains("[\"epochs done\",\"" + told.group(1) + "\"]"), "epoch " + told.group(1));
        Matcher accuracy = Pattern.compile("\"accuracy\":(0\\.\\d+|1\\.0)").matcher(shown);
        assertTrue(accuracy.find());
        assertEquals(told.group(2), String.format(Locale.ROOT, "accuracy %.4f", Double.parseDouble(accuracy.group(1))));
    }

    @Test
    void aCheckThatHasJudgedNothingSaysSo(@TempDir Path folder) {
        String page = folder.resolve("check.html").toString();
        String said = "Interrupted before anything was judged; there is no report." + System.lineSeparator();
        for (String[] what : new String[][] {{"--network", "4,3,2"}, {"--process", "sleep 9"}}) {
            Thread.currentThread().interrupt();
            assertEquals(
                    new Program(Main.INTERRUPTED, said, ""), Program.run("check", what[0], what[1], "--page", page));
            Thread.currentThread().interrupt();
            assertEquals(new Program(Main.INTERRUPTED, "", said), Program.run("check", what[0], what[1], "--json"));
        }
        assertFalse(Files.exists(Path.of(page)));
        assertFalse(Thread.interrupted());
    }

    private static Program interrupted(int after, String... command) throws InterruptedException {
        AtomicReference<Program> program = new AtomicReference<>();
        Thread worker = new Thread(() -> program.set(Program.run(command)));
        worker.start();
        Thread.sleep(after);
        worker.interrupt();
        worker.join();
        return program.get();
    }
}

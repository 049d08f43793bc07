package org.ejgrad.examples.playground;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.Dataset;

/** A network's training as a program of its own, which ends with the same weights to the last bit. */
final class JavaProgram {
    private static final String IMPORTS = """
            import org.ejgrad.Per;
            import org.ejgrad.Value;
            import org.ejgrad.nn.Activation;
            import org.ejgrad.nn.Dense;
            import org.ejgrad.nn.Penalty;
            import org.ejgrad.nn.Sequential;
            import org.ejgrad.nn.data.Batches;
            import org.ejgrad.nn.data.Dataset;
            import org.ejgrad.nn.io.Weights;
            import org.ejgrad.nn.loss.ClassOptions;
            import org.ejgrad.nn.loss.CrossEntropy;
            import org.ejgrad.nn.loss.Focal;
            import org.ejgrad.nn.loss.Margin;
            import org.ejgrad.nn.loss.Regression;
            import org.ejgrad.nn.metrics.Classification;
            import org.ejgrad.nn.optim.Adagrad;
            import org.ejgrad.nn.optim.Adam;
            import org.ejgrad.nn.optim.Optimizer;
            import org.ejgrad.nn.optim.RmsProp;
            import org.ejgrad.nn.optim.Sgd;
            import org.ejml.simple.SimpleMatrix;
            """;

    private JavaProgram() {}

    static String of(Learner learner) {
        Plan plan = learner.plan();
        Dataset train = learner.train();
        int batch = Math.min(plan.batch(), train.size());
        String body = """
                        Sequential network = Sequential.of(
                                NETWORK);
                        Optimizer optimizer = Optimizer.of(network.parameters(), RULE);
                        Batches batches = Batches.shuffled(train, BATCH, SEEDL);
                        while (optimizer.steps() < STEPSL) {
                            long epoch = 1 + optimizer.steps() / batches.count();
                            Dataset batch = batches.epoch(epoch).get((int) (optimizer.steps() % batches.count()));
                            Value outputs = network.forward(Value.constant(batch.inputs()));
                            Value loss = LOSS;
                            optimizer.step(loss.gradients());
                        }
                        Value outputs = network.inference().forward(Value.constant(test.inputs()));
                        System.out.println("test accuracy " + Classification.accuracy(test.labels(), outputs.matrix()));
                        System.out.println("weights " + Weights.of(network).sha256());
                """.replace("NETWORK", plan.networkCode(train.classes()))
                .replace("RULE", plan.optimizer().code(plan.rate()))
                .replace("BATCH", Integer.toString(batch))
                .replace("SEED", Long.toString(plan.seed()))
                .replace("STEPS", Long.toString(learner.steps()))
                .replace("LOSS", loss(plan));
        String program = "/** " + plan.words(train.classes()) + ": " + learner.steps()
                + " steps on the training rows below. */\npublic final class Playground {\n"
                + "    private Playground() {}\n\n"
                + "    public static void main(String[] arguments) {\n"
                + "        Dataset train = train();\n        Dataset test = test();\n"
                + body + "    }\n\n" + rows("train", train) + "\n"
                + rows("test", learner.test()) + "}\n";
        return IMPORTS.lines()
                        .filter(line -> program.contains(line.replaceAll(".*\\.|;", "")))
                        .collect(joining("\n"))
                + "\n\n" + program;
    }

    private static String loss(Plan plan) {
        return plan.l2() == 0
                ? plan.loss().code()
                : plan.loss().code() + "\n                    .plus(Penalty.l2(Penalty.withoutBiases("
                        + "network.parameters()), " + plan.l2() + "))";
    }

    /** A method that makes a data set, with every digit of its numbers. */
    private static String rows(String name, Dataset data) {
        StringBuilder inputs = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        int[] classes = data.labels();
        for (int row = 0; row < classes.length; row++) {
            String end = row + 1 == classes.length ? "" : ",";
            int at = row;
            inputs.append("            {")
                    .append(IntStream.range(0, data.features())
                            .mapToObj(column -> Double.toString(data.inputs().get(at, column)))
                            .collect(joining(", ")))
                    .append('}')
                    .append(end)
                    .append('\n');
            labels.append(row % 30 == 0 ? row == 0 ? "            " : "\n            " : " ")
                    .append(classes[row])
                    .append(end);
        }
        return "    private static Dataset " + name
                + "() {\n        SimpleMatrix inputs = new SimpleMatrix(new double[][] {\n"
                + inputs + "        });\n        int[] labels = {\n" + labels + "\n        };\n"
                + "        return Dataset.classification(\"" + data.name() + "\", inputs, labels, "
                + data.classNames().stream().map(JavaProgram::literal).collect(joining(", ")) + ");\n    }\n";
    }

    /** A text that came from outside as Java, in signs that every compiler reads. */
    private static String literal(String text) {
        return text.chars()
                .mapToObj(sign -> sign < ' ' || sign > '~'
                        ? String.format(Locale.ROOT, sign < ' ' ? "\\%03o" : "\\u%04x", sign)
                        : (sign == '"' || sign == '\\' ? "\\" : "") + (char) sign)
                .collect(joining("", "\"", "\""));
    }
}

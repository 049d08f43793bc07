package org.ejgrad.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.Deviations;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * How well outputs fit rows whose targets are known.
 *
 * @param scores the figures by name, the most important first
 * @param confusion of classes, how often each was taken for which
 */
record Judgement(Map<String, Double> scores, Optional<ConfusionMatrix> confusion) {
    private static final String EXPLAINED = "R² of ";

    /** The outputs of a network that was trained on rows prepared so; logits of classes or labels, or numbers. */
    static Judgement of(TargetKind kind, Dataset rows, ConstMatrix<SimpleMatrix> outputs, Optional<Preparation> scale) {
        return switch (kind) {
            case CLASSES -> ofClasses(rows, outputs);
            case LABELS -> {
                MultiLabel answers = MultiLabel.of(rows.targets(), MultiLabel.above(outputs, 0));
                Map<String, Double> scores = new LinkedHashMap<>();
                scores.put("label accuracy", answers.labelAccuracy());
                scores.put("all labels right", answers.subsetAccuracy());
                yield new Judgement(scores, Optional.empty());
            }
            case NUMBERS -> ofNumbers(rows, outputs, scale);
        };
    }

    private static Judgement ofClasses(Dataset rows, ConstMatrix<SimpleMatrix> outputs) {
        ConfusionMatrix confusion =
                ConfusionMatrix.of(rows.labels(), Classification.predictions(outputs), rows.classNames());
        return new Judgement(Map.of("accuracy", confusion.accuracy()), Optional.of(confusion));
    }

    /** In the units of the table, for each target: how far off, and which share of the variance is explained. */
    private static Judgement ofNumbers(
            Dataset rows, ConstMatrix<SimpleMatrix> outputs, Optional<Preparation> preparation) {
        SimpleMatrix predicted = outputs.copy();
        SimpleMatrix expected = rows.targets().copy();
        List<String> names = List.of("target");
        if (preparation.isPresent()) {
            predicted = preparation.get().predictions(predicted);
            expected = preparation.get().predictions(expected);
            names = preparation.get().targetNames();
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int j = 0; j < predicted.getNumCols(); j++) {
            Deviations found = Deviations.of(
                    expected.getColumn(j).getDDRM().getData(),
                    predicted.getColumn(j).getDDRM().getData());
            scores.put("root mean squared error of " + names.get(j), found.rootMeanSquare());
            scores.put(EXPLAINED + names.get(j), found.explained());
        }
        return new Judgement(scores, Optional.empty());
    }

    /** The figures on one line, such as {@code accuracy 0.9333}. */
    String line() {
        List<String> figures = new ArrayList<>();
        scores.forEach((name, score) -> figures.add(name + " "
                + (Double.isNaN(score) && name.startsWith(EXPLAINED) ? "undefined, as all are equal" : text(score))));
        return String.join(", ", figures);
    }

    /** A figure with four digits behind the point, or as many that count where those would not show it. */
    static String text(double figure) {
        double size = Math.abs(figure);
        return figure == 0 || (size >= 0.01 && size < 1e4)
                ? String.format(Locale.ROOT, "%.4f", figure)
                : Figures.rounded(figure, 5);
    }
}

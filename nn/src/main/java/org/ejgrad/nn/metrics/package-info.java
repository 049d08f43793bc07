/**
 * Figures that say how good predictions are: plain arrays and matrices in, numbers out.
 *
 * <p>Read {@link org.ejgrad.nn.metrics.Classification}, then {@link org.ejgrad.nn.metrics.ConfusionMatrix} with its
 * {@link org.ejgrad.nn.metrics.Scores}; {@link org.ejgrad.nn.metrics.MultiLabel} for several labels per row;
 * {@link org.ejgrad.nn.metrics.Ranking} for scores without a threshold; {@link org.ejgrad.nn.metrics.Probabilities} and
 * {@link org.ejgrad.nn.metrics.Calibration} for probabilities; {@link org.ejgrad.nn.metrics.Deviations} for numbers. A
 * ratio of counts is 0 where its denominator is 0; a figure over no rows is refused.
 *
 * <pre>{@code
 * int[] labels = {0, 0, 1, 1};
 * SimpleMatrix logits = new SimpleMatrix(new double[][] {{2, -1}, {0, 1}, {-3, 0}, {1, 2}});
 *
 * double accuracy = Classification.accuracy(labels, logits); // = 0.75
 * ConfusionMatrix confusion = ConfusionMatrix.of(labels, Classification.predictions(logits), List.of("no", "yes"));
 * double recall = confusion.scores(0).recall(); // = 0.5
 * double area = Ranking.rocAuc(labels, logits.getColumn(1).getDDRM().getData()); // = 0.75
 * confusion.count(1, 1); // = 2
 * System.out.println(confusion);
 * }</pre>
 */
package org.ejgrad.nn.metrics;

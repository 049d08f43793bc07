/**
 * Data to learn from: reading, making, dividing and preparing it.
 *
 * <p>Read {@link org.ejgrad.nn.data.Dataset} first, the matrices that networks learn from. A file of one's own takes
 * three steps to one: {@link org.ejgrad.nn.data.CsvFormat} reads it as a {@link org.ejgrad.nn.data.Table} of whatever
 * it holds, {@link org.ejgrad.nn.data.Split} divides that into training and test rows, and a
 * {@link org.ejgrad.nn.data.PreparationPlan} learns from the training rows alone how to make matrices of them: the
 * {@link org.ejgrad.nn.data.Preparation}, which is applied to all other rows and saved with the network
 * ({@link org.ejgrad.nn.data.Missing} and {@link org.ejgrad.nn.data.Unseen} are its policies).
 *
 * <p>Data sets come straight from files of numbers ({@link org.ejgrad.nn.data.CsvFormat#read},
 * {@link org.ejgrad.nn.data.IdxArray}), from texts ({@link org.ejgrad.nn.data.LabelledTexts} with
 * {@link org.ejgrad.nn.data.BagOfWords}) and from {@link org.ejgrad.nn.data.ToySets};
 * {@link org.ejgrad.nn.data.Standardizer}, {@link org.ejgrad.nn.data.Resampling}, {@link org.ejgrad.nn.data.Labels} and
 * {@link org.ejgrad.nn.data.LabelNoise} change them; {@link org.ejgrad.nn.data.Batches} deals them out. Files are read
 * strictly: a fault is a {@link org.ejgrad.nn.data.DatasetFormatException} that names the place, too much is a
 * {@link org.ejgrad.nn.data.ResourceLimitException} that names the limit of {@link org.ejgrad.nn.data.Limits}. What a
 * table holds is looked at when it is used: a cell that does not fit is an {@link java.lang.IllegalArgumentException}
 * that names its place in the file.
 *
 * <pre>{@code
 * String file = "id,height,colour,kind\n1,1.5,red,bush\n2,,green,tree\n3,1,red,bush\n4,9,green,tree\n";
 * InputStream stream = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
 *
 * Table plants = CsvFormat.DEFAULT.table("plants.csv", stream);
 * Split split = Split.stratified(plants, "kind", 0.5, 42);
 * Preparation preparation = Preparation.classification("kind")
 *         .without("id")
 *         .missing(Missing.MEDIAN)
 *         .unseen(Unseen.ZEROS)
 *         .fit(split.train(plants));
 * Dataset train = preparation.dataset(split.train(plants));
 * Batches batches = Batches.shuffled(train, 1, 42);
 * for (Dataset batch : batches.epoch(0)) {
 *     System.out.println(batch.inputs() + " is " + batch.classNames().get(batch.labels()[0]));
 * }
 * SimpleMatrix tested = preparation.inputs(split.test(plants));
 * }</pre>
 */
package org.ejgrad.nn.data;

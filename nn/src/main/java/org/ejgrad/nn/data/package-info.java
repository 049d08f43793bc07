/**
 * Data to learn from: reading, making, dividing and preparing it.
 *
 * <p>Read {@link org.ejgrad.nn.data.Dataset} first. One comes from a file ({@link org.ejgrad.nn.data.CsvFormat},
 * {@link org.ejgrad.nn.data.IdxArray}, {@link org.ejgrad.nn.data.LabelledTexts} with
 * {@link org.ejgrad.nn.data.BagOfWords}) or from {@link org.ejgrad.nn.data.ToySets}; {@link org.ejgrad.nn.data.Split}
 * divides it into training and test rows; {@link org.ejgrad.nn.data.Standardizer},
 * {@link org.ejgrad.nn.data.Resampling}, {@link org.ejgrad.nn.data.Labels} and {@link org.ejgrad.nn.data.LabelNoise}
 * change it; {@link org.ejgrad.nn.data.Batches} deals it out. Files are read strictly: a fault is a
 * {@link org.ejgrad.nn.data.DatasetFormatException} that names the place, too much is a
 * {@link org.ejgrad.nn.data.ResourceLimitException} that names the limit of {@link org.ejgrad.nn.data.Limits}.
 *
 * <pre>{@code
 * String file = "width,height,kind\n1,4,0\n2,3,0\n4,2,1\n5,1,1\n";
 * InputStream stream = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
 *
 * Dataset data = CsvFormat.classification("tall", "wide").read("shapes.csv", stream);
 * Split split = Split.stratified(data.labels(), 0.5, 42);
 * Dataset train = split.train(data);
 * Standardizer standardizer = Standardizer.fit(train);
 * Batches batches = Batches.shuffled(standardizer.apply(train), 1, 42);
 * for (Dataset batch : batches.epoch(0)) {
 *     System.out.println(batch.inputs() + " is " + batch.classNames().get(batch.labels()[0]));
 * }
 * }</pre>
 */
package org.ejgrad.nn.data;

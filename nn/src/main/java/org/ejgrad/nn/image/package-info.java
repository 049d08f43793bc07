/**
 * Layers for images, which are rows like everything else: the channels one after another, each row by row.
 *
 * <p>Reading order: {@link org.ejgrad.nn.image.ImageShape} (what the columns of a row are),
 * {@link org.ejgrad.nn.image.Window} (how a kernel moves over an image), {@link org.ejgrad.nn.image.Conv2d},
 * {@link org.ejgrad.nn.image.Pool2d}, {@link org.ejgrad.nn.image.ConvTranspose2d}, the adjoint of a convolution, and
 * {@link org.ejgrad.nn.image.PerPixel}, with which a batch normalisation is one per channel. An image that goes on to a
 * dense layer needs no flattening.
 *
 * <pre>{@code
 * Conv2d edges = new Conv2d(new ImageShape(1, 28, 28), 6, Window.of(5).padding(2), 1);
 * Pool2d smaller = Pool2d.max(edges.output(), Window.of(2).stride(2));
 * Layer classifier = Sequential.of(
 *         edges,
 *         PerPixel.of(edges.output(), new BatchNorm(6)),
 *         Activation.RELU,
 *         smaller,
 *         new Dense(smaller.output().columns(), 10, 2));
 * Value logits = classifier.forward(Value.zeros(new Shape(64, 784))); // 64x10
 * }</pre>
 */
package org.ejgrad.nn.image;

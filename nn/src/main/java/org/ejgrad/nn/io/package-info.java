/**
 * Saved matrices: files that are written whole or not at all, and that show any damage when they are read.
 *
 * <p>Reading order: {@link org.ejgrad.nn.io.NamedMatrices} (what is saved), {@link org.ejgrad.nn.io.Safetensors} (the
 * file), {@link org.ejgrad.nn.io.AtomicFile} (how it is replaced), {@link org.ejgrad.nn.io.CheckpointFolder} (a run's
 * newest few).
 *
 * <pre>{@code
 * Path file = folder.resolve("model.safetensors");
 * NamedMatrices model = NamedMatrices.empty()
 *         .with("weight", SimpleMatrix.identity(2))
 *         .withMetadata("trained on", "spirals");
 * Safetensors.write(file, model);
 * NamedMatrices again = Safetensors.read(file);
 * double first = again.get("weight").get(0, 0);
 * }</pre>
 */
package org.ejgrad.nn.io;

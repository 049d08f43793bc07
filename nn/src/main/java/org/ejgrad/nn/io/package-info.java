/**
 * Saved networks and runs: files that are written whole or not at all, and that show any damage when they are read.
 *
 * <p>Reading order: {@link org.ejgrad.nn.io.NamedMatrices} (what is saved), {@link org.ejgrad.nn.io.Safetensors} and
 * {@link org.ejgrad.nn.io.JsonText} and {@link org.ejgrad.nn.io.Npz} (the files), {@link org.ejgrad.nn.io.AtomicFile}
 * (how they are replaced), {@link org.ejgrad.nn.io.Weights} (networks in and out),
 * {@link org.ejgrad.nn.io.Architecture} (layers as data), {@link org.ejgrad.nn.io.Checkpoint},
 * {@link org.ejgrad.nn.io.Manifest} with {@link org.ejgrad.nn.io.Checksum}, and
 * {@link org.ejgrad.nn.io.CheckpointFolder} (runs that can be resumed).
 *
 * <pre>{@code
 * Path file = path.resolve("model.safetensors");
 * NamedMatrices model = NamedMatrices.empty()
 *         .with("weight", SimpleMatrix.identity(2))
 *         .withMetadata("trained on", "spirals");
 * Safetensors.write(file, model);
 * NamedMatrices again = Safetensors.read(file);
 * double first = again.get("weight").get(0, 0);
 * }</pre>
 */
package org.ejgrad.nn.io;

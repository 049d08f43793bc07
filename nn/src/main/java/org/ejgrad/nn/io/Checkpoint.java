package org.ejgrad.nn.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ejgrad.nn.ModelMismatchException;
import org.ejml.simple.SimpleMatrix;

/**
 * A moment of a run, with everything needed to go on from it as if nothing had happened: a manifest, a position, and
 * parts such as the network's weights and the optimizer's state.
 *
 * <pre>{@code
 * Checkpoint checkpoint = Checkpoint.at(epoch, batch, manifest)
 *         .with("network", Weights.of(network))
 *         .with("optimizer", optimizer.state());
 * folder.save(checkpoint.toMatrices());
 *
 * Checkpoint saved = Checkpoint.of(folder.newest().orElseThrow().matrices());
 * manifest.requireSameRunAs(saved.manifest());
 * Weights.into(network, saved.part("network"), Weights.NonFinite.REFUSE);
 * optimizer.restore(saved.part("optimizer"));
 * }</pre>
 *
 * @param epoch how many epochs are complete
 * @param batch how many batches of the next epoch are complete
 * @param manifest what the run depends on
 * @param parts the saved parts by name
 */
public record Checkpoint(long epoch, long batch, Manifest manifest, Map<String, NamedMatrices> parts) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9 _-]+");
    private static final String EPOCH = "epoch";
    private static final String BATCH = "batch";
    private static final String PARTS = "parts";
    private static final String IN_MANIFEST = "manifest/";

    /**
     * Refuses negative positions and copies the parts.
     *
     * @param epoch how many epochs are complete
     * @param batch how many batches of the next epoch are complete
     * @param manifest what the run depends on
     * @param parts the saved parts by name
     * @throws IllegalArgumentException if a number is negative, or a part's name is {@code manifest} or has characters
     *     other than letters, digits, spaces, {@code _} and {@code -}
     */
    public Checkpoint {
        Arguments.given(manifest, "manifest");
        Arguments.given(parts, "the map of parts");
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "Checkpoint: epoch " + epoch + ", batch " + batch + "; expected numbers that are at least 0");
        }
        for (String part : parts.keySet()) {
            if (!PART.matcher(part).matches() || IN_MANIFEST.equals(part + "/")) {
                throw new IllegalArgumentException("Checkpoint: a part is named \"" + part
                        + "\"; expected letters, digits, spaces, _ and -, and not manifest");
            }
        }
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /**
     * A position without parts.
     *
     * @param epoch how many epochs are complete
     * @param batch how many batches of the next epoch are complete
     * @param manifest what the run depends on
     * @return a checkpoint
     * @throws IllegalArgumentException if a number is negative
     */
    public static Checkpoint at(long epoch, long batch, Manifest manifest) {
        return new Checkpoint(epoch, batch, manifest, Map.of());
    }

    /**
     * This checkpoint with one part more.
     *
     * @param part the part's name
     * @param matrices what it holds
     * @return a new checkpoint
     * @throws IllegalArgumentException if there is already such a part, or its name is not acceptable
     */
    public Checkpoint with(String part, NamedMatrices matrices) {
        Map<String, NamedMatrices> more = new LinkedHashMap<>(parts);
        if (more.putIfAbsent(Arguments.given(part, "part"), Arguments.given(matrices, "matrices")) != null) {
            throw new IllegalArgumentException("with: there is already a part \"" + part + "\"");
        }
        return new Checkpoint(epoch, batch, manifest, more);
    }

    /**
     * One of the parts.
     *
     * @param part its name
     * @return what it holds
     * @throws ModelMismatchException if there is no such part
     */
    public NamedMatrices part(String part) {
        NamedMatrices found = parts.get(Arguments.given(part, "part"));
        if (found == null) {
            throw new ModelMismatchException(
                    "the checkpoint", List.of("missing: part " + part + "; it has " + parts.keySet()));
        }
        return found;
    }

    /**
     * As matrices for a file: those of a part under the name {@code part/name}, all else as metadata.
     *
     * @return one collection that {@link #of} takes apart again
     */
    public NamedMatrices toMatrices() {
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(EPOCH, Long.toString(epoch));
        notes.put(BATCH, Long.toString(batch));
        notes.put(PARTS, String.join(",", parts.keySet()));
        manifest.entries().forEach((what, which) -> notes.put(IN_MANIFEST + what, which));
        parts.forEach((part, content) -> {
            content.names()
                    .forEach(name ->
                            matrices.put(part + "/" + name, content.get(name).copy()));
            content.metadata().forEach((key, value) -> notes.put(part + "/" + key, value));
        });
        return NamedMatrices.of(matrices).withMetadata(notes);
    }

    /**
     * Takes apart what {@link #toMatrices} put together.
     *
     * @param matrices the content of a checkpoint file
     * @return the checkpoint
     * @throws ModelMismatchException if it is something else, such as a model without a position
     */
    public static Checkpoint of(NamedMatrices matrices) {
        Map<String, String> notes =
                new LinkedHashMap<>(Arguments.given(matrices, "matrices").metadata());
        if (!notes.keySet().containsAll(List.of(EPOCH, BATCH, PARTS))) {
            throw new ModelMismatchException(
                    "the file",
                    List.of("it has no epoch, batch and parts, so it is not a checkpoint; its notes are "
                            + notes.keySet()));
        }
        Map<String, NamedMatrices> parts = new LinkedHashMap<>();
        for (String part : notes.getOrDefault(PARTS, "").split(",", -1)) {
            if (!part.isEmpty()) {
                parts.put(part, part(matrices, part + "/"));
            }
        }
        Map<String, String> manifest = new LinkedHashMap<>();
        notes.forEach((key, value) -> {
            if (key.startsWith(IN_MANIFEST)) {
                manifest.put(key.substring(IN_MANIFEST.length()), value);
            }
        });
        try {
            return new Checkpoint(
                    Long.parseLong(notes.getOrDefault(EPOCH, "")),
                    Long.parseLong(notes.getOrDefault(BATCH, "")),
                    new Manifest(manifest),
                    parts);
        } catch (IllegalArgumentException wrong) {
            throw new ModelMismatchException("the checkpoint", List.of(String.valueOf(wrong.getMessage())));
        }
    }

    private static NamedMatrices part(NamedMatrices all, String prefix) {
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        for (String name : all.names()) {
            if (name.startsWith(prefix)) {
                matrices.put(name.substring(prefix.length()), all.get(name).copy());
            }
        }
        Map<String, String> notes = new LinkedHashMap<>();
        all.metadata().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                notes.put(key.substring(prefix.length()), value);
            }
        });
        return NamedMatrices.of(matrices).withMetadata(notes);
    }
}

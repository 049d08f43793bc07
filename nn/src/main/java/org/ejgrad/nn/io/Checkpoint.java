package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.arguments.Require;

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
 * Weights.into(network, saved.part("network"), Weights.Numbers.FINITE);
 * optimizer.restore(saved.part("optimizer"));
 * }</pre>
 *
 * @param epoch how many epochs are complete
 * @param batch how many batches of the next epoch are complete
 * @param manifest what the run depends on
 * @param parts the saved parts by name: of letters, digits, spaces, {@code _} and {@code -}, and not {@code manifest}
 */
public record Checkpoint(long epoch, long batch, Manifest manifest, Map<String, NamedMatrices> parts) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9 _-]+");
    private static final String EPOCH = "epoch";
    private static final String BATCH = "batch";
    private static final String PARTS = "parts";
    private static final String IN_MANIFEST = "manifest/";

    /** Refuses negative positions and copies the parts. */
    public Checkpoint {
        requireNonNull(manifest, "manifest");
        parts = Require.entries(parts, "parts");
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "Checkpoint: epoch " + epoch + ", batch " + batch + "; expected numbers that are at least 0");
        }
        for (String part : parts.keySet()) {
            if (!PART.matcher(part).matches() || IN_MANIFEST.equals(part + "/")) {
                throw new IllegalArgumentException("Checkpoint: a part is named \"" + PlainText.line(part)
                        + "\"; expected letters, digits, spaces, _ and -, and not manifest");
            }
        }
    }

    /**
     * {@return a position without parts}
     *
     * @param epoch how many epochs are complete
     * @param batch how many batches of the next epoch are complete
     * @param manifest what the run depends on
     * @throws IllegalArgumentException if a number is negative
     */
    public static Checkpoint at(long epoch, long batch, Manifest manifest) {
        return new Checkpoint(epoch, batch, manifest, Map.of());
    }

    /**
     * {@return this checkpoint with one part more}
     *
     * @param part the part's name
     * @param matrices what it holds
     * @throws IllegalArgumentException if there is already such a part, or its name is not acceptable
     */
    public Checkpoint with(String part, NamedMatrices matrices) {
        Map<String, NamedMatrices> more = new LinkedHashMap<>(parts);
        if (more.putIfAbsent(requireNonNull(part, "part"), requireNonNull(matrices, "matrices")) != null) {
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
        NamedMatrices found = parts.get(requireNonNull(part, "part"));
        if (found == null) {
            throw new ModelMismatchException(
                    "the checkpoint", List.of("missing: part " + part + "; it has " + parts.keySet()));
        }
        return found;
    }

    /** {@return all as one collection, for a file: matrices of a part named {@code part/name}, all else as metadata} */
    public NamedMatrices toMatrices() {
        Map<String, Value> matrices = new LinkedHashMap<>();
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(EPOCH, Long.toString(epoch));
        notes.put(BATCH, Long.toString(batch));
        notes.put(PARTS, String.join(",", parts.keySet()));
        manifest.entries().forEach((what, which) -> notes.put(IN_MANIFEST + what, which));
        parts.forEach((part, content) -> {
            content.matrices().forEach((name, matrix) -> matrices.put(part + "/" + name, matrix));
            content.metadata().forEach((key, value) -> notes.put(part + "/" + key, value));
        });
        return NamedMatrices.ofValues(matrices).withMetadata(notes);
    }

    /**
     * Takes apart what {@link #toMatrices} put together.
     *
     * @param matrices the content of a checkpoint file
     * @throws ModelMismatchException if it is something else, such as a model without a position
     */
    public static Checkpoint of(NamedMatrices matrices) {
        Map<String, String> notes = requireNonNull(matrices, "matrices").metadata();
        if (!notes.keySet().containsAll(List.of(EPOCH, BATCH, PARTS))) {
            throw new ModelMismatchException(
                    "the file",
                    List.of("it has no epoch, batch and parts, so it is not a checkpoint; its notes are "
                            + notes.keySet()));
        }
        Map<String, NamedMatrices> parts = new LinkedHashMap<>();
        for (String part : notes.getOrDefault(PARTS, "").split(",", -1)) {
            if (!part.isEmpty()) {
                parts.put(
                        part,
                        NamedMatrices.ofValues(below(part + "/", matrices.matrices()))
                                .withMetadata(below(part + "/", notes)));
            }
        }
        try {
            return new Checkpoint(
                    Long.parseLong(notes.getOrDefault(EPOCH, "")),
                    Long.parseLong(notes.getOrDefault(BATCH, "")),
                    new Manifest(below(IN_MANIFEST, notes)),
                    parts);
        } catch (IllegalArgumentException wrong) {
            throw new ModelMismatchException("the checkpoint", List.of(String.valueOf(wrong.getMessage())));
        }
    }

    /** What is named by the prefix and more, without the prefix. */
    private static <T> Map<String, T> below(String prefix, Map<String, T> all) {
        Map<String, T> found = new LinkedHashMap<>();
        all.forEach((name, each) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), each);
            }
        });
        return found;
    }
}

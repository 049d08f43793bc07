package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.PlainText;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.arguments.Require;

/**
 * What a run depends on, besides its program: data, seed, batch size, optimizer and whatever else its author names. Two
 * runs of one manifest end in the same bits.
 *
 * <pre>{@code
 * Manifest manifest = Manifest.empty()
 *         .with("data", Checksum.of(List.of(training.inputs(), training.targets())))
 *         .with("seed", 7)
 *         .with("batch size", 32)
 *         .with("optimizer", optimizer.description());
 * }</pre>
 *
 * @param entries what → which, in the order of their adding
 */
public record Manifest(Map<String, String> entries) {
    public Manifest {
        entries = Require.entries(entries, "entries");
    }

    /** {@return a manifest that says nothing} */
    public static Manifest empty() {
        return new Manifest(Map.of());
    }

    /**
     * {@return this manifest with one entry more}
     *
     * @param what what the run depends on, such as {@code seed}
     * @param which its value; kept as text
     * @throws IllegalArgumentException if there is already such an entry
     */
    public Manifest with(String what, Object which) {
        Map<String, String> more = new LinkedHashMap<>(entries);
        String text = requireNonNull(which, "which").toString();
        if (more.putIfAbsent(requireNonNull(what, "what"), text) != null) {
            throw new IllegalArgumentException("with: there is already an entry \"" + PlainText.line(what) + "\"");
        }
        return new Manifest(more);
    }

    /** The entries, such as {@code {seed=7, batch size=32}}. */
    @Override
    public String toString() {
        return PlainText.line(entries.toString());
    }

    /**
     * Refuses a run that is not the one that was saved.
     *
     * @param saved the manifest of the saved run
     * @throws ModelMismatchException if an entry differs or only one of the two has it; the message lists all such
     */
    public void requireSameRunAs(Manifest saved) {
        Set<String> all =
                new LinkedHashSet<>(requireNonNull(saved, "saved").entries.keySet());
        all.addAll(entries.keySet());
        List<String> differences = new ArrayList<>();
        for (String what : all) {
            String before = saved.entries.getOrDefault(what, "not named");
            String now = entries.getOrDefault(what, "not named");
            if (!before.equals(now)) {
                differences.add(what + " was " + before + ", is now " + now);
            }
        }
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the saved run", differences);
        }
    }
}

package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The values where entries of one block are moved, several computed at once: those of the steps that are expected and,
 * as soon as one entry follows another with the same steps, those of the entries behind it.
 */
final class EntryValues {
    /** So many entries are computed ahead at most: 1, 3, 7 of them, the longer entries have been alike. */
    private static final int MOST_AHEAD = 7;

    private final TestedFunction function;
    private final Block block;
    private final int mostPlaces;
    private final Computation computation;

    /** Of each entry what is computed so far. */
    private final Map<Integer, List<At>> known = new TreeMap<>();

    private int last = -1;
    private double[] steps = {};
    private int alike;

    /** The value where an entry is moved to a number, and what was met there. */
    record At(double moved, double value, boolean kinkCrossed, Optional<String> inconsistency) {}

    /** Computes where each of these entries is moved to the number beside it. */
    @FunctionalInterface
    interface Computation {
        List<At> of(int[] entries, double... moved);
    }

    /**
     * Values of a function, computed at no more than so many places at once but where more are expected of one entry.
     */
    EntryValues(TestedFunction function, Block block, int mostPlaces, Computation computation) {
        this.function = function;
        this.block = block;
        this.mostPlaces = mostPlaces;
        this.computation = computation;
    }

    Block block() {
        return block;
    }

    At at(int entry, double moved) {
        return known(entry, moved)
                .orElseGet(() -> computation.of(new int[] {entry}, moved).get(0));
    }

    private Optional<At> known(int entry, double moved) {
        for (At at : known.getOrDefault(entry, List.of())) {
            if (Double.compare(at.moved, moved) == 0) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** What is met at steps of an entry; nothing if that is refused at one of them. */
    List<At> expect(int entry, double... expected) {
        int ahead = ahead(entry, expected);
        double[] moved = function.moved(block, entry, expected);
        if (Arrays.stream(moved).anyMatch(x -> known(entry, x).isEmpty()) && !compute(entry, ahead, expected)) {
            compute(entry, 0, expected);
        }
        return Arrays.stream(moved)
                .mapToObj(x -> known(entry, x))
                .flatMap(Optional::stream)
                .toList();
    }

    /** How many entries after this one are likely to be moved by such steps. */
    private int ahead(int entry, double... expected) {
        if (entry == last) {
            return 0;
        }
        double reach = function.reach(block, entry);
        double[] parts = Arrays.stream(expected).map(step -> step / reach).toArray();
        boolean follows = entry == last + 1;
        if (!follows) {
            known.clear();
        }
        known.remove(last);
        alike = follows && Arrays.equals(parts, steps) ? alike + 1 : 0;
        last = entry;
        steps = parts;
        int likely = Math.min((1 << Math.min(alike, 8)) - 1, MOST_AHEAD);
        return Math.max(
                0,
                Math.min(
                        Math.min(likely, block.shape().elements() - 1 - entry),
                        mostPlaces / Math.max(1, expected.length) - 1));
    }

    /** Computes an entry and so many behind it; false if that is refused somewhere. */
    private boolean compute(int entry, int ahead, double... expected) {
        int count = expected.length;
        int[] entries = new int[(1 + ahead) * count];
        double[] moved = new double[entries.length];
        for (int k = 0; k <= ahead; k++) {
            double scale = function.reach(block, entry + k) / function.reach(block, entry);
            double[] scaled = Arrays.stream(expected).map(step -> step * scale).toArray();
            Arrays.fill(entries, k * count, (k + 1) * count, entry + k);
            System.arraycopy(function.moved(block, entry + k, scaled), 0, moved, k * count, count);
        }
        try {
            List<At> all = computation.of(entries, moved);
            IntStream.range(0, entries.length)
                    .forEach(i -> known.computeIfAbsent(entries[i], any -> new ArrayList<>())
                            .add(all.get(i)));
            return true;
        } catch (RuntimeException refused) {
            return false; // at which of the numbers shows when they are computed one by one
        }
    }
}

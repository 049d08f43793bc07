package org.ejgrad;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A map from keys, such as values, of which each equals itself alone, that remembers the order of insertion.
 *
 * <p>Most graphs are small: up to a dozen keys are found by a scan, which is faster than hashing; beyond that an index
 * by open addressing takes over.
 *
 * @param <K> one thing, be it several objects: a value under all its names
 * @param <V> what is stored for a key
 */
final class IdentityMap<K, V> {
    private static final int SCANNED = 12;
    private static final Object[] NONE = {};
    private static final int[] NO_SLOTS = {};

    /** Each key with its content behind it. */
    private Object[] entries = NONE;

    private int size;

    /** Positions of keys, plus one; 0 is free. Empty while the keys are scanned. */
    private int[] slots = NO_SLOTS;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    K key(int position) {
        return (K) entries[2 * position];
    }

    /** The keys in the order of insertion. */
    Stream<K> keys() {
        return IntStream.range(0, size).mapToObj(this::key);
    }

    @SuppressWarnings("unchecked")
    V content(int position) {
        return (V) entries[2 * position + 1];
    }

    /** The position of a key, or −1. */
    int find(K key) {
        if (slots.length == 0) {
            for (int i = 0; i < size; i++) {
                if (entries[2 * i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }
        return slots[slot(key)] - 1;
    }

    /** What is stored for a key, or something else if there is nothing. */
    V get(K key, V otherwise) {
        int found = find(key);
        return found >= 0 ? content(found) : otherwise;
    }

    boolean contains(K key) {
        return find(key) >= 0;
    }

    /** Stores something for a key, in place of what was stored before. */
    void put(K key, V content) {
        int found = find(key);
        if (found >= 0) {
            entries[2 * found + 1] = content;
            return;
        }
        if (2 * size == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(8, 4 * size));
        }
        entries[2 * size] = key;
        entries[2 * size + 1] = content;
        size++;
        if (size > SCANNED && 2 * size > slots.length) {
            reindex();
        } else if (slots.length > 0) {
            slots[slot(key)] = size;
        }
    }

    void forEach(BiConsumer<K, V> action) {
        for (int i = 0; i < size; i++) {
            action.accept(key(i), content(i));
        }
    }

    private void reindex() {
        slots = new int[Integer.highestOneBit(size) * 8];
        for (int i = 0; i < size; i++) {
            slots[slot(entries[2 * i])] = i + 1;
        }
    }

    /** Where the key is, or the free slot where it belongs. */
    private int slot(Object key) {
        int mask = slots.length - 1;
        int hash = key.hashCode();
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] != 0 && !entries[2 * (slots[slot] - 1)].equals(key)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}

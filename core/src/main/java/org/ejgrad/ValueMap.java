package org.ejgrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A map from values, by identity, that remembers the order of insertion.
 *
 * <p>Most graphs are small: up to a dozen keys are found by a scan, which is faster than hashing; beyond that an index
 * by open addressing takes over.
 *
 * @param <T> what is stored for a value
 */
final class ValueMap<T> {
    private static final int SCANNED = 12;

    private Value[] keys = new Value[SCANNED];
    private Object[] contents = new Object[SCANNED];
    private int size;

    /** Positions in {@link #keys}, plus one; 0 is free. Empty while the keys are scanned. */
    private int[] slots = {};

    int size() {
        return size;
    }

    /** A new list of the keys, in the order of insertion. */
    List<Value> keys() {
        return new ArrayList<>(Arrays.asList(keys).subList(0, size));
    }

    Value key(int position) {
        return keys[position];
    }

    @SuppressWarnings("unchecked")
    T content(int position) {
        return (T) contents[position];
    }

    /** The position of a key, or −1. */
    int find(Value key) {
        if (slots.length == 0) {
            for (int i = 0; i < size; i++) {
                if (keys[i] == key) {
                    return i;
                }
            }
            return -1;
        }
        return slots[slot(key)] - 1;
    }

    boolean contains(Value key) {
        return find(key) >= 0;
    }

    /** Stores something for a key, in place of what was stored before. */
    void put(Value key, T content) {
        int found = find(key);
        if (found >= 0) {
            contents[found] = content;
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            contents = Arrays.copyOf(contents, 2 * size);
        }
        keys[size] = key;
        contents[size] = content;
        size++;
        if (size > SCANNED && 2 * size > slots.length) {
            reindex();
        } else if (slots.length > 0) {
            slots[slot(key)] = size;
        }
    }

    void forEach(BiConsumer<Value, T> action) {
        for (int i = 0; i < size; i++) {
            action.accept(keys[i], content(i));
        }
    }

    private void reindex() {
        slots = new int[Integer.highestOneBit(size) * 8];
        for (int i = 0; i < size; i++) {
            slots[slot(keys[i])] = i + 1;
        }
    }

    /** Where the key is, or the free slot where it belongs. */
    private int slot(Value key) {
        int mask = slots.length - 1;
        int hash = System.identityHashCode(key);
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}

package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import org.ejgrad.Value;

/** The operations of the reference format that only move elements. */
final class ShapeCalls {
    private ShapeCalls() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("cat", ShapeCalls::concatenate),
            entry("expand", in -> in.x().broadcastTo(in.integers("shape")[0], in.integers("shape")[1])));

    private static Value concatenate(Arguments in) {
        Value[] rest = in.values().stream().skip(1).toArray(Value[]::new);
        return in.downRows() ? in.x().concatRows(rest) : in.x().concatColumns(rest);
    }
}

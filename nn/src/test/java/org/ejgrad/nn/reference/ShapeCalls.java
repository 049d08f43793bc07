package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Value;

/** The operations of the reference format that only move elements. */
final class ShapeCalls {
    private ShapeCalls() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("cat", ShapeCalls::concatenate),
            entry("reshape", in -> in.x().reshape(in.integers("shape")[0], in.integers("shape")[1])),
            entry(
                    "index_select",
                    in -> in.downRows() ? in.x().rowsAt(index(in)) : in.x().colsAt(index(in))),
            entry(
                    "gather",
                    in -> in.downRows()
                            ? in.x().gather(Per.COLUMN, indexMatrix(in))
                            : in.x().gather(Per.ROW, indexMatrix(in))),
            entry(
                    "scatter_add",
                    in -> in.downRows()
                            ? in.x().scatterAdd(Per.COLUMN, in.indexMatrix(1), in.value(2))
                            : in.x().scatterAdd(Per.ROW, in.indexMatrix(1), in.value(2))),
            entry("slice", ShapeCalls::slice),
            entry("repeat", in -> in.x().tile(in.integers("repeats")[0], in.integers("repeats")[1])),
            entry("flip", ShapeCalls::flip),
            entry(
                    "roll",
                    in -> in.downRows()
                            ? in.x().roll(Per.COLUMN, in.integer("shift"))
                            : in.x().roll(Per.ROW, in.integer("shift"))),
            entry("tril", in -> in.x().tril(in.integer("k", 0))),
            entry("triu", in -> in.x().triu(in.integer("k", 0))),
            entry("pad", ShapeCalls::pad),
            entry("masked_fill", in -> in.x().maskedFill(in.value(1), in.number("value"))),
            entry("sort", ShapeCalls::sort),
            entry(
                    "topk",
                    in -> in.downRows()
                            ? in.x().top(Per.COLUMN, in.integer("k"))
                            : in.x().top(Per.ROW, in.integer("k"))),
            entry("expand", in -> in.x().broadcastTo(in.integers("shape")[0], in.integers("shape")[1])));

    private static Value concatenate(Arguments in) {
        Value[] rest = in.values().stream().skip(1).toArray(Value[]::new);
        return in.downRows() ? in.x().concatRows(rest) : in.x().concatColumns(rest);
    }

    /** The index is an input of a single operation, and an attribute in a program. */
    private static int[] index(Arguments in) {
        return in.hasIndex(1) ? in.index(1) : in.integers("index");
    }

    private static int[][] indexMatrix(Arguments in) {
        return in.hasIndex(1) ? in.indexMatrix(1) : in.integerRows("index");
    }

    private static Value slice(Arguments in) {
        int[] rows = in.integers("rows");
        int[] columns = in.integers("cols");
        Value some = in.x().rows(rows[0], Math.min(rows[1], in.x().getNumRows()), rows[2]);
        return some.cols(columns[0], Math.min(columns[1], in.x().getNumCols()), columns[2]);
    }

    private static Value flip(Arguments in) {
        Value x = in.x();
        for (int dim : in.integers("dims")) {
            x = Math.floorMod(dim, 2) == 0 ? x.reverse(Per.COLUMN) : x.reverse(Per.ROW);
        }
        return x;
    }

    private static Value pad(Arguments in) {
        int[] margins = in.integers("pad");
        return in.x().pad(margins[2], margins[3], margins[0], margins[1], in.number("value", 0));
    }

    private static Value sort(Arguments in) {
        Value x = in.x();
        if (in.truth("descending", false)) {
            return in.downRows() ? x.top(Per.COLUMN, x.getNumRows()) : x.top(Per.ROW, x.getNumCols());
        }
        return in.downRows() ? x.sort(Per.COLUMN) : x.sort(Per.ROW);
    }
}

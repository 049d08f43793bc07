package org.ejgrad;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * How a value came about, as the list of its inputs; most constants share one origin. The array of inputs belongs to
 * one value alone, under all its names, so that it tells which value that is.
 *
 * @param <O> an operation
 * @param <V> a value
 */
class Origin<O, V> extends AbstractList<V> implements RandomAccess {
    final String label;
    final O operation;
    final V[] inputs;
    final int depth;

    /**
     * What {@link Value#bare} gives, made when it is first asked for; two threads may make one each, which are alike.
     */
    @SuppressWarnings("NullAway.Init")
    V bare;

    /** From here on nobody else writes to the array. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    Origin(String label, O operation, int depth, V... inputs) {
        this.label = label;
        this.operation = operation;
        this.inputs = inputs;
        this.depth = depth;
    }

    @Override
    public V get(int index) {
        return inputs[index];
    }

    @Override
    public int size() {
        return inputs.length;
    }

    /** Where in the program it was made, if that was traced. */
    Site site() {
        return Site.UNTRACED;
    }

    /** The origin of a value that is made now, traced if there is a watch or a place to remember. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <O, V> Origin<O, V> of(String label, O operation, int depth, Site site, V... inputs) {
        return site == Site.UNTRACED
                ? new Origin<>(label, operation, depth, inputs)
                : new Traced<>(label, operation, depth, site, inputs);
    }

    private static final class Traced<O, V> extends Origin<O, V> {
        private final Site site;

        Traced(String label, O operation, int depth, Site site, V[] inputs) {
            super(label, operation, depth, inputs);
            this.site = site;
        }

        @Override
        Site site() {
            return site;
        }
    }
}

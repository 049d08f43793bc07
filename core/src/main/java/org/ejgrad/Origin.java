package org.ejgrad;

import java.util.List;

/**
 * How a value came about; most constants share one origin.
 *
 * @param <O> an operation
 * @param <V> a value
 */
class Origin<O, V> {
    final String label;
    final O operation;
    final List<V> inputs;
    final int depth;

    /**
     * What {@link Value#bare} gives, made when it is first asked for; two threads may make one each, which are alike.
     */
    @SuppressWarnings("NullAway.Init")
    V bare;

    Origin(String label, O operation, List<V> inputs, int depth) {
        this.label = label;
        this.operation = operation;
        this.inputs = inputs;
        this.depth = depth;
    }

    /** Where in the program it was made, if that was traced. */
    Site site() {
        return Site.UNTRACED;
    }

    /** The origin of a value that is made now, traced if there is a watch or a place to remember. */
    static <O, V> Origin<O, V> of(String label, O operation, List<V> inputs, int depth, Site site) {
        return site == Site.UNTRACED
                ? new Origin<>(label, operation, inputs, depth)
                : new Traced<>(label, operation, inputs, depth, site);
    }

    private static final class Traced<O, V> extends Origin<O, V> {
        private final Site site;

        Traced(String label, O operation, List<V> inputs, int depth, Site site) {
            super(label, operation, inputs, depth);
            this.site = site;
        }

        @Override
        Site site() {
            return site;
        }
    }
}

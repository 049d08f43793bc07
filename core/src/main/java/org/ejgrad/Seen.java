package org.ejgrad;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;

/**
 * A list of which each element is seen through a function that is never null, applied when the element is asked for.
 *
 * @param <T> the elements
 */
final class Seen<T> extends AbstractList<T> implements RandomAccess {
    private final List<T> list;
    private final UnaryOperator<T> as;

    Seen(List<T> list, UnaryOperator<T> as) {
        this.list = list;
        this.as = as;
    }

    @Override
    public T get(int index) {
        return as.apply(list.get(index));
    }

    @Override
    public int size() {
        return list.size();
    }
}

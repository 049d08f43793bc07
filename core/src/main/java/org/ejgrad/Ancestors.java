package org.ejgrad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** All that something was made from, found depth first without recursion. */
final class Ancestors {
    private Ancestors() {}

    /** Each once, inputs before results, the root last. */
    static <T> List<T> of(T root, Function<T, List<T>> inputsOf) {
        List<T> ordered = new ArrayList<>();
        IdentityMap<T, Boolean> isOrdered = new IdentityMap<>();
        Deque<T> stack = new ArrayDeque<>(List.of(root));
        while (!stack.isEmpty()) {
            T node = stack.peek();
            if (!isOrdered.contains(node)) {
                isOrdered.put(node, false);
                List<T> inputs = inputsOf.apply(node);
                for (int i = inputs.size() - 1; i >= 0; i--) {
                    stack.push(inputs.get(i));
                }
            } else if (!isOrdered.get(stack.pop(), true)) {
                isOrdered.put(node, true);
                ordered.add(node);
            }
        }
        return ordered;
    }
}

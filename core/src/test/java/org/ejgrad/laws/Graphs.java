package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.ejgrad.Rule;
import org.ejgrad.Value;

/** Walks over recorded graphs, for laws that look inside a function. */
final class Graphs {
    private Graphs() {}

    /** All results of operations below a value, itself included, inputs before outputs. */
    static List<Value> nodes(Value root) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> found = new ArrayList<>();
        seen.add(root);
        found.add(root);
        for (int i = 0; i < found.size(); i++) {
            for (Value input : found.get(i).inputs()) {
                if (seen.add(input)) {
                    found.add(input);
                }
            }
        }
        found.removeIf(value -> value.inputs().isEmpty());
        found.sort(Comparator.comparingInt(Value::depth));
        return found;
    }

    /** The rules of a node, each told the inputs and the output that the node had, whatever the inputs are now. */
    static Rule[] rulesAt(Value node) {
        List<Value> inputs = node.inputs().stream().map(Value::detached).toList();
        Value output = node.detached();
        return node.operation().rules().stream()
                .map(rule ->
                        new Rule(rule.formula(), (in, y, dy) -> rule.function().gradient(inputs, output, dy)))
                .toArray(Rule[]::new);
    }
}

package org.ejgrad.show;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What each value of a graph is called in formulas. */
final class Names {
    /** One that cannot be taken for a sign, a superscript or a number; a layer's number may stand before it. */
    private static final Pattern SYMBOL =
            Pattern.compile("(?:[0-9]{1,3}\\.){0,3}[\\p{Lu}\\p{Ll}\\p{Lo}_][\\p{Lu}\\p{Ll}\\p{Lo}\\p{Nd}_]{0,23}");

    private static final Pattern ID = Pattern.compile("d*n[0-9]+");

    private Names() {}

    /**
     * By number, the node's own name where that can stand in a formula, is no other's and is not the name of another's
     * gradient; else its id.
     */
    static List<String> of(List<Node> nodes) {
        Map<String, Long> uses = nodes.stream().collect(groupingBy(Node::name, counting()));
        return nodes.stream()
                .map(node -> {
                    String name = node.name();
                    boolean isClear = SYMBOL.matcher(name).matches()
                            && !ID.matcher(name).matches()
                            && uses.getOrDefault(name, 0L) == 1
                            && !(name.startsWith("d") && uses.containsKey(name.substring(1)));
                    return isClear ? name : node.id();
                })
                .toList();
    }
}

package org.ejgrad.check;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejgrad.Value;

/**
 * Which results of a program have equal parts in what it repeats, such as the steps of a recurrence or the positions of
 * a convolution: they are made by one operation of what looks the same, so many operations deep.
 */
final class Roles {
    private static final int DEEPEST = 5;

    private final Tape tape;
    private final List<Role> all = new ArrayList<>();
    private final int[] deepest;
    /** By which operations a result is used, as which input. */
    private final List<Set<String>> users = new ArrayList<>();

    private final List<Role> series = new ArrayList<>();

    /** Results that have one part, in the order of the program, and what they are called together. */
    record Role(List<Integer> nodes, String name) {}

    Roles(Tape tape) {
        this.tape = tape;
        IntStream.range(0, tape.size()).forEach(i -> users.add(new HashSet<>()));
        for (int i = 0; i < tape.size(); i++) {
            int[] inputs = tape.inputs(i);
            for (int k = 0; k < inputs.length; k++) {
                users.get(inputs[k]).add(tape.node(i).operation() + " " + k);
            }
        }
        Set<List<Integer>> known = new HashSet<>();
        tape.uses().values().forEach(nodes -> known.add(nodes.stream().sorted().toList()));
        int[] looks = numbered(this::leaf);
        for (int depth = 1; depth <= DEEPEST; depth++) {
            int[] before = looks;
            looks = started(numbered(i -> look(i, before)), before);
            add(looks, depth, known);
        }
        deepest = looks;
        addSeries();
    }

    /** Whether there is a result which, as far as is looked, is made in the same way. */
    boolean isRepeated(int node) {
        return !tape.isLeaf(node)
                && IntStream.range(0, deepest.length)
                                .filter(i -> deepest[i] == deepest[node])
                                .limit(2)
                                .count()
                        > 1;
    }

    /** Whether all these results are made in one way, as far as is looked. */
    boolean areAlike(int... nodes) {
        return IntStream.of(nodes).allMatch(node -> deepest[node] == deepest[nodes[0]]);
    }

    /** The parts that several results have, if these are not all there are of an operation. */
    List<Role> all() {
        return all;
    }

    /** These, the results of all operations that are used more than once, and what goes into any of them. */
    List<Role> series() {
        return series;
    }

    private void addSeries() {
        List<Role> made = new ArrayList<>(all);
        tape.uses().forEach((name, nodes) -> {
            if (nodes.size() > 1) {
                made.add(new Role(nodes.stream().sorted().toList(), name));
            }
        });
        made.forEach(role -> series.add(new Role(role.nodes, "what " + role.name + " gives")));
        for (Role role : made) {
            int inputs = role.nodes.stream()
                    .mapToInt(node -> tape.inputs(node).length)
                    .min()
                    .orElse(0);
            for (int k = 0; k < inputs; k++) {
                int input = k;
                series.add(new Role(
                        role.nodes.stream()
                                .map(node -> tape.inputs(node)[input])
                                .toList(),
                        "input " + k + " of " + role.name));
            }
        }
    }

    private String leaf(int i) {
        Value node = tape.node(i);
        return node.isVariable() ? "variable " + i : node.shape().toString();
    }

    private String look(int i, int... before) {
        return tape.isLeaf(i)
                ? leaf(i)
                : tape.node(i).operation() + " " + tape.node(i).shape()
                        + IntStream.of(tape.inputs(i))
                                .map(k -> before[k])
                                .boxed()
                                .toList();
    }

    /** Equal numbers where the looks are equal. */
    private int[] numbered(IntFunction<String> look) {
        Map<String, Integer> numbers = new HashMap<>();
        return IntStream.range(0, tape.size())
                .map(i -> numbers.merge(look.apply(i), numbers.size(), (known, next) -> known))
                .toArray();
    }

    /** With the first step, where constants are what later ones have made, like the second. */
    private int[] started(int[] looks, int... before) {
        for (int i = 0; i < looks.length; i++) {
            int first = i;
            if (IntStream.of(tape.inputs(i)).anyMatch(k -> tape.node(k).isConstant())) {
                IntStream.range(i + 1, looks.length)
                        .filter(later -> isStart(first, later, before))
                        .findFirst()
                        .ifPresent(later -> looks[first] = looks[later]);
            }
        }
        return looks;
    }

    private boolean isStart(int first, int later, int... before) {
        int[] a = tape.inputs(first);
        int[] b = tape.inputs(later);
        return a.length == b.length
                && !Collections.disjoint(users.get(first), users.get(later))
                && tape.node(first).operation() == tape.node(later).operation()
                && tape.node(first).shape().equals(tape.node(later).shape())
                && IntStream.range(0, a.length)
                        .allMatch(k -> before[a[k]] == before[b[k]]
                                || (tape.node(a[k]).isConstant()
                                        && !tape.isLeaf(b[k])
                                        && tape.node(a[k])
                                                .shape()
                                                .equals(tape.node(b[k]).shape())));
    }

    private void add(int[] looks, int depth, Set<List<Integer>> known) {
        Map<Integer, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < tape.size(); i++) {
            if (!tape.isLeaf(i)) {
                alike.computeIfAbsent(looks[i], look -> new ArrayList<>()).add(i);
            }
        }
        alike.values().stream()
                .filter(nodes -> nodes.size() > 1 && known.add(nodes))
                .forEach(nodes -> all.add(new Role(nodes, name(nodes, depth))));
    }

    private String name(List<Integer> nodes, int depth) {
        int first = nodes.get(0);
        Set<Integer> near = new LinkedHashSet<>();
        collect(first, depth, near);
        String variables = near.stream().map(tape::named).collect(joining(", "));
        return tape.node(first).operation().name() + " in its " + nodes.size() + " places "
                + (variables.isEmpty()
                        ? "like that at depth " + tape.node(first).depth()
                        : "behind " + variables);
    }

    private void collect(int node, int depth, Set<Integer> variables) {
        if (tape.node(node).isVariable()) {
            variables.add(node);
        } else if (depth > 0) {
            Arrays.stream(tape.inputs(node)).forEach(input -> collect(input, depth - 1, variables));
        }
    }
}

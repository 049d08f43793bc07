package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Examines the gradient checker on functions whose derivatives are known exactly, and prints how often it was right.
 *
 * <p>Arguments: a seed, a size from 0 to 1 or more (1 is about 10,000 right and 110,000 wrong claims), and what to look
 * at, as in {@code black-box smooth steps matrices directions}; everything if nothing is named. {@code -failures=3}
 * prints the first failures of every kind, {@code -only=12} looks at one sample of a group.
 */
public final class Examination {
    private static final int EACH = 960;
    private static final int GRAPH_SHARE = 2;
    private static final int PROGRAMS = 100_000;
    private static final int MATRICES = 360;
    private static final double BLACK_SHARE = 0.5;
    private static final int[] DIRECTIONS = {1, 2, 5};

    private final long seed;
    private final double size;
    private final int failures;
    private final int only;
    private final List<Tally> tallies = new ArrayList<>();

    Examination(long seed, double size, int failures, int only) {
        this.seed = seed;
        this.size = size;
        this.failures = failures;
        this.only = only;
    }

    public static void main(String[] arguments) {
        List<String> names = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        int failures = 0;
        int only = -1;
        for (String argument : arguments) {
            if (argument.startsWith("-failures=")) {
                failures = Integer.parseInt(argument.substring("-failures=".length()));
            } else if (argument.startsWith("-only=")) {
                only = Integer.parseInt(argument.substring("-only=".length()));
            } else if (Character.isDigit(argument.charAt(0))) {
                numbers.add(argument);
            } else {
                names.add(argument.toLowerCase(Locale.ROOT));
            }
        }
        long seed = numbers.isEmpty() ? 1 : Long.parseLong(numbers.get(0));
        double size = numbers.size() < 2 ? 1 : Double.parseDouble(numbers.get(1));
        Examination examination = new Examination(seed, size, failures, only);
        examination.run(names);
        System.out.print(examination);
    }

    /** Runs what is named. */
    void run(List<String> names) {
        boolean black = wants(names, "black-box", "graph");
        boolean graph = wants(names, "graph", "black-box");
        List<String> groups = new ArrayList<>(names);
        groups.removeAll(List.of("black-box", "graph"));
        for (Group group : Group.values()) {
            if (groups.isEmpty() || groups.contains(group.toString())) {
                functions(group, black, graph);
            }
        }
        if (groups.isEmpty() || groups.contains("matrices")) {
            matrices(black, graph);
        }
        if (groups.isEmpty() || groups.contains("directions")) {
            directions(black, graph);
        }
    }

    private static boolean wants(List<String> names, String mode, String other) {
        return names.contains(mode) || !names.contains(other);
    }

    private void functions(Group group, boolean black, boolean graph) {
        Tally inBlack = new Tally("black box " + group, failures);
        Tally inGraph = new Tally("graph " + group, failures);
        int count = (int) Math.ceil(EACH * size);
        for (int i = 0; i < count; i++) {
            if (only >= 0 && i != only) {
                continue;
            }
            Sample sample = group.sample(seed, i);
            String name = group + " " + i;
            if (black) {
                FunctionsOfOne.blackBox(sample, name, inBlack);
            }
            if (graph && (i / GRAPH_SHARE) % GRAPH_SHARE == 0) {
                FunctionsOfOne.graph(sample, name, inGraph);
            }
        }
        if (black) {
            tallies.add(inBlack);
        }
        if (graph) {
            tallies.add(inGraph);
        }
    }

    private FunctionsOfMany program(int index) {
        List<Function<Dice, Program>> families = Programs.families();
        for (int i = 0; ; i++) {
            Dice dice = new Dice(seed, PROGRAMS + i, index);
            Program program = families.get(index % families.size()).apply(dice);
            FunctionsOfMany functions = new FunctionsOfMany(program, "matrices " + index, seed + index, dice);
            if (functions.usable()) {
                return functions;
            }
        }
    }

    private List<FunctionsOfMany> programs(double share) {
        int count = (int) Math.ceil(MATRICES * size * share);
        return IntStream.range(0, count)
                .filter(i -> only < 0 || i == only)
                .mapToObj(this::program)
                .toList();
    }

    private void matrices(boolean black, boolean graph) {
        if (black) {
            Tally tally = tally("black box matrices");
            programs(BLACK_SHARE).forEach(program -> program.everyEntry(false, tally));
        }
        if (graph) {
            Tally tally = tally("graph matrices");
            programs(1).forEach(program -> program.everyEntry(true, tally));
        }
    }

    private void directions(boolean black, boolean graph) {
        for (int count : DIRECTIONS) {
            if (black) {
                Tally tally = tally("black box along " + count);
                programs(BLACK_SHARE).forEach(program -> program.directions(false, count, tally));
            }
            if (graph) {
                Tally tally = tally("graph along " + count);
                programs(1).forEach(program -> program.directions(true, count, tally));
            }
        }
    }

    private Tally tally(String name) {
        Tally tally = new Tally(name, failures);
        tallies.add(tally);
        return tally;
    }

    List<Tally> tallies() {
        return tallies;
    }

    /** The tallies of a mode, added up. */
    Tally total(String mode) {
        Tally total = new Tally(mode + " in all", 0);
        tallies.stream().filter(tally -> tally.name.startsWith(mode)).forEach(total::add);
        return total;
    }

    /** The table, and the failures that were asked for. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(Tally.HEADER).append('\n');
        for (String mode : List.of("black box", "graph")) {
            tallies.stream()
                    .filter(tally -> tally.name.startsWith(mode))
                    .forEach(tally -> text.append(tally).append('\n'));
            text.append(total(mode)).append("\n\n");
        }
        for (Tally tally : tallies) {
            for (Tally.Failure kind : Tally.Failure.values()) {
                for (String failure : tally.failures(kind)) {
                    text.append(tally.name)
                            .append(": ")
                            .append(kind)
                            .append("\n    ")
                            .append(failure)
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}

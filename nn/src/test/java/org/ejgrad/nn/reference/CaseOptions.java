package org.ejgrad.nn.reference;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Named options of a case with their defaults; an option that nobody asked for makes the case unsupported. */
final class CaseOptions {
    /** Options that choose how to compute, not what. */
    private static final Set<String> INDIFFERENT =
            Set.of("foreach", "capturable", "differentiable", "fused", "verbose");

    private final Map<String, String> given;
    private final Set<String> asked = new HashSet<>();

    private CaseOptions(Map<String, String> given) {
        this.given = given;
    }

    /** Later objects override earlier ones. */
    static CaseOptions of(Json... objects) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Json object : objects) {
            object.names().forEach(name -> object.find(name).ifPresent(value -> given.put(name, value.toString())));
        }
        return new CaseOptions(given);
    }

    /** As in {@code a=1, b=2}. */
    static CaseOptions parse(String text) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.split("=", -1);
            if (parts.length != 2) {
                throw new Unsupported("the options \"" + text + "\"");
            }
            given.put(parts[0].strip(), parts[1].strip());
        }
        return new CaseOptions(given);
    }

    private Optional<String> find(String name) {
        asked.add(name);
        return Optional.ofNullable(given.get(name));
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    String text(String name) {
        return find(name).orElseThrow(() -> new Unsupported("the option " + name + " is missing"));
    }

    String text(String name, String absent) {
        return find(name).orElse(absent);
    }

    double number(String name) {
        return Double.parseDouble(text(name));
    }

    double number(String name, double absent) {
        return find(name).map(Double::parseDouble).orElse(absent);
    }

    int integer(String name) {
        return (int) number(name);
    }

    int integer(String name, int absent) {
        return (int) number(name, absent);
    }

    boolean truth(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    double[] numbers(String name) {
        String list = text(name);
        String inside = list.substring(1, list.length() - 1).strip();
        return inside.isEmpty()
                ? new double[0]
                : Arrays.stream(inside.split(",", -1))
                        .mapToDouble(number -> Double.parseDouble(number.strip()))
                        .toArray();
    }

    void requireAllUsed() {
        given.forEach((name, value) -> {
            boolean off = value.equals("false") || INDIFFERENT.contains(name);
            if (!asked.contains(name) && !off) {
                throw new Unsupported("the option " + name + " = " + value);
            }
        });
    }
}

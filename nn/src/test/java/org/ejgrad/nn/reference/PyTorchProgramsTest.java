package org.ejgrad.nn.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.ejgrad.Value;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random programs of every operation agree with PyTorch: outputs, gradients, and second derivatives of every other
 * program. {@code src/test/figures/random_programs.py} writes the figures; the campaign has it write ten times as many.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PyTorchProgramsTest {
    private static final int PROGRAMS = 2_000;
    private static final int LEAST = 80;
    private static final String SCRIPT = "src/test/figures/random_programs.py";

    /** Operations that no gradient passes. */
    private static final Set<String> FLAT =
            Set.of("argmax", "ceil", "detach", "floor", "round", "self_div", "self_sub", "sign", "trunc");

    private Json file;

    @BeforeAll
    void read() throws IOException {
        try (InputStream stream = PyTorchProgramsTest.class.getResourceAsStream("/reference/random_programs.json.gz")) {
            file = Json.read("random_programs", new GZIPInputStream(stream));
        }
    }

    private static List<String> operations(Json program) {
        return program.get("program").list().stream()
                .map(instruction -> instruction.get("op").text())
                .toList();
    }

    @Test
    void programsAgree() {
        assertEquals(PROGRAMS, file.get("cases").list().size());
        run(file);
    }

    /** Runs all programs of a file; returns the largest difference as a share of the one that is allowed there. */
    private static double run(Json file) {
        Map<String, List<String>> operations = new HashMap<>();
        List<Json> programs = file.get("cases").list();
        programs.forEach(program -> operations.put(program.get("id").text(), operations(program)));
        ReferenceFile.Outcome outcome = ReferenceFile.run(file);
        String wrong = Stream.concat(outcome.differ().stream(), outcome.unsupported().stream())
                .map(line -> line + " of " + operations.get(line.substring(0, line.indexOf(':'))))
                .collect(Collectors.joining("\n"));
        assertEquals("", wrong);
        assertEquals(List.of(), outcome.exceptions());
        assertEquals(programs.size(), outcome.agree());
        return outcome.largestShare();
    }

    @Test
    void everyOperationOccurs() {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> withSecond = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int shared = 0;
        int empty = 0;
        for (Json program : file.get("cases").list()) {
            ids.add(program.get("id").text());
            List<String> operations = operations(program);
            assertTrue(operations.size() >= 5 && operations.size() <= 25, operations.toString());
            operations.forEach(name -> counts.merge(name, 1, Integer::sum));
            if (program.find("second").isPresent()) {
                operations.forEach(name -> withSecond.merge(name, 1, Integer::sum));
            }
            shared += isShared(program) ? 1 : 0;
            empty += program.get("inputs").list().stream().anyMatch(PyTorchProgramsTest::isEmpty) ? 1 : 0;
        }
        assertEquals(PROGRAMS, ids.size());
        assertEquals(ReferenceOperations.names(), counts.keySet());
        counts.values().removeIf(count -> count >= LEAST);
        assertEquals(Map.of(), counts, "operations that occur less than " + LEAST + " times");
        withSecond.values().removeIf(count -> count >= LEAST / 3);
        assertEquals(Map.of(), withSecond, "operations without enough second derivatives");
        assertTrue(shared >= PROGRAMS / 2, shared + " programs use a value twice");
        assertTrue(empty >= PROGRAMS / 50, empty + " programs have an empty input");
    }

    private static boolean isShared(Json program) {
        Set<Integer> used = new HashSet<>();
        return program.get("program").list().stream()
                .flatMap(instruction -> instruction.get("in").list().stream())
                .anyMatch(register -> !used.add(register.integer()));
    }

    private static boolean isEmpty(Json input) {
        double[][] rows = input.get("value").matrix();
        return rows.length == 0 || rows[0].length == 0;
    }

    // ---- the figures themselves: what is wrong is noticed -----------------------------------------------------------

    @Test
    void wrongValuesAreNoticed() {
        requireNoticed(Set.of(), y -> y.scale(1 + 1e-6).plus(1e-6));
    }

    @Test
    void wrongSlopesAreNoticed() {
        requireNoticed(FLAT, y -> y.detached().plus(y.minus(y.detached()).scale(1 + 1e-6)));
    }

    /** Value and gradient are right, only the second derivative is not. */
    @Test
    void wrongCurvaturesAreNoticed() {
        requireNoticed(FLAT, y -> y.plus(y.minus(y.detached()).square().scale(1e-4)));
    }

    /** Plants a fault in one operation after the other; a quarter of 24 programs that use it must notice. */
    private void requireNoticed(Set<String> exempt, UnaryOperator<Value> fault) {
        Map<String, List<Json>> users = new TreeMap<>();
        for (Json program : file.get("cases").list()) {
            if (program.find("second").isPresent()) {
                Set.copyOf(operations(program))
                        .forEach(name -> users.computeIfAbsent(name, n -> new ArrayList<>())
                                .add(program));
            }
        }
        users.keySet().removeAll(exempt);
        Map<String, String> missed = new TreeMap<>();
        users.forEach((name, all) -> {
            List<Json> programs = all.subList(0, 24);
            long noticed = programs.stream()
                    .filter(program -> notices(program, name, fault))
                    .count();
            if (noticed * 4 < programs.size()) {
                missed.put(name, noticed + " of " + programs.size());
            }
        });
        assertEquals(Map.of(), missed, "operations of which a fault passes unnoticed");
    }

    private static boolean notices(Json program, String name, UnaryOperator<Value> fault) {
        Comparison comparison = new Comparison();
        Tolerance tolerance = new Tolerance(1e-8, 1e-10);
        ReferencePrograms.run(program, tolerance, comparison, called -> {
            Call call = ReferenceOperations.call(called);
            return called.equals(name) ? in -> fault.apply(call.apply(in)) : call;
        });
        return !comparison.differences().isEmpty();
    }

    // ---- the campaign -----------------------------------------------------------------------------------------------

    @Test
    void freshProgramsAgree() throws IOException, InterruptedException {
        assumeTrue("full".equals(System.getProperty("ejgrad.campaign")), "only the campaign makes fresh programs");
        Optional<String> python = python();
        assumeTrue(python.isPresent(), "fresh programs need a python3 that has PyTorch (Debian's python3-torch)");
        long seed = Long.getLong("ejgrad.seed", 2);
        int agree = 0;
        double share = 0;
        for (int batch = 1; batch <= 10; batch++) {
            List<String> command = List.of(
                    python.get(), SCRIPT, "--seed=" + seed, "--first=" + batch * PROGRAMS, "--count=" + PROGRAMS);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] fresh = process.getInputStream().readAllBytes();
            assertEquals(0, process.waitFor(), command.toString());
            share = Math.max(share, run(Json.read("fresh", new ByteArrayInputStream(fresh))));
            agree += PROGRAMS;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "campaign: %d programs of seed %d agree; %.1g of a tolerance at most",
                agree,
                seed,
                share));
    }

    private static Optional<String> python() throws InterruptedException {
        for (String name : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(name, "-c", "import torch")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(name);
                }
            } catch (IOException e) {
                // There is no such program.
            }
        }
        return Optional.empty();
    }
}

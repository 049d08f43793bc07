package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Value's initialisation includes its tables'. So no table may wait for a Value: threads that meet the tables and Value
 * at the same time, in any order, must all go on.
 */
class TablesStartTest {
    @Test
    void threadsMayMeetTheTablesInAnyOrder() throws IOException, InterruptedException {
        for (int seed = 0; seed < 4; seed++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            TablesStartTest.class.getName(),
                            Integer.toString(seed))
                    .redirectErrorStream(true)
                    .start();
            try {
                boolean ended = process.waitFor(60, TimeUnit.SECONDS);
                String printed = ended
                        ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        : "threads wait for each other";
                assertEquals(classes().size() + " started", printed.strip());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Starts Value and every table at once, each in a thread of its own; in a machine of its own. */
    public static void main(String... arguments) throws InterruptedException {
        List<String> names = classes();
        Collections.shuffle(names, new Random(Long.parseLong(arguments[0])));
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads =
                names.stream().map(name -> new Thread(() -> start(name, go))).toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(threads.size() + " started");
    }

    private static void start(String name, CountDownLatch go) {
        try {
            go.await();
            Class.forName(name);
        } catch (InterruptedException | ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Value and its tables; asking a class for its interfaces does not initialise it. */
    private static List<String> classes() {
        List<String> names = new ArrayList<>(List.of(Value.class.getName()));
        Stream.of(Value.class.getInterfaces()).map(Class::getName).forEach(names::add);
        return names;
    }
}

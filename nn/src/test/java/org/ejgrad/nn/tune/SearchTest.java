package org.ejgrad.nn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search tries, in which order it sees them, and what it keeps. */
class SearchTest {
    private static final Space SPACE = Space.empty()
            .choices("rule, \"quoted\"", "sgd", "adam, \"fast\"\nand more", 3)
            .uniform("momentum", -0.5, 0.5)
            .logUniform("rate", 1e-4, 1e2)
            .whole("width", -2, 3);

    /** Some number of a trial, NaN now and then, and an exception now and then. */
    private static double odd(Settings settings, int budget, long seed) {
        if (seed % 7 == 0) {
            throw new IllegalStateException("of \"seed\",\n" + seed);
        }
        return seed % 5 == 0 ? Double.NaN : settings.number("rate") / budget * Math.abs(seed % 11);
    }

    @Property
    void aGridIsTheProductOnce(@ForAll @IntRange(min = 1, max = 6) int a, @ForAll @IntRange(min = 1, max = 5) int b) {
        Space space = Space.empty()
                .choices("a", IntStream.range(0, a).boxed().toArray())
                .choices("b", IntStream.range(0, b).mapToObj(i -> "b" + i).toArray());
        Set<List<Object>> product = new HashSet<>();
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                product.add(List.of(i, "b" + j));
            }
        }
        List<List<Object>> tried = Search.grid(space, 4, 1).run((settings, budget, seed) -> budget).trials().stream()
                .map(trial -> List.copyOf(trial.settings().values().values()))
                .toList();
        assertEquals(a * b, tried.size());
        assertEquals(product, new HashSet<>(tried));
    }

    @Property
    void randomSettingsStayWithinTheSpaceAndAreTheSameForASeed(@ForAll long seed) {
        Trials trials = Search.random(SPACE, 20, 2, seed).run((settings, budget, its) -> 0);
        assertEquals(20, trials.trials().size());
        for (Trial trial : trials.trials()) {
            Settings settings = trial.settings();
            assertTrue(Math.abs(settings.number("momentum")) <= 0.5, settings.toString());
            assertTrue(settings.number("rate") >= 1e-4 && settings.number("rate") <= 1e2, settings.toString());
            assertTrue(settings.whole("width") >= -2 && settings.whole("width") <= 3, settings.toString());
        }
        assertEquals(trials, Search.random(SPACE, 20, 2, seed).run((settings, budget, its) -> 0));
        assertEquals(20, trials.trials().stream().map(Trial::seed).distinct().count());
    }

    /** 6,000 draws: each of six whole numbers and each of six orders of magnitude within 5 deviations of 1,000. */
    @Test
    void allOfARangeIsEquallyLikely() {
        int[] widths = new int[6];
        int[] orders = new int[6];
        for (Trial trial : Search.random(SPACE, 6_000, 1, 3)
                .run((settings, budget, seed) -> 0)
                .trials()) {
            widths[trial.settings().whole("width") + 2]++;
            orders[(int) Math.floor(Math.log10(trial.settings().number("rate"))) + 4]++;
        }
        double deviation = Math.sqrt(6_000 / 6.0 * 5 / 6);
        for (int i = 0; i < 6; i++) {
            assertEquals(1_000, widths[i], 5 * deviation);
            assertEquals(1_000, orders[i], 5 * deviation);
        }
    }

    @Test
    void halvingGivesTheBetterPartMore() {
        Trials trials = Search.halving(SPACE, 20, 3, 2, 53, 5)
                .larger()
                .run((settings, budget, seed) -> settings.number("momentum"));
        int[] budgets = trials.trials().stream().mapToInt(Trial::budget).toArray();
        assertArrayEquals(
                new int[] {2}, IntStream.of(budgets).limit(20).distinct().toArray());
        assertArrayEquals(
                new int[] {6, 6, 6, 6, 6, 6, 18, 18},
                IntStream.of(budgets).skip(20).toArray());
        List<Double> sorted = trials.trials().stream()
                .limit(20)
                .map(trial -> -trial.settings().number("momentum"))
                .sorted()
                .map(momentum -> -momentum)
                .toList();
        assertEquals(
                Set.copyOf(sorted.subList(0, 6)),
                Set.copyOf(trials.trials().subList(20, 26).stream()
                        .map(Trial::score)
                        .toList()));
        assertEquals(
                Set.copyOf(sorted.subList(0, 2)),
                Set.copyOf(trials.trials().subList(26, 28).stream()
                        .map(Trial::score)
                        .toList()));
        assertEquals(sorted.get(0), trials.best().get(0).score());
        assertEquals(18, trials.best().get(0).budget());
    }

    @Test
    void halvingEndsWithTheLastBudgetAndOneTrial() {
        Trials trials = Search.halving(SPACE, 4, 2, 1, 8, 5).run((settings, budget, seed) -> 0);
        assertEquals(
                List.of(1, 1, 1, 1, 2, 2, 4, 8),
                trials.trials().stream().map(Trial::budget).toList());
    }

    @Test
    void theSameSettingsKeepTheirNumberAndSeed() {
        Trials trials = Search.halving(SPACE, 9, 2, 1, 8, 5).run((settings, budget, seed) -> settings.number("rate"));
        assertEquals(
                9,
                trials.trials().stream()
                        .map(trial -> List.of(trial.number(), trial.seed(), trial.settings()))
                        .distinct()
                        .count());
    }

    @Property(tries = 30)
    void anyNumberOfThreadsGivesTheSame(@ForAll long seed) {
        Search search = Search.halving(SPACE, 17, 2, 1, 9, seed);
        assertEquals(search.run(SearchTest::odd), search.threads(4).run(SearchTest::odd));
    }

    @Test
    void failuresAreRecordedAndNaNIsWorst() {
        Space space = Space.empty().choices("a", 0, 1, 2, 3);
        Trials trials = Search.grid(space, 1, 1).run((settings, budget, seed) -> switch (settings.whole("a")) {
            case 0 -> Double.NaN;
            case 1 -> throw new ArithmeticException("too\n large");
            default -> Double.POSITIVE_INFINITY;
        });
        assertEquals(
                Optional.of("java.lang.ArithmeticException: too large"),
                trials.trials().get(1).failure());
        assertTrue(Double.isNaN(trials.trials().get(1).score()));
        assertEquals(trials.trials().subList(2, 4), trials.ranked());
        assertEquals(trials.trials().subList(2, 4), trials.best());
        assertTrue(
                trials.toString().endsWith("4 trials, 1 failed, the first: java.lang.ArithmeticException: too large"));
        assertEquals(
                List.of(),
                Search.grid(space, 1, 1).run((s, b, seed) -> Double.NaN).best());
    }

    @Test
    void anErrorIsNoFailure() {
        assertThrows(
                StackOverflowError.class,
                () -> Search.grid(Space.empty(), 1, 1).run((s, b, seed) -> {
                    throw new StackOverflowError();
                }));
    }

    /** After each number of trials a search is broken off by an error, and then goes on from its file. */
    @Test
    void aResumedSearchEqualsAnUnbrokenOne(@TempDir Path folder) throws IOException {
        Search search = Search.halving(SPACE, 9, 2, 1, 4, 12);
        Trials unbroken = search.run(SearchTest::odd);
        assertTrue(unbroken.trials().stream().anyMatch(trial -> trial.failure().isPresent()));
        int all = unbroken.trials().size();
        for (int i = 0; i <= all; i++) {
            Path file = folder.resolve(i + ".csv");
            int most = i;
            AtomicInteger calls = new AtomicInteger();
            Search.Score broken = (settings, budget, seed) -> {
                if (calls.incrementAndGet() > most) {
                    throw new AssertionError("off");
                }
                return odd(settings, budget, seed);
            };
            if (i < all) {
                assertThrows(AssertionError.class, () -> search.run(broken, file));
            } else {
                search.run(broken, file);
            }
            AtomicInteger more = new AtomicInteger();
            Trials resumed = search.run(
                    (settings, budget, seed) -> {
                        more.incrementAndGet();
                        return odd(settings, budget, seed);
                    },
                    file);
            assertEquals(unbroken, resumed);
            assertEquals(all - i, more.get());
            assertEquals(unbroken.toCsv(), Files.readString(file));
        }
    }

    @Test
    void aFileOfAnotherSearchIsRefusedAndKept(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trials.csv");
        Search.random(SPACE, 3, 1, 1).run(SearchTest::odd, file);
        String text = Files.readString(file);
        List<Search> others = List.of(
                Search.random(SPACE, 3, 1, 2),
                Search.random(SPACE, 2, 1, 1),
                Search.random(SPACE, 3, 2, 1),
                Search.random(Space.empty().uniform("x", 0, 1), 3, 1, 1));
        for (Search other : others) {
            String refusal = assertThrows(IllegalArgumentException.class, () -> other.run(SearchTest::odd, file))
                    .getMessage();
            assertTrue(refusal.contains("are trials of this search; expected all"), refusal);
            assertEquals(text, Files.readString(file));
        }
        for (String spoilt : List.of("", "x\n" + text, text + "\n", text.replaceFirst("\\.", ".x"))) {
            Files.writeString(file, spoilt);
            Search same = Search.random(SPACE, 3, 1, 1);
            assertThrows(IllegalArgumentException.class, () -> same.run(SearchTest::odd, file));
        }
    }

    /** The line and the setting in which a file differs are named. */
    @Test
    void whatDiffersInAFileIsSaid(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trials.csv");
        Space two = Space.empty().choices("a", 1, 2).choices("seed", 5L, 6L);
        Search.grid(two, 3, 1).run((settings, budget, seed) -> 1, file);
        for (Map.Entry<Search, String> other : Map.of(
                        Search.grid(Space.empty().choices("a", 1, 2).choices("seed", 5L, 6L, 7L), 3, 1),
                        "trial 2 of budget 3 has another setting a, in this search 1",
                        Search.grid(two, 4, 1),
                        "this search has no trial 0 of budget 3",
                        Search.grid(two, 3, 2),
                        "trial 0 of budget 3 has another seed, in this search ",
                        Search.grid(Space.empty().choices("a", 1).choices("seed", 5L, 6L), 3, 1),
                        "this search has no trial 2 of budget 3")
                .entrySet()) {
            String refusal = assertThrows(
                            IllegalArgumentException.class,
                            () -> other.getKey().run((settings, budget, seed) -> 1, file))
                    .getMessage();
            assertTrue(refusal.contains("; " + other.getValue()), refusal);
        }
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst(",1\\.0,", ",one,"));
        assertTrue(Thrown.argument(() -> Search.grid(two, 3, 1).run((settings, budget, seed) -> 1, file))
                .endsWith("; trial 0 of budget 3 has no score"));
        Files.writeString(file, text + "more\n");
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> Search.grid(two, 3, 1).run((settings, budget, seed) -> 1, file))
                .getMessage();
        assertTrue(refusal.endsWith("; \"more\" is no trial"), refusal);
    }

    /** A table has but one column of each name, so that the library reads what it writes. */
    @Test
    void theColumnsOfAFileHaveDifferentNames(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trials.csv");
        Space space =
                Space.empty().choices("seed", 1, 2).choices("setting seed", 3).choices("score", 4);
        Search.grid(space, 3, 1).run((settings, budget, seed) -> 1, file);
        assertEquals(
                List.of(
                        "trial",
                        "budget",
                        "seed",
                        "setting setting seed",
                        "setting seed",
                        "setting score",
                        "score",
                        "failure"),
                CsvFormat.DEFAULT.table(file).names());
    }

    @Test
    void interruptionEndsTheSearch(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trials.csv");
        Thread caller = Thread.currentThread();
        Search search = Search.random(SPACE, 5, 1, 1);
        assertThrows(
                CancellationException.class,
                () -> search.run(
                        (settings, budget, seed) -> {
                            if (Files.exists(file)) {
                                caller.interrupt();
                                LongStream.iterate(0, i -> i + 1)
                                        .takeWhile(i -> !Thread.currentThread().isInterrupted())
                                        .forEach(i -> Thread.onSpinWait());
                            }
                            return 1;
                        },
                        file));
        assertTrue(Thread.interrupted());
        assertEquals(2, Files.readAllLines(file).size());
        assertEquals(5, search.run((settings, budget, seed) -> 1, file).trials().size());
    }

    @Test
    void aTrialThatIsInterruptedEndsTheSearch() {
        Search search = Search.random(SPACE, 5, 1, 1);
        assertEquals(
                "Search: a trial was interrupted",
                Thrown.message(
                        CancellationException.class,
                        () -> search.run((settings, budget, seed) -> {
                            Thread.currentThread().interrupt();
                            return 1;
                        })));
    }

    @Test
    void noThreadIsLeftNorKeepsTheMachineRunning() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Search.random(SPACE, 20, 1, 1).threads(3).run((settings, budget, seed) -> {
            threads.add(Thread.currentThread());
            return 1;
        });
        for (Thread each : threads) {
            assertTrue(each.isDaemon());
            each.join(10_000);
            assertFalse(each.isAlive());
        }
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheSearch(@TempDir Path folder) throws IOException {
        Path taken = Files.writeString(folder.resolve("file"), "");
        assertThrows(
                IOException.class,
                () -> Search.random(SPACE, 2, 1, 1).run(SearchTest::odd, taken.resolve("trials.csv")));
    }

    @Test
    void aSettingThatIsNotThereIsToldApartFromOneOfAnotherType() {
        Settings settings = new Settings(Map.of("x", "wide"));
        assertEquals("there is no setting \"y\"; expected one of [x]", Thrown.argument(() -> settings.number("y")));
        assertEquals(
                "the setting \"x\" is wide; expected one of type Number", Thrown.argument(() -> settings.number("x")));
    }

    @Test
    void aTableShowsTheBestFirst() {
        Space space = Space.empty().choices("rate", 0.1, 0.01234).choices("width", 8, 16);
        Trials trials = Search.grid(space, 3, 1)
                .larger()
                .run((settings, budget, seed) -> settings.number("rate") * settings.whole("width"));
        assertEquals("""
                trial     rate  width  budget   score
                1          0.1     16       3     1.6
                0          0.1      8       3     0.8
                3      0.01234     16       3  0.1974
                2      0.01234      8       3  0.09872
                4 trials, 0 failed""".replaceAll(" +", " "), trials.toString().replaceAll(" +", " "));
        assertTrue(trials.toCsv().startsWith("trial,budget,seed,rate,width,score,failure\n0,3,"), trials.toCsv());
        assertEquals(List.of(trials.trials().get(1)), trials.best());
        assertEquals("rate 0.1, width 16", trials.best().get(0).settings().toString());
    }

    @Test
    void aTableIsOfADozenAtMost() {
        Space space = Space.empty().choices("a", IntStream.range(0, 13).boxed().toArray());
        Trials trials = Search.grid(space, 1, 1).run((settings, budget, seed) -> settings.whole("a"));
        List<String> lines = trials.toString().lines().toList();
        assertEquals(14, lines.size());
        assertTrue(lines.get(12).startsWith("11 "), lines.get(12));
        assertEquals("13 trials, 0 failed", lines.get(13));
    }

    /** Neither is better than the other, or another row. */
    @Test
    void zeroHasNoSign() {
        Space space = Space.empty().choices("a", 0.0, -0.0);
        Search search = Search.grid(space, 1, 1);
        for (Search each : List.of(search, search.larger())) {
            Trials trials = each.run((settings, budget, seed) -> settings.number("a"));
            assertEquals(trials.trials(), trials.ranked());
            assertEquals(trials.trials(), trials.best());
        }
        Dataset zero = Dataset.regression("toys", new SimpleMatrix(1, 1), new SimpleMatrix(1, 1));
        Dataset minus = zero.withInputs(new SimpleMatrix(new double[][] {{-0.0}}));
        assertTrue(Trials.chosenOn(zero, minus).contains("WARNING"));
    }

    @Test
    void aGridMayBeOfTenThousand() {
        Object[] hundred = IntStream.range(0, 100).boxed().toArray();
        Space space = Space.empty().choices("a", hundred);
        assertEquals(10_000, space.choices("b", hundred).grid().size());
        Object[] more = IntStream.range(0, 101).boxed().toArray();
        assertEquals(
                "grid: combinations = 10100; expected at most 10000",
                Thrown.argument(() -> space.choices("b", more).grid()));
    }

    @Test
    void aChoiceMadeOnTestRowsIsSaid() {
        SimpleMatrix rows = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});
        Dataset all = Dataset.classification("toys", rows, new int[] {0, 1, 0, 1}, "no", "yes");
        String bad = Trials.chosenOn(all.rows(0, 1, 2), all.rows(3, 2, 1));
        assertEquals(
                "chosen on 3 rows of toys; WARNING: 2 of the 3 test rows are among them, so that a test flatters the"
                        + " choice.",
                bad);
        String good = Trials.chosenOn(all.rows(0, 1, 2), all.rows(3));
        assertEquals("chosen on 3 rows of toys; none of them is among the 1 test row.", good);
        Dataset narrow = all.withInputs(rows.getColumn(0));
        assertThrows(IllegalArgumentException.class, () -> Trials.chosenOn(all, narrow));
        Dataset many = ToySets.blobs(50_000, 2, 1);
        String soon = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Trials.chosenOn(many, many.rows(7)));
        assertTrue(soon.contains("WARNING: 1 of the 1 test row is among them"), soon);
    }

    @Test
    void badSpacesAndSearchesAreRefused() {
        Space space = Space.empty().uniform("x", 0, 1);
        List<Runnable> bad = List.of(
                () -> Space.empty().choices("x"),
                () -> Space.empty().choices("x", 1, "1"),
                () -> space.whole("x", 0, 1),
                () -> space.whole(" ", 0, 1),
                () -> space.whole("y", 1, 1),
                () -> space.uniform("y", 1, 1),
                () -> space.logUniform("y", 2, 1),
                () -> space.uniform("y", 0, Double.POSITIVE_INFINITY),
                () -> space.uniform("y", -Double.MAX_VALUE, Double.MAX_VALUE),
                () -> space.logUniform("y", 0, 1),
                () -> Search.grid(space, 1, 1),
                () -> Search.random(space, 0, 1, 1),
                () -> Search.random(space, 10_001, 1, 1),
                () -> Search.random(space, 1, 0, 1),
                () -> Search.halving(space, 1, 1, 1, 1, 1),
                () -> Search.halving(space, 1, 2, 2, 1, 1),
                () -> Search.random(space, 1, 1, 1).threads(0),
                () -> new Settings(space.draw(new RandomStream(1)).values()).whole("x"),
                () -> space.draw(new RandomStream(1)).number("y"));
        assertEquals(
                Set.of("x", "n", "r"),
                space.whole("n", 1, 2)
                        .logUniform("r", 1, 2)
                        .draw(new RandomStream(1))
                        .values()
                        .keySet());
        for (int i = 0; i < bad.size(); i++) {
            Runnable call = bad.get(i);
            String message = assertThrows(IllegalArgumentException.class, call::run, "call " + i)
                    .getMessage();
            assertFalse(message.isBlank());
        }
    }
}

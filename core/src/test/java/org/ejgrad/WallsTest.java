package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the sources of all modules never do; one wall a test. */
class WallsTest {
    private static final List<SourceFile> MAIN = SourceFile.all("main");
    private static final int LONGEST_FILE = 400;
    private static final int LARGEST_LOOP = 16;

    /** Calls that take the charset or the locale of the machine they run on. */
    private static final List<String> MACHINE_DEPENDENT = List.of(
            "\\bgetBytes\\(\\s*\\)",
            "\\bto(Lower|Upper)Case\\(\\s*\\)",
            "\\bString\\.format\\(\\s*(?!Locale\\.ROOT\\b)\\S",
            "\\.printf\\(\\s*(?!Locale\\.ROOT\\b)\\S",
            "(?<!String)\\.format\\(\\s*\"",
            "\\.formatted\\(",
            "\\bnew (FileReader|FileWriter|Formatter|Scanner|DecimalFormat|SimpleDateFormat)\\(",
            "\\bnew (InputStreamReader|OutputStreamWriter|PrintStream|PrintWriter)\\([^,;]*\\);",
            "\\bnew String\\([^,;]*\\);",
            "\\bNumberFormat\\b",
            "\\b(defaultCharset|Locale\\.getDefault|Locale\\.setDefault|TimeZone\\.getDefault)\\b");

    /** Calls that make or change a file. */
    private static final List<String> WRITING = List.of(
            "\\bFiles\\.(write\\w*|new(BufferedWriter|OutputStream|ByteChannel)|copy|move|delete\\w*|create(Temp)?"
                    + "(File|Link|SymbolicLink))\\(",
            "\\bnew (FileOutputStream|RandomAccessFile|FileWriter)\\(",
            "\\bnew (PrintStream|PrintWriter|ZipFile)\\(\\s*(new File\\(|\"|\\w*([Ff]ile|[Pp]ath))",
            "\\b(FileChannel|AsynchronousFileChannel)\\.open\\(",
            "\\.(createNewFile|renameTo)\\(");

    /** What Java specifies to the last bit. */
    private static final String EXACT = "E|PI|abs|ceil|copySign|floor|fma|getExponent|IEEEremainder|max|min|next\\w+|"
            + "rint|round|scalb|signum|sqrt|ulp|floor(Div|Mod)|\\w+Exact|multiply(Full|High)";

    /** Functions of {@link Math} whose last digit depends on the JVM, directly and within EJML. */
    private static final List<String> JVM_DEPENDENT = List.of(
            "(?<![\\w.])(java\\.lang\\.)?Math\\s*(\\.|::)\\s*(?!(" + EXACT + ")\\b)[\\w*]+",
            "\\bCommonOps_DDRM\\s*(\\.|::)\\s*element(Exp|Log|Power)\\b",
            "\\b(NormOps|EigenOps)_DDRM\\b");

    /** Objects that can change, by how they are made. */
    private static final String CHANGEABLE =
            "new (?:[a-z]\\w*\\.)*(\\w*(Map|Set|List|Deque|Queue|Random|StringBuilder)|Atomic\\w+|"
                    + "ThreadLocal|SplittableRandom)\\b|\\bThreadLocal\\.with|Arrays\\.asList";

    private static void requireNone(String... regexes) {
        requireNone(MAIN, file -> true, List.of(regexes));
    }

    private static void requireNone(List<SourceFile> files, Predicate<SourceFile> where, List<String> regexes) {
        assertFalse(files.isEmpty(), "there are no sources");
        assertEquals(
                List.of(),
                files.stream()
                        .filter(where)
                        .flatMap(file -> regexes.stream().flatMap(regex -> file.places(regex).stream()))
                        .toList());
    }

    private static boolean isLibrary(SourceFile file) {
        return !file.packageName().startsWith("org.ejgrad.examples");
    }

    // ---- what no code does ------------------------------------------------------------------------------------------

    @Test
    void noJavaSerialisation() {
        requireNone("\\bObject(In|Out)putStream\\b", "\\b(Serializable|Externalizable)\\b", "\\b(read|write)Object\\(");
    }

    /** JUnit names a test's methods by reflection's types; it is JUnit that finds and calls them. */
    private static boolean isForJUnit(SourceFile file) {
        return file.packageName().equals("org.ejgrad.testing");
    }

    @Test
    void noReflection() {
        requireNone(MAIN, file -> !isForJUnit(file), List.of("\\bjava\\.lang\\.reflect\\b"));
        requireNone(
                "\\bjava\\.lang\\.invoke\\b",
                "\\bClass\\.forName\\(",
                "\\bsetAccessible\\(",
                "\\bget(Declared|Enclosing)\\w*\\(",
                "\\.newInstance\\(",
                "\\bsun\\.misc\\b");
    }

    @Test
    void noMutableStatic() {
        requireNone(
                // A static field that is not final.
                "(?m)^ +(?:(?:private|protected|public) )?static (?!final|record|class|enum|interface|abstract)"
                        + "(?:volatile |transient )?[\\w.<>\\[\\], ?]+ \\w+( =[^;]*)?;",
                // A constant that can be changed, or an array that others can reach.
                "\\bstatic final [^=;({]*=\\s*(?:" + CHANGEABLE + ")",
                "(?m)^ +(?:public |protected )?static final \\w+(\\[\\])+ ");
        for (SourceFile file : MAIN) {
            Pattern.compile("\\bstatic final \\w+(?:\\[\\])+ (\\w+)")
                    .matcher(file.code())
                    .results()
                    .map(match -> match.group(1))
                    .forEach(array -> assertEquals(
                            List.of(),
                            file.places("\\b" + array + "(\\[[^;=]*\\])+ *[-+*/]?=[^=]|\\breturn " + array + ";"),
                            "a constant array is written to, or handed out"));
        }
    }

    @Test
    void noDefaultCharsetOrLocale() {
        requireNone(MAIN, file -> true, MACHINE_DEPENDENT);
    }

    /** All files are written by one class, all or nothing, by way of the one that tests let fail. */
    @Test
    void filesAreWrittenInOnePlace() {
        requireNone(MAIN, file -> !file.path().endsWith(Path.of("nn", "io", "Disk.java")), WRITING);
    }

    @Test
    void elementaryFunctionsComeFromOnePlace() {
        requireNone(MAIN, file -> !file.name().equals("Elementary"), JVM_DEPENDENT);
    }

    @Test
    void noParallelStreams() {
        requireNone(MAIN, WallsTest::isLibrary, List.of("\\.parallel\\w*\\(", "\\bEjmlConcurrency\\b", "_MT_DDRM\\b"));
    }

    @Test
    void noExitOutsideMain() {
        requireNone(
                MAIN,
                file -> !file.name().equals("Main"),
                List.of("\\bSystem\\.exit\\(", "\\.halt\\(", "\\bRuntime\\.getRuntime\\(\\)\\.exit"));
    }

    @Test
    void noPrinting() {
        requireNone(MAIN, WallsTest::isLibrary, List.of("\\bSystem\\.(out|err|in)\\b", "\\bConsole\\b"));
        requireNone("\\bprintStackTrace\\(", "\\bdumpStack\\(");
    }

    // ---- how the code hangs together --------------------------------------------------------------------------------

    @Test
    void packagesDependInOneDirection() {
        Map<String, Set<String>> uses = new TreeMap<>();
        MAIN.forEach(file -> uses.computeIfAbsent(file.packageName(), name -> new TreeSet<>())
                .addAll(file.packages()));
        assertEquals(
                List.of(),
                uses.keySet().stream()
                        .map(name -> loop(uses, name))
                        .filter(loop -> loop.size() > 1)
                        .distinct()
                        .toList());
    }

    @Test
    void fewFilesReferToEachOther() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (SourceFile file : MAIN) {
            if (file.packageName().equals("org.ejgrad")) {
                uses.put(file.name(), file.names());
            }
        }
        for (String name : uses.keySet()) {
            Set<String> loop = loop(uses, name);
            assertTrue(loop.size() <= LARGEST_LOOP, loop.size() + " files refer to each other: " + loop);
        }
    }

    /** Whatever a node reaches that reaches it, itself included. */
    private static Set<String> loop(Map<String, Set<String>> uses, String node) {
        Set<String> loop = new TreeSet<>(reached(uses, node));
        loop.removeIf(other -> !reached(uses, other).contains(node));
        loop.add(node);
        return loop;
    }

    private static Set<String> reached(Map<String, Set<String>> uses, String node) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            for (String next : uses.getOrDefault(open.pop(), Set.of())) {
                if (uses.containsKey(next) && reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    @Test
    void filesAreShort() {
        assertEquals(
                List.of(),
                MAIN.stream()
                        .filter(file -> file.text().lines().count() > LONGEST_FILE)
                        .map(file -> file.path().toString())
                        .toList());
    }

    // ---- the walls themselves ---------------------------------------------------------------------------------------

    private static List<String> found(String code, String... regexes) {
        SourceFile file = SourceFile.of(Path.of("T.java"), code);
        return List.of(regexes).stream()
                .flatMap(regex -> file.places(regex).stream())
                .toList();
    }

    @Test
    void commentsAndTextsAreNoCode() {
        String code =
                "a(\"System.out\"); // System.out\n/* System.out\n */ b('\"', \"\"\"\n System.out \"x\"\n \"\"\");"
                        + " System.out.println();";
        assertEquals(List.of("T.java:5: System.out"), found(code, "\\bSystem\\.out\\b"));
    }

    @Test
    void everyWritingCallIsFound() {
        List<String> bad = List.of(
                "Files.write(file, bytes)",
                "Files.writeString(file, text)",
                "Files.newBufferedWriter(file)",
                "Files.move(from, to)",
                "new FileOutputStream(file)",
                "new PrintWriter(path)",
                "FileChannel.open(path, WRITE)");
        bad.forEach(code ->
                assertEquals(1, found(code, WRITING.toArray(String[]::new)).size(), code));
    }

    @Test
    void everyMachineDependentCallIsFound() {
        String[] regexes = MACHINE_DEPENDENT.toArray(String[]::new);
        List<String> bad = List.of(
                "text.getBytes()",
                "text.toLowerCase()",
                "String.format(\"%d\", 1)",
                "String.format(\n    format, 1)",
                "out.printf(\"%d\", 1)",
                "out.printf(LINE, 1)",
                "\"%d\".formatted(1)",
                "new FileReader(file)",
                "r = new InputStreamReader(in);",
                "s = new String(bytes);",
                "Locale.getDefault()");
        bad.forEach(code -> assertEquals(1, found(code, regexes).size(), code));
        List<String> good = List.of(
                "text.getBytes(UTF_8)",
                "text.toLowerCase(Locale.ROOT)",
                "String.format(Locale.ROOT, \"%d\", 1)",
                "out.printf(\n    Locale.ROOT, \"%d\", 1)",
                "r = new InputStreamReader(in, UTF_8);",
                "s = new String(bytes, UTF_8);");
        good.forEach(code -> assertEquals(List.of(), found(code, regexes), code));
    }

    @Test
    void everyJvmDependentFunctionIsFound() {
        String[] regexes = JVM_DEPENDENT.toArray(String[]::new);
        List<String> bad = List.of(
                "Math.exp(x)",
                "map(x, Math::sin)",
                "Math\n    .log(x)",
                "java.lang.Math.pow(x, 2)",
                "Math.absurd(x)",
                "import static java.lang.Math.exp;",
                "import static java.lang.Math.*;",
                "CommonOps_DDRM.elementExp(a, b)",
                "NormOps_DDRM.normP(a, 3)");
        bad.forEach(code -> assertEquals(1, found(code, regexes).size(), code));
        List<String> good = List.of(
                "Math.sqrt(x)",
                "map(x, Math::abs)",
                "Math.addExact(a, b)",
                "Math.nextUp(x)",
                "Math.PI",
                "StrictMath.exp(x)",
                "Elementary.exp(x)");
        good.forEach(code -> assertEquals(List.of(), found(code, regexes), code));
    }
}

package org.ejgrad.laws;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A sample as the compiler sees it: a class that runs, or a complaint. Nothing is written to a disk. */
public final class CompiledSample {
    private static final List<String> LIBRARIES = List.of(
            "java.io",
            "java.nio.charset",
            "java.nio.file",
            "java.util",
            "org.ejml.data",
            "org.ejml.simple",
            "org.junit.jupiter.api");

    private final CodeSample sample;
    private final String type;
    private final ClassLoader loader;
    private final String complaint;

    private CompiledSample(CodeSample sample, String type, ClassLoader loader, String complaint) {
        this.sample = sample;
        this.type = type;
        this.loader = loader;
        this.complaint = complaint;
    }

    /**
     * Compiles samples, all at once where none is wrong.
     *
     * @param samples code that is no excerpt
     * @param packages what it may use besides the JDK's usual packages, EJML's matrices and JUnit
     * @param prelude the declarations of names that a sample uses without declaring them; empty for most
     */
    public static List<CompiledSample> of(
            List<CodeSample> samples, Collection<String> packages, Function<CodeSample, String> prelude) {
        List<String> imports =
                Stream.concat(LIBRARIES.stream(), packages.stream()).toList();
        Map<CodeSample, Source> sources = new LinkedHashMap<>();
        for (CodeSample sample : samples) {
            String folder = "sample" + sources.size();
            sources.put(
                    sample,
                    new Source(folder + "." + sample.type(), sample.source(folder, imports, prelude.apply(sample))));
        }
        Map<Source, String> complaints = new HashMap<>();
        ClassLoader loader = compile(sources, complaints);
        List<CompiledSample> compiled = new ArrayList<>();
        sources.forEach((sample, source) ->
                compiled.add(new CompiledSample(sample, source.name, loader, complaints.get(source))));
        return compiled;
    }

    /** Where one source is wrong, no class is made: the others are compiled again without it. */
    private static ClassLoader compile(Map<CodeSample, Source> sources, Map<Source, String> complaints) {
        List<Source> right = new ArrayList<>(sources.values());
        Classes classes = new Classes();
        while (!right.isEmpty() && !classes.compile(right)) {
            sources.forEach((sample, source) -> classes.messages.getDiagnostics().stream()
                    .filter(message -> message.getKind() == Diagnostic.Kind.ERROR && source.equals(message.getSource()))
                    .map(message -> place(sample, message.getLineNumber()) + message.getMessage(Locale.ROOT))
                    .reduce((one, other) -> one + "\n" + other)
                    .ifPresent(text -> complaints.put(source, text)));
            if (!right.removeAll(complaints.keySet())) {
                throw new IllegalStateException(
                        classes.messages.getDiagnostics().toString());
            }
        }
        return classes.loader();
    }

    private static String place(CodeSample sample, long line) {
        return sample.file() + ":" + (sample.line() + line - 2) + ": ";
    }

    /**
     * Runs the sample.
     *
     * @return what it printed
     * @throws AssertionError if it does not compile, throws, or states a wrong result; the message begins with the
     *     place
     */
    public String run() {
        Requirements.require(complaint == null, complaint);
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Class<?> compiled = loader.loadClass(type);
            for (Method method : compiled.getDeclaredMethods()) {
                if (method.getName().equals("main")) {
                    method.invoke(null, (Object) new String[0]);
                } else if (method.getParameterCount() == 0 && !method.isSynthetic()) {
                    method.setAccessible(true);
                    Constructor<?> constructor = compiled.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    method.invoke(constructor.newInstance());
                }
            }
        } catch (InvocationTargetException e) {
            int line = Stream.of(e.getCause().getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith(type))
                    .mapToInt(StackTraceElement::getLineNumber)
                    .findFirst()
                    .orElse(2);
            throw new AssertionError(place(sample, line) + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(sample + ": " + e, e);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The place. */
    @Override
    public String toString() {
        return sample.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.name = name;
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

        private final Map<String, ByteArrayOutputStream> bytes = new HashMap<>();
        private DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();

        Classes() {
            super(COMPILER.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
        }

        boolean compile(List<Source> sources) {
            messages = new DiagnosticCollector<>();
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            return COMPILER.getTask(null, this, messages, options, null, sources)
                    .call();
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    bytes.put(name, stream);
                    return stream;
                }
            };
        }

        ClassLoader loader() {
            return new ClassLoader(CompiledSample.class.getClassLoader()) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    if (!bytes.containsKey(name)) {
                        throw new ClassNotFoundException(name);
                    }
                    byte[] code = bytes.get(name).toByteArray();
                    return defineClass(name, code, 0, code.length);
                }
            };
        }
    }
}

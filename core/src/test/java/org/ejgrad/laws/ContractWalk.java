package org.ejgrad.laws;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * Calls public constructors and methods at random with odd arguments, and gathers every call that breaks the contract
 * of errors.
 *
 * <p>A call may return, or refuse in words of the library's own: a {@link NullPointerException} that names a parameter,
 * an {@link IllegalArgumentException} or {@link ArithmeticException} with a message, one of the library's own
 * exceptions, a declared {@link IOException}, what a user's function threw, or an {@link IllegalStateException} about
 * what one returned. It may not take too long, may throw no {@link Error} and no exception made inside Java or EJML,
 * and after a refusal no matrix and no array that it was given has changed, nor, whatever happened, a value.
 */
public final class ContractWalk {
    private static final String LIBRARY = "org.ejgrad.";
    private static final int SECONDS = 30;

    /** How often null is given before it has to be what is refused. */
    private static final int TRIES = 2_000;

    /** The largest number given to a call that does something as often as it is told to. */
    private static final int MOST = 9;

    /** So many calls should have let nine in ten constructors and methods return at least once. */
    private static final int REACHING = 10_000;

    private final List<Class<?>> types;
    private final Seeds seeds;
    private final List<String> declared;
    private final Predicate<Executable> excluded;

    /** Makes the objects that calls are to be given beside those that earlier calls have returned. */
    @FunctionalInterface
    public interface Seeds {
        /**
         * {@return the objects}
         *
         * @param folder where calls are told to read and write; every file put there is whole whenever it is offered
         */
        List<Object> in(Path folder) throws Exception;
    }

    private ContractWalk(List<Class<?>> types, Seeds seeds, List<String> declared, Predicate<Executable> excluded) {
        this.types = types;
        this.seeds = seeds;
        this.declared = declared;
        this.excluded = excluded;
    }

    /** A walk over all public types in the packages below that of one of them, found where that one was compiled to. */
    public static ContractWalk beside(Class<?> one) throws IOException, URISyntaxException {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> types = files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.endsWith("-info.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .filter(name -> name.startsWith(LIBRARY))
                    .sorted()
                    .<Class<?>>map(ContractWalk::load)
                    .filter(ContractWalk::isPublic)
                    .toList();
            return new ContractWalk(types, folder -> List.of(), List.of(), call -> false);
        }
    }

    /** Objects to begin with. */
    public ContractWalk with(Seeds objects) {
        return new ContractWalk(types, objects, declared, excluded);
    }

    /**
     * What is documented where it is done: exceptions, as {@code Operation.gradient IllegalStateException}, or the end
     * of an {@code IllegalStateException}'s message; that a call that fails leaves something behind, as
     * {@code Trainer.fit changes}; that one takes as long as it is told to, as {@code Trainer.fit repeats}; that one is
     * told how many threads are to call what users write, of which a walk that is to be the same each time can have
     * only one, as {@code DataParallel.on alone}; that a type does not name its null parameters, as {@code Require
     * nulls}.
     */
    public ContractWalk declared(String... thrown) {
        return new ContractWalk(types, seeds, List.of(thrown), excluded);
    }

    /** Calls that are not made. */
    public ContractWalk without(Predicate<Executable> calls) {
        return new ContractWalk(types, seeds, declared, calls);
    }

    /**
     * What breaks the contract in two walks: one that is always the same, and one of {@code -Dejgrad.seed}.
     *
     * @param aBuild how many calls each walk makes
     * @param aCampaign how many in the campaign
     */
    public List<String> complaints(int aBuild, int aCampaign) throws Exception {
        int count = System.getProperty("ejgrad.campaign", "").isEmpty() ? aBuild : aCampaign;
        List<String> all = new ArrayList<>();
        for (long seed : new long[] {1, Long.getLong("ejgrad.seed", 2)}) {
            complaintsOf(seed, count).forEach(complaint -> all.add("seed " + seed + ": " + complaint));
        }
        return all;
    }

    /** What breaks the contract in a number of calls, one example of each kind, sorted. */
    private List<String> complaintsOf(long seed, int count) throws Exception {
        Path folder = Files.createTempDirectory("walk");
        Run run = new Run(seed, folder);
        try {
            run.calls(count);
            run.nulls();
        } finally {
            run.worker.shutdownNow();
            run.odd.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        return List.copyOf(run.complaints.values());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ContractWalk.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (enclosing == null || isPublic(enclosing));
    }

    /** A public constructor or method of a public type. */
    private record Call(Class<?> type, Executable code) {
        static Stream<Call> of(Class<?> type) {
            Stream<Executable> constructors = Modifier.isAbstract(type.getModifiers())
                    ? Stream.empty()
                    : Arrays.stream(type.getConstructors()).map(code -> code);
            return Stream.concat(constructors, Arrays.stream(type.getMethods()))
                    .filter(code -> code.getDeclaringClass().getName().startsWith(LIBRARY) && !code.isSynthetic())
                    .filter(code -> !(type.isEnum() && Modifier.isStatic(code.getModifiers())))
                    .sorted(Comparator.comparing(Executable::toGenericString))
                    .map(code -> new Call(type, code));
        }

        boolean needsTarget() {
            return code instanceof Method && !Modifier.isStatic(code.getModifiers());
        }

        String name() {
            return code instanceof Method ? type.getSimpleName() + "." + code.getName() : "new " + type.getSimpleName();
        }

        Object run(Object target, Object... arguments) throws ReflectiveOperationException {
            code.setAccessible(true);
            return code instanceof Method method
                    ? method.invoke(target, arguments)
                    : ((Constructor<?>) code).newInstance(arguments);
        }
    }

    /** The calls of one seed. */
    private final class Run {
        private final OddArguments odd;
        private final List<Call> all;
        private final Map<String, String> complaints = new TreeMap<>();
        private final List<Call> pending = new ArrayList<>();
        private ExecutorService worker = worker();

        Run(long seed, Path folder) throws Exception {
            List<Object> objects = seeds.in(folder);
            odd = new OddArguments(seed, folder);
            objects.forEach(odd::keep);
            all = types.stream()
                    .flatMap(Call::of)
                    .filter(call -> !excluded.test(call.code))
                    .toList();
            pending.addAll(all);
        }

        private static ExecutorService worker() {
            return Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "walk");
                thread.setDaemon(true);
                return thread;
            });
        }

        void calls(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                List<Call> some = i % 2 == 0 || pending.isEmpty() ? all : pending;
                Call call = some.get(odd.below(some.size()));
                Optional<Object> target = target(call);
                if (target.isPresent() || !call.needsTarget()) {
                    call(call, target.orElse(null), arguments(call));
                }
            }
            if (count >= REACHING && pending.size() > 0.1 * all.size()) {
                complaints.put(
                        "",
                        pending.size() + " of " + all.size() + " constructors and methods never returned: "
                                + pending.stream().map(Call::name).toList());
            }
        }

        private Optional<Object> target(Call call) {
            return call.needsTarget() ? odd.target(call.type) : Optional.empty();
        }

        private Object[] arguments(Call call) {
            Type[] generic = call.code.getGenericParameterTypes();
            Class<?>[] plain = call.code.getParameterTypes();
            Object[] arguments = odd.of(generic.length == plain.length ? generic : plain);
            int most = declared.contains(call.name() + " alone")
                    ? 1
                    : declared.contains(call.name() + " repeats") ? MOST : Integer.MAX_VALUE;
            Arrays.setAll(arguments, i -> arguments[i] instanceof Integer n ? Math.min(n, most) : arguments[i]);
            return arguments;
        }

        /** Gives null for each parameter, alone and as an element, until it is refused by the parameter's name. */
        void nulls() throws InterruptedException {
            for (Call call : all) {
                Parameter[] parameters = call.code.getParameters();
                for (int i = 0; i < parameters.length && takesNoNull(call); i++) {
                    for (Object empty : nothings(parameters[i].getType())) {
                        String verdict = "never refuses null";
                        for (int tries = 0; tries < TRIES && verdict.startsWith("never"); tries++) {
                            Optional<Object> target = target(call);
                            if (call.needsTarget() && target.isEmpty()) {
                                verdict = "";
                            } else {
                                Object[] arguments = arguments(call);
                                arguments[i] = empty;
                                verdict = verdict(call, parameters[i].getName(), target.orElse(null), arguments);
                            }
                        }
                        if (!verdict.isEmpty()) {
                            String where = empty == null
                                    ? ""
                                    : " within " + empty.getClass().getSimpleName();
                            complain(call, verdict + where + " as " + parameters[i].getName(), "");
                        }
                    }
                }
            }
        }

        private boolean takesNoNull(Call call) {
            return !call.code.getName().equals("equals") && !declared.contains(call.type.getSimpleName() + " nulls");
        }

        private static List<Object> nothings(Class<?> type) {
            List<Object> nothings = new ArrayList<>();
            if (!type.isPrimitive()) {
                nothings.add(null);
            }
            if (type.isArray() && !type.getComponentType().isPrimitive()) {
                nothings.add(Array.newInstance(type.getComponentType(), 1));
            } else if (type == List.class) {
                nothings.add(Collections.singletonList(null));
            } else if (type == Map.class) {
                nothings.add(Collections.singletonMap(null, null));
            }
            return nothings;
        }

        /** Nothing if null was refused by name, something that begins with "never" if by chance something else was. */
        private String verdict(Call call, String name, Object target, Object... arguments) throws InterruptedException {
            try {
                worker.submit(() -> call.run(target, arguments)).get(SECONDS, TimeUnit.SECONDS);
                return "accepts null";
            } catch (TimeoutException e) {
                worker.shutdownNow();
                worker = worker();
                return "takes more than " + SECONDS + " s with null";
            } catch (ExecutionException e) {
                Throwable thrown = cause(e);
                boolean isNamed = thrown instanceof NullPointerException
                        && madeBy(thrown, "java.util.Objects", LIBRARY)
                        && String.valueOf(thrown.getMessage()).contains(name);
                return isNamed ? "" : "never refuses null, but " + thrown;
            }
        }

        private static Throwable cause(ExecutionException e) {
            return e.getCause() instanceof InvocationTargetException invoked ? invoked.getCause() : e.getCause();
        }

        private void call(Call call, Object target, Object... arguments) throws InterruptedException {
            List<Object> before = Fingerprint.of(target, arguments);
            try {
                Object result = worker.submit(() -> call.run(target, arguments)).get(SECONDS, TimeUnit.SECONDS);
                pending.removeIf(each -> each.code.equals(call.code));
                if (result != null) {
                    odd.keep(result);
                }
            } catch (TimeoutException e) {
                complain(call, "takes more than " + SECONDS + " s", "", arguments);
                worker.shutdownNow();
                worker = worker();
            } catch (ExecutionException e) {
                Throwable thrown = cause(e);
                if (!isAllowed(call, thrown, arguments)) {
                    complain(call, "answers " + thrown, " at " + top(thrown), arguments);
                }
                if (!declared.contains(call.name() + " changes") && !before.equals(Fingerprint.of(target, arguments))) {
                    complain(call, "refuses, but has changed an argument", "", arguments);
                }
            }
        }

        private void complain(Call call, String what, String where, Object... arguments) {
            String kind = call.code.toGenericString() + where + what.replaceAll("[^A-Za-z ]+", "");
            complaints.putIfAbsent(
                    kind.substring(0, Math.min(kind.length(), 300)),
                    call.name() + shown(arguments) + " " + what + where);
        }
    }

    private static String shown(Object... arguments) {
        return Arrays.stream(arguments).map(ContractWalk::shown).toList().toString();
    }

    private static String shown(Object argument) {
        String text;
        if (argument instanceof DMatrixRMaj matrix) {
            text = matrix.numRows + "x" + matrix.numCols + " " + Arrays.toString(matrix.data);
        } else if (argument != null && argument.getClass().isArray()) {
            text = Arrays.deepToString(new Object[] {argument});
        } else {
            text = text(argument).replace('\n', ' ');
        }
        return text.substring(0, Math.min(120, text.length()));
    }

    private static String text(Object argument) {
        try {
            return String.valueOf(argument);
        } catch (RuntimeException e) {
            return argument.getClass() + " whose text is " + e;
        }
    }

    private static String top(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(40)
                .filter(frame -> frame.getClassName().startsWith(LIBRARY)
                        && !frame.getClassName().startsWith("org.ejgrad.laws"))
                .map(StackTraceElement::toString)
                .limit(3)
                .toList()
                .toString();
    }

    private boolean isAllowed(Call call, Throwable thrown, Object... arguments) {
        if (thrown instanceof OddArguments.UsersException
                || declared.contains(call.name() + " " + thrown.getClass().getSimpleName())) {
            return true;
        }
        String message = String.valueOf(thrown.getMessage());
        if (thrown.getClass() == IllegalStateException.class
                && declared.stream().anyMatch(message::endsWith)) {
            return true;
        }
        if (thrown instanceof Error || thrown.getMessage() == null) {
            return false;
        }
        if (thrown instanceof NullPointerException) {
            return madeBy(thrown, "java.util.Objects", LIBRARY)
                    && !message.startsWith("Cannot ")
                    && names(call, message, arguments);
        }
        if (thrown instanceof IOException) {
            return Arrays.stream(call.code.getExceptionTypes()).anyMatch(type -> type.isInstance(thrown));
        }
        if (message.isBlank() || !madeBy(thrown, LIBRARY)) {
            return false;
        }
        return thrown.getClass().getName().startsWith(LIBRARY)
                || thrown.getClass() == IllegalArgumentException.class
                || thrown.getClass() == ArithmeticException.class
                || thrown instanceof IllegalStateException && message.contains(" returned ");
    }

    /** Whether one of the call's own parameters is named, by its name or a given one, or what is null is described. */
    private static boolean names(Call call, String message, Object... arguments) {
        return message.contains(" ")
                || Arrays.stream(arguments)
                        .anyMatch(argument -> argument instanceof String name && message.contains(name))
                || Arrays.stream(call.code.getParameters())
                        .anyMatch(parameter -> message.contains(parameter.getName()));
    }

    private static boolean madeBy(Throwable thrown, String... packages) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length > 0 && Arrays.stream(packages).anyMatch(trace[0].getClassName()::startsWith);
    }
}

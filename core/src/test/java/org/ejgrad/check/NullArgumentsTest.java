package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.laws.NullArguments;
import org.ejgrad.show.Explanation;
import org.ejgrad.show.Graph;
import org.ejgrad.show.Node;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Null in place of any argument of any public method that checks or shows is refused in words that name it. */
class NullArgumentsTest {
    private static final Value X = Value.variable("x", 3);
    private static final GradientCheck CHECK = GradientCheck.of(X);
    private static final ToDoubleFunction<double[]> FIRST = v -> v[0];
    private static final DoubleUnaryOperator SAME = v -> v;

    /** An argument for each type of parameter. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(Value.class, X),
            Map.entry(Gradients.class, X.gradients()),
            Map.entry(String.class, "name"),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(Function.class, (Function<List<Value>, Value>) v -> X),
            Map.entry(ToDoubleFunction.class, FIRST),
            Map.entry(DoubleUnaryOperator.class, SAME),
            Map.entry(Place.class, new Place.Direction(1)),
            Map.entry(Verdict.class, new Verdict.Agree(0)),
            Map.entry(NumericalDerivative.class, NumericalDerivative.of(SAME, 1)),
            Map.entry(GradientCheck.class, CHECK),
            Map.entry(GradientCheck.Progress.class, (GradientCheck.Progress) (done, total) -> {}),
            Map.entry(Duration.class, ForeignProcess.PATIENCE),
            Map.entry(Consumer.class, (Consumer<String>) remark -> {}),
            Map.entry(Graph.class, Graph.of(X)),
            Map.entry(Explanation.class, Explanation.of(X)));

    @Test
    void nullIsRefusedByName() throws Exception {
        try (ForeignProcess process = ScriptedProgram.start("right")) {
            nullIsRefusedByName(process);
        }
    }

    private static void nullIsRefusedByName(ForeignProcess process) throws Exception {
        List<Class<?>> types = Stream.concat(publicTypesBeside(GradientCheck.class), publicTypesBeside(Graph.class))
                .toList();
        assertTrue(
                types.containsAll(List.of(GradientCheck.class, Verdict.Edge.class, StepTable.Row.class, Node.class)));
        Map<Class<?>, Object> arguments = new HashMap<>(ARGUMENTS);
        arguments.put(ForeignProcess.class, process);
        List<String> complaints = new NullArguments(arguments).complaints(types.toArray(new Class<?>[0]));
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }

    /** All public types in the package of one, but enums: they have no methods of their own. */
    private static Stream<Class<?>> publicTypesBeside(Class<?> one) throws IOException, URISyntaxException {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(root.resolve(one.getPackageName().replace('.', '/')))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> one.getPackageName() + "." + name.replace(".class", ""))
                    .sorted()
                    .toList();
            return names.stream().<Class<?>>map(NullArgumentsTest::load).filter(NullArgumentsTest::isPublic);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && !type.isEnum() && (enclosing == null || isPublic(enclosing));
    }

    private static void refused(String name, Executable call) {
        String message = assertThrows(NullPointerException.class, call).getMessage();
        assertTrue(message.contains(name), message);
    }

    @Test
    void nullElementsOfListsAreRefusedByName() {
        List<Value> values = Arrays.asList(X, null);
        refused("variables[1]", () -> GradientCheck.of(values, v -> v.get(0)));
        refused("command[1]", () -> ForeignProcess.start(Arrays.asList("program", null)));
        StepTable table = StepTable.of(SAME, 1, 1);
        refused("rows[0]", () -> new StepTable(Collections.singletonList(null), table.adaptive()));
        List<Optional<Value>> nothing = List.of(Optional.empty());
        refused("inputs[0]", () -> new Node(0, "", X, Collections.singletonList(null), Optional.empty(), nothing));
        refused(
                "contributions[0]",
                () -> new Node(0, "", X, List.of(1), Optional.empty(), Collections.singletonList(null)));
    }

    @Test
    void nullKeysAndValuesOfMapsAreRefusedByName() {
        refused("parameters[w]", () -> GradientCheck.of(Collections.singletonMap("w", null), X));
        refused("parameters: a key", () -> GradientCheck.of(Collections.singletonMap(null, X), X));
        refused("claimed[", () -> CHECK.against(Collections.singletonMap(X, null)));
        refused("claimed: a key", () -> CHECK.against(Collections.singletonMap(null, new SimpleMatrix(1, 1))));
        GradientCheck foreign = GradientCheck.ofFunction(FIRST, new double[1], new double[1]);
        refused("shapes[w]", () -> foreign.shaped(Collections.singletonMap("w", null)));
        refused("shapes: a key", () -> foreign.shaped(Collections.singletonMap(null, Shape.SCALAR)));
        refused("names[", () -> Graph.of(X).withNames(Collections.singletonMap(X, null)));
        refused("names: a key", () -> Graph.of(X).withNames(Collections.singletonMap(null, "x")));
    }
}

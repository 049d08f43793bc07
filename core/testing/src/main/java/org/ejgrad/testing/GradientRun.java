package org.ejgrad.testing;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.testing.GradientTests.GradientTest;
import org.ejgrad.testing.GradientTests.Point;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** One run of an annotated method: under a seed, or at a point. */
final class GradientRun {
    private static final Set<Class<?>> RESULTS = Set.of(Value.class, FunctionWithGradient.class, GradientCheck.class);

    private final Method method;
    private final GradientTest settings;
    private final long seed;
    private final Optional<double[]> point;
    private final String name;

    private GradientRun(Method method, GradientTest settings, long seed, Optional<double[]> point, String name) {
        this.method = method;
        this.settings = settings;
        this.seed = seed;
        this.point = point;
        this.name = method.getName() + name;
    }

    /** The runs of a method in the order of its seeds and points; of one without any, a run that says so. */
    static List<GradientRun> of(Method method) {
        GradientTest settings =
                AnnotationSupport.findAnnotation(method, GradientTest.class).orElseThrow();
        List<GradientRun> runs = new ArrayList<>();
        for (long seed : settings.seeds()) {
            runs.add(new GradientRun(method, settings, seed, Optional.empty(), ", seed " + seed));
        }
        long first = settings.seeds().length == 0 ? 1 : settings.seeds()[0];
        for (Point point : settings.points()) {
            String name = ", point " + Arrays.toString(point.value());
            runs.add(new GradientRun(method, settings, first, Optional.of(point.value()), name));
        }
        return runs.isEmpty() ? List.of(new GradientRun(method, settings, first, Optional.empty(), "")) : runs;
    }

    /** The method's name and the seed or the point. */
    String name() {
        return name;
    }

    /** Runs the method of a test instance and checks what it returns. */
    void check(Object tests) {
        if (settings.seeds().length + settings.points().length == 0) {
            throw refusal("has neither seeds nor points; expected at least one");
        }
        if (settings.directions() != 0 && settings.entries() != 0) {
            throw refusal("sets both directions and entries; expected one of them");
        }
        if (!RESULTS.contains(method.getReturnType())) {
            throw refusal("returns " + method.getReturnType().getSimpleName()
                    + "; expected Value (a loss), FunctionWithGradient or GradientCheck");
        }
        Arguments arguments = new Arguments(method, this::refusal, seed, point);
        Object result = call(tests, arguments, arguments.variables());
        if (result instanceof Value loss) {
            checkLoss(tests, arguments, loss);
        } else if (result instanceof FunctionWithGradient function) {
            require(function.check());
        } else {
            require((GradientCheck) result);
        }
    }

    private void checkLoss(Object tests, Arguments arguments, Value loss) {
        List<Value> given = arguments.variables();
        if (!given.isEmpty()) {
            require(GradientCheck.of(given, values -> (Value) call(tests, arguments, values)));
        }
        List<Value> variables =
                loss.ancestors().stream().filter(Value::isVariable).toList();
        if (variables.isEmpty()) {
            throw refusal("returned a constant; expected a loss that depends on a variable");
        }
        if (!given.containsAll(variables)) {
            require(GradientCheck.of(loss));
        }
    }

    private Object call(Object tests, Arguments arguments, List<Value> values) {
        Object result = ReflectionSupport.invokeMethod(method, tests, arguments.with(values));
        if (result == null) {
            throw refusal("returned null; expected a " + method.getReturnType().getSimpleName());
        }
        return result;
    }

    private void require(GradientCheck check) {
        GradientCheck set = check.seed(seed);
        set = settings.directions() == 0 ? set : set.directions(settings.directions());
        set = settings.entries() == 0 ? set : set.entries(settings.entries());
        set = settings.tolerance() == 0 ? set : set.tolerance(settings.tolerance());
        GradientAssertions.require(name, (settings.anySubgradient() ? set.anySubgradient() : set).run());
    }

    private ExtensionConfigurationException refusal(String what) {
        return new ExtensionConfigurationException("@GradientTest " + method.getName() + ": " + what);
    }
}

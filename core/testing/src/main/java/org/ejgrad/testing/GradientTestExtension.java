package org.ejgrad.testing;

import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.testing.GradientTests.GradientTest;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.function.Executable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Finds the annotated methods of a test class, and gives each run of each to JUnit as a test. */
final class GradientTestExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        List<GradientRun> runs =
                AnnotationSupport.findAnnotatedMethods(tests, GradientTest.class, HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .flatMap(method -> GradientRun.of(method).stream())
                        .toList();
        if (runs.isEmpty()) {
            throw new ExtensionConfigurationException(
                    tests.getName() + " implements GradientTests; expected a method with @GradientTest");
        }
        return runs.stream().map(Invocation::new);
    }

    private record Invocation(GradientRun run) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return run.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Argument(run));
        }
    }

    /** The argument of {@link GradientTests#gradient}. */
    private record Argument(GradientRun run) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Executable.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Object tests = context.getRequiredTestInstance();
            return (Executable) () -> run.check(tests);
        }
    }
}

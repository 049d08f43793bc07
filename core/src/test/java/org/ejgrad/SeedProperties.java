package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Properties draw from the seed of the run, unless they have their own. */
class SeedProperties {
    /** Stands between {@link org.ejgrad.laws.PropertySeeds} and the property. */
    static final class Asking implements AroundPropertyHook {
        @Override
        public int aroundPropertyProximity() {
            return 1;
        }

        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            String expected = context.label().equals("own") ? "17" : Long.toString(Long.getLong("ejgrad.seed", 0));
            assertEquals(Optional.of(expected), context.attributes().seed());
            return property.execute();
        }
    }

    @AddLifecycleHook(Asking.class)
    @Property(tries = 1)
    void ofTheRun() {}

    @AddLifecycleHook(Asking.class)
    @Property(tries = 1, seed = "17")
    void own() {}
}

package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever a public method of Value refuses, its message begins with the call that the user wrote. */
class RefusalsTest {
    @Test
    void everyMessageBeginsWithTheCallThatTheUserWrote() {
        Set<String> complaints = new TreeSet<>();
        Set<String> refusing = new TreeSet<>();
        EveryCall.forEach(call -> {
            if (call.result() instanceof RuntimeException e) {
                refusing.add(call.method().getName());
                boolean isRefusal = e instanceof IllegalArgumentException || e instanceof ArithmeticException;
                if (!isRefusal || !e.getMessage().matches("(?s)" + written(call) + ": .+")) {
                    complaints.add(call + " answers: " + e);
                }
            }
        });
        assertEquals(Set.of(), complaints, String.join("\n", complaints));
        assertTrue(refusing.size() > 70, refusing.toString());
    }

    /** The method's name and the shapes of the values; other arguments may be shown or not. */
    private static String written(EveryCall call) {
        StringBuilder written =
                new StringBuilder(call.method().getName() + "\\(" + call.x().shape());
        for (Object argument : call.arguments()) {
            if (argument instanceof Value value) {
                written.append("[^:]*\\b").append(value.shape());
            }
        }
        return written + "(, [^:]*)?\\)";
    }
}

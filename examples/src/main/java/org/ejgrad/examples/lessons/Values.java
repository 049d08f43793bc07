package org.ejgrad.examples.lessons;

import java.util.List;
import org.ejgrad.Value;

/** The values of an exercise's parameters, by name. */
record Values(List<Given> given) {
    Value get(String name) {
        return given.stream()
                .filter(each -> each.name().equals(name))
                .map(Given::value)
                .findFirst()
                .orElseThrow();
    }
}

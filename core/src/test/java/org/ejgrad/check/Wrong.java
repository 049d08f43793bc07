package org.ejgrad.check;

import java.util.IdentityHashMap;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Checks of gradients that are wrong on purpose. */
final class Wrong {
    private Wrong() {}

    static CheckReport byFactor(Value loss, double factor) {
        Gradients gradients = loss.gradients();
        Map<Value, SimpleMatrix> wrong = new IdentityHashMap<>();
        for (Value variable : gradients.variables()) {
            wrong.put(variable, gradients.of(variable).matrix().scale(factor));
        }
        return GradientCheck.of(loss).against(wrong).run();
    }

    static CheckReport claiming(Value loss, Value variable, double slope) {
        return GradientCheck.of(loss)
                .against(Map.of(variable, SimpleMatrix.filled(1, 1, slope)))
                .run();
    }
}

package org.ejgrad.examples.lessons;

import java.util.function.Function;
import org.ejgrad.Value;

/**
 * A mistake that is typical of an exercise: the answer is the right gradient of another loss.
 *
 * @param sentence what the mistake is
 * @param loss of which the answer is the gradient then
 */
record Slip(String sentence, Function<Values, Value> loss) {
    /** A loss with chosen slopes by a variable, whatever they are a function of. */
    static Value withSlopes(Value slopes, Value variable) {
        return slopes.detached().elementMult(variable).elementSum();
    }
}

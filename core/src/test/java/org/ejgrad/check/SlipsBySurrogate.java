package org.ejgrad.check;

import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Mistake.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Mistakes in programs of other kinds: the claimed gradient is that of another program, with parts held fixed. */
final class SlipsBySurrogate {
    private SlipsBySurrogate() {}

    /** Data and parameters of one seed. */
    record Data(long seed, int n) {
        Value fixed(String name, int rows, int columns) {
            return Value.constant(random(seed, name, rows, columns, -1.5, 1.5));
        }

        Value variable(String name, int rows, int columns) {
            return Value.variable(name, random(seed, name, rows, columns));
        }
    }

    /** The right program, or the one whose gradient is claimed. */
    @FunctionalInterface
    interface Program {
        Value of(Data d, List<Value> p, boolean wrong);
    }

    static Slip slip(String name, Program program, Function<Data, List<Value>> parameters, Mistake... fitting) {
        return Slip.of(
                "others",
                (seed, mistake) -> {
                    Data d = new Data(seed, Hand.size(seed, "n", 5, 8));
                    List<Value> p = parameters.apply(d);
                    Gradients g = program.of(d, p, !mistake.isEmpty()).gradients();
                    Map<Value, SimpleMatrix> claims = new LinkedHashMap<>();
                    p.forEach(v -> claims.put(v, g.orZero(v).matrix()));
                    return new Slip.Exercise(claims, v -> program.of(d, v, false));
                },
                name,
                fitting);
    }

    static List<Value> two(Data d) {
        return List.of(d.variable("w", 3, 4), d.variable("v", 4, 2));
    }

    /** One value forwards, the slope of another backwards. */
    static Value as(Value forward, Value backward) {
        return backward.plus(forward.minus(backward).detached());
    }
}

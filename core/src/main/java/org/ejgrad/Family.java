package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Operations that differ in one parameter only, such as the factor of a scaling or the axis of a sum.
 *
 * @param <P> what tells them apart, or a list of such
 */
public final class Family<P> {
    private final Function<P, Operation> row;
    private final Function<P, List<Object>> shown;
    private final Map<Per, Operation> perAxis = new EnumMap<>(Per.class);

    private Family(Function<P, Operation> row, Function<P, List<Object>> shown) {
        this.row = row;
        this.shown = shown;
    }

    /** A family whose members are made when they are asked for, by a row that is a function of the parameter. */
    public static <P> Family<P> of(Function<P, Operation> row) {
        return new Family<>(requireNonNull(row, "row"), List::of);
    }

    /** A family whose members differ in several parameters, each of which is shown. */
    static <E> Family<List<E>> ofSeveral(Function<List<E>, Operation> row) {
        return new Family<>(row, List::copyOf);
    }

    /** A family whose members' parameter follows from their inputs, so that it need not be shown. */
    static <P> Family<P> unshown(Function<P, Operation> row) {
        return new Family<>(row, parameter -> List.of());
    }

    /** A family with one member for each axis, made once. */
    static Family<Per> perAxis(Function<Per, Operation> row) {
        Family<Per> family = new Family<>(row, List::of);
        Stream.of(Per.values()).forEach(per -> family.perAxis.put(per, family.make(per)));
        return family;
    }

    /** The same of operations that take each group by itself, and in the same lines of all inputs. */
    static Family<Per> perLine(Function<Per, Operation> row) {
        return perAxis(per -> {
            Operation member = row.apply(per);
            int[] inputs = IntStream.range(0, member.rules().size()).toArray();
            return switch (per) {
                case ROW -> member.rowwise(inputs);
                case COLUMN -> member.columnwise(inputs);
                case ALL -> member;
            };
        });
    }

    /** {@return the member with this parameter, which messages and drawings show behind its name} */
    public Operation of(P parameter) {
        requireNonNull(parameter, "parameter");
        Operation known = parameter instanceof Per per ? perAxis.get(per) : null;
        return known != null ? known : make(parameter);
    }

    /** {@return whether the operation is a member, whatever its parameter} */
    public boolean contains(Operation operation) {
        return requireNonNull(operation, "operation").family() == this;
    }

    private Operation make(P parameter) {
        Operation member = row.apply(parameter);
        if (member == null) {
            throw new IllegalArgumentException("Family.of(" + parameter + "): the row returned null");
        }
        return member.memberOf(this, shown.apply(parameter));
    }
}

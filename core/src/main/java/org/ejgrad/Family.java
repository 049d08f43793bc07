package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Operations that differ in one parameter only, such as the factor of a scaling or the axis of a sum.
 *
 * @param <P> what tells them apart, or a list of such
 */
public final class Family<P> {
    private final Function<P, Operation> row;
    private final Map<P, Operation> members;

    private Family(Function<P, Operation> row, Map<P, Operation> members) {
        this.row = row;
        this.members = members;
    }

    /** A family whose members are made when they are asked for. */
    static <P> Family<P> of(Function<P, Operation> row) {
        return new Family<>(row, Map.of());
    }

    /** A family with one member for each axis, made once. */
    static Family<Per> perAxis(Function<Per, Operation> row) {
        Family<Per> family = new Family<>(row, new EnumMap<>(Per.class));
        Stream.of(Per.values()).forEach(per -> family.members.put(per, family.make(per)));
        return family;
    }

    /** {@return the member with this parameter, which messages and drawings show behind its name} */
    public Operation of(P parameter) {
        Operation member = members.get(requireNonNull(parameter, "parameter"));
        return member != null ? member : make(parameter);
    }

    /** {@return whether the operation is a member, whatever its parameter} */
    public boolean contains(Operation operation) {
        return operation.isMemberOf(this);
    }

    private Operation make(P parameter) {
        return row.apply(parameter)
                .memberOf(this, parameter instanceof List<?> several ? List.copyOf(several) : List.of(parameter));
    }
}

package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejml.MatrixDimensionException;
import org.ejml.data.DMatrixRMaj;

/** How messages write the call that a user made, such as {@code mult(4x3, 1x2)}, and put it before a reason. */
final class Calls {
    private static final int MOST_INPUTS = 1 << 24;

    private Calls() {}

    /** A method or operation with its arguments; a matrix and a value are shown by their shape. */
    static String written(String name, Object... arguments) {
        return name + list(List.of(arguments));
    }

    static String list(List<?> arguments) {
        return arguments.stream().map(Calls::argument).collect(joining(", ", "(", ")"));
    }

    private static String argument(Object argument) {
        return argument instanceof Shaped value
                ? value.shape().toString()
                : argument instanceof DMatrixRMaj matrix ? Shape.of(matrix).toString() : argument.toString();
    }

    /** An exception that begins with the call. */
    static IllegalArgumentException refusal(String reason, String method, Object... arguments) {
        return new IllegalArgumentException(written(method, arguments) + ": " + reason + operands(arguments));
    }

    /** What the values among the arguments are called and, of traced ones, where they were made, if one is known. */
    static String operands(Object... arguments) {
        List<Shaped> values = Stream.of(arguments)
                .filter(Shaped.class::isInstance)
                .map(Shaped.class::cast)
                .toList();
        if (values.stream()
                .allMatch(value -> value.label().isEmpty() && value.madeAt().isEmpty())) {
            return "";
        }
        String start = values.size() == 1 ? "; the operand is " : "; the operands are ";
        return values.stream()
                .map(value -> value.name() + (value.madeAt().isEmpty() ? "" : " (made at " + value.madeAt() + ")"))
                .collect(joining(" and ", start, ""));
    }

    /**
     * Runs what a method is composed of; what the operations in it refuse is told as the refusal of the method that the
     * user called.
     */
    static <T> T composed(Supplier<T> body, String method, Object... arguments) {
        try {
            return body.get();
        } catch (SingularMatrixException e) {
            throw e.in(written(method, arguments), operands(arguments));
        } catch (IllegalArgumentException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    written(method, arguments) + ": " + reason.getMessage() + operands(arguments), reason);
        }
    }

    /** An exception with the call in front or, of a kind of the user's own, as a remark. */
    static RuntimeException named(RuntimeException e, String name, List<Object> parameters, Object... inputs) {
        String call = written(
                name, Stream.concat(Stream.of(inputs), parameters.stream()).toArray());
        if (e instanceof SingularMatrixException singular) {
            return singular.in(call, operands(inputs));
        }
        if (e instanceof MatrixDimensionException || e.getClass() == IllegalArgumentException.class) {
            return new IllegalArgumentException(call + ": " + e.getMessage() + operands(inputs), e);
        }
        if (e.getClass() == ArithmeticException.class) {
            ArithmeticException named = new ArithmeticException(call + ": " + e.getMessage() + operands(inputs));
            named.initCause(e);
            return named;
        }
        return remarked(e, "in " + call);
    }

    /** The exception with a remark on where it happened. */
    static <E extends RuntimeException> E remarked(E e, String where) {
        e.addSuppressed(new Remark(where));
        return e;
    }

    /** Attached to an exception of a user's own function, as suppressed. */
    static final class Remark extends RuntimeException {
        private static final long serialVersionUID = 1;

        Remark(String message) {
            super(message, null, false, false);
        }
    }

    /** An input of an operation, which must not be null, by its place and its name in the rules. */
    static <T> T input(int index, T input, String name, int count) {
        if (input == null) {
            String letter = count > 3 || index >= count ? "" : count == 1 ? " (x)" : " (" + "abc".charAt(index) + ")";
            throw new NullPointerException("inputs[" + index + "]" + letter + " of " + name);
        }
        return input;
    }

    /** The matrices that an operation is computed from, none of them null, with arrays of exactly their size. */
    static DMatrixRMaj[] exactMatrices(String name, int count, DMatrixRMaj... inputs) {
        DMatrixRMaj[] matrices = new DMatrixRMaj[requireNonNull(inputs, "inputs").length];
        for (int i = 0; i < inputs.length; i++) {
            matrices[i] = MatrixCopies.exact(input(i, inputs[i], name, count));
        }
        return matrices;
    }

    /** Refuses another number of inputs than an operation has rules. */
    static void requireCount(String name, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException(name + ": called with " + count + " inputs; expected " + expected);
        }
    }

    /** The inputs of a rule, as many as it is written for, none of them null. */
    static <T> List<T> exactly(int expected, List<T> inputs) {
        if (!(inputs instanceof Seen)) {
            requireElements("inputs", inputs);
        }
        requireCount("a rule", inputs.size(), expected);
        return inputs;
    }

    /** An unmodifiable copy of a list, none of whose elements may be null. */
    static <T> List<T> copyOf(String name, List<T> list) {
        requireElements(name, list);
        return List.copyOf(list);
    }

    /** Refuses null by its place in a list. */
    private static void requireElements(String name, List<?> list) {
        for (int i = 0; i < requireNonNull(list, name).size(); i++) {
            if (list.get(i) == null) {
                throw new NullPointerException(name + "[" + i + "]");
            }
        }
    }

    /** One element of a list, by an index that a user gave. */
    static <T> T at(String call, String what, int index, List<T> all) {
        if (index < 0 || index >= all.size()) {
            throw new IllegalArgumentException(
                    call + "(" + index + "): there is no such " + what + "; expected one of " + all.size());
        }
        return all.get(index);
    }

    /** Refuses to make an operation of that many inputs. */
    static void requireInputs(String call, String name, int count) {
        if (count < 0 || count > MOST_INPUTS) {
            throw refusal(
                    (count < 0 ? "a negative number of inputs" : "too many inputs") + "; expected 0 to " + MOST_INPUTS,
                    call,
                    name,
                    count);
        }
    }

    /** The elements as an unmodifiable list, none of which may be null. */
    static <T> List<T> listOf(String name, T[] elements) {
        if (requireNonNull(elements, name).length == 0) {
            return List.of();
        }
        return copyOf(name, Arrays.asList(elements));
    }
}

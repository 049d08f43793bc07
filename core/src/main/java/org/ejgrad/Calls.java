package org.ejgrad;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejml.MatrixDimensionException;
import org.ejml.data.DMatrixRMaj;

/** How messages write the call that a user made, such as {@code mult(4x3, 1x2)}, and put it before a reason. */
final class Calls {
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
        return new IllegalArgumentException(written(method, arguments) + ": " + reason);
    }

    /**
     * Runs what a method is composed of; what the operations in it refuse is told as the refusal of the method that the
     * user called.
     */
    static <T> T composed(Supplier<T> body, String method, Object... arguments) {
        try {
            return body.get();
        } catch (SingularMatrixException e) {
            throw e.in(written(method, arguments));
        } catch (IllegalArgumentException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(written(method, arguments) + ": " + reason.getMessage(), reason);
        }
    }

    /** An exception with the call in front or, of a kind of the user's own, as a remark. */
    static RuntimeException named(RuntimeException e, String name, List<Object> parameters, DMatrixRMaj... inputs) {
        String call = written(
                name, Stream.concat(Stream.of(inputs), parameters.stream()).toArray());
        if (e instanceof SingularMatrixException singular) {
            return singular.in(call);
        }
        if (e instanceof MatrixDimensionException || e.getClass() == IllegalArgumentException.class) {
            return new IllegalArgumentException(call + ": " + e.getMessage(), e);
        }
        if (e.getClass() == ArithmeticException.class) {
            ArithmeticException named = new ArithmeticException(call + ": " + e.getMessage());
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
            String letter = count > 3 ? "" : count == 1 ? " (x)" : " (" + "abc".charAt(index) + ")";
            throw new NullPointerException("inputs[" + index + "]" + letter + " of " + name);
        }
        return input;
    }

    /** The elements as an unmodifiable list, none of which may be null. */
    static <T> List<T> listOf(String name, T[] elements) {
        if (elements == null) {
            throw new NullPointerException(name);
        }
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] == null) {
                throw new NullPointerException(name + "[" + i + "]");
            }
        }
        return List.of(elements);
    }
}

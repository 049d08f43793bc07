package org.ejgrad.examples.lessons;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.List;
import javax.tools.SimpleJavaFileObject;

/**
 * The program that calls a student's methods, in plain Java: it runs in a process of its own and stands in the same
 * package as the student's class, so that no reflection is needed to call it, and the compiler finds wrong signatures.
 *
 * <p>It prints a line a gradient, {@code gradient ROWS COLUMNS NUMBERS}, or {@code refused SENTENCE} instead of any;
 * then {@code end}, and then what the student's program had printed, cut off.
 */
final class AnswerDriver extends SimpleJavaFileObject {
    static final String NAME = "AnswerDriver";

    /** So many bytes are kept of what is printed. */
    static final int SHOWN = 2000;

    private static final String PROGRAM = """
            import java.io.ByteArrayOutputStream;
            import java.io.PrintStream;
            import java.nio.charset.StandardCharsets;

            final class AnswerDriver {
                private static final StringBuilder answer = new StringBuilder();

                public static void main(String[] arguments) {
                    PrintStream out = System.out;
                    ByteArrayOutputStream printed = new ByteArrayOutputStream() {
                        @Override
                        public synchronized void write(int b) {
                            if (count < SHOWN) {
                                super.write(b);
                            }
                        }

                        @Override
                        public synchronized void write(byte[] b, int from, int length) {
                            super.write(b, from, Math.max(0, Math.min(length, SHOWN - count)));
                        }
                    };
                    PrintStream shown = new PrintStream(printed, true, StandardCharsets.UTF_8);
                    System.setOut(shown);
                    System.setErr(shown);
                    try {
            CALLS
                    } catch (OutOfMemoryError full) {
                        refuse("it needs more memory than there is, MEMORY MB");
                    } catch (StackOverflowError deep) {
                        refuse("it calls itself without an end (StackOverflowError)" + place(deep));
                    } catch (NoMatrix returned) {
                        refuse(returned.getMessage());
                    } catch (Throwable outer) {
                        boolean starts = outer instanceof ExceptionInInitializerError && outer.getCause() != null;
                        Throwable thrown = starts ? outer.getCause() : outer;
                        refuse("it throws " + thrown.toString().lines().findFirst().orElse("") + place(thrown));
                    }
                    byte[] text = (answer + "end\\n").getBytes(StandardCharsets.UTF_8);
                    out.write(text, 0, text.length);
                    byte[] rest = printed.toByteArray();
                    out.write(rest, 0, rest.length);
                    out.flush();
                    Runtime.getRuntime().halt(0);
                }

                private static final class NoMatrix extends RuntimeException {
                    NoMatrix(String message) {
                        super(message);
                    }
                }

                private static void refuse(String sentence) {
                    answer.setLength(0);
                    answer.append("refused ").append(sentence).append('\\n');
                }

                private static String place(Throwable thrown) {
                    for (StackTraceElement element : thrown.getStackTrace()) {
                        if ("FILE".equals(element.getFileName())) {
                            return " at line " + element.getLineNumber();
                        }
                    }
                    return "";
                }

                private static void add(double gradient) {
                    add(new double[] {gradient});
                }

                private static void add(double[] gradient) {
                    add(gradient == null ? null : new double[][] {gradient});
                }

                private static void add(double[][] gradient) {
                    if (gradient == null) {
                        throw new NoMatrix("it returns null");
                    }
                    int columns = gradient.length == 0 || gradient[0] == null ? 0 : gradient[0].length;
                    answer.append("gradient ").append(gradient.length).append(' ').append(columns);
                    for (double[] row : gradient) {
                        if (row == null || row.length != columns) {
                            throw new NoMatrix("the rows that it returns differ in length");
                        }
                        for (double element : row) {
                            answer.append(' ').append(element);
                        }
                    }
                    answer.append('\\n');
                }
            }
            """;

    private final String program;

    /** A driver for the class that answers an exercise, in a process that has so much memory. */
    AnswerDriver(Exercise exercise, String className, int megabytes) {
        super(URI.create("string:///" + NAME + ".java"), Kind.SOURCE);
        List<Given> given = exercise.given();
        String arguments = given.stream().map(Given::literal).collect(joining(",\n                    "));
        String calls = exercise.sought().stream()
                .map(parameter ->
                        "            {\n                " + parameter.form().type() + " gradient = "
                                + className + "." + exercise.method(parameter) + "(\n                    " + arguments
                                + ");\n                add(gradient);\n            }")
                .collect(joining("\n"));
        program = PROGRAM.replace("MEMORY", String.valueOf(megabytes))
                .replace("SHOWN", String.valueOf(SHOWN))
                .replace("FILE", className + ".java")
                .replace("CALLS", calls);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return program;
    }
}

package org.ejgrad.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A program that speaks the protocol of {@link ForeignProcess}, or does something else by the word it is started with.
 * It computes w₀₀² + sin(w₀₁)·b.
 */
final class ScriptedProgram {
    static final double[] POINT = {0.5, 1, 2};

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private ScriptedProgram() {}

    /** The command that starts this program. */
    static List<String> command(String... words) {
        try {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classes = Path.of(ScriptedProgram.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            List<String> command = new ArrayList<>(List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classes,
                    ScriptedProgram.class.getName()));
            command.addAll(List.of(words));
            return command;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ForeignProcess start(String... words) throws IOException {
        return ForeignProcess.start(command(words), Duration.ofSeconds(20), remark -> {});
    }

    public static void main(String[] words) throws Exception {
        String mode = words[0];
        switch (mode) {
            case "ends" -> System.exit(0);
            case "fails" -> {
                ERR.println("Traceback:\n  KeyError: 'w'\n");
                System.exit(3);
            }
            case "sleeps" -> Thread.sleep(100_000);
            case "forks" -> {
                new ProcessBuilder(command("sleeps")).inheritIO().start();
                Thread.sleep(100_000);
            }
            case "floods" -> flood(100_000_000);
            case "repeats" -> {
                OUT.println("protocol 1");
                while (!OUT.checkError()) {
                    OUT.println("parameter " + System.nanoTime() + " 0 0");
                }
            }
            case "says" -> OUT.print(words[1].replace('|', '\n'));
            default -> answer(mode, Optional.of(words).filter(w -> w.length > 1).map(w -> w[1]));
        }
        if (mode.equals("says")) {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void flood(int bytes) {
        byte[] digits = new byte[1 << 16];
        Arrays.fill(digits, (byte) '7');
        for (int i = 0; i < bytes; i += digits.length) {
            OUT.write(digits, 0, digits.length);
        }
    }

    private static void answer(String mode, Optional<String> word) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int requests = 0;
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            String[] parts = line.split(" ");
            if (parts[0].equals("describe")) {
                OUT.print("protocol 1\nparameter w 1 2 0.5 1e0\r\nparameter b 1 1 2\nend\n");
                OUT.flush();
                continue;
            }
            double[] x = Arrays.stream(parts)
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double value = x[0] * x[0] + Math.sin(x[1]) * x[2];
            double[] gradient = {2 * x[0], Math.cos(x[1]) * x[2], Math.sin(x[1])};
            boolean wantsGradient = parts[0].equals("gradient");
            requests++;
            String answer = "value " + value;
            switch (mode) {
                case "right" -> {}
                case "wrong" -> gradient[0] = x[0];
                case "noisy" -> answer = "value " + (value + 1e-3 * requests);
                case "edge" -> answer = x[0] > 0.5 ? "error no value to the right" : answer;
                case "rounds" -> {
                    answer = "value " + String.format(Locale.ROOT, word.orElseThrow(), 50 + value);
                    gradient = new double[3];
                }
                case "refuses" -> answer = "error singular matrix at the point";
                case "other" -> answer = wantsGradient ? "value " + (value + 0.1) : answer;
                case "kink" -> {
                    answer = "value " + (Math.abs(x[0] - 0.5) + x[1] * x[2]);
                    gradient = new double[] {0, x[2], x[1]};
                }
                case "dies" -> {
                    if (requests == 5) {
                        ERR.print("out of luck");
                        System.exit(7);
                    }
                }
                case "halves" -> {
                    if (requests == 5) {
                        OUT.print("value 0.");
                        OUT.flush();
                        System.exit(0);
                    }
                }
                case "stops" -> {
                    if (requests == 5) {
                        Thread.sleep(100_000);
                    }
                }
                case "chats" -> answer = wantsGradient ? answer : answer + "\nby the way";
                case "flat" -> gradient[1] = Double.NaN;
                case "nan" -> answer = "value NaN";
                case "answers" -> answer = word.orElseThrow();
                default -> throw new IllegalArgumentException(mode);
            }
            if (wantsGradient && !answer.startsWith("error") && !mode.equals("answers")) {
                answer += " gradient " + gradient[0] + " " + gradient[1] + " " + gradient[2];
            }
            OUT.println(answer);
        }
    }
}

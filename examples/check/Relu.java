import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;

/**
 * A relu network without a library, for {@code check --process "java Relu.java"}. The second hidden unit is exactly at
 * its kink on the first row. With the argument "wrong", the backward pass forgets which units were off.
 */
class Relu {
    static final double[][] X = {{1, -1}, {0.5, 2}, {-1.5, 0.3}, {0.7, 0.2}};
    static final double[] Y = {1, -1, 0.5, 2};
    static final int HIDDEN = 3;

    /** Of the inputs, row by row, the hidden biases, the hidden weights. */
    static final double[] START = {0.8, 0.5, -0.6, -0.3, 0.5, 0.9, 0.1, 0, -0.2, 0.7, -1.1, 0.4};

    /** The value, then the gradient. */
    static double[] mean(double[] p, boolean wrong) {
        double[] all = new double[p.length + 1];
        for (int row = 0; row < X.length; row++) {
            double[] x = X[row];
            double[] a = new double[HIDDEN];
            double output = 0;
            for (int k = 0; k < HIDDEN; k++) {
                a[k] = x[0] * p[k] + x[1] * p[HIDDEN + k] + p[2 * HIDDEN + k];
                output += Math.max(a[k], 0) * p[3 * HIDDEN + k];
            }
            double error = output - Y[row];
            all[0] += error * error / X.length;
            double dOutput = 2 * error / X.length;
            for (int k = 0; k < HIDDEN; k++) {
                double dA = wrong || a[k] > 0 ? dOutput * p[3 * HIDDEN + k] : 0;
                all[1 + k] += dA * x[0];
                all[1 + HIDDEN + k] += dA * x[1];
                all[1 + 2 * HIDDEN + k] += dA;
                all[1 + 3 * HIDDEN + k] += dOutput * Math.max(a[k], 0);
            }
        }
        return all;
    }

    static String text(double[] numbers, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(' ').append(numbers[i]);
        }
        return text.toString();
    }

    public static void main(String[] words) throws IOException {
        boolean wrong = Arrays.asList(words).contains("wrong");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            String[] request = line.split(" ");
            if (request[0].equals("describe")) {
                System.out.println("protocol 1");
                System.out.println("parameter w 2 3" + text(START, 0, 6));
                System.out.println("parameter b 1 3" + text(START, 6, 9));
                System.out.println("parameter v 3 1" + text(START, 9, 12));
                System.out.println("end");
                continue;
            }
            double[] p = Arrays.stream(request).skip(1).mapToDouble(Double::parseDouble).toArray();
            double[] all = mean(p, wrong);
            String answer = "value " + all[0];
            if (request[0].equals("gradient")) {
                answer += " gradient" + text(all, 1, all.length);
            }
            System.out.println(answer);
            System.out.flush();
        }
    }
}

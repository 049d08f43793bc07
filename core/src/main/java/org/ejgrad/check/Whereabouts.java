package org.ejgrad.check;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Says where a gradient is wrong when it cannot be said what is: in which parameters, rows and columns, by how much.
 */
final class Whereabouts {
    /** Ratios this near to 1 are said by what they differ from it. */
    private static final double SMALL = 1e-3;

    /** The gradient of a factor, but not that of a bias or of a choice, shows all that arrives. */
    private static final Set<Operation> PRODUCTS =
            Set.of(Value.MULT, Value.MULT_TRANS_A, Value.MULT_TRANS_B, Value.AFFINE);

    private final List<Comparison> all;
    private final List<Comparison> wrong;

    Whereabouts(List<Comparison> all, List<Comparison> wrong) {
        this.all = all;
        this.wrong = wrong;
    }

    /** What is known from the figures, and perhaps from the graph. */
    Diagnosis said(String inGraph) {
        return new Diagnosis(inGraph.isEmpty() ? kind() : Mistake.ONE_LAYER, inGraph + place() + details());
    }

    private boolean isWrong(Comparison c) {
        return wrong.contains(c);
    }

    private Mistake kind() {
        if (lines()) {
            return Mistake.LINES_SCALED;
        }
        if (inputs()) {
            return Mistake.LAYER_INPUT;
        }
        return biases() || layers() ? Mistake.ONE_LAYER : Mistake.UNKNOWN;
    }

    /** Whether each line of all that is wrong is right but for a factor. */
    private boolean lines() {
        return wrong.stream().noneMatch(c -> scaled(c).isEmpty());
    }

    /** Whether all that is wrong is the weights of layers whose biases agree. */
    private boolean inputs() {
        return wrong.stream().allMatch(c -> bias(c) >= 0 && !isWrong(all.get(bias(c))));
    }

    /** Whether all that is wrong is the biases of layers whose weights agree. */
    private boolean biases() {
        return wrong.stream()
                .allMatch(c -> all.stream().anyMatch(w -> bias(w) >= 0 && all.get(bias(w)) == c && !isWrong(w)));
    }

    /** Where the bias of a matrix of weights stands; −1 if there is none. */
    private int bias(Comparison weights) {
        List<Shape> shapes =
                all.stream().map(c -> new Shape(c.rows(), c.columns())).toList();
        int at = all.indexOf(weights);
        int bias = Layers.bias(shapes, at);
        boolean isLayer = bias >= 0
                && (Layers.isTurned(shapes.get(at), shapes.get(bias))
                        ? Layers.isBetweenColumns(shapes, at)
                        : weights.rows() > 1);
        return isLayer ? bias : -1;
    }

    /** Whether the first parameters are wrong and the later ones agree; a bias may, though errors at it are wrong. */
    private boolean layers() {
        int count = wrong.size();
        return count < all.size()
                && IntStream.range(0, count).allMatch(i -> isWrong(all.get(i)))
                && bias(all.get(count - 1)) != count;
    }

    private String place() {
        String labels = labels(wrong) + (wrong.size() == 1 ? " is" : " are") + " wrong";
        List<Comparison> right = all.stream().filter(c -> !isWrong(c)).toList();
        boolean judged = right.stream().allMatch(Comparison::isJudged);
        String others = judged
                ? ", " + labels(right) + (right.size() == 1 ? " agrees" : " agree") + ". If "
                : ", " + labels(right) + " not, as far as was judged. If that holds and ";
        if (lines()) {
            return labels
                    + ": a factor for each line, such as a scale, a deviation, the slope of a unit or the number of its"
                    + " uses, is missing, too many or another.";
        }
        if (inputs()) {
            return labels + others
                    + "what follows the weights is their bias, the sum of the errors that arrive there is right: as if"
                    + " another matrix stood for the layer's input, rows of it were left out or not those of the errors,"
                    + " as with shifted labels, one of several uses of the weights were not added or counted twice, a"
                    + " term of their own, such as a penalty's slope, were left out, or errors were wrong that cancel in"
                    + " the sum, as before a normalisation.";
        }
        if (biases()) {
            return labels + others
                    + "each is the bias of the weights before it, the errors that arrive there are right where the"
                    + " inputs meet them: as if in their sum some rows were left out, a factor were missing or too many,"
                    + " one of several uses of the bias or a term of its own were left out, or, with inputs that add up"
                    + " to zero, all were off by the same.";
        }
        if (layers()) {
            return labels + others
                    + "the parameters are in the order of the layers, each used in one only, the mistake lies before "
                    + right.get(0).label()
                    + ", on the way back: in the slope of a function, a mask or a normalisation there, in the product"
                    + " that goes back, in a path that is left out, or in what is made of the errors, or added to it, at"
                    + " " + labels(wrong) + ".";
        }
        return right.isEmpty()
                ? "No usual mistake explains the figures."
                : "Only " + labels + "; no usual mistake explains the figures.";
    }

    private static String labels(List<Comparison> some) {
        return some.stream().map(Comparison::label).collect(joining(", "));
    }

    private String details() {
        return wrong.stream().map(c -> detail(c) + ofAnother(c)).collect(joining());
    }

    /** Which other parameter's gradient it is, if it is one. */
    private String ofAnother(Comparison c) {
        return all.stream()
                .filter(other -> other != c && c.isExplainedBy(other.numeric()) && c.telling(other.numeric()) >= 2)
                .findFirst()
                .map(other -> " It is the gradient of " + other.label() + ".")
                .orElse("");
    }

    /** Which lines are wrong, the sign, and how large the claims are beside the measured figures. */
    private static String detail(Comparison c) {
        int[] off = IntStream.range(0, c.size())
                .filter(i -> c.known(i) && !c.agrees(i))
                .toArray();
        int known = (int) IntStream.range(0, c.size()).filter(c::known).count();
        double[] ratios = IntStream.of(off)
                .mapToDouble(i -> c.claimed(i) / c.numeric(i))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (c.size() < 2 || ratios.length == 0) {
            return "";
        }
        String element = c.isJudged() ? "element" : "judged element";
        String which = off.length == known
                ? "every " + element
                : off.length + " of " + known + " " + element + "s" + lines(c, off);
        String are = off.length == 1 || off.length == known ? "is" : "are";
        if (IntStream.of(off).allMatch(i -> c.claimed(i) == 0)) {
            return " In " + c.label() + " " + which + " " + are + " zero.";
        }
        double least = ratios[0] + 0.0; // not -0.00
        double most = ratios[ratios.length - 1] + 0.0;
        String size = Math.abs(least - 1) < SMALL && Math.abs(most - 1) < SMALL
                ? "off by " + range("%.2g", least - 1, most - 1) + " of its size"
                : range("%.3g", least, most) + " times what it should be";
        long signs =
                IntStream.of(off).filter(i -> c.claimed(i) * c.numeric(i) < 0).count();
        return String.format(
                        Locale.ROOT,
                        " In %s %s %s wrong, %s, %s.",
                        c.label(),
                        which,
                        are,
                        size,
                        signs == 0 ? "all with the right sign" : signs + " with the wrong sign")
                + scaled(c);
    }

    private static String range(String format, double least, double most) {
        String from = String.format(Locale.ROOT, format, least);
        String to = String.format(Locale.ROOT, format, most);
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String lines(Comparison c, int[] off) {
        int[] rows = IntStream.of(off).map(i -> i / c.columns()).distinct().toArray();
        int[] columns = IntStream.of(off).map(i -> i % c.columns()).distinct().toArray();
        return rows.length < c.rows() ? in("row", rows) : columns.length < c.columns() ? in("column", columns) : "";
    }

    private static String in(String line, int[] numbers) {
        return ", all in " + line + (numbers.length == 1 ? " " : "s ")
                + IntStream.of(numbers).limit(8).mapToObj(Integer::toString).collect(joining(", "))
                + (numbers.length > 8 ? ", ..." : "");
    }

    /** Whether every column, or every row, is off by a factor of its own. */
    private static String scaled(Comparison c) {
        if (c.rows() < 2 || c.columns() < 2) {
            return "";
        }
        return isScaled(c, true)
                ? " Each row is the right one times a factor of its own."
                : isScaled(c, false) ? " Each column is the right one times a factor of its own." : "";
    }

    static boolean isScaled(Comparison c, boolean rows) {
        int lines = rows ? c.rows() : c.columns();
        double[] factors = new double[lines];
        double unit = Comparison.largest(c.numeric());
        for (int line = 0; line < lines; line++) {
            int at = line;
            double product = 0;
            double square = 0;
            for (int i = 0; i < c.size(); i++) {
                if ((rows ? i / c.columns() : i % c.columns()) == at && c.known(i)) {
                    double n = c.numeric(i) / unit;
                    product += c.claimed(i) / unit * n;
                    square += n * n;
                }
            }
            factors[line] = product / square;
        }
        if (isRankOne(c)) {
            return false; // then any line is another one times a factor
        }
        DMatrixRMaj predicted = c.predict(i -> factors[rows ? i / c.columns() : i % c.columns()] * c.numeric(i));
        return c.telling(predicted) > lines && c.isMetBy(predicted);
    }

    /** Whether all lines of the measured matrix are one line, times a factor each. */
    private static boolean isRankOne(Comparison c) {
        int strongest = c.strongest();
        int row = strongest / c.columns() * c.columns();
        int column = strongest % c.columns();
        return c.telling(c.predict(i -> c.numeric(row + i % c.columns())
                        * (c.numeric(i / c.columns() * c.columns() + column) / c.numeric(strongest))))
                == 0;
    }

    /** Behind which operation of a graph the mistake lies, if all that is wrong is, and a parameter there agrees. */
    static String behind(WalkFit fit) {
        Tape tape = fit.tape();
        List<Comparison> all = fit.comparisons();
        List<Comparison> wrong = all.stream().filter(c -> !c.agrees()).toList();
        int[] leaves = IntStream.range(0, all.size())
                .filter(i -> wrong.contains(all.get(i)))
                .map(fit::leaf)
                .toArray();
        int[] uses = IntStream.range(0, all.size())
                .map(i -> lastUse(tape, fit.leaf(i)))
                .toArray();
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).agrees() && all.get(i).isJudged())
                .filter(i -> all.get(i).rows() > 1 && uses[i] >= 0)
                .filter(i -> PRODUCTS.contains(tape.node(uses[i]).operation()) && allPass(tape, uses[i], leaves))
                .boxed()
                .min(Comparator.comparingInt(i -> uses[i]))
                .map(i -> "All that goes back to " + labels(wrong) + " passes " + tape.named(uses[i]) + ", where "
                        + all.get(i).label() + " shows that it arrives right: the mistake comes after that. ")
                .orElse("");
    }

    /** Whether these leaves reach the root through one node only. */
    private static boolean allPass(Tape tape, int node, int... leaves) {
        boolean[] open = new boolean[tape.size()];
        for (int leaf : leaves) {
            if (leaf < 0) {
                return false;
            }
            open[leaf] = true;
        }
        for (int i = 0; i < open.length; i++) {
            open[i] |= i != node && IntStream.of(tape.inputs(i)).anyMatch(input -> open[input]);
        }
        return !open[open.length - 1];
    }

    /** The use of a leaf that is nearest to the root. */
    private static int lastUse(Tape tape, int leaf) {
        return IntStream.range(0, tape.size())
                .filter(node -> IntStream.of(tape.inputs(node)).anyMatch(input -> input == leaf))
                .max()
                .orElse(-1);
    }
}

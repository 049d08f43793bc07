package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Mistakes in backpropagation written by hand, for networks whose graph is known. */
final class PlantedInBackprop {
    private static final int ROWS = 6;
    private static final int[] LABELS = {0, 2, 1, 1, 0, 2};

    private PlantedInBackprop() {}

    private static Value variable(String label, int rows, int columns) {
        return PlantedInRules.variable(label, rows, columns, -1, 1);
    }

    private static SimpleMatrix each(SimpleMatrix m, DoubleUnaryOperator f) {
        SimpleMatrix result = m.copy();
        for (int i = 0; i < m.getNumElements(); i++) {
            result.set(i, f.applyAsDouble(m.get(i)));
        }
        return result;
    }

    private static SimpleMatrix columnSums(SimpleMatrix m) {
        return SimpleMatrix.filled(1, m.getNumRows(), 1).mult(m);
    }

    private static SimpleMatrix rowSums(SimpleMatrix m) {
        return m.mult(SimpleMatrix.filled(m.getNumCols(), 1, 1));
    }

    private static SimpleMatrix repeatColumn(SimpleMatrix column, int columns) {
        return column.mult(SimpleMatrix.filled(1, columns, 1));
    }

    private static SimpleMatrix repeatRow(SimpleMatrix row, int rows) {
        return SimpleMatrix.filled(rows, 1, 1).mult(row);
    }

    /** A two-layer classifier; its graph by ejgrad, its gradient by hand. */
    private static CheckReport classifier(String activation, boolean squaredError, String mistake) {
        Value w1 = variable("w1", 4, 3);
        Value b1 = variable("b1", 1, 3);
        Value w2 = variable("w2", 3, 3);
        Value b2 = variable("b2", 1, 3);
        SimpleMatrix x = variable("x", ROWS, 4).matrix();
        SimpleMatrix t = new SimpleMatrix(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            t.set(i, LABELS[i], 1);
        }
        Value z = Value.constant(x).affine(w1, b1);
        Value a = activation.equals("tanh") ? z.tanh() : activation.equals("relu") ? z.relu() : z.sigmoid();
        Value logits = a.affine(w2, b2);
        Value loss = squaredError
                ? logits.softmax(Per.ROW).minus(Value.constant(t)).square().mean()
                : logits.logSoftmax(Per.ROW).selectColumns(LABELS).mean().negative();

        SimpleMatrix z1 = x.mult(w1.matrix()).plus(repeatRow(b1.matrix(), ROWS));
        DoubleUnaryOperator f = activation.equals("tanh")
                ? Math::tanh
                : activation.equals("relu") ? v -> Math.max(v, 0) : v -> 1 / (1 + Math.exp(-v));
        DoubleUnaryOperator slope = activation.equals("tanh")
                ? v -> 1 - Math.tanh(v) * Math.tanh(v)
                : activation.equals("relu") ? v -> v > 0 ? 1 : 0 : v -> 1 / (1 + Math.exp(-v)) / (1 + Math.exp(v));
        SimpleMatrix h = each(z1, f);
        SimpleMatrix z2 = h.mult(w2.matrix()).plus(repeatRow(b2.matrix(), ROWS));
        SimpleMatrix e = each(z2, Math::exp);
        SimpleMatrix p = e.elementDiv(repeatColumn(rowSums(e), 3));

        SimpleMatrix dz2;
        if (squaredError) {
            SimpleMatrix dp = p.minus(t).scale((mistake.equals("no 2") ? 1.0 : 2.0) / (3 * ROWS));
            SimpleMatrix inner = repeatColumn(rowSums(dp.elementMult(p)), 3);
            dz2 = switch (mistake) {
                case "softmax diagonal" -> dp.elementMult(p).elementMult(each(p, v -> 1 - v));
                case "softmax without its sum" -> dp.elementMult(p);
                case "no softmax" -> dp;
                default -> p.elementMult(dp.minus(inner));
            };
        } else {
            dz2 = switch (mistake) {
                case "no 1/n" -> p.minus(t);
                case "labels forgotten" -> p.divide(ROWS);
                case "labels only" -> t.divide(-ROWS);
                default -> p.minus(t).divide(ROWS);
            };
        }
        SimpleMatrix dw2 = h.transpose().mult(dz2);
        SimpleMatrix db2 = mistake.equals("b2 last row") ? dz2.getRow(ROWS - 1) : columnSums(dz2);
        SimpleMatrix dh = mistake.equals("w2 not transposed")
                ? dz2.mult(w2.matrix())
                : dz2.mult(w2.matrix().transpose());
        SimpleMatrix dz1 = switch (mistake) {
            case "no slope" -> dh;
            case "slope at output" -> dh.elementMult(each(h, slope));
            case "slope twice" -> dh.elementMult(each(z1, slope)).elementMult(each(z1, slope));
            case "mask inverted" -> dh.elementMult(each(z1, v -> 1 - slope.applyAsDouble(v)));
            case "layer 1 sign" -> dh.elementMult(each(z1, slope)).negative();
            case "layer 1 forgotten" -> dh.scale(0);
            case "dh ignored" -> each(z1, slope);
            default -> dh.elementMult(each(z1, slope));
        };
        SimpleMatrix dw1 = x.transpose().mult(dz1);
        SimpleMatrix db1 = switch (mistake) {
            case "b1 first row" -> dz1.getRow(0);
            case "b1 mean" -> columnSums(dz1).divide(ROWS);
            default -> columnSums(dz1);
        };
        return GradientCheck.of(loss)
                .against(Map.of(w1, dw1, b1, db1, w2, dw2, b2, db2))
                .run();
    }

    /** tanh(x·w)·w: the same weights twice. */
    private static CheckReport tied(double first, double second) {
        Value w = variable("w", 3, 3);
        SimpleMatrix x = variable("x", 5, 3).matrix();
        Value loss = Value.constant(x).mult(w).tanh().mult(w).square().elementSum();
        SimpleMatrix m = w.matrix();
        SimpleMatrix h = each(x.mult(m), Math::tanh);
        SimpleMatrix dy = h.mult(m).scale(2);
        SimpleMatrix outer = h.transpose().mult(dy);
        SimpleMatrix dh = dy.mult(m.transpose()).elementMult(each(h, v -> 1 - v * v));
        SimpleMatrix inner = x.transpose().mult(dh);
        return GradientCheck.of(loss)
                .against(Map.of(w, inner.scale(first).plus(outer.scale(second))))
                .run();
    }

    /** z + tanh(z) with z = x·w: a skip connection. */
    private static CheckReport residual(boolean skip, boolean layer) {
        Value w = variable("w", 3, 3);
        SimpleMatrix x = variable("x", 5, 3).matrix();
        Value z = Value.constant(x).mult(w);
        Value loss = z.plus(z.tanh()).square().elementSum();
        SimpleMatrix zm = x.mult(w.matrix());
        SimpleMatrix dy = zm.plus(each(zm, Math::tanh)).scale(2);
        SimpleMatrix dz = dy.scale(skip ? 1 : 0);
        if (layer) {
            dz = dz.plus(dy.elementMult(each(zm, v -> 1 - Math.tanh(v) * Math.tanh(v))));
        }
        return GradientCheck.of(loss).against(Map.of(w, x.transpose().mult(dz))).run();
    }

    /** Σ (σ(x·a) ⊙ tanh(x·b))²: a gate. */
    private static CheckReport gate(String mistake) {
        Value a = variable("a", 3, 2);
        Value b = variable("b", 3, 2);
        SimpleMatrix x = variable("x", 5, 3).matrix();
        Value loss = Value.constant(x)
                .mult(a)
                .sigmoid()
                .elementMult(Value.constant(x).mult(b).tanh())
                .square()
                .elementSum();
        SimpleMatrix s = each(x.mult(a.matrix()), v -> 1 / (1 + Math.exp(-v)));
        SimpleMatrix t = each(x.mult(b.matrix()), Math::tanh);
        SimpleMatrix dy = s.elementMult(t).scale(2);
        SimpleMatrix ds = dy.elementMult(mistake.equals("operand exchanged") ? s : t)
                .elementMult(mistake.equals("no sigmoid slope") ? each(s, v -> 1) : each(s, v -> v * (1 - v)));
        SimpleMatrix dt = dy.elementMult(s).elementMult(each(t, v -> 1 - v * v));
        return GradientCheck.of(loss)
                .against(Map.of(a, x.transpose().mult(ds), b, x.transpose().mult(dt)))
                .run();
    }

    /** Σ ½·(x·m)²·e^(−s) + ½·s: a Gaussian with a learnt log-variance. */
    private static CheckReport gaussian(String mistake) {
        Value m = variable("m", 3, 2);
        Value s = variable("s", 1, 2);
        SimpleMatrix x = variable("x", 5, 3).matrix();
        Value r = Value.constant(x).mult(m);
        Value loss = r.square()
                .elementMult(s.negative().elementExp().broadcastTo(5, 2))
                .scale(0.5)
                .elementSum()
                .plus(s.elementSum().scale(2.5));
        SimpleMatrix rm = x.mult(m.matrix());
        SimpleMatrix q = repeatRow(each(s.matrix(), v -> Math.exp(-v)), 5);
        SimpleMatrix dm = x.transpose().mult(rm.elementMult(q));
        SimpleMatrix half = rm.elementMult(rm).scale(-0.5);
        SimpleMatrix ds = columnSums(mistake.equals("no exponential") ? half : half.elementMult(q));
        ds = mistake.equals("no normaliser") ? ds : ds.plus(2.5);
        return GradientCheck.of(loss).against(Map.of(m, dm, s, ds)).run();
    }

    static List<CheckReport> correctReports() {
        return List.of(
                classifier("tanh", false, ""),
                classifier("sigmoid", true, ""),
                classifier("relu", false, ""),
                tied(1, 1),
                residual(true, true),
                gate(""),
                gaussian(""));
    }

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>();
        for (String activation : new String[] {"tanh", "sigmoid", "relu"}) {
            all.add(net(activation, false, "no slope", Mistake.MISSING_FACTOR));
        }
        for (String activation : new String[] {"tanh", "sigmoid"}) {
            all.add(net(activation, true, "slope at output", Mistake.AT_OUTPUT));
            all.add(net(activation, false, "slope twice", Mistake.FACTOR_TWICE));
        }
        all.add(net("relu", false, "mask inverted", Mistake.MASK_INVERTED));
        all.add(net("tanh", false, "layer 1 sign", Mistake.SIGN_FLIPPED));
        all.add(net("tanh", false, "layer 1 forgotten", Mistake.ZERO));
        all.add(net("sigmoid", false, "dh ignored", Mistake.UPSTREAM_IGNORED));
        all.add(net("tanh", false, "b1 first row", Mistake.SUM_MISSING));
        all.add(net("tanh", false, "b1 mean", Mistake.SUM_MISSING));
        all.add(net("relu", false, "b2 last row", Mistake.SUM_MISSING));
        all.add(net("tanh", false, "w2 not transposed", Mistake.NOT_TRANSPOSED));
        all.add(net("tanh", false, "no 1/n", Mistake.MISSING_DIVISION));
        all.add(net("tanh", false, "labels forgotten", Mistake.MISSING_TERM));
        all.add(net("sigmoid", false, "labels only", Mistake.MISSING_TERM));
        all.add(net("tanh", true, "softmax diagonal", Mistake.SOFTMAX_DIAGONAL));
        all.add(net("tanh", true, "softmax without its sum", Mistake.MISSING_TERM));
        all.add(net("sigmoid", true, "no softmax", Mistake.MISSING_FACTOR));
        all.add(net("tanh", true, "no 2", Mistake.HALF));
        all.add(new Planted("tied weights, outer use only", Mistake.OVERWRITTEN, () -> tied(0, 1)));
        all.add(new Planted("tied weights, inner use only", Mistake.OVERWRITTEN, () -> tied(1, 0)));
        all.add(new Planted("tied weights, one use doubled", Mistake.COUNTED_TWICE, () -> tied(1, 2)));
        all.add(new Planted("skip connection forgotten", Mistake.OVERWRITTEN, () -> residual(false, true)));
        all.add(new Planted("layer beside the skip forgotten", Mistake.OVERWRITTEN, () -> residual(true, false)));
        all.add(new Planted("gate: operand exchanged", Mistake.SWAPPED, () -> gate("operand exchanged")));
        all.add(new Planted("gate: no sigmoid slope", Mistake.MISSING_FACTOR, () -> gate("no sigmoid slope")));
        all.add(new Planted("gaussian: no exponential", Mistake.MISSING_FACTOR, () -> gaussian("no exponential")));
        all.add(new Planted("gaussian: no normaliser", Mistake.OVERWRITTEN, () -> gaussian("no normaliser")));
        return all;
    }

    private static Planted net(String activation, boolean squaredError, String mistake, Mistake expected) {
        return new Planted(
                activation + " classifier: " + mistake, expected, () -> classifier(activation, squaredError, mistake));
    }
}

package org.ejgrad.check;

import static org.ejgrad.check.Hand.addRow;
import static org.ejgrad.check.Hand.argmax;
import static org.ejgrad.check.Hand.columnSums;
import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.labels;
import static org.ejgrad.check.Hand.like;
import static org.ejgrad.check.Hand.oneHot;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.rolled;
import static org.ejgrad.check.Hand.rowSums;
import static org.ejgrad.check.Hand.size;
import static org.ejgrad.check.Hand.softmax;
import static org.ejgrad.check.Hand.without;
import static org.ejgrad.check.Hand.zip;
import static org.ejgrad.check.Mistake.*;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Softmax regression with weight decay: mean cross-entropy + λ/2·Σw². */
final class SlipsInClassifiers {
    private SlipsInClassifiers() {}

    private static Slip.Exercise regression(long seed, String mistake, boolean decay) {
        int n = size(seed, "n", 6, 9);
        int d = size(seed, "d", 3, 5);
        int k = size(seed, "k", 3, 4);
        double lambda = decay ? 0.01 + 0.3 * Randomness.uniform(seed, 5) : 0;
        SimpleMatrix x = random(seed, "x", n, d);
        SimpleMatrix w = random(seed, "w", d, k);
        SimpleMatrix b = random(seed, "b", 1, k);
        int[] y = labels(seed, n, k);
        SimpleMatrix t = oneHot(y, k);

        SimpleMatrix z = addRow(x.mult(w), b);
        SimpleMatrix p = softmax(z);
        SimpleMatrix e = each(z, Math::exp);
        SimpleMatrix dz = switch (mistake) {
            case "labels shifted" -> p.minus(rolled(t, 1));
            case "labels shifted back" -> p.minus(rolled(t, -1));
            case "last sample dropped" -> without(p.minus(t), n - 1, n);
            case "first sample dropped" -> without(p.minus(t), 0, 1);
            case "a sample dropped inside" -> without(p.minus(t), 2, 3);
            case "last minibatch dropped" -> without(p.minus(t), n - 3, n);
            case "first half only" -> without(p.minus(t), n / 2, n);
            case "a sample counted twice" -> p.minus(t).scale(2).minus(without(p.minus(t), 1, 2));
            case "argmax for p" -> argmax(z).minus(t);
            case "extra p(1-p)" -> p.minus(t).elementMult(p).elementMult(each(p, v -> 1 - v));
            case "softmax over columns" -> e.elementDiv(like(e, columnSums(e))).minus(t);
            case "softmax over all" -> e.divide(e.elementSum()).minus(t);
            case "not normalised" -> e.minus(t);
            case "sigmoid for softmax" -> each(z, Hand::sigmoid).minus(t);
            case "logits for p" -> z.minus(t);
            case "y - p" -> t.minus(p);
            case "p + y" -> p.plus(t);
            case "labels forgotten" -> p;
            case "p forgotten" -> t.negative();
            case "-t/p" -> zip(t, p, (a, q) -> -a / q);
            case "squared error" -> p.minus(t).elementMult(p.minus(t));
            case "one label wrong" -> {
                SimpleMatrix other = t.copy();
                other.insertIntoThis(1, 0, rolled(t.getRow(1).transpose(), 1).transpose());
                yield p.minus(other);
            }
            case "-1/1 targets" -> p.minus(each(t, v -> 2 * v - 1));
            case "absolute error" -> each(p.minus(t), Math::abs);
            default -> p.minus(t);
        };
        dz = switch (mistake) {
            case "no 1/n" -> dz;
            case "mean over n-1" -> dz.divide(n - 1);
            case "mean over elements" -> dz.divide(n * k);
            case "mean twice" -> dz.divide(n * n);
            default -> dz.divide(n);
        };
        SimpleMatrix dw = x.transpose().mult(dz);
        SimpleMatrix db = switch (mistake) {
            case "b mean" -> columnSums(dz).divide(n);
            case "b first row" -> dz.getRow(0);
            case "b last row" -> dz.getRow(n - 1);
            case "b decays too" -> columnSums(dz).plus(b.scale(lambda));
            default -> columnSums(dz);
        };
        dw = switch (mistake) {
            case "decay forgotten" -> dw;
            case "decay twice" -> dw.plus(w.scale(2 * lambda));
            case "decay halved" -> dw.plus(w.scale(lambda / 2));
            case "decay over n" -> dw.plus(w.scale(lambda / n));
            case "decay subtracted" -> dw.minus(w.scale(lambda));
            case "L1 for L2" -> dw.plus(each(w, Math::signum).scale(lambda));
            case "decay squared" -> dw.plus(w.elementMult(w).scale(lambda));
            case "decay outside the step" -> dw.plus(w.scale(lambda)).scale(0.9);
            default -> dw.plus(w.scale(lambda));
        };
        return new Slip.Exercise(Slip.claims("w", w, dw, "b", b, db), v -> {
            Value loss = Value.constant(x)
                    .affine(v.get(0), v.get(1))
                    .logSoftmax(Per.ROW)
                    .selectColumns(y)
                    .mean()
                    .negative();
            return decay ? loss.plus(v.get(0).square().elementSum().scale(lambda / 2)) : loss;
        });
    }

    static Slip.Exercise plain(long seed, String mistake) {
        return regression(seed, mistake, false);
    }

    static Slip.Exercise decayed(long seed, String mistake) {
        return regression(seed, mistake, true);
    }

    /** −mean Σ c ⊙ t ⊙ log p with weights of classes, soft targets, and a temperature. */
    static Slip.Exercise weighted(long seed, String mistake) {
        int n = size(seed, "n", 6, 9);
        int d = size(seed, "d", 3, 5);
        int k = size(seed, "k", 3, 4);
        double temperature = 1.5 + Randomness.uniform(seed, 6);
        SimpleMatrix x = random(seed, "x", n, d);
        SimpleMatrix w = random(seed, "w", d, k);
        SimpleMatrix hard = oneHot(labels(seed, n, k), k);
        boolean soft = mistake.startsWith("smoothing");
        boolean classes = mistake.startsWith("class weights");
        SimpleMatrix t = soft ? each(hard, v -> 0.9 * v + 0.1 / k) : hard;
        SimpleMatrix c = classes ? random(seed, "c", 1, k, 0.5, 3) : SimpleMatrix.filled(1, k, 1);
        SimpleMatrix targets = t.elementMult(like(t, c));
        double heat = mistake.startsWith("temperature") ? temperature : 1;

        SimpleMatrix z = x.mult(w).divide(heat);
        SimpleMatrix p = softmax(mistake.equals("temperature left out of p") ? z.scale(heat) : z);
        SimpleMatrix used = switch (mistake) {
            case "smoothing in the loss only" -> hard;
            case "class weights in the loss only" -> t;
            default -> targets;
        };
        SimpleMatrix dz = like(p, rowSums(used)).elementMult(p).minus(used);
        if (mistake.equals("smoothing: p + y")) {
            dz = p.plus(t);
        }
        if (mistake.equals("class weights on t only")) {
            dz = p.minus(targets);
        }
        dz = dz.divide(n).divide(mistake.equals("temperature not divided by") ? 1 : heat);
        return new Slip.Exercise(Slip.claims("w", w, x.transpose().mult(dz)), v -> {
            Value scores = Value.constant(x).mult(v.get(0));
            Value logP = (heat == 1 ? scores : scores.divide(heat)).logSoftmax(Per.ROW);
            Value picked = logP.elementMult(Value.constant(t));
            return (classes ? picked.elementMult(Value.constant(c)) : picked)
                    .elementSum()
                    .divide(-n);
        });
    }

    static List<Slip> all() {
        String s = "softmax and cross-entropy";
        String l = "weight decay";
        return List.of(
                Slip.of(s, SlipsInClassifiers::plain, "labels shifted", ROWS_MIXED),
                Slip.of(s, SlipsInClassifiers::plain, "labels shifted back", ROWS_MIXED),
                Slip.of(s, SlipsInClassifiers::plain, "last sample dropped", ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "first sample dropped", ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "a sample dropped inside", ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "last minibatch dropped", ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "first half only", ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "a sample counted twice", ROWS_LEFT_OUT, COUNTED_TWICE),
                Slip.of(s, SlipsInClassifiers::plain, "one label wrong", ROWS_MIXED, ROWS_LEFT_OUT),
                Slip.of(s, SlipsInClassifiers::plain, "argmax for p", HARD_CHOICE),
                Slip.of(s, SlipsInClassifiers::plain, "extra p(1-p)", WRONG_SLOPE, FACTOR_TWICE),
                Slip.of(s, SlipsInClassifiers::plain, "softmax over columns", WRONG_AXIS),
                Slip.of(s, SlipsInClassifiers::plain, "softmax over all", WRONG_AXIS, NOT_NORMALISED),
                Slip.of(s, SlipsInClassifiers::plain, "not normalised", NOT_NORMALISED),
                Slip.of(s, SlipsInClassifiers::plain, "sigmoid for softmax", WRONG_SLOPE),
                Slip.of(s, SlipsInClassifiers::plain, "logits for p", MISSING_FACTOR, WRONG_SLOPE),
                Slip.of(s, SlipsInClassifiers::plain, "y - p", SIGN_FLIPPED),
                Slip.of(s, SlipsInClassifiers::plain, "p + y", SIGN_FLIPPED),
                Slip.of(s, SlipsInClassifiers::plain, "labels forgotten", MISSING_TERM),
                Slip.of(s, SlipsInClassifiers::plain, "p forgotten", MISSING_TERM),
                Slip.of(s, SlipsInClassifiers::plain, "-t/p", MISSING_FACTOR, WRONG_SLOPE),
                Slip.of(s, SlipsInClassifiers::plain, "squared error", WRONG_SLOPE, SQUARED),
                Slip.of(s, SlipsInClassifiers::plain, "absolute error", WRONG_SLOPE, ABSOLUTE),
                Slip.of(s, SlipsInClassifiers::plain, "-1/1 targets", OTHER_OPERAND, WRONG_SLOPE, TWICE),
                Slip.of(s, SlipsInClassifiers::plain, "no 1/n", MISSING_DIVISION),
                Slip.of(s, SlipsInClassifiers::plain, "mean over elements", EXTRA_DIVISION),
                Slip.of(s, SlipsInClassifiers::plain, "mean over n-1", CONSTANT_FACTOR),
                Slip.of(s, SlipsInClassifiers::plain, "b first row", SUM_MISSING),
                Slip.of(s, SlipsInClassifiers::plain, "b mean", SUM_MISSING, EXTRA_DIVISION),
                Slip.of(s, SlipsInClassifiers::weighted, "smoothing in the loss only", OTHER_OPERAND),
                Slip.of(
                        s,
                        SlipsInClassifiers::weighted,
                        "class weights in the loss only",
                        MISSING_FACTOR,
                        OTHER_OPERAND),
                Slip.of(s, SlipsInClassifiers::weighted, "smoothing: p + y", SIGN_FLIPPED),
                Slip.of(
                        s,
                        SlipsInClassifiers::weighted,
                        "class weights on t only",
                        MISSING_FACTOR,
                        OTHER_OPERAND,
                        WRONG_SLOPE),
                Slip.of(
                        s,
                        SlipsInClassifiers::weighted,
                        "temperature not divided by",
                        MISSING_DIVISION,
                        MISSING_FACTOR,
                        CONSTANT_FACTOR),
                Slip.of(
                        s,
                        SlipsInClassifiers::weighted,
                        "temperature left out of p",
                        STALE,
                        OTHER_OPERAND,
                        WRONG_SLOPE),
                Slip.of(l, SlipsInClassifiers::decayed, "decay forgotten", WEIGHT_DECAY, MISSING_TERM, OVERWRITTEN),
                Slip.of(l, SlipsInClassifiers::decayed, "decay twice", WEIGHT_DECAY, TWICE, COUNTED_TWICE),
                Slip.of(l, SlipsInClassifiers::decayed, "decay halved", WEIGHT_DECAY, HALF),
                Slip.of(l, SlipsInClassifiers::decayed, "decay over n", CONSTANT_FACTOR, WEIGHT_DECAY, EXTRA_DIVISION),
                Slip.of(l, SlipsInClassifiers::decayed, "decay subtracted", WEIGHT_DECAY, SIGN_FLIPPED),
                Slip.of(l, SlipsInClassifiers::decayed, "L1 for L2", LASSO_TERM, WRONG_SLOPE),
                Slip.of(l, SlipsInClassifiers::decayed, "decay squared", WRONG_SLOPE, AT_OUTPUT),
                Slip.of(l, SlipsInClassifiers::decayed, "b decays too", WEIGHT_DECAY),
                Slip.of(l, SlipsInClassifiers::decayed, "no 1/n", MISSING_DIVISION),
                Slip.of(l, SlipsInClassifiers::decayed, "y - p", SIGN_FLIPPED, WEIGHT_DECAY),
                Slip.of(l, SlipsInClassifiers::decayed, "labels shifted", ROWS_MIXED),
                Slip.of(l, SlipsInClassifiers::decayed, "last sample dropped", ROWS_LEFT_OUT));
    }
}

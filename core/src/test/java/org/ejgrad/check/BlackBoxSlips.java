package org.ejgrad.check;

import static org.ejgrad.check.Hand.addRow;
import static org.ejgrad.check.Hand.columnSums;
import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.zip;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ejgrad.Elementary;
import org.ejgrad.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Programs in plain matrices, whose gradients are made by hand, right or with one mistake. */
final class BlackBoxSlips {
    private BlackBoxSlips() {}

    /** A program: its parameters, its value, and its gradient with the named mistake in it, or the right one. */
    record Program(
            Map<String, SimpleMatrix> parameters,
            Function<SimpleMatrix[], Double> value,
            BiFunction<SimpleMatrix[], String, SimpleMatrix[]> gradient) {
        SimpleMatrix[] point() {
            return parameters.values().toArray(SimpleMatrix[]::new);
        }

        private SimpleMatrix[] parts(double[] x) {
            SimpleMatrix[] parts = point();
            int offset = 0;
            for (int p = 0; p < parts.length; p++) {
                parts[p] = parts[p].copy();
                double[] into = ((DMatrixRMaj) parts[p].getMatrix()).data;
                System.arraycopy(x, offset, into, 0, into.length);
                offset += into.length;
            }
            return parts;
        }

        double at(double[] x) {
            return value.apply(parts(x));
        }

        CheckReport check(SimpleMatrix[] claims) {
            return check(GradientCheck.ofFunction(this::at, flat(point()), flat(claims)));
        }

        /** With the named mistake wherever the gradient is asked for. */
        CheckReport check(String mistake) {
            return check(
                    GradientCheck.ofFunction(this::at, flat(point()), x -> flat(gradient.apply(parts(x), mistake))));
        }

        private CheckReport check(GradientCheck of) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            parameters.forEach((label, m) -> shapes.put(label, new Shape(m.getNumRows(), m.getNumCols())));
            return of.shaped(shapes).run();
        }

        private static double[] flat(SimpleMatrix[] parts) {
            return Arrays.stream(parts)
                    .flatMapToDouble(m -> Arrays.stream(((DMatrixRMaj) m.getMatrix()).data))
                    .toArray();
        }
    }

    private static SimpleMatrix ones(int rows) {
        return SimpleMatrix.filled(rows, 1, 1);
    }

    static double squares(SimpleMatrix m) {
        return m.elementMult(m).elementSum();
    }

    private static SimpleMatrix[] all(SimpleMatrix... matrices) {
        return matrices;
    }

    private static SimpleMatrix withoutLast(SimpleMatrix m) {
        SimpleMatrix changed = m.copy();
        changed.setRow(m.getNumRows() - 1, 0, new double[m.getNumCols()]);
        return changed;
    }

    /** Mean cross-entropy of σ(x·w + b), and 0.1·‖w‖². */
    static Program logistic(long seed) {
        SimpleMatrix x = random(seed, "x", 9, 5);
        SimpleMatrix t = each(random(seed, "t", 9, 1), v -> v > 0 ? 1 : 0);
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("w", random(seed, "w", 5, 1));
        parameters.put("b", random(seed, "b", 1, 1));
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix z = addRow(x.mult(p[0]), p[1]);
                    SimpleMatrix loss = zip(z, t, (a, b) -> Elementary.log1p(Elementary.exp(b > 0.5 ? -a : a)));
                    return loss.elementSum() / 9 + 0.1 * squares(p[0]);
                },
                (p, mistake) -> {
                    SimpleMatrix s = each(addRow(x.mult(p[0]), p[1]), Hand::sigmoid);
                    SimpleMatrix e = switch (mistake) {
                        case "slope of the sigmoid once more" -> zip(s, t, (a, b) -> (a - b) * a * (1 - a));
                        case "labels added" -> s.plus(t);
                        case "labels -1 and 1" -> zip(s, t, (a, b) -> a - (2 * b - 1));
                        case "labels of the next sample" -> s.minus(Hand.rolled(t, 1));
                        case "decision for probability" -> zip(s, t, (a, b) -> (a > 0.5 ? 1 : 0) - b);
                        case "no sigmoid" -> addRow(x.mult(p[0]), p[1]).minus(t);
                        case "last sample left out" -> withoutLast(s.minus(t));
                        default -> s.minus(t);
                    };
                    double n = mistake.equals("sum for the mean") ? 1 : 9;
                    double decay = switch (mistake) {
                        case "penalty forgotten" -> 0;
                        case "penalty without its 2" -> 0.1;
                        default -> 0.2;
                    };
                    SimpleMatrix db = columnSums(e).divide(n);
                    return all(
                            x.transpose().mult(e).divide(n).plus(p[0].scale(decay)),
                            mistake.equals("bias penalised") ? db.plus(p[1].scale(decay)) : db);
                });
    }

    /** Mean cross-entropy of softmax(x·w + b). */
    static Program softmax(long seed) {
        SimpleMatrix x = random(seed, "x", 7, 5);
        SimpleMatrix t = new SimpleMatrix(7, 4);
        for (int i = 0; i < 7; i++) {
            t.set(i, (int) Math.floorMod(seed + i * i + i / 3, 4L), 1);
        }
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("w", random(seed, "w", 5, 4));
        parameters.put("b", random(seed, "b", 1, 4));
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix z = addRow(x.mult(p[0]), p[1]);
                    SimpleMatrix sums = each(z, Elementary::exp).mult(ones(4));
                    return (each(sums, Elementary::log).elementSum()
                                    - z.elementMult(t).elementSum())
                            / 7;
                },
                (p, mistake) -> {
                    SimpleMatrix powers = each(addRow(x.mult(p[0]), p[1]), Elementary::exp);
                    SimpleMatrix q = powers.elementDiv(powers.mult(ones(4)).mult(ones(4).transpose()));
                    SimpleMatrix e = switch (mistake) {
                        case "labels of the next sample" -> q.minus(Hand.rolled(t, 1));
                        case "last sample left out" -> withoutLast(q.minus(t));
                        case "largest for probability" -> Hand.argmax(q).minus(t);
                        case "targets alone" -> t.negative();
                        case "not normalised" -> powers.minus(t);
                        case "softmax over samples" ->
                            powers.elementDiv(ones(7).mult(columnSums(powers))).minus(t);
                        case "own slope alone" -> zip(q, t, (a, b) -> -b * (1 - a));
                        default -> q.minus(t);
                    };
                    double n = mistake.equals("mean over all elements") ? 28 : 7;
                    return all(x.transpose().mult(e).divide(n), columnSums(e).divide(n));
                });
    }

    /** ½·mean ‖f(x·w1 + b1)·w2 + b2 − t‖², all layers four wide, with tanh or relu. */
    static Program layers(long seed, boolean relu) {
        SimpleMatrix x = random(seed, "x", 8, 4);
        SimpleMatrix t = random(seed, "t", 8, 4);
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("w1", random(seed, "w1", 4, 4));
        parameters.put("b1", random(seed, "b1", 1, 4));
        parameters.put("w2", random(seed, "w2", 4, 4));
        parameters.put("b2", random(seed, "b2", 1, 4));
        Function<SimpleMatrix, SimpleMatrix> f = z -> relu ? each(z, v -> Math.max(v, 0)) : each(z, Elementary::tanh);
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix h = f.apply(addRow(x.mult(p[0]), p[1]));
                    SimpleMatrix r = addRow(h.mult(p[2]), p[3]).minus(t);
                    return squares(r) / 16;
                },
                (p, mistake) -> {
                    SimpleMatrix z = addRow(x.mult(p[0]), p[1]);
                    SimpleMatrix h = f.apply(z);
                    SimpleMatrix e = addRow(h.mult(p[2]), p[3]).minus(t).divide(8);
                    SimpleMatrix dw2 =
                            (mistake.equals("z for h") ? z : h).transpose().mult(e);
                    SimpleMatrix back = switch (mistake) {
                        case "updated w2" -> p[2].minus(dw2.scale(0.1)).transpose();
                        case "w2 not transposed" -> p[2];
                        default -> p[2].transpose();
                    };
                    SimpleMatrix slope = switch (mistake) {
                        case "slope left out" -> each(z, v -> 1);
                        case "1 - z²" -> each(z, v -> 1 - v * v);
                        case "1 - h" -> each(h, v -> 1 - v);
                        case "slope exchanged" -> each(z, v -> v > 0 ? 0 : 1);
                        case "h for its slope" -> h;
                        default -> relu ? each(z, v -> v > 0 ? 1 : 0) : each(h, v -> 1 - v * v);
                    };
                    SimpleMatrix d = e.mult(back).elementMult(slope);
                    return all(x.transpose().mult(d), columnSums(d), dw2, columnSums(e));
                });
    }

    /** ½·mean of (γ·x̂ + β)·v squared, x̂ = x·w normalised over the batch. */
    static Program batchNorm(long seed) {
        SimpleMatrix x = random(seed, "x", 8, 3);
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("w", random(seed, "w", 3, 4));
        parameters.put("gamma", random(seed, "gamma", 1, 4));
        parameters.put("beta", random(seed, "beta", 1, 4));
        parameters.put("v", random(seed, "v", 4, 2));
        Function<SimpleMatrix, SimpleMatrix> centred =
                z -> z.minus(ones(8).mult(columnSums(z).divide(8)));
        Function<SimpleMatrix, SimpleMatrix> deviation =
                c -> each(columnSums(c.elementMult(c)).divide(8), v -> Math.sqrt(v + 1e-5));
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix c = centred.apply(x.mult(p[0]));
                    SimpleMatrix n = c.elementDiv(ones(8).mult(deviation.apply(c)));
                    SimpleMatrix r =
                            addRow(n.elementMult(ones(8).mult(p[1])), p[2]).mult(p[3]);
                    return squares(r) / 16;
                },
                (p, mistake) -> {
                    SimpleMatrix c = centred.apply(x.mult(p[0]));
                    SimpleMatrix s = deviation.apply(c);
                    SimpleMatrix n = c.elementDiv(ones(8).mult(s));
                    SimpleMatrix y = addRow(n.elementMult(ones(8).mult(p[1])), p[2]);
                    SimpleMatrix e = y.mult(p[3]).divide(8);
                    SimpleMatrix dy = e.mult(p[3].transpose());
                    SimpleMatrix dn = mistake.equals("gamma left out") ? dy : dy.elementMult(ones(8).mult(p[1]));
                    SimpleMatrix mean = ones(8).mult(columnSums(dn).divide(8));
                    SimpleMatrix along = n.elementMult(
                            ones(8).mult(columnSums(dn.elementMult(n)).divide(8)));
                    SimpleMatrix rest = switch (mistake) {
                        case "centring lost" -> dn.minus(along);
                        case "deviation held fixed" -> dn.minus(mean);
                        case "mean and deviation held fixed" -> dn;
                        default -> dn.minus(mean).minus(along);
                    };
                    SimpleMatrix dz =
                            mistake.equals("not divided by the deviation") ? rest : rest.elementDiv(ones(8).mult(s));
                    SimpleMatrix with = switch (mistake) {
                        case "gamma of z" -> x.mult(p[0]);
                        case "gamma of the centred" -> c;
                        default -> n;
                    };
                    return all(
                            x.transpose().mult(dz),
                            columnSums(dy.elementMult(with)),
                            columnSums(dy),
                            y.transpose().mult(e));
                });
    }

    /** ½·mean ‖tanh(rows of e)·v‖²; some rows are looked up twice, one never. */
    static Program embedding(long seed) {
        int[] ids = {1, 4, 1, 0, 3, 1, 4};
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("e", random(seed, "e", 6, 3));
        parameters.put("v", random(seed, "v", 3, 7));
        Function<SimpleMatrix, SimpleMatrix> lookup = e -> {
            SimpleMatrix rows = new SimpleMatrix(7, 3);
            for (int i = 0; i < 7; i++) {
                rows.insertIntoThis(i, 0, e.rows(ids[i], ids[i] + 1));
            }
            return each(rows, Elementary::tanh);
        };
        SimpleMatrix place = random(seed, "place", 7, 7);
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix r = lookup.apply(p[0]).mult(p[1]).minus(place);
                    return squares(r) / 14;
                },
                (p, mistake) -> {
                    SimpleMatrix h = lookup.apply(p[0]);
                    SimpleMatrix r = h.mult(p[1]).minus(place).divide(7);
                    SimpleMatrix d = r.mult(p[1].transpose()).elementMult(each(h, v -> 1 - v * v));
                    SimpleMatrix de = new SimpleMatrix(6, 3);
                    for (int i = 0; i < 7; i++) {
                        int id = mistake.equals("ids from one") ? Math.floorMod(ids[i] - 1, 6) : ids[i];
                        SimpleMatrix before = de.rows(id, id + 1);
                        SimpleMatrix row = d.rows(i, i + 1);
                        de.insertIntoThis(id, 0, mistake.equals("overwritten") ? row : before.plus(row));
                    }
                    for (int k = 0; mistake.equals("mean of the repeated") && k < 3; k++) {
                        de.set(1, k, de.get(1, k) / 3);
                        de.set(4, k, de.get(4, k) / 2);
                    }
                    return all(de, h.transpose().mult(r));
                });
    }

    /** ½·mean ‖h·v − t‖² after three steps h = tanh(x·u + h·w). */
    static Program recurrent(long seed) {
        SimpleMatrix[] x = all(random(seed, "x1", 5, 2), random(seed, "x2", 5, 2), random(seed, "x3", 5, 2));
        SimpleMatrix t = random(seed, "t", 5, 2);
        Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        parameters.put("u", random(seed, "u", 2, 3));
        parameters.put("w", random(seed, "w", 3, 3));
        parameters.put("v", random(seed, "v", 3, 2));
        Function<SimpleMatrix[], SimpleMatrix[]> states = p -> {
            SimpleMatrix[] h = {new SimpleMatrix(5, 3), null, null, null};
            for (int i = 0; i < 3; i++) {
                h[i + 1] = each(x[i].mult(p[0]).plus(h[i].mult(p[1])), Elementary::tanh);
            }
            return h;
        };
        return new Program(
                parameters,
                p -> {
                    SimpleMatrix r = states.apply(p)[3].mult(p[2]).minus(t);
                    return squares(r) / 10;
                },
                (p, mistake) -> {
                    SimpleMatrix[] h = states.apply(p);
                    SimpleMatrix r = h[3].mult(p[2]).minus(t).divide(5);
                    SimpleMatrix du = new SimpleMatrix(2, 3);
                    SimpleMatrix dw = new SimpleMatrix(3, 3);
                    SimpleMatrix dh = r.mult(p[2].transpose());
                    for (int i = 2; i >= (mistake.equals("last step only") ? 2 : 0); i--) {
                        SimpleMatrix d =
                                mistake.equals("slope left out") ? dh : dh.elementMult(each(h[i + 1], v -> 1 - v * v));
                        du = du.plus(x[i].transpose().mult(d));
                        SimpleMatrix part = h[mistake.equals("state after for before") ? i + 1 : i]
                                .transpose()
                                .mult(d);
                        dw = mistake.equals("w overwritten") && i > 0 ? part : dw.plus(part);
                        dh = d.mult(mistake.equals("w not transposed") ? p[1] : p[1].transpose());
                    }
                    return all(du, dw, h[3].transpose().mult(r));
                });
    }
}

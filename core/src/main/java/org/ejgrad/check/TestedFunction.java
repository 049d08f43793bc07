package org.ejgrad.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** The function under test: of several labelled matrices, whose elements stand one after another in one array. */
abstract class TestedFunction {
    /** From so many numbers on, the rounding of their sum is listened to further off. */
    private static final int MANY = 1 << 13;

    private final List<Block> blocks;
    private final double[] point;

    /** The point, but for the entry that is moved at the moment. */
    private final double[] beside;

    private final Map<Block, Ladder> ladders = new HashMap<>();
    private final Map<Block, Double> sizes = new HashMap<>();
    private long evaluations;

    TestedFunction(List<Block> blocks, double[] point) {
        this.blocks = List.copyOf(blocks);
        this.point = point.clone();
        this.beside = point.clone();
    }

    /** The value; only the moved blocks differ from the point. A refusal counts as NaN, except at the point itself. */
    abstract double compute(double[] x, List<Block> moved);

    /** The value with one element of a block moved to another number. */
    double compute(Block block, int element, double moved) {
        int index = block.offset() + element;
        beside[index] = moved;
        try {
            return compute(beside, List.of(block));
        } finally {
            beside[index] = point[index];
        }
    }

    /** Says by what steps an element will be moved next, for functions that know how to compute at several at once. */
    void expect(Block block, int element, double... steps) {}

    /** Where steps from the point lead. */
    final double[] moved(Block block, int element, double... steps) {
        double[] moved = steps.clone();
        Arrays.setAll(moved, i -> point[block.offset() + element] + steps[i]);
        return moved;
    }

    /** How far the first step along an entry goes: steps of entries that are alike are the same parts of it. */
    final double reach(Block block, int element) {
        return Math.scalb(1.0, Math.max(0, Math.getExponent(point[block.offset() + element])));
    }

    /** The size of an entry; of 0 among numbers that are all tiny, as lengths in metres may be, that of the largest. */
    private double size(Block block, int element) {
        double own = Math.abs(point[block.offset() + element]);
        return own > 0 ? own : tiny(List.of(block));
    }

    /** The size of the largest element of some blocks, if all are tiny; else 0. */
    private double tiny(List<Block> some) {
        double largest = some.stream().mapToDouble(this::largest).max().orElse(0);
        return largest < Steps.FINE ? largest : 0;
    }

    private double largest(Block block) {
        return sizes.computeIfAbsent(
                block,
                any -> Arrays.stream(
                                point,
                                block.offset(),
                                block.offset() + block.shape().elements())
                        .map(Math::abs)
                        .max()
                        .orElse(0));
    }

    /** Measures the slope along a line of direction u. */
    abstract MeasuredSlope measure(SlopeCheck check, LineFunction line, Supplier<double[]> u, double claimed);

    /** Whether several threads may evaluate copies of this at once. */
    abstract boolean isShared();

    /** The same function, which has found nothing yet. */
    abstract TestedFunction copy();

    /** Whether it is known which kinks a direction leaves. */
    abstract boolean knowsKinks();

    /** What is claimed to be the gradient at another point, if that is known. */
    Optional<double[]> claimedAt(double[] x) {
        return Optional.empty();
    }

    /** The noise that may be expected along any line, given a direction through all. */
    abstract Noise noise(double[] u, double center);

    final double evaluate(double[] x) {
        return evaluate(x, blocks);
    }

    final double evaluate(double[] x, List<Block> moved) {
        return counted(() -> compute(x, moved), () -> Arrays.equals(x, point));
    }

    /** The value with one element of a block moved, see {@link #compute(Block, int, double)}. */
    final double evaluate(Block block, int element, double moved) {
        return counted(
                () -> compute(block, element, moved),
                () -> Double.compare(moved, point[block.offset() + element]) == 0);
    }

    private double counted(DoubleSupplier value, BooleanSupplier isAtPoint) {
        evaluations++;
        try {
            return value.getAsDouble();
        } catch (IllegalArgumentException | ArithmeticException refused) {
            if (isAtPoint.getAsBoolean()) {
                throw remarked(refused, "at the point of the check");
            }
            return Double.NaN;
        } catch (RuntimeException mistaken) {
            throw remarked(mistaken, "in call " + evaluations + " of the function that is checked");
        }
    }

    private static RuntimeException remarked(RuntimeException e, String where) {
        e.addSuppressed(new Remark(where));
        return e;
    }

    /** Attached to an exception of a user's own function, as suppressed. */
    private static final class Remark extends RuntimeException {
        private static final long serialVersionUID = 1;

        Remark(String message) {
            super(message, null, false, false);
        }
    }

    final List<Block> blocks() {
        return blocks;
    }

    final double[] point() {
        return point.clone();
    }

    final int size() {
        return point.length;
    }

    final long evaluations() {
        return evaluations;
    }

    /** Takes over what a copy has counted and found. */
    void absorb(TestedFunction copy) {
        if (copy != this) {
            evaluations += copy.evaluations;
        }
    }

    /** The function along one entry of a block. */
    final LineFunction entry(Block block, int element) {
        double base = point[block.offset() + element];
        double size = size(block, element);
        return new LineFunction() {
            private double least = size == 0 ? 0x1.0p-40 : Math.max(16 * Math.ulp(size), Double.MIN_NORMAL);

            @Override
            public double at(double t) {
                return evaluate(block, element, base + t);
            }

            @Override
            public void expect(double... steps) {
                TestedFunction.this.expect(block, element, steps);
            }

            @Override
            public Ladder ladder() {
                return ladders.computeIfAbsent(block, any -> new Ladder());
            }

            @Override
            public boolean maybeSingle() {
                return !knowsKinks();
            }

            @Override
            public double step(double t) {
                return (base + t) - base;
            }

            @Override
            public double reach() {
                return TestedFunction.this.reach(block, element);
            }

            @Override
            public double size() {
                return size;
            }

            @Override
            public double least() {
                return least;
            }

            @Override
            public void zoom(double other) {
                least = other;
            }
        };
    }

    /** The function along a direction that moves these blocks. */
    final LineFunction direction(double[] u, List<Block> moved) {
        double[] x = point.clone();
        double tiny = tiny(moved);
        double size = tiny == 0 ? 1 : tiny;
        int elements =
                moved.stream().mapToInt(block -> block.shape().elements()).sum();
        return new LineFunction() {
            @Override
            public double at(double t) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = point[i] + t * u[i];
                }
                return evaluate(x, moved);
            }

            @Override
            public double size() {
                return size;
            }

            @Override
            public boolean maybeSingle() {
                return !knowsKinks();
            }

            @Override
            public double[] furtherOff() {
                return elements < MANY ? new double[0] : new double[] {0x1.0p-30 * size, 0x1.0p-18 * size};
            }

            @Override
            public double least() {
                return size * LineFunction.super.least();
            }
        };
    }
}

package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.simple.SimpleMatrix;

/** The laws that are applied to every row of the table, by name. */
public enum Law {
    /** See {@link Laws#forwardEqualsOracle}. */
    FORWARD_EQUALS_ORACLE((row, in, seed) -> Laws.forwardEqualsOracle(row, in)),
    /** See {@link Laws#nothingMutated}. */
    NOTHING_MUTATED((row, in, seed) -> Laws.nothingMutated(row.function(), in, seed)),
    /** See {@link Laws#repeatable}. */
    REPEATABLE((row, in, seed) -> Laws.repeatable(row.function(), in, seed)),
    /** See {@link Laws#constantsFold}. */
    CONSTANTS_FOLD((row, in, seed) -> Laws.constantsFold(row.function(), in, seed)),
    /** See {@link Laws#namesChangeNothing}. */
    NAMES_CHANGE_NOTHING((row, in, seed) -> Laws.namesChangeNothing(row.function(), in, seed)),
    /** See {@link Laws#firstDerivative}. */
    FIRST_DERIVATIVE((row, in, seed) -> Laws.firstDerivative(row.function(), in, seed)),
    /** See {@link Laws#secondDerivative}; not for rows of order 1. */
    SECOND_DERIVATIVE((row, in, seed) -> {
        if (row.orders() >= 2) {
            Laws.secondDerivative(row.function(), in, seed);
        }
    }),
    /** See {@link Laws#thirdDerivative}; not for rows of order 1 or 2. */
    THIRD_DERIVATIVE((row, in, seed) -> {
        if (row.orders() >= 3) {
            Laws.thirdDerivative(row.function(), in, seed);
        }
    }),
    /** See {@link Laws#linearInUpstream}. */
    LINEAR_IN_UPSTREAM((row, in, seed) -> Laws.linearInUpstream(row.function(), in, seed)),
    /** See {@link Laws#adjoint}. */
    ADJOINT((row, in, seed) -> Laws.adjoint(row.function(), in, seed)),
    /** See {@link Laws#hessianSymmetric}; not for rows of order 1. */
    HESSIAN_SYMMETRIC((row, in, seed) -> {
        if (row.orders() >= 2) {
            Laws.hessianSymmetric(row.function(), in, seed);
        }
    }),
    /** See {@link Laws#usesAdd}. */
    USES_ADD((row, in, seed) -> Laws.usesAdd(row.function(), in, seed)),
    /**
     * See {@link EdgeLaws#frozenReplay}, on the inputs and on the inputs rounded to whole numbers, where kinks and ties
     * are.
     */
    FROZEN_REPLAY((row, in, seed) -> {
        EdgeLaws.frozenReplay(row.function(), in, seed);
        EdgeLaws.frozenReplay(row.function(), in.stream().map(Law::rounded).toList(), seed);
    }),
    /** See {@link EdgeLaws#columnwise}. */
    COLUMNWISE((row, in, seed) -> EdgeLaws.columnwise(row.function(), in)),
    /** See {@link EdgeLaws#rowwise}. */
    ROWWISE((row, in, seed) -> EdgeLaws.rowwise(row.function(), in)),
    /** See {@link Masks#hide} and, for rows of order 2 or more, {@link Masks#hideSlopes}. */
    MASKS_HIDE((row, in, seed) -> {
        Masks.hide(row.function(), in, seed);
        if (row.orders() >= 2) {
            Masks.hideSlopes(row.function(), in, seed);
        }
    }),
    /** See {@link Masks#hideFromSlopes}; not for rows of order 1. */
    MASKS_HIDE_FROM_SLOPES((row, in, seed) -> {
        if (row.orders() >= 2) {
            Masks.hideFromSlopes(row.function(), in, seed);
        }
    }),
    /** See {@link EdgeLaws#edge}; does not look at the random inputs. */
    EDGES((row, in, seed) -> row.edges().forEach(edge -> EdgeLaws.edge(row.function(), edge)), true),
    /** See {@link EdgeLaws#refusal} and {@link EdgeLaws#anyShape}; does not look at the random inputs. */
    SHAPES(
            (row, in, seed) -> {
                row.refusals().forEach(refusal -> EdgeLaws.refusal(row.function(), refusal));
                if (row.acceptsAnyShape()) {
                    EdgeLaws.anyShape(row.function(), in.size());
                }
            },
            true);

    /** A law on one sample. */
    @FunctionalInterface
    private interface Check {
        void check(OperationCase row, List<SimpleMatrix> inputs, long seed);
    }

    private final Check law;
    private final boolean once;

    Law(Check law) {
        this(law, false);
    }

    Law(Check law, boolean once) {
        this.law = law;
        this.once = once;
    }

    /**
     * Checks an operation on random inputs, and on failure on ever smaller ones.
     *
     * @param row the operation
     * @param tries how many random inputs; a third of it for third derivatives
     * @return how many were tried
     * @throws AssertionError if the law is broken, with the smallest inputs found that break it
     */
    public int check(OperationCase row, int tries) {
        int needed = once ? 1 : this == THIRD_DERIVATIVE ? (tries + 2) / 3 : tries;
        Trials.forAll(
                this + " of " + row.name(),
                once ? row.inputs() : row.inputsAndEmpty(),
                needed,
                (inputs, seed) -> law.check(row, new ArrayList<>(inputs), seed));
        return needed;
    }

    /** Checks an operation against every law, all on the same random inputs, which takes less time. */
    static void checkAll(OperationCase row, int tries) {
        List<Law> onInputs = Arrays.stream(values()).filter(law -> !law.once).toList();
        Trials.forAll(
                "the laws of " + row.name(),
                row.inputsAndEmpty(),
                tries,
                (inputs, seed) -> onInputs.stream()
                        .filter(law -> law != THIRD_DERIVATIVE || Math.floorMod(seed, 3) == 0)
                        .forEach(law -> law.named(row, new ArrayList<>(inputs), seed)));
        Arrays.stream(values()).filter(law -> law.once).forEach(law -> law.check(row, 1));
    }

    private void named(OperationCase row, List<SimpleMatrix> inputs, long seed) {
        try {
            law.check(row, inputs, seed);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    this + ": " + (broken instanceof AssertionError ? broken.getMessage() : broken), broken);
        }
    }

    private static SimpleMatrix rounded(SimpleMatrix x) {
        return Oracles.map(x, v -> Math.rint(v));
    }

    /** Such as {@code first derivative}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Checks one sample.
     *
     * @param row the operation
     * @param inputs inputs for it
     * @param seed where directions and upstream gradients come from
     */
    public void check(OperationCase row, List<SimpleMatrix> inputs, long seed) {
        law.check(row, inputs, seed);
    }
}

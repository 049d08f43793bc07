package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.check.Place;
import org.ejml.simple.SimpleMatrix;

/** Examines the checker on one program: every entry, and along directions. */
final class FunctionsOfMany {
    private static final double VISIBLE = 1e-3;

    private final Program program;
    private final String name;
    private final long seed;
    private final double[] point;
    private final List<Truth> truths;
    private final double[] right;
    private final Value loss;
    private final List<Value> variables;
    private final double[] own;
    private final List<Injection> injections;

    FunctionsOfMany(Program program, String name, long seed, Dice dice) {
        this.program = program;
        this.name = name + ": " + program.text();
        this.seed = seed;
        point = program.point();
        truths = program.truths();
        variables = program.variables();
        loss = program.loss(variables);
        Gradients gradients = loss.gradients();
        own = Program.flat(variables.stream()
                .map(variable -> gradients.of(variable).matrix().toArray2())
                .toList());
        right = new double[point.length];
        for (int i = 0; i < right.length; i++) {
            // At a kink the slope that the graph chooses.
            right[i] = truths.get(i) instanceof Truth.Slope slope ? slope.figure() : own[i];
        }
        injections = Injection.into(right, program, dice);
    }

    boolean usable() {
        return Arrays.stream(right).allMatch(Double::isFinite) && Double.isFinite(program.value(point));
    }

    private GradientCheck blackBox(double[] claims) {
        return GradientCheck.ofFunction(program::value, point, claims).shaped(program.shapes());
    }

    private GradientCheck graph(double[] claims) {
        Map<String, Value> named = new LinkedHashMap<>();
        variables.forEach(variable -> named.put(variable.label(), variable));
        GradientCheck check = GradientCheck.of(named, loss);
        if (claims == own) {
            return check;
        }
        Map<Value, SimpleMatrix> against = new LinkedHashMap<>();
        int start = 0;
        for (Value variable : variables) {
            int size = variable.shape().elements();
            double[] part = Arrays.copyOfRange(claims, start, start + size);
            against.put(variable, new SimpleMatrix(variable.getNumRows(), variable.getNumCols(), true, part));
            start += size;
        }
        return check.against(against);
    }

    private GradientCheck check(boolean inGraph, double[] claims) {
        return (inGraph ? graph(claims) : blackBox(claims)).seed(seed);
    }

    /** Every entry of right and wrong gradients. */
    void everyEntry(boolean inGraph, Tally tally) {
        double[] usual = new double[point.length];
        for (int i = 0; i < usual.length; i++) {
            int entry = i;
            usual[i] = Usual.slope(
                    x -> {
                        double[] moved = point.clone();
                        moved[entry] = x;
                        return program.value(moved);
                    },
                    point[i]);
        }
        run(inGraph, tally, right, Claim.Kind.RIGHT, "right", usual);
        run(inGraph, tally, own, Claim.Kind.ROUNDED, "own", usual);
        for (Injection injection : injections) {
            run(inGraph, tally, injection.gradient(), Claim.Kind.WRONG, injection.name(), usual);
        }
    }

    private void run(boolean inGraph, Tally tally, double[] claims, Claim.Kind kind, String what, double[] usual) {
        long start = System.nanoTime();
        String text = name + "\n      " + what;
        try {
            CheckReport report = check(inGraph, claims).run();
            tally.addCost(report, System.nanoTime() - start);
            if (kind.isRight()) {
                tally.addRight(report, kind, text);
            } else {
                tally.addInjection(judge(report, claims), report.passed());
            }
            addBars(report, tally, text, kind);
        } catch (RuntimeException e) {
            tally.addThrown(text + ": " + e);
        }
        boolean accepts = true;
        for (int i = 0; i < usual.length; i++) {
            accepts &= Usual.accepts(claims[i], usual[i]);
        }
        tally.addUsual(accepts, kind);
    }

    private void addBars(CheckReport report, Tally tally, String text, Claim.Kind kind) {
        List<CheckedEntry> entries = report.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).at() instanceof Place.Entry) {
                tally.addBar(entries.get(i), truths.get(i), kind, text);
            }
        }
    }

    /**
     * The worst that happened to a wrong entry, and the text of it.
     *
     * @param finding what
     * @param onlyBetween whether every wrong entry is at a kink and between its slopes
     * @param text the entry
     */
    record Judgement(Finding finding, boolean onlyBetween, String text) {}

    private Judgement judge(CheckReport report, double[] claims) {
        List<CheckedEntry> entries = report.entries();
        Judgement worst = new Judgement(report.refuted() ? Finding.REFUTED : Finding.CANNOT_TELL, false, "");
        List<Boolean> between = new ArrayList<>();
        for (int i = 0; i < claims.length && entries.size() == claims.length; i++) {
            double rounding = 4 * Math.ulp(claims[i]) + 1e-13 * Math.abs(right[i]);
            if (Math.abs(claims[i] - right[i]) <= rounding) {
                continue;
            }
            boolean inKink = truths.get(i) instanceof Truth.Kink kink && kink.error(claims[i]) == 0;
            between.add(inKink);
            Claim.Kind kind = inKink ? Claim.Kind.BETWEEN : Claim.Kind.WRONG;
            Finding finding = Finding.of(entries.get(i), truths.get(i), kind);
            boolean worse = finding == Finding.CERTIFIED
                    || finding == Finding.LET_THROUGH && worst.finding != Finding.CERTIFIED;
            if (worse) {
                String text = name + "\n      " + "truth " + truths.get(i) + "\n      " + entries.get(i);
                worst = new Judgement(finding, false, text);
            }
        }
        boolean onlyBetween = !between.isEmpty() && between.stream().allMatch(b -> b);
        return new Judgement(worst.finding, onlyBetween, worst.text);
    }

    /** Right and visibly wrong gradients along so many directions. */
    void directions(boolean inGraph, int count, Tally tally) {
        along(inGraph, count, tally, right, Claim.Kind.RIGHT, "right");
        along(inGraph, count, tally, own, Claim.Kind.ROUNDED, "own");
        double largest = Arrays.stream(right).map(Math::abs).max().orElse(0);
        for (Injection injection : injections) {
            double change = 0;
            for (int i = 0; i < right.length; i++) {
                change = Math.max(change, Math.abs(injection.gradient()[i] - right[i]));
            }
            if (change >= VISIBLE * largest) {
                along(inGraph, count, tally, injection.gradient(), Claim.Kind.WRONG, injection.name());
            }
        }
    }

    private void along(boolean inGraph, int count, Tally tally, double[] claims, Claim.Kind kind, String what) {
        long start = System.nanoTime();
        String text = name + "\n      " + what + ", seed " + seed;
        try {
            CheckReport report = check(inGraph, claims).directions(count).run();
            tally.addCost(report, System.nanoTime() - start);
            if (kind.isRight()) {
                tally.addRight(report, kind, text);
            } else {
                Finding finding = report.passed() ? Finding.CERTIFIED : Finding.REFUTED;
                String entry = text + "\n      " + report.entries().get(0);
                tally.addInjection(new Judgement(finding, false, entry), report.passed());
            }
        } catch (RuntimeException e) {
            tally.addThrown(text + ": " + e);
        }
    }
}

package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejml.simple.SimpleMatrix;

/** Examines the checker on functions of one variable, in both modes. */
final class FunctionsOfOne {
    private FunctionsOfOne() {}

    static void blackBox(Sample sample, String name, Tally tally) {
        double numeric = Usual.slope(sample::value, sample.x());
        for (Claim claim : sample.claims()) {
            long start = System.nanoTime();
            try {
                CheckReport report = GradientCheck.ofFunction(
                                v -> sample.value(v[0]), new double[] {sample.x()}, new double[] {claim.figure()})
                        .run();
                tally.addCost(report, System.nanoTime() - start);
                tally.add(report.entries().get(0), sample.truth(), claim.kind(), describe(sample, name, claim));
            } catch (RuntimeException e) {
                tally.addThrown(describe(sample, name, claim) + ": " + e);
            }
            tally.addUsual(Usual.accepts(claim.figure(), numeric), claim.kind());
        }
    }

    private static String describe(Sample sample, String name, Claim claim) {
        return name + ": " + sample.text() + "\n      x " + sample.x() + ", claim " + claim.figure();
    }

    /** Functions that decide in Java, or have no gradient, are left out. */
    static void graph(Sample given, String name, Tally tally) {
        if (!given.graph()) {
            return;
        }
        Value x = Value.variable("x", given.x());
        Value y;
        try {
            y = Drawn.node(given.f().apply(new Drawn(x)));
        } catch (UnsupportedOperationException e) {
            return;
        }
        if (!Double.isFinite(y.scalar())) {
            return;
        }
        double own = y.gradients().of(x).scalar();
        Sample sample = given.withChoices(own);
        for (Claim claim : graphClaims(sample, own)) {
            boolean isOwn = claim.kind() == Claim.Kind.ROUNDED;
            GradientCheck check = GradientCheck.of(y);
            if (!isOwn) {
                check = check.against(Map.of(x, new SimpleMatrix(new double[][] {{claim.figure()}})));
            }
            long start = System.nanoTime();
            try {
                CheckReport report = check.run();
                tally.addCost(report, System.nanoTime() - start);
                tally.add(report.entries().get(0), sample.truth(), claim.kind(), describe(sample, name, claim));
            } catch (RuntimeException e) {
                tally.addThrown(describe(sample, name, claim) + ": " + e);
            }
            boolean accepts = Usual.accepts(claim.figure(), Usual.slope(sample::value, sample.x()));
            tally.addUsual(accepts, claim.kind());
        }
    }

    /** The gradient of the graph itself is right wherever it is near a true slope, and always at kinks and jumps. */
    private static List<Claim> graphClaims(Sample sample, double own) {
        List<Claim> claims = new ArrayList<>();
        boolean smooth = sample.truth() instanceof Truth.Slope;
        double error = sample.truth().error(own);
        if (!smooth || error <= 1e-10 * Math.abs(own)) {
            claims.add(new Claim(own, Claim.Kind.ROUNDED));
        }
        for (Claim claim : sample.claims()) {
            boolean other = claim.kind().isRight() && !smooth && claim.figure() != own;
            if (other) {
                claims.add(new Claim(claim.figure(), Claim.Kind.BETWEEN));
            } else if (claim.kind() != Claim.Kind.ROUNDED && (smooth || claim.figure() != own)) {
                claims.add(claim);
            }
        }
        return claims;
    }
}

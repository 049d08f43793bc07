package org.ejgrad.examples.experiments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.check.Verdict;

/**
 * What rules of thumb and the checker say of two slopes claimed for one function: the right one and a tempting one.
 *
 * <p>A fixed step accepts a claim c beside its quotient q if |c − q| ≤ 10⁻⁵ + 10⁻³·|q|, as PyTorch's {@code gradcheck}
 * does, which takes the central quotient with the step 10⁻⁶.
 *
 * @param curve the function, the point and both slopes
 * @param right the checker's verdict on the right slope
 * @param wrong its verdict on the tempting one
 */
record Claims(VCurve curve, Verdict right, Verdict wrong) {
    private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
    private static final double GRADCHECK_STEP = 1e-6;
    private static final List<Quotient> QUOTIENTS = List.of(Quotient.FORWARD, Quotient.CENTRAL);

    static Claims of(VCurve curve) {
        return new Claims(curve, checked(curve, curve.exact()), checked(curve, curve.tempting()));
    }

    /** A line per rule: its name, and what it says of the right slope and of the tempting one. */
    List<List<String>> rows() {
        return List.of(
                List.of("forward", steps(Quotient.FORWARD, curve.exact()), steps(Quotient.FORWARD, curve.tempting())),
                List.of("central", steps(Quotient.CENTRAL, curve.exact()), steps(Quotient.CENTRAL, curve.tempting())),
                List.of("gradcheck", gradcheck(curve.exact()), gradcheck(curve.tempting())),
                List.of("checker", decision(right), decision(wrong)));
    }

    /** The lesson in one sentence, with the figures that it rests on. */
    String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: of %d fixed steps, %d accept the right slope %s and %d the wrong %s; gradcheck accepts %s; the "
                        + "checker %s.",
                curve.lesson(),
                QUOTIENTS.size() * STEPS.length,
                count(curve.exact()),
                figure(curve.exact()),
                count(curve.tempting()),
                figure(curve.tempting()),
                accepted(),
                decided());
    }

    /** The reasons that the checker gives for what it does not confirm. */
    List<String> reasons() {
        return Stream.of(reason(curve.exact(), right), reason(curve.tempting(), wrong))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> reason(double claim, Verdict verdict) {
        return verdict.passes()
                ? Optional.empty()
                : Optional.of(
                        "Of " + figure(claim) + " the checker says " + verdict.name() + ": " + verdict.detail() + ".");
    }

    /** A slope as the tables show it. */
    static String figure(double slope) {
        return String.format(Locale.ROOT, "%.5f", slope);
    }

    /** A verdict in one word. */
    static String decision(Verdict verdict) {
        return verdict.passes() ? "confirmed" : verdict.refutes() ? "refuted" : "undecided";
    }

    boolean accepts(Quotient quotient, double step, double claim) {
        double measured = quotient.of(curve.function(), curve.x(), step);
        return Math.abs(claim - measured) <= 1e-5 + 1e-3 * Math.abs(measured);
    }

    /** How many of the fixed steps accept a claim. */
    long count(double claim) {
        return QUOTIENTS.stream()
                .mapToLong(quotient -> Arrays.stream(STEPS)
                        .filter(step -> accepts(quotient, step, claim))
                        .count())
                .sum();
    }

    boolean gradcheckAccepts(double claim) {
        return accepts(Quotient.CENTRAL, GRADCHECK_STEP, claim);
    }

    private static Verdict checked(VCurve curve, double claim) {
        return GradientCheck.ofFunction(
                        v -> curve.function().applyAsDouble(v[0]), new double[] {curve.x()}, new double[] {claim})
                .run()
                .worst()
                .verdict();
    }

    private String gradcheck(double claim) {
        return gradcheckAccepts(claim) ? "accepted" : "refused";
    }

    private String accepted() {
        boolean ofRight = gradcheckAccepts(curve.exact());
        boolean ofWrong = gradcheckAccepts(curve.tempting());
        return ofRight && ofWrong
                ? "both"
                : ofRight ? "the right one only" : ofWrong ? "the wrong one only" : "neither";
    }

    private String decided() {
        String ofRight = verb(right);
        String ofWrong = verb(wrong);
        return ofRight.equals(ofWrong)
                ? ofRight + " both"
                : ofRight + " the right one and " + ofWrong + " the wrong one";
    }

    private static String verb(Verdict verdict) {
        return verdict.passes() ? "confirms" : verdict.refutes() ? "refutes" : "leaves open";
    }

    /** The steps that accept a claim, neighbours as a range. */
    private String steps(Quotient quotient, double claim) {
        StringBuilder text = new StringBuilder();
        boolean[] accepted = new boolean[STEPS.length + 1];
        IntStream.range(0, STEPS.length).forEach(i -> accepted[i] = accepts(quotient, STEPS[i], claim));
        for (int first = 0; first < STEPS.length; first++) {
            int last = first;
            while (accepted[last + 1] && accepted[first]) {
                last++;
            }
            if (accepted[first]) {
                text.append(text.isEmpty() ? "at " : ", ").append(power(first));
                text.append(last > first ? " to " + power(last) : "");
            }
            first = last;
        }
        return text.isEmpty() ? "refused" : text.toString();
    }

    private static String power(int step) {
        return String.format(Locale.ROOT, "1e-%d", step + 2);
    }
}

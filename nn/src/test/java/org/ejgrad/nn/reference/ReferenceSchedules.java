package org.ejgrad.nn.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.nn.optim.Cyclic;
import org.ejgrad.nn.optim.OneCycle;
import org.ejgrad.nn.optim.Plateau;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Schedules;

/** The learning rate's schedules of the reference format. */
final class ReferenceSchedules {
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)");
    private static final Pattern BY_PARITY = Pattern.compile("([0-9.e-]+) at odd e, ([0-9.e-]+) at even e");

    private ReferenceSchedules() {}

    /** A learning rate, and the momentum where the schedule has one too. */
    private record Pair(Schedule rate, List<Schedule> momentum) {
        Pair(Schedule rate) {
            this(rate, List.of());
        }
    }

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        String name = figures.get("schedule").text();
        double base = figures.get("base_lr").number();
        CaseOptions options = CaseOptions.of(figures.get("options"));
        if (name.equals("ReduceLROnPlateau")) {
            Plateau plateau = plateau(options);
            options.requireAllUsed();
            double[] metrics = figures.get("metrics").numbers();
            double[] want = figures.get("lr_after").numbers();
            for (int e = 0; e < want.length; e++) {
                double got = plateau.rate(base, Arrays.copyOf(metrics, e + 1));
                comparison.number("lr_after[" + e + "]", got, want[e], tolerance);
            }
            return;
        }
        Pair schedule = schedule(name, base, options);
        options.requireAllUsed();
        compare("lr", schedule.rate, figures.get("lr").numbers(), tolerance, comparison);
        if (figures.has("momentum")) {
            compare(
                    "momentum",
                    schedule.momentum.get(0),
                    figures.get("momentum").numbers(),
                    tolerance,
                    comparison);
        }
    }

    /** The learning rate of a case that trains, such as a network. */
    static Schedule rate(String name, double base, CaseOptions options) {
        Schedule rate = schedule(name, base, options).rate;
        options.text("cycle_momentum", "");
        options.requireAllUsed();
        return rate;
    }

    /** The momentum that the schedule moves too, unless its options say otherwise. */
    static Optional<Schedule> momentum(String name, double base, CaseOptions options) {
        boolean moves = options.text("cycle_momentum", "true").equals("true");
        return moves ? schedule(name, base, options).momentum.stream().findFirst() : Optional.empty();
    }

    private static void compare(
            String what, Schedule schedule, double[] want, Tolerance tolerance, Comparison comparison) {
        for (int e = 0; e < want.length; e++) {
            comparison.number(what + "[" + e + "]", schedule.at(e), want[e], tolerance);
        }
    }

    private static Pair schedule(String name, double base, CaseOptions options) {
        return switch (name) {
            case "StepLR" -> new Pair(Schedules.step(base, options.integer("step_size"), options.number("gamma", 0.1)));
            case "MultiStepLR" ->
                new Pair(Schedules.multiStep(
                        base,
                        options.number("gamma", 0.1),
                        Arrays.stream(options.numbers("milestones"))
                                .mapToLong(m -> (long) m)
                                .toArray()));
            case "ExponentialLR" -> new Pair(Schedules.exponential(base, options.number("gamma")));
            case "CosineAnnealingLR" ->
                new Pair(Schedules.cosine(base, options.integer("T_max"), options.number("eta_min", 0)));
            case "CosineAnnealingWarmRestarts" ->
                new Pair(Schedules.warmRestarts(
                        base, options.integer("T_0"), options.integer("T_mult", 1), options.number("eta_min", 0)));
            case "LinearLR" ->
                new Pair(Schedules.linear(
                        base,
                        options.number("start_factor", 1.0 / 3),
                        options.number("end_factor", 1),
                        options.integer("total_iters", 5)));
            case "ConstantLR" ->
                new Pair(Schedules.reduced(base, options.number("factor", 1.0 / 3), options.integer("total_iters", 5)));
            case "PolynomialLR" ->
                new Pair(Schedules.polynomial(base, options.integer("total_iters", 5), options.number("power", 1)));
            case "LambdaLR" -> lambda(base, options);
            case "MultiplicativeLR" -> multiplicative(base, options.text("lambda"));
            case "OneCycleLR" -> oneCycle(options);
            case "CyclicLR" -> cyclic(options);
            case "SequentialLR" -> sequential(base, options);
            default -> throw new Unsupported("the schedule " + name);
        };
    }

    private static Pair lambda(double base, CaseOptions options) {
        double[] factors = options.numbers("factors");
        options.text("lambda", "");
        options.number("w", 0);
        return new Pair(Schedule.of("factors", e -> base * factors[(int) e]));
    }

    private static Pair multiplicative(double base, String formula) {
        Matcher matcher = BY_PARITY.matcher(formula);
        if (!matcher.matches()) {
            throw new Unsupported("the factor \"" + formula + "\"");
        }
        double odd = Double.parseDouble(matcher.group(1));
        double even = Double.parseDouble(matcher.group(2));
        return new Pair(Schedules.multiplicative(base, e -> e % 2 == 1 ? odd : even));
    }

    private static Pair oneCycle(CaseOptions options) {
        OneCycle cycle = new OneCycle(
                options.number("max_lr"),
                options.integer("total_steps"),
                options.number("pct_start", 0.3),
                options.text("anneal_strategy", "cos").equals("cos") ? OneCycle.Curve.COSINE : OneCycle.Curve.LINE,
                options.truth("three_phase"),
                options.number("div_factor", 25),
                options.number("final_div_factor", 1e4),
                options.number("base_momentum", 0.85),
                options.number("max_momentum", 0.95));
        return new Pair(cycle.rate(), List.of(cycle.momentum()));
    }

    private static Pair cyclic(CaseOptions options) {
        int up = options.integer("step_size_up", 2000);
        String mode = options.text("mode", "triangular");
        Cyclic cycle = new Cyclic(
                options.number("base_lr"),
                options.number("max_lr"),
                up,
                options.integer("step_size_down", up),
                switch (mode) {
                    case "triangular" -> Cyclic.Shrinking.NOT;
                    case "triangular2" -> Cyclic.Shrinking.BY_HALVES;
                    case "exp_range" -> Cyclic.Shrinking.EXPONENTIALLY;
                    default -> throw new Unsupported("the mode " + mode);
                },
                options.number("gamma", 1),
                options.number("base_momentum", 0.8),
                options.number("max_momentum", 0.9));
        return new Pair(cycle.rate(), List.of(cycle.momentum()));
    }

    /** Schedules written as calls, each from its milestone on. */
    private static Pair sequential(double base, CaseOptions options) {
        double[] milestones = options.numbers("milestones");
        String list = options.text("schedules");
        String[] calls = list.substring(1, list.length() - 1).split("(?<=\\)),\\s*", -1);
        if (calls.length != milestones.length + 1) {
            throw new Unsupported(calls.length + " schedules with " + milestones.length + " milestones");
        }
        Schedule all = part(base, calls[calls.length - 1]);
        for (int i = milestones.length - 1; i >= 0; i--) {
            long before = i == 0 ? 0 : (long) milestones[i - 1];
            all = part(base, calls[i]).then((long) milestones[i] - before, all);
        }
        return new Pair(all);
    }

    private static Schedule part(double base, String call) {
        Matcher matcher = CALL.matcher(call.strip());
        if (!matcher.matches()) {
            throw new Unsupported("the schedule \"" + call + "\"");
        }
        return rate(matcher.group(1), base, CaseOptions.parse(matcher.group(2)));
    }

    private static Plateau plateau(CaseOptions options) {
        return new Plateau(
                options.text("mode", "min").equals("min"),
                options.number("factor", 0.1),
                options.integer("patience", 10),
                options.number("threshold", 1e-4),
                options.text("threshold_mode", "rel").equals("rel"),
                options.integer("cooldown", 0),
                options.number("min_lr", 0),
                options.number("eps", 1e-8));
    }
}

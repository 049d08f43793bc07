package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;

/** Counts of what was claimed and what the checker said, of one mode and group. */
final class Tally {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-22s | %6s %6s %5s %5s %5s | %7s %6s %5s | %6s %5s | %5s %5s | %7s %7s | %5s %6s | %6s %6s %6s",
            "",
            "right",
            "passed",
            "refut",
            "(ad)",
            "open",
            "wrong",
            "certif",
            "kinkI",
            "tempt",
            "pass",
            "betw",
            "pass",
            "bars%",
            "onWrong",
            "evals",
            "mean",
            "usualR",
            "usualW",
            "time");

    /** The failures that are kept as text. */
    enum Failure {
        RIGHT_REFUTED,
        ROUNDED_REFUTED,
        CERTIFIED,
        LET_THROUGH,
        BAR,
        UNDECIDED,
        BETWEEN_PASSED,
        THROWN
    }

    final String name;
    private final int kept;
    private final Map<Failure, List<String>> failures = new EnumMap<>(Failure.class);
    private final List<Long> evaluations = new ArrayList<>();
    long right;
    long rightPassed;
    long rightRefuted;
    long roundedRefuted;
    long undecided;
    long wrong;
    long certified;
    long letThrough;
    long tempting;
    long temptingPassed;
    long between;
    long betweenPassed;
    long bars;
    long barsHeld;
    long barsOfWrong;
    long barsOfWrongHeld;
    long usualRight;
    long usualWrong;
    long thrown;
    long nanos;

    Tally(String name, int kept) {
        this.name = name;
        this.kept = kept;
    }

    void keep(Failure kind, String text) {
        List<String> texts = failures.computeIfAbsent(kind, key -> new ArrayList<>());
        String name = text.substring(0, text.indexOf('\n'));
        if (texts.size() < kept && texts.stream().noneMatch(other -> other.startsWith(name))) {
            texts.add(text);
        }
    }

    /** What the report says of one entry, whose claim is of that kind. */
    void add(CheckedEntry entry, Truth truth, Claim.Kind kind, String where) {
        Finding finding = Finding.of(entry, truth, kind);
        boolean isWrong = kind.isWrong();
        String text = where + ", " + kind + "\n      truth " + truth + "\n      " + entry;
        if (kind.isRight()) {
            right++;
            switch (finding) {
                case PASSED -> rightPassed++;
                case REFUTED -> {
                    boolean rounded = kind == Claim.Kind.ROUNDED;
                    rightRefuted += rounded ? 0 : 1;
                    roundedRefuted += rounded ? 1 : 0;
                    keep(rounded ? Failure.ROUNDED_REFUTED : Failure.RIGHT_REFUTED, text);
                }
                default -> {
                    undecided++;
                    keep(Failure.UNDECIDED, text);
                }
            }
        } else if (isWrong) {
            addWrong(finding, kind, text);
        } else {
            addBetween(entry, finding, text);
        }
        addBar(entry, truth, kind, where);
    }

    /** Whether the bar of a figure holds. */
    void addBar(CheckedEntry entry, Truth truth, Claim.Kind kind, String where) {
        boolean isWrong = kind.isWrong();
        if (Finding.hasBar(entry, truth)) {
            boolean holds = Finding.barHolds(entry, truth);
            bars += isWrong ? 0 : 1;
            barsHeld += !isWrong && holds ? 1 : 0;
            barsOfWrong += isWrong ? 1 : 0;
            barsOfWrongHeld += isWrong && holds ? 1 : 0;
            if (!holds && !isWrong) {
                keep(Failure.BAR, where + "\n      truth " + truth + "\n      " + entry);
            }
        }
    }

    /** A right gradient of many entries. */
    void addRight(CheckReport report, Claim.Kind kind, String where) {
        String text = where + "\n      " + report.worst();
        right++;
        boolean rounded = kind == Claim.Kind.ROUNDED;
        if (report.refuted()) {
            rightRefuted += rounded ? 0 : 1;
            roundedRefuted += rounded ? 1 : 0;
            keep(rounded ? Failure.ROUNDED_REFUTED : Failure.RIGHT_REFUTED, text);
        } else if (report.passed()) {
            rightPassed++;
        } else {
            undecided++;
            keep(Failure.UNDECIDED, text);
        }
    }

    /** A wrong gradient of many entries. */
    void addInjection(FunctionsOfMany.Judgement judgement, boolean passed) {
        if (judgement.onlyBetween()) {
            between++;
            betweenPassed += passed ? 1 : 0;
            return;
        }
        addWrong(judgement.finding(), Claim.Kind.WRONG, judgement.text());
    }

    private void addWrong(Finding finding, Claim.Kind kind, String text) {
        boolean passed = finding == Finding.CERTIFIED || finding == Finding.LET_THROUGH;
        wrong++;
        certified += finding == Finding.CERTIFIED ? 1 : 0;
        letThrough += finding == Finding.LET_THROUGH ? 1 : 0;
        if (kind == Claim.Kind.TEMPTING) {
            tempting++;
            temptingPassed += passed ? 1 : 0;
        }
        if (passed) {
            keep(finding == Finding.CERTIFIED ? Failure.CERTIFIED : Failure.LET_THROUGH, text);
        }
    }

    private void addBetween(CheckedEntry entry, Finding finding, String text) {
        between++;
        boolean passed = entry.verdict().passes();
        betweenPassed += passed ? 1 : 0;
        if (passed) {
            keep(Failure.BETWEEN_PASSED, text);
        }
        if (finding == Finding.CERTIFIED) {
            certified++;
            keep(Failure.CERTIFIED, text);
        }
    }

    void addUsual(boolean accepts, Claim.Kind kind) {
        usualRight += accepts && kind.isRight() ? 1 : 0;
        usualWrong += accepts && kind.isWrong() ? 1 : 0;
    }

    void addCost(CheckReport report, long time) {
        evaluations.add(report.evaluations() / Math.max(1, report.entries().size()));
        nanos += time;
    }

    void addThrown(String text) {
        thrown++;
        keep(Failure.THROWN, text + "\n");
    }

    /** Adds the counts of another one. */
    void add(Tally other) {
        right += other.right;
        rightPassed += other.rightPassed;
        rightRefuted += other.rightRefuted;
        roundedRefuted += other.roundedRefuted;
        undecided += other.undecided;
        wrong += other.wrong;
        certified += other.certified;
        letThrough += other.letThrough;
        tempting += other.tempting;
        temptingPassed += other.temptingPassed;
        between += other.between;
        betweenPassed += other.betweenPassed;
        bars += other.bars;
        barsHeld += other.barsHeld;
        barsOfWrong += other.barsOfWrong;
        barsOfWrongHeld += other.barsOfWrongHeld;
        usualRight += other.usualRight;
        usualWrong += other.usualWrong;
        thrown += other.thrown;
        nanos += other.nanos;
        evaluations.addAll(other.evaluations);
    }

    double refutedShare() {
        return right == 0 ? 0 : (double) (rightRefuted + roundedRefuted) / right;
    }

    double barShare() {
        return bars == 0 ? 1 : (double) barsHeld / bars;
    }

    List<String> failures(Failure kind) {
        return failures.getOrDefault(kind, List.of());
    }

    private long median() {
        List<Long> sorted = evaluations.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    private static double percent(long part, long of) {
        return of == 0 ? 100 : 100.0 * part / of;
    }

    /** One line of the table. */
    @Override
    public String toString() {
        double mean = evaluations.stream().mapToLong(n -> n).average().orElse(0);
        return String.format(
                Locale.ROOT,
                "%-22s | %6d %6d %5d %5d %5d | %7d %6d %5d | %6d %5d | %5d %5d | %7.2f %7.2f | %5d %6.0f | %6d %6d %5.1fs%s",
                name,
                right,
                rightPassed,
                rightRefuted,
                roundedRefuted,
                undecided,
                wrong,
                certified,
                letThrough,
                tempting,
                temptingPassed,
                between,
                betweenPassed,
                percent(barsHeld, bars),
                percent(barsOfWrongHeld, barsOfWrong),
                median(),
                mean,
                usualRight,
                usualWrong,
                nanos * 1e-9,
                thrown == 0 ? "" : " " + thrown + " thrown");
    }
}

package org.ejgrad.check.examination;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Kinds of functions of one variable. */
enum Group {
    SMOOTH(SmoothSamples.families()),
    SCALES(ScaleSamples.families()),
    CANCELLATION(CancellationSamples.families()),
    NARROW(NarrowSamples.families()),
    LARGE(LargeSamples.families()),
    NOISE(NoiseSamples.families()),
    KINK(KinkFunction.atIt()),
    BESIDE(KinkFunction.besideIt()),
    STEPS(StepSamples.families()),
    WAVES(WaveSamples.families()),
    PRACTICE(PracticeSamples.families());

    private static final int TRIES = 100;
    private final List<Function<Dice, Sample>> families;

    Group(List<Function<Dice, Sample>> families) {
        this.families = families;
    }

    /** {@return one sample, the same for the same seed and index} */
    Sample sample(long seed, int index) {
        Function<Dice, Sample> family = families.get(index % families.size());
        for (int i = 0; i < TRIES; i++) {
            Sample sample = family.apply(new Dice(seed, ordinal() * TRIES + i, index));
            if (sample.usable()) {
                return sample;
            }
        }
        throw new IllegalStateException(this + " " + index + ": no finite sample");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

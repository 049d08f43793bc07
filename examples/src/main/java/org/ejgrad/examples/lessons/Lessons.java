package org.ejgrad.examples.lessons;

import java.util.List;

/** The ten lessons, in order of difficulty. */
final class Lessons {
    static final List<Lesson> ALL = List.of(
            new Lesson(1, "one multiplication", OneMultiplication::print, Exercises.oneMultiplication()),
            new Lesson(2, "the chain rule", ChainRule::print, Exercises.chainRule()),
            new Lesson(3, "sums at fan-out", SumsAtFanOut::print, Exercises.sumsAtFanOut()),
            new Lesson(4, "broadcasting", Broadcasting::print, Exercises.broadcasting()),
            new Lesson(5, "softmax with cross-entropy", SoftmaxCrossEntropy::print, Exercises.softmaxCrossEntropy()),
            new Lesson(6, "why logits", WhyLogits::print, Exercises.whyLogits()),
            new Lesson(7, "checking a gradient", CheckingAGradient::print, Exercises.checkingAGradient()),
            new Lesson(8, "momentum and Adam", MomentumAndAdam::print, Exercises.momentumAndAdam()),
            new Lesson(9, "over-fitting", OverFitting::print, Exercises.overFitting()),
            new Lesson(10, "a trained digit classifier", DigitClassifier::print, Exercises.digitClassifier()));

    private Lessons() {}

    static Lesson of(int number) {
        if (number < 1 || number > ALL.size()) {
            throw new IllegalArgumentException(
                    "there is no lesson " + number + "; expected 1 to " + ALL.size());
        }
        return ALL.get(number - 1);
    }
}

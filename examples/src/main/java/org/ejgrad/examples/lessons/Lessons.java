package org.ejgrad.examples.lessons;

import java.util.List;

/** The ten lessons, in order of difficulty. */
final class Lessons {
    static final List<Lesson> ALL = List.of(
            new Lesson(1, "one multiplication", OneMultiplication::teach, FirstExercises.oneMultiplication()),
            new Lesson(2, "the chain rule", ChainRule::teach, FirstExercises.chainRule()),
            new Lesson(3, "sums at fan-out", SumsAtFanOut::teach, FirstExercises.sumsAtFanOut()),
            new Lesson(4, "broadcasting", Broadcasting::teach, FirstExercises.broadcasting()),
            new Lesson(
                    5, "softmax with cross-entropy", SoftmaxCrossEntropy::teach, FirstExercises.softmaxCrossEntropy()),
            new Lesson(6, "why logits", WhyLogits::teach, LaterExercises.whyLogits()),
            new Lesson(7, "checking a gradient", CheckingAGradient::teach, LaterExercises.checkingAGradient()),
            new Lesson(8, "momentum and Adam", MomentumAndAdam::teach, LaterExercises.momentumAndAdam()),
            new Lesson(9, "over-fitting", OverFitting::teach, LaterExercises.overFitting()),
            new Lesson(10, "a trained digit classifier", DigitClassifier::teach, LaterExercises.digitClassifier()));

    private Lessons() {}

    static Lesson of(int number) {
        if (number < 1 || number > ALL.size()) {
            throw new IllegalArgumentException("there is no lesson " + number + "; expected 1 to " + ALL.size());
        }
        return ALL.get(number - 1);
    }
}

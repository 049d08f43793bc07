package org.ejgrad.examples;

import java.util.Optional;
import org.ejgrad.nn.data.Dataset;

/**
 * A data set ready to be learnt: divided, preprocessed, with settings that suit it.
 *
 * @param train the rows to learn from
 * @param test the rows to judge by
 * @param recipe a network and its training that do well here
 * @param baseline what another library reaches on the same rows, if it was measured
 */
record Problem(Dataset train, Dataset test, Recipe recipe, Optional<Baseline> baseline) {
    /**
     * A figure to stand beside ours.
     *
     * @param model what was trained, and with what
     * @param accuracy its accuracy on the test rows, the mean over five seeds
     */
    record Baseline(String model, double accuracy) {}

    String name() {
        return train.name();
    }
}

package org.ejgrad.examples.compare;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;

/**
 * How a toy learns: by Adam, on shuffled batches, at a rate that falls to zero along half a cosine.
 *
 * @param rate the learning rate of the first step
 * @param decay what is taken off each weight, times the rate
 * @param epochs how often each row is seen
 * @param batch how many rows make one step
 */
public record Course(double rate, double decay, int epochs, int batch) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the rate is not positive, the decay negative, or another number less than 1
     */
    public Course {
        Require.positive(rate, "Course: the rate");
        Require.notNegative(decay, "Course: the decay");
        Require.atLeast(epochs, 1, "Course: the number of epochs");
        Require.atLeast(batch, 1, "Course: the batch size");
    }

    /**
     * Trains a network.
     *
     * @param objective what is made small
     * @param rows to learn from, at least one
     * @param seed determines their order in each epoch
     * @return the network itself
     */
    public <L extends Layer> L train(L network, Objective objective, Dataset rows, long seed) {
        requireNonNull(network, "network");
        requireNonNull(objective, "objective");
        long steps = (long) epochs * ((requireNonNull(rows, "rows").size() + batch - 1L) / batch);
        Adam adam = Adam.rate(Schedules.cosine(rate, steps, 0)).decoupledDecay(decay);
        List<Parameter> parameters = Require.elements(network.parameters(), "the network's parameters()");
        Trainer.of(network, objective, Optimizer.of(parameters, adam))
                .batches(batch, seed)
                .fit(rows, epochs);
        return network;
    }
}

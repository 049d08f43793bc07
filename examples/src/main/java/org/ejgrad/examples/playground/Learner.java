package org.ejgrad.examples.playground;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Gradients;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Penalty;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.lint.Lint;
import org.ejgrad.nn.lint.Warning;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.Outputs;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Objective;

/**
 * One network in training, a step at a time, forwards and some steps back. It is a function of its plan and data, and
 * makes the steps that {@link org.ejgrad.nn.train.Trainer} would.
 */
final class Learner {
    /** How far back it can go. */
    static final int MOST_BACK = 100;

    private final Plan plan;
    private final PlaneData data;
    private final Dataset train;
    private final Dataset test;
    private final Sequential network;
    private final Optimizer optimizer;
    private final Batches batches;
    private final Deque<State> past = new ArrayDeque<>();
    private final List<Warning> warnings;
    private double[] norms;
    private Optional<String> end = Optional.empty();

    /** What a step changes. */
    private record State(List<Value> parameters, NamedMatrices optimizer, double[] norms) {}

    Learner(Plan plan, PlaneData data) {
        this.plan = plan;
        this.data = data;
        train = Feature.of(plan.inputs(), data.train());
        test = Feature.of(plan.inputs(), data.test());
        network = plan.network(train.classes());
        optimizer = Optimizer.of(network.parameters(), plan.optimizer().at(plan.rate()));
        batches = Batches.shuffled(train, Math.min(plan.batch(), train.size()), plan.seed());
        Value first = loss(batch());
        warnings = Lint.of(first, network.parameters()).stream()
                .filter(warning -> warning.pitfall() != Warning.Pitfall.DEAD_RELU) // said of all rows, in each frame
                .toList();
        norms = norms(first.gradients());
    }

    Plan plan() {
        return plan;
    }

    PlaneData data() {
        return data;
    }

    /** The rows to learn from, as the network is told of them. */
    Dataset train() {
        return train;
    }

    /** The others, likewise. */
    Dataset test() {
        return test;
    }

    Sequential network() {
        return network;
    }

    long steps() {
        return optimizer.steps();
    }

    /** How often all training rows were seen. */
    double epochs() {
        return (double) steps() / batches.count();
    }

    /** Why training ended, if it did. */
    Optional<String> end() {
        return end;
    }

    /** The mistakes that the graph of the loss shows. */
    List<Warning> warnings() {
        return warnings;
    }

    /** The length of the gradient of each layer's weights, at the last step; before the first, at that one. */
    double[] norms() {
        return norms.clone();
    }

    /** Whether there is a step to go back to. */
    boolean canGoBack() {
        return !past.isEmpty();
    }

    private Dataset batch() {
        long step = optimizer.steps();
        return batches.epoch(1 + step / batches.count()).get((int) (step % batches.count()));
    }

    /** The loss that a step makes smaller. */
    private Value loss(Dataset batch) {
        Value loss = plan.loss().of(network.forward(Value.constant(batch.inputs())), batch);
        return plan.l2() == 0 ? loss : loss.plus(Penalty.l2(Penalty.withoutBiases(network.parameters()), plan.l2()));
    }

    /** One step; nothing if training has diverged. */
    void step() {
        if (end.isPresent()) {
            return;
        }
        State before = new State(weights(), optimizer.state(), norms);
        try {
            Gradients gradients = loss(batch()).gradients();
            optimizer.step(gradients);
            norms = norms(before, gradients);
            past.addLast(before);
            if (past.size() > MOST_BACK) {
                past.removeFirst();
            }
        } catch (NonFiniteException diverged) {
            end = Optional.of("Training has diverged; take a smaller learning rate. " + diverged.getMessage());
        }
    }

    /** The state before the last step, to the last bit. */
    void back() {
        if (past.isEmpty()) {
            return;
        }
        State state = past.removeLast();
        List<Parameter> parameters = network.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).set(state.parameters.get(i));
        }
        optimizer.restore(state.optimizer);
        norms = state.norms;
        end = Optional.empty();
    }

    private double[] norms(Gradients gradients) {
        return dense().stream()
                .mapToDouble(
                        layer -> gradients.of(layer.weight().value()).normF().scalar())
                .toArray();
    }

    /** By the values that the parameters had. */
    private double[] norms(State before, Gradients gradients) {
        double[] norms = new double[dense().size()];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = gradients.of(before.parameters.get(2 * i)).normF().scalar(); // a weight, a bias, ...
        }
        return norms;
    }

    /** The layers with weights. */
    List<Dense> dense() {
        return network.layers().stream()
                .filter(Dense.class::isInstance)
                .map(Dense.class::cast)
                .toList();
    }

    /** One point with the weights as they are now; its loss is that without the penalty. */
    OnePoint onePoint(boolean isTest, int row) {
        Dataset point = (isTest ? data.test() : data.train()).rows(row);
        String words = "The loss of one point, (" + Fields.brief(point.inputs().get(0, 0)) + ", "
                + Fields.brief(point.inputs().get(0, 1))
                + ") of class " + point.classNames().get(point.labels()[0]) + ", in the network "
                + plan.words(point.classes()) + " after " + steps()
                + (steps() == 1 ? " step" : " steps") + " of training. Step through it.";
        return new OnePoint(plan, weights(), Feature.of(plan.inputs(), point), words);
    }

    private List<Value> weights() {
        return network.parameters().stream().map(Parameter::value).toList();
    }

    /** The network as a model, to be saved; it takes the rows of a table where its inputs are two columns of one. */
    Model model() {
        Objective objective = plan.loss().objective();
        return data.preparation(plan.inputs())
                .map(preparation -> Model.of(network, objective, Outputs.SOFTMAX, preparation))
                .orElseGet(() -> Model.of(network, objective, Outputs.SOFTMAX, train));
    }

    /** The network without memory, for predictions. */
    Layer inference() {
        return network.inference();
    }
}

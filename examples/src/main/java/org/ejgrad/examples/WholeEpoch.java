package org.ejgrad.examples;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Listener;

/** Keeps a network as it was after its last whole epoch, of which the figures of that epoch speak. */
final class WholeEpoch implements Listener {
    private final List<Parameter> cells;
    private List<Value> values;

    WholeEpoch(Layer network) {
        cells = Stream.concat(network.parameters().stream(), network.statistics().stream())
                .toList();
        values = held();
    }

    private List<Value> held() {
        return cells.stream().map(Parameter::value).toList();
    }

    @Override
    public void onEpoch(EpochResult epoch) {
        values = held();
    }

    /** Takes back the steps of an epoch that was broken off. */
    void restore() {
        IntStream.range(0, cells.size()).forEach(i -> cells.get(i).set(values.get(i)));
    }
}

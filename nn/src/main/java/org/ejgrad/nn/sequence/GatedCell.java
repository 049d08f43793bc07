package org.ejgrad.nn.sequence;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;

/** What cells have in common whose weights are gates side by side. */
abstract sealed class GatedCell implements Cell permits RecurrentCell, GruCell, LstmCell {
    /** The weights. */
    final Gates gates;

    GatedCell(Gates gates) {
        this.gates = gates;
    }

    @Override
    public int features() {
        return gates.features();
    }

    @Override
    public int hidden() {
        return gates.hidden();
    }

    /** {@code weight_ih} is W, {@code weight_hh} U, {@code bias_ih} b and {@code bias_hh} c. */
    @Override
    public List<Parameter> parameters() {
        return gates.parameters();
    }

    @Override
    public Value project(Value features) {
        return gates.project(features);
    }

    /** For example {@code GruCell(8, 64)}. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + features() + ", " + hidden() + ")";
    }
}

package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.Cell;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Layers over sequences; {@code src/test/figures/sequences.py} says what the cases hold. */
final class ReferenceSequences {
    static final Map<String, Function<Arguments, Evaluation>> LAYERS = Map.of(
            "rnn", in -> recurrent(in, RecurrentCell::of),
            "gru", in -> recurrent(in, GruCell::of),
            "lstm", in -> recurrent(in, LstmCell::of),
            "bidirectional", ReferenceSequences::bidirectional,
            "attention", ReferenceSequences::attention);

    private static final Map<String, Function<List<ConstMatrix<?>>, Cell>> CELLS =
            Map.of("rnn", RecurrentCell::of, "gru", GruCell::of, "lstm", LstmCell::of);

    private ReferenceSequences() {}

    private static Evaluation recurrent(Arguments in, Function<List<ConstMatrix<?>>, Cell> cell) {
        Cell made = cell(in, 2, cell);
        Recurrent.Result result = Recurrent.of(made).run(in.x(), in.value(1), lengths(in));
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>(List.of(plain(in.x()), plain(in.value(1))));
        handles.addAll(handles(made));
        return new Evaluation(result.outputs().concatColumns(result.state()), handles);
    }

    private static Evaluation bidirectional(Arguments in) {
        Function<List<ConstMatrix<?>>, Cell> kind = CELLS.get(in.text("cell", "none"));
        Cell ahead = cell(in, 1, kind);
        Cell back = cell(in, 5, kind);
        Bidirectional layer = Bidirectional.of(ahead.features(), Recurrent.of(ahead), Recurrent.of(back));
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>(List.of(plain(in.x())));
        handles.addAll(handles(ahead));
        handles.addAll(handles(back));
        Value outputs = layer.forward(in.x(), lengths(in));
        return new Evaluation(outputs.concatColumns(layer.last().forward(in.x(), lengths(in))), handles);
    }

    private static Cell cell(Arguments in, int first, Function<List<ConstMatrix<?>>, Cell> kind) {
        return kind.apply(List.of(
                in.value(first).matrix().transpose(),
                in.value(first + 1).matrix().transpose(),
                in.value(first + 2).matrix(),
                in.value(first + 3).matrix()));
    }

    private static List<Optional<Evaluation.Handle>> handles(Cell cell) {
        List<Parameter> parameters = cell.parameters();
        return List.of(
                turned(parameters.get(0)),
                turned(parameters.get(1)),
                plain(parameters.get(2).value()),
                plain(parameters.get(3).value()));
    }

    private static Evaluation attention(Arguments in) {
        Dense query = dense(in, 1, 4);
        Dense key = dense(in, 2, 5);
        Dense value = dense(in, 3, 6);
        Dense output = dense(in, 7, 8);
        int heads = in.integer("heads", 1);
        Attention head = Attention.of(in.value(1).getNumRows(), query, key, value, output)
                .heads(heads);
        Attention asked = in.truth("causal", false) ? head.causal() : head;
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>(List.of(plain(in.x())));
        List.of(query, key, value).forEach(each -> handles.add(turned(each.weight())));
        List.of(query, key, value)
                .forEach(each -> handles.add(plain(each.bias().orElseThrow().value())));
        handles.add(turned(output.weight()));
        handles.add(plain(output.bias().orElseThrow().value()));
        return new Evaluation(asked.forward(in.x(), lengths(in)), handles);
    }

    private static Dense dense(Arguments in, int weight, int bias) {
        SimpleMatrix inputsToOutputs = in.value(weight).matrix().transpose();
        return Dense.of(inputsToOutputs, in.value(bias).matrix());
    }

    private static int[] lengths(Arguments in) {
        return in.attribute("lengths").map(Json::integers).orElseGet(() -> new int[0]);
    }

    private static Optional<Evaluation.Handle> plain(Value variable) {
        return Optional.of(new Evaluation.Handle(variable, gradient -> gradient));
    }

    private static Optional<Evaluation.Handle> turned(Parameter weight) {
        return Optional.of(new Evaluation.Handle(weight.value(), Value::transpose));
    }
}

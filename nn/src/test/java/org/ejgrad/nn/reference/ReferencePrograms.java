package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Value;

/** Straight-line programs over registers: outputs, loss, gradients of all inputs, second derivatives. */
final class ReferencePrograms {
    private ReferencePrograms() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        run(figures, tolerance, comparison, ReferenceOperations::call);
    }

    /** With operations of the caller's choice, by name. */
    static void run(Json figures, Tolerance tolerance, Comparison comparison, Function<String, Call> calls) {
        Arguments in = Arguments.of(figures.get("inputs").list(), figures);
        List<Object> registers = new ArrayList<>(in.values());
        for (Json instruction : figures.get("program").list()) {
            registers.add(execute(instruction, registers, calls));
        }
        List<Json> upstreams = figures.get("grad_outputs").list();
        List<Json> outputs = figures.get("output_values").list();
        int[] places = figures.get("outputs").integers();
        Value loss = Value.constant(0);
        for (int i = 0; i < places.length; i++) {
            Value output = (Value) registers.get(places[i]);
            comparison.matrix("output_values[" + i + "]", output, outputs.get(i).matrix(), tolerance);
            if (comparison.differences().isEmpty()) {
                loss = loss.plus(
                        output.elementMult(Value.constant(upstreams.get(i).matrix()))
                                .elementSum());
            }
        }
        if (!comparison.differences().isEmpty()) {
            return;
        }
        comparison.number("loss", loss.scalar(), figures.get("loss").number(), tolerance);
        List<Optional<Evaluation.Handle>> handles = Evaluation.of(loss, in).handles();
        List<Value> gradients = FunctionCases.gradients(
                loss, Value.constant(1), handles, figures.find("second").isPresent());
        FunctionCases.compare("grads", gradients, figures.get("grads").list(), tolerance, comparison);
        figures.find("second").ifPresent(second -> FunctionCases.second(second, gradients, handles, comparison));
    }

    /** One instruction; an index among its attributes stands for the second input. */
    private static Value execute(Json instruction, List<Object> registers, Function<String, Call> calls) {
        List<Object> inputs = new ArrayList<>();
        for (int register : instruction.get("in").integers()) {
            inputs.add(registers.get(register));
        }
        Json attributes = instruction.get("attrs");
        attributes.find("index").ifPresent(index -> inputs.add(1, index));
        return calls.apply(instruction.get("op").text()).apply(new Arguments(inputs, attributes));
    }
}

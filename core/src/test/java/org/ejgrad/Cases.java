package org.ejgrad;

import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.laws.OperationCase;

/** The whole table of tests: a new table of rows is listed here. */
public final class Cases {
    private Cases() {}

    public static final List<OperationCase> ALL = Stream.of(
                    ArithmeticCases.ROWS,
                    ChoiceCases.ROWS,
                    FunctionCases.ROWS,
                    ActivationCases.ROWS,
                    ReductionCases.ROWS,
                    ScanCases.ROWS,
                    MoveCases.ROWS,
                    AlgebraCases.ROWS,
                    FactorizationCases.ROWS)
            .flatMap(List::stream)
            .toList();
}

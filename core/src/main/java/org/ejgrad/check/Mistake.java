package org.ejgrad.check;

/** The usual mistakes in a gradient, as far as they can be recognised from the numbers. */
public enum Mistake {
    /** It is zero where the function does change. */
    ZERO,
    /** It has the wrong sign. */
    SIGN_FLIPPED,
    /** It is twice the gradient. */
    TWICE,
    /** It is half the gradient. */
    HALF,
    /** It is n times the gradient: a sum where a mean was meant. */
    MISSING_DIVISION,
    /** It is the gradient divided by n: a mean where a sum was meant, or a mean taken twice. */
    EXTRA_DIVISION,
    /** It is the gradient times some other constant. */
    CONSTANT_FACTOR,
    /** It is the gradient, transposed. */
    TRANSPOSED,
    /** It holds the gradient's elements column by column where row by row was expected. */
    WRONG_LAYOUT,
    /** All elements are off by the same amount. */
    OFFSET,
    /** It differs by a multiple of the parameter: a weight-decay term on one side only. */
    WEIGHT_DECAY,
    /** It differs by a multiple of the parameter's sign: an absolute-value penalty on one side only. */
    LASSO_TERM,
    /** It is the gradient's magnitude without its sign. */
    ABSOLUTE,
    /** It is the gradient squared. */
    SQUARED,
    /** It is the gradient times the parameter, element by element. */
    TIMES_PARAMETER,
    /** Its large elements are cut off. */
    CLIPPED,
    /** It is rescaled to a round norm. */
    RESCALED,
    /** It was computed or stored in single precision. */
    SINGLE_PRECISION,
    /** Its elements are shifted by one place or more. */
    SHIFTED,
    /** Its rows or columns are in another order. */
    REORDERED,
    /** Two gradients, or the operands of one operation, are exchanged. */
    SWAPPED,
    /** Some rows, columns or elements are zero. */
    PARTLY_ZERO,
    /** Only one triangle is filled. */
    TRIANGLE_ONLY,
    /** It is averaged with its own transpose. */
    SYMMETRISED,
    /** A single element is wrong. */
    ONE_ENTRY,
    /** The contributions of several rows or columns were not added up. */
    SUM_MISSING,
    /** Contributions were added up that belong to different elements. */
    SUMMED_TOO_MUCH,
    /** The derivative of one operation is left out: what arrives is passed on. */
    MISSING_FACTOR,
    /** The derivative of one operation is applied twice. */
    FACTOR_TWICE,
    /** It divides by a derivative that it should multiply with. */
    FACTOR_INVERTED,
    /** A derivative is taken at the operation's output where its input was meant. */
    AT_OUTPUT,
    /** The softmax is treated as if each output depended on its own input only. */
    SOFTMAX_DIAGONAL,
    /** One term of a sum is left out. */
    MISSING_TERM,
    /** Of a value used several times, only one use is counted. */
    OVERWRITTEN,
    /** Of a value used several times, one use is counted twice. */
    COUNTED_TWICE,
    /** The gradient that arrives from above is ignored. */
    UPSTREAM_IGNORED,
    /** A factor of a matrix product is not transposed, or stands on the wrong side. */
    NOT_TRANSPOSED,
    /** A mask lets pass what it should stop. */
    MASK_INVERTED,
    /** Another mask stands in the place of one that was used forwards. */
    MASK_REPLACED,
    /** It is the gradient at another point: some value is stale. */
    STALE,
    /** Weights that were already changed are used on the way back. */
    UPDATED_WEIGHTS,
    /** The slope of another function, or a formula that is no slope, stands for a derivative. */
    WRONG_SLOPE,
    /** Another matrix stands for a factor, such as a layer's value before its activation. */
    OTHER_OPERAND,
    /** Rows, such as samples or minibatches, are left out or counted more than once. */
    ROWS_LEFT_OUT,
    /** What belongs to a row, such as its label, is taken from another row. */
    ROWS_MIXED,
    /** A hard decision stands for a probability. */
    HARD_CHOICE,
    /** Rows and columns are exchanged in a sum, a mean or a softmax. */
    WRONG_AXIS,
    /** An exponential stands for the softmax: the division by the sum is missing. */
    NOT_NORMALISED,
    /** Each row, or each column, is the gradient times a factor of its own. */
    LINES_SCALED,
    /** It is what an optimizer makes of a gradient. */
    OPTIMIZER_STEP,
    /** It is a difference quotient with a step to one side. */
    FORWARD_DIFFERENCES,
    /** What is made of the errors of one layer for its weights is wrong, but not their sum for its bias. */
    LAYER_INPUT,
    /** It does not change with parameters that the gradient changes with. */
    INDEPENDENT,
    /** What it is off by does not depend on the parameters: the part of targets or labels, or something added. */
    LINEAR_TERM,
    /** What goes back through one parameter, such as that of earlier steps, is left out or wrong. */
    BACK_THROUGH,
    /** It is the gradient of another function: other samples, targets or constants, or another loss. */
    OTHER_FUNCTION,
    /** Parameters before some place are wrong, not those behind it. */
    ONE_LAYER,
    /** None of these. */
    UNKNOWN
}

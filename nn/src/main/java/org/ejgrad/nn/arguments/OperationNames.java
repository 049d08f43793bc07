package org.ejgrad.nn.arguments;

/** The names of nn's own operations, on which those who make them and those who look for them in a graph agree. */
public final class OperationNames {
    /** Elements set to zero at random. */
    public static final String DROPOUT = "dropout";

    /** Softmax and cross-entropy in one. */
    public static final String SOFTMAX_CROSS_ENTROPY = "softmaxCrossEntropy";

    /** Sigmoid and binary cross-entropy in one. */
    public static final String SIGMOID_CROSS_ENTROPY = "sigmoidCrossEntropy";

    /** The product of each pair of blocks. */
    public static final String BLOCK_MULT = "blockMult";

    /** Each block transposed. */
    public static final String BLOCK_TRANSPOSE = "blockTranspose";

    private OperationNames() {}
}

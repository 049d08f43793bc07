package org.ejgrad.nn.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Locale;
import org.ejgrad.PlainText;
import org.ejgrad.Value;

/**
 * The numbers of a model: most programs expect FLOAT, DOUBLE keeps every digit, but for some operators that ONNX
 * Runtime 1.30 has of floats alone: see {@link OnnxModel#floatOnly}.
 */
public enum Precision {
    /** 32 bits. */
    FLOAT(TensorProto.DataType.FLOAT_VALUE),
    /** 64 bits. */
    DOUBLE(TensorProto.DataType.DOUBLE_VALUE);

    private final int code;

    Precision(int code) {
        this.code = code;
    }

    /** ONNX's number for the element type. */
    int code() {
        return code;
    }

    /** The elements of a matrix, row by row. */
    TensorProto tensor(String name, Value matrix) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(code);
        tensor.addDims(matrix.getNumRows()).addDims(matrix.getNumCols());
        for (int row = 0; row < matrix.getNumRows(); row++) {
            for (int column = 0; column < matrix.getNumCols(); column++) {
                double element = matrix.get(row, column);
                if (this == DOUBLE) {
                    tensor.addDoubleData(element);
                } else {
                    tensor.addFloatData(narrowed(name, element));
                }
            }
        }
        return tensor.build();
    }

    private static float narrowed(String name, double element) {
        float narrow = (float) element;
        if (Float.isInfinite(narrow) && Double.isFinite(element)) {
            throw new IllegalArgumentException("ONNX: " + PlainText.line(name) + " holds " + element
                    + ", which is no float; export it with doubles");
        }
        return narrow;
    }

    /** The name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

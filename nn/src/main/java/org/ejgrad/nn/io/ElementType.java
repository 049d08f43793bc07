package org.ejgrad.nn.io;

import java.nio.ByteBuffer;

/** The number types of the safetensors format that a double can hold exactly, and how each is read. */
enum ElementType {
    /** IEEE double. */
    F64(8),
    /** IEEE single. */
    F32(4),
    /** The upper half of an IEEE single. */
    BF16(2),
    /** IEEE half: 1 sign bit, 5 bits of exponent with bias 15, 10 bits of fraction. */
    F16(2);

    /** Bytes per element. */
    final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** The next element of a little-endian buffer. */
    double read(ByteBuffer bytes) {
        return switch (this) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case F16 -> half(bytes.getShort());
        };
    }

    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction + 0x400), exponent - 25);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}

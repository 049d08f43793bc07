package org.ejgrad.nn.io;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** The number types of the safetensors format that a double can hold exactly, and how each is read. */
enum ElementType {
    /** IEEE double. */
    F64(8, ByteBuffer::getDouble),
    /** IEEE single. */
    F32(4, ByteBuffer::getFloat),
    /** The upper half of an IEEE single. */
    BF16(2, bytes -> Float.intBitsToFloat(bytes.getShort() << 16)),
    /** IEEE half: 1 sign bit, 5 bits of exponent with bias 15, 10 bits of fraction. */
    F16(2, bytes -> half(bytes.getShort()));

    /** Bytes per element. */
    final int size;

    private final ToDoubleFunction<ByteBuffer> next;

    ElementType(int size, ToDoubleFunction<ByteBuffer> next) {
        this.size = size;
        this.next = next;
    }

    /** The next element of a little-endian buffer. */
    double read(ByteBuffer bytes) {
        return next.applyAsDouble(bytes);
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

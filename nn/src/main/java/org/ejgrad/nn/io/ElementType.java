package org.ejgrad.nn.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The number types of the safetensors format that are read as doubles, and how each is read. */
enum ElementType {
    /** IEEE double. */
    F64(8),
    /** IEEE single. */
    F32(4),
    /** The upper half of an IEEE single. */
    BF16(2),
    /** IEEE half: 1 sign bit, 5 bits of exponent with bias 15, 10 bits of fraction. */
    F16(2),
    /** Whole numbers of 64 bits, read where a double can hold them. */
    I64(8),
    /** Whole numbers of 64 bits without a sign, read where a double can hold them. */
    U64(8),
    /** Whole numbers of 32 bits. */
    I32(4),
    /** Whole numbers of 32 bits without a sign. */
    U32(4),
    /** Whole numbers of 16 bits. */
    I16(2),
    /** Whole numbers of 16 bits without a sign. */
    U16(2),
    /** Whole numbers of 8 bits. */
    I8(1),
    /** Whole numbers of 8 bits without a sign. */
    U8(1),
    /** 0 or 1 in a byte. */
    BOOL(1);

    private static final double TWO_TO_63 = 0x1p63;

    /** Bytes per element. */
    final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** The type of a name, if it is one of these. */
    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Whether an element can be one that no double equals; it is read as NaN then, which is no whole number. */
    boolean isWhole() {
        return switch (this) {
            case F64, F32, BF16, F16 -> false;
            default -> true;
        };
    }

    /** The next element of a little-endian buffer. */
    double read(ByteBuffer bytes) {
        return switch (this) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case F16 -> half(bytes.getShort());
            case I64 -> exact(bytes.getLong());
            case U64 -> exactUnsigned(bytes.getLong());
            case I32 -> bytes.getInt();
            case U32 -> Integer.toUnsignedLong(bytes.getInt());
            case I16 -> bytes.getShort();
            case U16 -> Short.toUnsignedInt(bytes.getShort());
            case I8 -> bytes.get();
            case U8 -> Byte.toUnsignedInt(bytes.get());
            case BOOL -> truth(bytes.get());
        };
    }

    private static double exact(long number) {
        double nearest = number;
        return nearest != TWO_TO_63 && (long) nearest == number ? nearest : Double.NaN;
    }

    /** Twice the half and the last bit: a number above 2⁶³ that a double can hold is even. */
    private static double exactUnsigned(long number) {
        return number >= 0 ? exact(number) : (number & 1) == 0 ? 2 * exact(number >>> 1) : Double.NaN;
    }

    private static double truth(byte bits) {
        return bits == 0 || bits == 1 ? bits : Double.NaN;
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

package org.ejgrad.nn.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * The SHA-256 of matrices, such as those of a data set, and the one that a model file carries of itself: 64 hexadecimal
 * digits as the first note of its header, computed over the whole file with 64 zeros in their place.
 */
public final class Checksum {
    /** The note's name. */
    static final String KEY = Safetensors.RESERVED + "sha256";

    /** What stands in the digits' place while the sum is computed. */
    static final String PLACEHOLDER = "0".repeat(64);

    /** How a header begins that carries the sum; the digits follow. */
    private static final byte[] OPENING =
            ("{\"" + SafetensorsHeader.METADATA + "\":{\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);

    private static final int DIGITS_AT = Safetensors.LENGTH_BYTES + OPENING.length;

    /** How much of a file's start shows whether it carries a sum. */
    static final int END = DIGITS_AT + PLACEHOLDER.length();

    private final MessageDigest digest;

    Checksum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** {@return the SHA-256 of the shapes and all bits of matrices, in order, as 64 hexadecimal digits} */
    public static String of(List<? extends ConstMatrix<?>> matrices) {
        Checksum checksum = new Checksum();
        for (ConstMatrix<?> matrix : Require.elements(matrices, "matrices")) {
            ByteBuffer shape = ByteBuffer.allocate(2 * Integer.BYTES);
            checksum.digest.update(shape.putInt(matrix.getNumRows())
                    .putInt(matrix.getNumCols())
                    .flip());
            ByteBuffer row = ByteBuffer.allocate(Double.BYTES * matrix.getNumCols());
            for (int i = 0; i < matrix.getNumRows(); i++) {
                row.clear();
                for (int j = 0; j < matrix.getNumCols(); j++) {
                    row.putDouble(matrix.get(i, j));
                }
                checksum.digest.update(row.flip());
            }
        }
        return checksum.digits();
    }

    /** Where the file's bytes go, in order, with the placeholder in the digits' place. */
    MessageDigest digest() {
        return digest;
    }

    /** Whether a file's start, which is the length and the header, carries a sum. */
    static boolean isIn(byte[] start) {
        return start.length >= END
                && Arrays.equals(start, Safetensors.LENGTH_BYTES, DIGITS_AT, OPENING, 0, OPENING.length);
    }

    /** The digits that a file's start carries. */
    static String in(byte[] start) {
        return new String(start, DIGITS_AT, PLACEHOLDER.length(), StandardCharsets.ISO_8859_1);
    }

    /** Takes in a file's start, whatever digits it carries. */
    void updateWithStart(byte[] start) {
        digest.update(start, 0, DIGITS_AT);
        digest.update(PLACEHOLDER.getBytes(StandardCharsets.US_ASCII));
        digest.update(start, END, start.length - END);
    }

    /** Puts the sum of what was taken in into a file's start. */
    void put(byte[] start) {
        System.arraycopy(digits().getBytes(StandardCharsets.US_ASCII), 0, start, DIGITS_AT, PLACEHOLDER.length());
    }

    /** The sum of what was taken in. */
    String digits() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.ejgrad.nn.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.1, 0.1",
        "1234.5678, 1234.57",
        "-1234567, -1234570",
        "12345678, 1.23457e7",
        "999999.9, 1000000",
        "9999999, 1e7",
        "1e-4, 0.0001",
        "0.0000999999, 9.99999e-5",
        "9.9999999e-5, 0.0001",
        "4.9e-324, 4.94066e-324",
        "1.7976931348623157e308, 1.79769e308",
        "-2.5e-9, -2.5e-9",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void numbersKeepTheirDigits(double number, String expected) {
        assertEquals(expected, Figures.rounded(number, 6));
    }

    @Test
    void nounsAreCounted() {
        assertEquals("1 class", Figures.counted(1, "class"));
        assertEquals("2 classes", Figures.counted(2, "class"));
        assertEquals("0 rows", Figures.counted(0, "row"));
        assertEquals("1 row", Figures.counted(1, "row"));
        assertThrows(IllegalArgumentException.class, () -> Figures.rounded(1, 0));
    }

    @Test
    void failuresAreSaidWithoutJava() {
        assertEquals("permission denied", FileFailure.reason(new AccessDeniedException("/a/.b.tmp")));
        assertEquals("permission denied", FileFailure.reason(new FileNotFoundException("/a (Permission denied)")));
        assertEquals("there is no such file or folder", FileFailure.reason(new NoSuchFileException("/a")));
        assertEquals("there is no such file or folder", FileFailure.reason(new FileNotFoundException("/a")));
        assertEquals("its symbolic links lead in a circle", FileFailure.reason(new FileSystemLoopException("/a")));
        assertEquals(
                "No space left on device",
                FileFailure.reason(new FileSystemException("/a/.b.tmp", null, "No space left on device")));
        assertEquals("the system refuses it", FileFailure.reason(new FileSystemException("/a")));
        assertEquals("a file of that name is there", FileFailure.reason(new FileAlreadyExistsException("/a")));
        assertEquals("the disk is gone", FileFailure.reason(new IOException("the disk is gone")));
        assertEquals("the system refuses it", FileFailure.reason(new IOException()));
    }
}

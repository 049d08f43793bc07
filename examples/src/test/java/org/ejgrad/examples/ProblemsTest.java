package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped data sets are whole, and divided and scaled as documented. */
class ProblemsTest {
    private static Problem load(String name) throws IOException {
        return Problems.load(name, 0, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "iris, 120, 30, 4, 3",
        "wine, 144, 34, 13, 3",
        "breast_cancer, 456, 113, 30, 2",
        "digits, 1442, 355, 64, 10",
        "xor, 4, 4, 2, 2",
        "moons, 800, 200, 2, 2",
        "circles, 800, 200, 2, 2",
        "blobs, 480, 120, 2, 4",
        "spirals, 1200, 300, 2, 3"
    })
    void haveTheirRows(String name, int train, int test, int features, int classes) throws IOException {
        Problem problem = load(name);
        assertEquals(name, problem.name());
        assertEquals(train, problem.train().size());
        assertEquals(test, problem.test().size());
        assertEquals(features, problem.train().features());
        assertEquals(classes, problem.test().classes());
        assertTrue((Problems.LIST + ",").contains(name + ","), "listed in the help");
    }

    @ParameterizedTest
    @CsvSource({"iris", "wine", "breast_cancer"})
    void areStandardisedByTheTrainingRows(String name) throws IOException {
        Dataset train = load(name).train();
        for (int column = 0; column < train.features(); column++) {
            SimpleMatrix numbers = train.inputs().getColumn(column).copy();
            double mean = numbers.elementSum() / train.size();
            assertEquals(0, mean, 1e-10);
            assertEquals(1, numbers.elementMult(numbers).elementSum() / train.size(), 1e-10);
        }
    }

    @Test
    void everyFifthRowOfAClassIsATestRow() throws IOException {
        double petalLength = load("iris").test().inputs().get(0, 2);
        double fifth = 1.4;
        double first = load("iris").train().inputs().get(0, 2);
        assertEquals(first, petalLength, "the first and the fifth flower of iris.csv both have petals of " + fifth);
        assertEquals(10, load("iris").test().classCounts()[2]);
        assertEquals(1.0, load("digits").train().inputs().elementMax());
    }
}

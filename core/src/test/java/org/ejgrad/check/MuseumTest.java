package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Historical faults are named, and their correct twins are clean. */
class MuseumTest {
    private static List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>(MuseumOfRules.all());
        all.addAll(MuseumOfPrograms.all());
        all.addAll(MuseumOfLosses.all());
        return all;
    }

    @TestFactory
    List<DynamicTest> everyFaultIsNamedAndItsTwinIsClean() {
        return all().stream()
                .map(exhibit -> DynamicTest.dynamicTest(exhibit.thread() + ": " + exhibit.story(), () -> {
                    String found = exhibit.examine().apply(true);
                    Campaign.print("museum, %s: %s", exhibit.thread(), found);
                    assertTrue(found.contains(exhibit.expected()), found);
                    assertEquals(Exhibit.CLEAN, exhibit.examine().apply(false));
                }))
                .toList();
    }

    @Test
    void theMuseumIsLargeEnough() {
        Campaign.print("museum: %d exhibits", all().size());
        assertTrue(all().size() >= 25);
    }
}

package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ejgrad.Sites;
import org.ejgrad.check.LibraryCall;
import org.junit.jupiter.api.Test;

/** Where a value was made is told by the user's line, and by the part of the library that made it for the user. */
class SiteTest {
    private static final String TEST = "org.ejgrad.faults.SiteTest.";

    @Test
    void theUsersCallIsNamed() {
        assertEquals(TEST + "theUsersCallIsNamed", method(Sites.here()));
    }

    @Test
    void theInnermostCallOfTheLibraryStandsBeforeTheUsers() {
        List<String> calls = List.of(LibraryCall.twice(Sites::here).split(", called at "));
        assertEquals(2, calls.size(), calls.toString());
        assertEquals("org.ejgrad.check.LibraryCall.once", method(calls.get(0)));
        assertEquals(TEST + "theInnermostCallOfTheLibraryStandsBeforeTheUsers", method(calls.get(1)));
    }

    @Test
    void javasOwnCallsAreNoPlaces() throws InterruptedException {
        List<String> calls = LibraryCall.once(
                        () -> List.of("").stream().map(x -> Sites.here()).toList())
                .stream()
                .map(SiteTest::method)
                .toList();
        assertEquals(1, calls.size());
        assertEquals(TEST + "lambda$javasOwnCallsAreNoPlaces$", calls.get(0).replaceAll("[0-9]+$", ""));

        AtomicReference<String> alone = new AtomicReference<>();
        Thread engine = LibraryCall.thread(Sites.recorder(alone));
        engine.start();
        engine.join();
        assertEquals("", alone.get());
    }

    @Test
    void theLibraryAloneIsNamedIfNobodyCalledIt() throws InterruptedException {
        AtomicReference<String> alone = new AtomicReference<>();
        Thread library = LibraryCall.thread(LibraryCall.around(Sites.recorder(alone)));
        library.start();
        library.join();
        assertEquals(
                "org.ejgrad.check.LibraryCall.lambda$around$",
                method(alone.get()).replaceAll("[0-9]+$", ""));
    }

    /** A frame without its file and line. */
    private static String method(String frame) {
        return frame.substring(0, frame.indexOf('('));
    }
}

package org.ejgrad.examples.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What a session does for readers that come and go, without a server. */
class SessionTest {
    /** What an hour makes at 100 a second in the campaign, and ten minutes otherwise. */
    private static final int STEPS = "full".equals(System.getProperty("ejgrad.campaign")) ? 360_000 : 60_000;

    /** A page that is left after so many frames; it keeps the size of the largest. */
    private static final class Reader extends OutputStream {
        private int frames;
        private int largest;

        Reader(int frames) {
            this.frames = frames;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            largest = Math.max(largest, count);
            if (bytes[from] == 'd' && frames-- == 0) {
                throw new IOException("the page was left");
            }
        }
    }

    private static double steps(Session session) throws IOException {
        return Client.number(session.frame(), "networks/0/steps");
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * The steps of an hour, as fast as they go, for one reader after another: neither memory nor frames grow, each
     * reader that vanishes pauses the training, and the next one finds it where it stood.
     */
    @Test
    void anHoursStepsForReadersThatVanishTakeNoMoreMemory() throws Exception {
        Sessions sessions = new Sessions(new SecureRandom());
        Session session = sessions.get(sessions.open(new Session(Fields.of("batch=1&rows=20&hidden=2"))));
        assertThrows(IOException.class, () -> trainFor(session, new Reader(20)));
        long before = used();
        int largest = 0;
        int readers = 0;
        double reached = steps(session);
        while (reached < STEPS || readers < 4) {
            Reader reader = new Reader(10);
            assertThrows(IOException.class, () -> trainFor(session, reader));
            assertFalse(session.isPlaying(), "nobody watches");
            double now = steps(session);
            assertTrue(now > reached, "it went on at " + reached);
            assertEquals(now, steps(session), "it rests");
            reached = now;
            largest = Math.max(largest, reader.largest);
            readers++;
        }
        long after = used();
        assertTrue(after - before < 3_000_000, "from " + before + " to " + after + " bytes");
        assertTrue(largest < 60_000, "a frame of " + largest + " bytes");
        assertEquals(1, sessions.count());
        sessions.closeIdle(System.nanoTime() + 3_600_000_000_000L);
        assertEquals(0, sessions.count(), "an hour later nobody has come back");
    }

    private static void trainFor(Session session, Reader reader) throws IOException, InterruptedException {
        session.control(Fields.of("do=play"));
        session.stream(reader);
    }

    /** Of two answers the newer is known by its version, whichever comes first. */
    @Test
    void eachChangeHasAVersion() throws Exception {
        Session session = new Session(Fields.of("rows=20"));
        double before = Client.number(session.frame(), "version");
        session.control(Fields.of("do=play"));
        String playing = session.frame();
        assertEquals("true", Client.text(playing, "playing"));
        assertTrue(Client.number(playing, "version") > before);
        session.control(Fields.of("do=reset"));
        String reset = session.frame();
        assertEquals("false", Client.text(reset, "playing"));
        assertTrue(Client.number(reset, "version") > Client.number(playing, "version"));
    }
}

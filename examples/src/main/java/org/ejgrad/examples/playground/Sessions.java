package org.ejgrad.examples.playground;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions that are open: at most 32, of which the one unused for longest gives way, each freed when idle. */
final class Sessions {
    static final int MOST = 32;

    private static final long IDLE_NANOS = 10L * 60 * 1_000_000_000;

    private final SecureRandom random;
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(SecureRandom random) {
        this.random = random;
    }

    /** {@return 128 random bits in hexadecimal digits} */
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@return the name of a new session} */
    synchronized String open(Session session) {
        while (open.size() >= MOST) {
            open.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().used() - System.nanoTime()))
                    .ifPresent(oldest -> close(oldest.getKey()));
        }
        String name = secret(random);
        open.put(name, session);
        return name;
    }

    synchronized Session get(String name) {
        Session session = open.get(name);
        if (session == null) {
            throw new Refusal(404, "this session has been closed; load the page again");
        }
        return session;
    }

    synchronized int count() {
        return open.size();
    }

    /** Frees those that were not used for ten minutes before a time by {@link System#nanoTime}. */
    synchronized void closeIdle(long now) {
        List<String> idle = open.entrySet().stream()
                .filter(entry -> now - entry.getValue().used() >= IDLE_NANOS)
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(this::close);
    }

    synchronized void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private void close(String name) {
        Session session = open.remove(name);
        if (session != null) {
            session.close();
        }
    }
}

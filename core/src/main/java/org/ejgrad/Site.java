package org.ejgrad;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Where in a program a value was made; remembered of what is computed from a traced one. */
final class Site {
    static final Site UNTRACED = new Site(List.of());

    private static final String ENGINE = "org.ejgrad.";
    private static final List<String> LIBRARY = List.of("org.ejgrad.check.", "org.ejgrad.show.", "org.ejgrad.nn.");
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final List<StackWalker.StackFrame> calls;

    private Site(List<StackWalker.StackFrame> calls) {
        this.calls = calls;
    }

    /**
     * The call of an operation that is running now, and if a layer made it, also the layer; never one of Java's own.
     */
    static Site here() {
        return WALKER.walk(Site::outside);
    }

    private static Site outside(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> all = frames.iterator();
        List<StackWalker.StackFrame> first = List.of();
        while (all.hasNext()) {
            StackWalker.StackFrame frame = all.next();
            String name = frame.getClassName();
            boolean isEngine = name.startsWith(ENGINE) && name.indexOf('.', ENGINE.length()) < 0;
            if (isEngine || name.startsWith("java.")) {
                continue;
            }
            if (LIBRARY.stream().noneMatch(name::startsWith)) {
                return new Site(first.isEmpty() ? List.of(frame) : List.of(first.get(0), frame));
            }
            if (first.isEmpty()) {
                first = List.of(frame);
            }
        }
        return new Site(first);
    }

    /** Such as {@code Dense.forward(Dense.java:41), called at Main.train(Main.java:20)}; empty if not traced. */
    @Override
    public String toString() {
        return String.join(
                ", called at ",
                calls.stream()
                        .map(call -> call.toStackTraceElement().toString())
                        .toList());
    }
}

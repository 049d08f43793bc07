package org.ejgrad.check;

import java.util.function.Supplier;

/** A mistake made on purpose, and what the checker is expected to call it. */
record Planted(String name, Mistake expected, Supplier<CheckReport> check) {}

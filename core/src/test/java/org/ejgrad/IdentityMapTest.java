package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityMapTest {
    /** Below, at and beyond the sizes at which the map changes its way to find a key. */
    @Test
    void findsEveryKeyAtEverySize() {
        IdentityMap<Value, Integer> map = new IdentityMap<>();
        List<Value> keys = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Value key = Value.variable("same", 1);
            assertFalse(map.contains(key));
            assertEquals(-1, map.find(key));
            map.put(key, i);
            keys.add(key);
            assertEquals(i + 1, map.size());
            if (i < 40 || i % 500 == 499) {
                for (int j = 0; j <= i; j++) {
                    assertTrue(map.contains(keys.get(j)));
                    assertEquals(j, map.find(keys.get(j)));
                    assertEquals(j, map.content(j));
                    assertSame(keys.get(j), map.key(j));
                }
            }
        }
    }

    @Test
    void replacesAndKeepsTheOrder() {
        for (int size : new int[] {3, 12, 13, 100}) {
            IdentityMap<Value, String> map = new IdentityMap<>();
            List<Value> keys = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                keys.add(Value.variable("x", i));
                map.put(keys.get(i), "old");
            }
            keys.forEach(key -> map.put(key, "new " + key.scalar()));
            assertEquals(size, map.size());
            List<Value> seen = new ArrayList<>();
            map.forEach((key, content) -> {
                assertEquals("new " + key.scalar(), content);
                seen.add(key);
            });
            assertEquals(keys, seen);
        }
    }
}

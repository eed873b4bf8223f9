package io.rateguard.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The values for the {@code {name:Type}} places of a statement, in the text form in which they travel. */
record Parameters(Map<String, String> values) {

    static final Parameters NONE = new Parameters(Map.of());

    /** The four arrays in which the engine takes them. */
    record Native(
            MemorySegment names,
            MemorySegment nameLengths,
            MemorySegment values,
            MemorySegment valueLengths,
            long count) {}

    Native in(Arena arena) {
        int count = values.size();
        if (count == 0) {
            return new Native(MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, 0);
        }
        Native arrays = new Native(
                arena.allocate(ADDRESS, count),
                arena.allocate(JAVA_LONG, count),
                arena.allocate(ADDRESS, count),
                arena.allocate(JAVA_LONG, count),
                count);
        int index = 0;
        for (Map.Entry<String, String> each : values.entrySet()) {
            put(arena, arrays.names(), arrays.nameLengths(), index, each.getKey());
            put(arena, arrays.values(), arrays.valueLengths(), index, each.getValue());
            index++;
        }
        return arrays;
    }

    private static void put(Arena arena, MemorySegment texts, MemorySegment lengths, int index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // One byte more: an empty text still needs an address.
        MemorySegment copy = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
        texts.setAtIndex(ADDRESS, index, copy);
        lengths.setAtIndex(JAVA_LONG, index, bytes.length);
    }
}

package io.rateguard.embedded.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** A statement with its data, gathered outside the small Java heap, where the engine can read it. */
final class NativeText implements AutoCloseable {

    static final long LARGEST_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 64 << 10;

    private Arena arena = Arena.ofConfined();
    private MemorySegment memory = arena.allocate(CHUNK_BYTES);
    private long size;

    void add(byte[] bytes, int count) throws ClickHouseError {
        if (size + count > LARGEST_BYTES) {
            throw ClickHouseError.of(
                    ClickHouseError.TOO_LARGE,
                    "The request is larger than " + LARGEST_BYTES + " bytes",
                    "MEMORY_LIMIT_EXCEEDED");
        }
        if (size + count > memory.byteSize()) {
            grow(size + count);
        }
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, size, count);
        size += count;
    }

    void add(String text) throws ClickHouseError {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, bytes.length);
    }

    /** Adds until there are so many bytes, or a few more, or nothing is left. */
    void add(InputStream in, long enough) throws IOException, ClickHouseError {
        byte[] chunk = new byte[CHUNK_BYTES];
        int count = 0;
        while (size < enough && count >= 0) {
            count = in.read(chunk);
            add(chunk, Math.max(count, 0));
        }
    }

    MemorySegment bytes() {
        return memory.asSlice(0, size);
    }

    String head(int most) {
        return new String(headBytes(most), StandardCharsets.UTF_8);
    }

    byte[] headBytes(int most) {
        return memory.asSlice(0, Math.min(most, size)).toArray(ValueLayout.JAVA_BYTE);
    }

    String tail(int most) {
        long start = Math.max(0, size - most);
        return new String(memory.asSlice(start, size - start).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    void replaceBy(String text) throws ClickHouseError {
        size = 0;
        add(text);
    }

    @Override
    public void close() {
        arena.close();
    }

    static void write(MemorySegment bytes, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
            int count = (int) Math.min(chunk.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
            out.write(chunk, 0, count);
        }
    }

    private void grow(long needed) {
        @SuppressWarnings("MustBeClosedChecker") // takes the place of the arena that close() closes
        Arena larger = Arena.ofConfined();
        MemorySegment grown = larger.allocate(Math.max(needed, 2 * memory.byteSize()));
        MemorySegment.copy(memory, 0, grown, 0, size);
        arena.close();
        arena = larger;
        memory = grown;
    }
}

package io.rateguard.embedded.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The data of an INSERT: what was read along with the statement, then the rest of the body.
 *
 * @param first may be empty
 */
record InsertedData(MemorySegment first, InputStream rest) implements Engine.Data {

    private static final int CHUNK_BYTES = 64 << 10;

    @Override
    public void giveTo(Taker taker) throws IOException {
        boolean wanted = first.byteSize() == 0 || taker.take(first);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(CHUNK_BYTES);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = rest.read(chunk); wanted && count >= 0; count = rest.read(chunk)) {
                if (count > 0) {
                    MemorySegment.copy(chunk, 0, memory, ValueLayout.JAVA_BYTE, 0, count);
                    wanted = taker.take(memory.asSlice(0, count));
                }
            }
        }
        // A client that still sends would not hear why it is refused.
        rest.transferTo(OutputStream.nullOutputStream());
    }
}

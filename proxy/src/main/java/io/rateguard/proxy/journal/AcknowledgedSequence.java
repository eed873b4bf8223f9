package io.rateguard.proxy.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The sequence up to which a journal has been acknowledged or given up: a mapped file of eight bytes. It may lag behind,
 * never run ahead. Written by the shipper, read by anyone.
 */
final class AcknowledgedSequence {

    private static final VarHandle SEQUENCE = JournalFormat.LONG.varHandle();

    private final MemorySegment memory;

    private AcknowledgedSequence(MemorySegment memory) {
        this.memory = memory;
    }

    static AcknowledgedSequence open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // So small that it can stay mapped until nobody refers to it.
            return new AcknowledgedSequence(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES, Arena.ofAuto()));
        }
    }

    long get() {
        return (long) SEQUENCE.getAcquire(memory, 0L);
    }

    void set(long sequence) {
        SEQUENCE.setRelease(memory, 0L, sequence);
    }
}

package io.rateguard.proxy.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment that is a mapped file: what is written to it outlives the process. */
final class MappedSegment extends Segment {

    private static final int PAGE_BYTES = 4096;
    private static final int FILL_BYTES = 256 << 10;

    private final Path file;
    private final Arena arena;

    private MappedSegment(Path file, MemorySegment memory, Arena arena) {
        super(memory);
        this.file = file;
        this.arena = arena;
    }

    /** Creates the file, gives it all of its disk space and touches every page, so that writing to it later is cheap. */
    static MappedSegment create(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            fill(channel, bytes);
            MappedSegment segment = map(file, channel, FileChannel.MapMode.READ_WRITE, bytes);
            for (long page = 0; page < bytes; page += PAGE_BYTES) {
                segment.memory().set(ValueLayout.JAVA_BYTE, page, (byte) 0);
            }
            return segment;
        } catch (IOException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /** Opens what an earlier run wrote, for reading. */
    static MappedSegment open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return map(file, channel, FileChannel.MapMode.READ_ONLY, channel.size());
        }
    }

    Path file() {
        return file;
    }

    @Override
    boolean isStored(long offset) {
        return true;
    }

    @Override
    void unmap() {
        arena.close();
    }

    @Override
    void delete() {
        unmap();
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static MappedSegment map(Path file, FileChannel channel, FileChannel.MapMode mode, long bytes)
            throws IOException {
        @SuppressWarnings("MustBeClosedChecker") // the segment closes it when it is unmapped
        Arena arena = Arena.ofShared();
        try {
            return new MappedSegment(file, channel.map(mode, 0, bytes, arena), arena);
        } catch (IOException | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private static void fill(FileChannel channel, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, FILL_BYTES));
        for (long at = 0; at < bytes; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
            at += channel.write(zeros, at);
        }
    }
}

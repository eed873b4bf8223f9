package io.rateguard.embedded.clickhouse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The engine of this process. Each statement runs on a connection of its own: one that saw an error would put leftovers
 * before the next result. One more connection is held throughout, since the engine ends with its last.
 */
final class Engine implements AutoCloseable {

    private static final long LARGEST_STATEMENT_BYTES = 1_500_000_000;

    /** Left to itself the engine counts a GiB for each, and with the memory it has here works with one. */
    private static final long THREAD_BYTES = 256 << 20;

    private final Library library;
    private final InsertFunctions inserts;
    private final List<String> arguments;
    private final MemorySegment anchor;

    /** Does something with a result while its memory is valid. */
    interface Taking {
        void take(MemorySegment bytes, Library.Summary summary) throws IOException;
    }

    /** Hands over the data of an INSERT, bit by bit. */
    interface Data {
        void giveTo(Taker taker) throws IOException, ClickHouseError;

        /** False once no more is wanted. */
        interface Taker {
            boolean take(MemorySegment bytes);
        }
    }

    Engine(Path libraryFile, Path data, Path configuration) {
        library = new Library(libraryFile);
        inserts = new InsertFunctions(library);
        arguments = List.of(
                "clickhouse",
                "--path=" + data,
                "--config-file=" + configuration,
                "--max_memory_usage=" + LARGEST_STATEMENT_BYTES,
                "--max_threads_min_free_memory_per_thread=" + THREAD_BYTES);
        anchor = library.connect(arguments);
    }

    /** Runs the statement after its preparing ones (settings, database) and hands its result on. */
    void run(List<String> before, MemorySegment sql, String format, Parameters parameters, Taking taking)
            throws ClickHouseError, IOException {
        withConnection(before, connection -> take(library.query(connection, sql, format, parameters), taking));
    }

    /**
     * Runs an INSERT whose data comes apart from it. Data that breaks off, or is refused, leaves out the whole of the
     * block it is part of; a block is about a million rows, as in any ClickHouse.
     *
     * @param statement without its FORMAT clause
     */
    void insert(
            List<String> before,
            MemorySegment statement,
            String format,
            Parameters parameters,
            Data data,
            Taking taking)
            throws ClickHouseError, IOException {
        withConnection(before, connection -> {
            MemorySegment stream = inserts.begin(connection, statement, format, parameters);
            try {
                refuse(inserts.error(stream));
                give(data, stream);
                take(inserts.done(stream), taking);
            } finally {
                inserts.destroy(stream);
            }
        });
    }

    private void give(Data data, MemorySegment stream) throws IOException, ClickHouseError {
        boolean whole = false;
        try {
            data.giveTo(bytes -> inserts.append(stream, bytes));
            whole = true;
        } finally {
            if (!whole) {
                inserts.cancel(stream);
            }
        }
    }

    String version() throws ClickHouseError, IOException {
        StringBuilder version = new StringBuilder();
        try (Arena arena = Arena.ofConfined()) {
            run(
                    List.of(),
                    text(arena, "SELECT version()"),
                    "TabSeparated",
                    Parameters.NONE,
                    (bytes, summary) -> version.append(
                            new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8).strip()));
        }
        return version.toString();
    }

    @Override
    public void close() {
        library.close(anchor);
    }

    private void execute(MemorySegment connection, String statement) throws ClickHouseError, IOException {
        try (Arena arena = Arena.ofConfined()) {
            take(
                    library.query(connection, text(arena, statement), "TabSeparated", Parameters.NONE),
                    (bytes, summary) -> {});
        }
    }

    private interface Work {
        void on(MemorySegment connection) throws ClickHouseError, IOException;
    }

    private void withConnection(List<String> before, Work work) throws ClickHouseError, IOException {
        MemorySegment connection = library.connect(arguments);
        try {
            for (String each : before) {
                execute(connection, each);
            }
            work.on(connection);
        } finally {
            library.close(connection);
        }
    }

    private void take(MemorySegment result, Taking taking) throws ClickHouseError, IOException {
        try {
            refuse(library.error(result));
            taking.take(library.bytes(result), library.summary(result));
        } finally {
            library.destroy(result);
        }
    }

    private static void refuse(String error) throws ClickHouseError {
        if (!error.isEmpty()) {
            throw new ClickHouseError(error);
        }
    }

    private static MemorySegment text(Arena arena, String text) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
    }
}

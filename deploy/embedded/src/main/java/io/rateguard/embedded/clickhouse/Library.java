package io.rateguard.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The functions of libchdb that are used, one method each. */
final class Library {

    /** Connection, statement, format, and the four arrays of parameters; texts with their lengths. */
    static final FunctionDescriptor STATEMENT = FunctionDescriptor.of(
            ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

    private static final FunctionDescriptor LONG_OF_RESULT = FunctionDescriptor.of(JAVA_LONG, ADDRESS);
    private static final FunctionDescriptor ADDRESS_OF_RESULT = FunctionDescriptor.of(ADDRESS, ADDRESS);

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols;
    private final MethodHandle connect;
    private final MethodHandle closeConnection;
    private final MethodHandle query;
    private final MethodHandle buffer;
    private final MethodHandle length;
    private final MethodHandle error;
    private final MethodHandle elapsed;
    private final MethodHandle rowsRead;
    private final MethodHandle readRows;
    private final MethodHandle readBytes;
    private final MethodHandle writtenRows;
    private final MethodHandle writtenBytes;
    private final MethodHandle destroyResult;

    Library(Path file) {
        symbols = SymbolLookup.libraryLookup(file, Arena.global());
        connect = function("chdb_connect", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
        closeConnection = function("chdb_close_conn", FunctionDescriptor.ofVoid(ADDRESS));
        query = function("chdb_query_with_params_n", STATEMENT);
        buffer = function("chdb_result_buffer", ADDRESS_OF_RESULT);
        length = function("chdb_result_length", LONG_OF_RESULT);
        error = function("chdb_result_error", ADDRESS_OF_RESULT);
        elapsed = function("chdb_result_elapsed", FunctionDescriptor.of(JAVA_DOUBLE, ADDRESS));
        rowsRead = function("chdb_result_rows_read", LONG_OF_RESULT);
        readRows = function("chdb_result_storage_rows_read", LONG_OF_RESULT);
        readBytes = function("chdb_result_storage_bytes_read", LONG_OF_RESULT);
        writtenRows = function("chdb_result_rows_written", LONG_OF_RESULT);
        writtenBytes = function("chdb_result_bytes_written", LONG_OF_RESULT);
        destroyResult = function("chdb_destroy_query_result", FunctionDescriptor.ofVoid(ADDRESS));
        leaveSignalsToJava();
    }

    /** What a statement cost, as ClickHouse sums it up. */
    record Summary(
            long readRows, long readBytes, long writtenRows, long writtenBytes, long resultRows, long elapsedNanos) {}

    /** Opens a connection; what comes back must be closed. */
    MemorySegment connect(List<String> arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment vector = arena.allocate(MemoryLayout.sequenceLayout(arguments.size(), ADDRESS));
            for (int i = 0; i < arguments.size(); i++) {
                vector.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
            }
            MemorySegment opened = (MemorySegment) connect.invokeExact(arguments.size(), vector);
            if (opened.address() == 0) {
                throw new IllegalStateException("the ClickHouse engine does not open with " + arguments);
            }
            return opened.reinterpret(ADDRESS.byteSize());
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    void close(MemorySegment connection) {
        end(closeConnection, connection);
    }

    /** Runs a statement to its end; what comes back must be destroyed. */
    MemorySegment query(MemorySegment connection, MemorySegment sql, String format, Parameters parameters) {
        return run(query, connection, sql, format, parameters);
    }

    static MemorySegment run(
            MethodHandle function, MemorySegment connection, MemorySegment sql, String format, Parameters parameters) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] formatBytes = format.getBytes(StandardCharsets.UTF_8);
            Parameters.Native bound = parameters.in(arena);
            return (MemorySegment) function.invokeExact(
                    connection.get(ADDRESS, 0),
                    sql,
                    sql.byteSize(),
                    arena.allocateFrom(JAVA_BYTE, formatBytes),
                    (long) formatBytes.length,
                    bound.names(),
                    bound.nameLengths(),
                    bound.values(),
                    bound.valueLengths(),
                    bound.count());
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    /** Empty where the statement went well. */
    String error(MemorySegment result) {
        return text(error, result);
    }

    /** The text a function gives of a handle; empty where there is none. */
    static String text(MethodHandle function, MemorySegment handle) {
        try {
            MemorySegment text = (MemorySegment) function.invokeExact(handle);
            return text.address() == 0 ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    /** The result's bytes, valid until it is destroyed. */
    MemorySegment bytes(MemorySegment result) {
        try {
            long size = (long) length.invokeExact(result);
            MemorySegment bytes = (MemorySegment) buffer.invokeExact(result);
            return size == 0 ? MemorySegment.NULL : bytes.reinterpret(size);
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    Summary summary(MemorySegment result) {
        try {
            return new Summary(
                    (long) readRows.invokeExact(result),
                    (long) readBytes.invokeExact(result),
                    (long) writtenRows.invokeExact(result),
                    (long) writtenBytes.invokeExact(result),
                    (long) rowsRead.invokeExact(result),
                    (long) ((double) elapsed.invokeExact(result) * 1e9));
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    void destroy(MemorySegment result) {
        end(destroyResult, result);
    }

    static void end(MethodHandle function, MemorySegment handle) {
        try {
            function.invokeExact(handle);
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    private void leaveSignalsToJava() {
        try {
            function("chdb_set_signal_handlers_enabled", FunctionDescriptor.ofVoid(JAVA_INT))
                    .invokeExact(0);
        } catch (Throwable failure) {
            throw raised(failure);
        }
    }

    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    static RuntimeException raised(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new IllegalStateException(failure);
    }
}

package io.rateguard.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of libchdb by which an INSERT takes its data as a stream of bytes, apart from its statement. */
final class InsertFunctions {

    private static final int SUCCESS = 0;

    private final MethodHandle begin;
    private final MethodHandle append;
    private final MethodHandle done;
    private final MethodHandle cancel;
    private final MethodHandle error;
    private final MethodHandle destroy;

    InsertFunctions(Library library) {
        begin = library.function("chdb_stream_insert_with_params_n", Library.STATEMENT);
        append = library.function("chdb_stream_append", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        done = library.function("chdb_stream_done", FunctionDescriptor.of(ADDRESS, ADDRESS));
        cancel = library.function("chdb_stream_cancel_insert", FunctionDescriptor.ofVoid(ADDRESS));
        error = library.function("chdb_stream_insert_error", FunctionDescriptor.of(ADDRESS, ADDRESS));
        destroy = library.function("chdb_destroy_insert_stream", FunctionDescriptor.ofVoid(ADDRESS));
    }

    /** Begins the INSERT, which stands without its format; what comes back must be destroyed, whatever its error is. */
    MemorySegment begin(MemorySegment connection, MemorySegment statement, String format, Parameters parameters) {
        return Library.run(begin, connection, statement, format, parameters);
    }

    /** Empty where the beginning went well. */
    String error(MemorySegment stream) {
        return Library.text(error, stream);
    }

    /** Hands over data, waiting where the engine is slower; false once it takes no more, which {@link #done} explains. */
    boolean append(MemorySegment stream, MemorySegment bytes) {
        try {
            return (int) append.invokeExact(stream, bytes, bytes.byteSize()) == SUCCESS;
        } catch (Throwable failure) {
            throw Library.raised(failure);
        }
    }

    /** Ends the data; what comes back says how it went and must be destroyed. */
    MemorySegment done(MemorySegment stream) {
        try {
            return (MemorySegment) done.invokeExact(stream);
        } catch (Throwable failure) {
            throw Library.raised(failure);
        }
    }

    /** Gives up; what the engine still gathers is not inserted. */
    void cancel(MemorySegment stream) {
        Library.end(cancel, stream);
    }

    void destroy(MemorySegment stream) {
        Library.end(destroy, stream);
    }
}

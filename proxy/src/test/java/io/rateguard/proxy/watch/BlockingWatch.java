package io.rateguard.proxy.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;
import reactor.core.scheduler.NonBlocking;

/** What may block on an event loop, each with its reason; everything else is an error, and remembered. */
public final class BlockingWatch implements BlockHoundIntegration {

    private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // A class is read from its jar once, on whichever thread needs it first.
        builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        builder.allowBlockingCallsInside("java.lang.invoke.MethodHandleNatives", "linkCallSite");
        // Redisson guards its list of open commands by a lock that is held for a few instructions.
        builder.allowBlockingCallsInside("org.redisson.misc.WrappedLock", "execute");
        // Event loops are those that say so; Redisson's workers use the threads of Netty's factory and may wait.
        builder.nonBlockingThreadPredicate(any -> NonBlocking.class::isInstance);
        builder.blockingMethodCallback(method -> {
            BlockingOperationError error = new BlockingOperationError(method);
            SEEN.add(method + " on " + Thread.currentThread().getName() + trace(error));
            throw error;
        });
    }

    /** What blocked an event loop since the last call. */
    static List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (String each = SEEN.poll(); each != null; each = SEEN.poll()) {
            taken.add(each);
        }
        return taken;
    }

    private static String trace(Throwable error) {
        StringBuilder lines = new StringBuilder();
        for (StackTraceElement line : error.getStackTrace()) {
            lines.append("\n    at ").append(line);
        }
        return lines.toString();
    }
}

package io.rateguard.proxy.watch;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers every buffer that was collected without having been released. */
public final class LeakWatch<T> extends ResourceLeakDetector<T> {

    private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

    public LeakWatch(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    public LeakWatch(Class<?> resourceType, int samplingInterval, long ignored) {
        super(resourceType, samplingInterval);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        SEEN.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        SEEN.add(resourceType);
    }

    /** What was lost since the last call, as far as a collection now can tell. */
    static List<String> taken() {
        collect();
        collect();
        // The detector looks through its queue when the next buffer is made.
        PooledByteBufAllocator.DEFAULT.directBuffer().release();
        PooledByteBufAllocator.DEFAULT.heapBuffer().release();
        List<String> taken = new ArrayList<>();
        for (String each = SEEN.poll(); each != null; each = SEEN.poll()) {
            taken.add(each);
        }
        return taken;
    }

    /** Returns when a reference that was cleared now has been queued, and with it all that were cleared before. */
    private static void collect() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> sentinel = new WeakReference<>(new Object(), collected);
        while (collected.poll() != sentinel) {
            System.gc();
        }
    }
}

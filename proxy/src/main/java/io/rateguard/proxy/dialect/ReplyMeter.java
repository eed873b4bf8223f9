package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;

/**
 * Watches one reply pass. Used by one thread; {@link #end()} is called once however the reply ended, and its result
 * handed on or released, since it gives back what the meter holds.
 */
public interface ReplyMeter {

    /**
     * Takes the chunk over and returns what to hand to the client: the same buffer untouched, unless a usage report that
     * only RateGuard asked for is cut out. May be empty.
     */
    ByteBuf pass(ByteBuf chunk);

    /** What was held back; empty when nothing was. No chunk may follow. */
    ByteBuf end();

    /** What is known so far; may be asked at any time. */
    Reading reading();
}

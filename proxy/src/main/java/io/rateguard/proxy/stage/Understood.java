package io.rateguard.proxy.stage;

import io.netty.buffer.ByteBuf;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.proxy.dialect.Ask;
import org.jspecify.annotations.Nullable;

/**
 * A request whose size and price are estimated.
 *
 * @param ask what the body asks for; none on routes that are not metered
 * @param body the whole body, owned by this stage; none where it is passed through unread
 * @param fingerprint by which it is known when it comes again; none where its body is passed through unread
 */
public record Understood(
        Routed routed,
        RequestFacts facts,
        @Nullable Ask ask,
        @Nullable ByteBuf body,
        @Nullable Long fingerprint,
        Estimate estimate)
        implements Stage {

    @Override
    public Arrival arrival() {
        return routed.arrival();
    }

    @Override
    public Identified identified() {
        return routed.identified();
    }

    @Override
    public Understood understood() {
        return this;
    }
}

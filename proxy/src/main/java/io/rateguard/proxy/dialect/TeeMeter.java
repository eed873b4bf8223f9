package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/** Reads along while every chunk passes untouched. */
final class TeeMeter implements ReplyMeter {

    private final @Nullable Inflation inflation;
    private final ReplyText text;
    private final Tally<?> tally;

    /** @param inflation none for a reply that is not compressed */
    TeeMeter(@Nullable Inflation inflation, ReplyText text, Tally<?> tally) {
        this.inflation = inflation;
        this.text = text;
        this.tally = tally;
    }

    @Override
    public ByteBuf pass(ByteBuf chunk) {
        Inflation compressed = inflation;
        if (compressed == null) {
            Scratch.read(chunk, text);
        } else {
            Scratch.read(chunk, (bytes, from, to) -> compressed.inflate(bytes, from, to, text));
        }
        return chunk;
    }

    @Override
    public ByteBuf end() {
        if (inflation != null) {
            inflation.close();
        }
        text.end();
        return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public Reading reading() {
        Reading reading = tally.reading();
        boolean partlyCounted = reading.source() == UsageSource.COUNTED && inflation != null && inflation.gaveUp();
        return partlyCounted ? Reading.NOTHING : reading;
    }
}

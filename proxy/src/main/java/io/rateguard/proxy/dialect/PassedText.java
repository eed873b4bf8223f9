package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;

/** Output text that passed, for replies that end without a report. */
final class PassedText {

    private static final int BYTES_PER_TOKEN = 4;

    private long utf8Bytes;

    void add(CapturedText text) {
        utf8Bytes += text.utf8Bytes();
    }

    long tokens() {
        return Math.ceilDiv(utf8Bytes, BYTES_PER_TOKEN);
    }

    Usage usage() {
        return Usage.builder().set(UsageClass.OUTPUT, tokens()).build();
    }

    UsageSource source() {
        return utf8Bytes > 0 ? UsageSource.COUNTED : UsageSource.NONE;
    }
}

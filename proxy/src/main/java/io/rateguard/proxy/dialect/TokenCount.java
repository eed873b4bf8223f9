package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;

/**
 * Splits a provider's totals into classes that do not overlap: each part is taken out of what is left of its total, the
 * rest is the plain class. Parts that are larger than their total are cut to it, so that the classes always add up to the
 * totals; {@link #agrees()} then says that the report contradicts itself.
 */
final class TokenCount {

    private final Usage.Builder usage = Usage.builder();
    private boolean agrees = true;

    /** Begins to split a total; {@link Split#rest} ends it. */
    Split split(long total) {
        return new Split(total);
    }

    /** Counts what no total contains. */
    TokenCount beside(UsageClass usageClass, long count) {
        usage.set(usageClass, count);
        return this;
    }

    /** Compares two figures that the provider named for the same. */
    TokenCount check(boolean holds) {
        agrees &= holds;
        return this;
    }

    Usage usage() {
        return usage.build();
    }

    boolean agrees() {
        return agrees;
    }

    /** What is left of a total. */
    final class Split {

        private long left;

        private Split(long total) {
            this.left = total;
        }

        Split part(UsageClass usageClass, long count) {
            agrees &= count <= left;
            long taken = Math.min(count, left);
            usage.set(usageClass, taken);
            left -= taken;
            return this;
        }

        void rest(UsageClass usageClass) {
            usage.set(usageClass, left);
        }
    }
}

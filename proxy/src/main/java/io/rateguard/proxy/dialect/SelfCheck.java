package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each reply whose usage report contradicts itself. */
final class SelfCheck {

    private static final Logger log = LoggerFactory.getLogger(SelfCheck.class);

    private boolean told;

    Usage usage(TokenCount count, Counts<?> counts, @Nullable String model) {
        Usage usage = count.usage();
        if (!told && (counts.odd() || !count.agrees())) {
            told = true;
            log.debug("usage report disagrees with itself: model={} taken={}", model, usage);
        }
        return usage;
    }
}

package io.rateguard.console.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code usage}: all of it.
 *
 * @param next always null
 * @param countsSince from when on it is complete, where that is later than what was asked for
 */
record UsageList(
        List<UsageJson> items,
        @Nullable String next,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant countsSince) {}

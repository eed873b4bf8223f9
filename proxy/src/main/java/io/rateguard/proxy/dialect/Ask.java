package io.rateguard.proxy.dialect;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, as far as limits, budgets and prices care.
 *
 * @param model none only where the dialect has no models
 * @param outputLimit tokens of output the request allows at most: the larger of its limits, times n; empty when it names none
 * @param n answers asked for
 * @param inputBytes UTF-8 bytes of the text in the body
 * @param inputTokensAtMost never less than the provider can count, as long as {@code unbounded} is empty
 * @param inputTokensEstimate what the provider is likely to count
 * @param unbounded why no upper bound of the cost can be told, in words for the caller
 * @param hourCache whether what it has written to a cache may stay, and cost, for an hour
 * @param serviceTier the tier of service that is asked for, in the provider's word
 * @param endUser the end user the caller names to the provider
 * @param edit what to change in the body before it goes upstream
 */
public record Ask(
        @Nullable String model,
        boolean stream,
        OptionalLong outputLimit,
        int n,
        long inputBytes,
        long inputTokensAtMost,
        long inputTokensEstimate,
        Optional<String> unbounded,
        boolean hourCache,
        @Nullable String serviceTier,
        @Nullable String endUser,
        BodyEdit edit) {}

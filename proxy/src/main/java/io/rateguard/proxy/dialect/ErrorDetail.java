package io.rateguard.proxy.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an error says beyond code and message.
 *
 * @param requestId under which the console explains the decision
 * @param rule the id of the limit or budget that refused
 * @param resetAt when it is worth another try
 */
public record ErrorDetail(
        @Nullable String requestId,
        @Nullable String rule,
        @Nullable Instant resetAt) {

    public static final ErrorDetail NONE = new ErrorDetail(null, null, null);
}

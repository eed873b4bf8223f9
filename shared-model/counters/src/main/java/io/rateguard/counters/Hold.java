package io.rateguard.counters;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window of a budget holds for one request that is under way.
 *
 * @param key whose request it is; null where that is not known, such as after the counters were rebuilt
 * @param since when the request was admitted; null where that is not known
 * @param lapsesAt when the hold becomes a charge, unless its proxy renews it
 */
public record Hold(
        RequestId request,
        @Nullable ApiKeyId key,
        Money amount,
        @Nullable Instant since,
        Instant lapsesAt) {

    /**
     * Those of one window.
     *
     * @param isWhole false: there are more of them
     */
    public record Several(List<Hold> holds, boolean isWhole) {}
}

package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** Rows of the log that are told apart by their path. */
public final class Rows {

    private Rows() {}

    public static RequestRow of(String path) {
        return of(path, Instant.EPOCH);
    }

    public static RequestRow of(String path, Instant time) {
        return new RequestRow(
                RequestId.create(time.toEpochMilli(), new Random(path.hashCode())),
                time,
                "demo",
                null,
                null,
                "GET",
                path,
                null,
                Decision.ALLOWED,
                200,
                Money.ZERO,
                null,
                Usage.NONE,
                UsageSource.NONE,
                false,
                new RequestRow.Latency(0, 0, 0, 0),
                null,
                Map.of(),
                null);
    }
}

package io.rateguard.standalone.sample;

import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A limit of the sample; all count requests. */
enum SampleLimit {
    PER_KEY("90 requests a minute per key", null, Map.of(), Partition.Field.KEY, 90),
    PER_PARTNER(
            "Partners: 40 requests a minute per customer",
            null,
            Map.of("team", "partners"),
            Partition.Field.CUSTOMER,
            40),
    PAYMENTS("Payments: 60 requests a minute", SampleApi.PAYMENTS, Map.of(), Partition.Field.API, 60);

    final String title;
    final LimitMatch match;
    final List<Partition> per;
    final TokenBucket bucket;

    SampleLimit(String title, @Nullable SampleApi api, Map<String, String> tags, Partition.Field per, long perMinute) {
        this.title = title;
        this.match = new LimitMatch(api == null ? null : api.slug, null, null, null, null, null, tags);
        this.per = List.of(per);
        this.bucket = new TokenBucket(LimitUnit.REQUESTS, perMinute, perMinute, Duration.ofMinutes(1));
    }

    LimitRule rule(LimitId id) {
        return new LimitRule(id, title, match, per, bucket);
    }
}

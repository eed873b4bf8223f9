package io.rateguard.bed;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Events as proxies make them, of a few workspaces; a fiftieth is refused and costs nothing. */
public final class DrawnEvents {

    private static final int WORKSPACES = 12;
    private static final int KEYS = 40;
    private static final int MODELS = 8;
    private static final int ENDPOINTS = 4;
    private static final int CUSTOMERS = 500;
    private static final int TEAMS = 6;
    private static final int ONE_REFUSED_OF = 50;
    private static final int MOST_TOKENS = 4_000;
    private static final int DEAREST_NANOS = 2_000_000_000;

    private final Random random;
    private final UUID ids;
    private final YearMonth month = YearMonth.now(ZoneOffset.UTC);

    public DrawnEvents(Random random) {
        this.random = random;
        ids = new UUID(random.nextLong(), 0);
    }

    /** One that ends now. */
    public RequestEvent next() {
        long atMillis = System.currentTimeMillis();
        int workspace = random.nextInt(WORKSPACES);
        int key = random.nextInt(KEYS);
        boolean refused = random.nextInt(ONE_REFUSED_OF) == 0;
        long cost = refused ? 0 : random.nextInt(1, DEAREST_NANOS);
        String endpoint = "/v1/endpoint/" + random.nextInt(ENDPOINTS);
        int micros = random.nextInt(1_000, 1_000_000);
        return new RequestEvent(
                RequestId.create(atMillis, random),
                new RequestEvent.Caller(
                        new WorkspaceId(id(0, workspace)),
                        new ApiKeyId(id(1, key)),
                        "key-" + key,
                        null,
                        "customer-" + random.nextInt(CUSTOMERS),
                        Map.of("team", "team-" + random.nextInt(TEAMS))),
                new RequestEvent.Call(
                        new ApiId(id(2, 0)),
                        "demo",
                        "POST",
                        endpoint,
                        endpoint,
                        "model-" + random.nextInt(MODELS),
                        null,
                        false,
                        300,
                        900,
                        refused ? 0 : 1),
                new RequestEvent.Times(atMillis, atMillis, atMillis, micros, micros, 400, micros),
                refused
                        ? new RequestEvent.Verdict(Decision.LIMITED, 429, Outcome.REFUSED, null, false)
                        : new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                refused ? RequestEvent.Metering.NOTHING : metering(cost),
                List.of(charge(workspace, cost)));
    }

    private RequestEvent.Metering metering(long cost) {
        Usage usage = Usage.builder()
                .set(UsageClass.INPUT, random.nextInt(MOST_TOKENS))
                .set(UsageClass.OUTPUT, random.nextInt(MOST_TOKENS))
                .build();
        return new RequestEvent.Metering(usage, UsageSource.PROVIDER, cost, "drawn", false, null, 0, 0);
    }

    private RequestEvent.Charge charge(int workspace, long cost) {
        return new RequestEvent.Charge(
                new BudgetId(id(3, workspace)),
                month.toString(),
                millis(month.atDay(1)),
                millis(month.plusMonths(1).atDay(1)),
                cost,
                cost);
    }

    private UUID id(int kind, int number) {
        return new UUID(ids.getMostSignificantBits(), (long) kind << 32 | number);
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}

package io.rateguard.analytics.question;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The same question, answered by adding up events in plain Java. */
final class UsageOracle {

    private static final Set<Outcome> BROKEN =
            EnumSet.of(Outcome.UPSTREAM_CUT, Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.INTERRUPTED);

    record Group(
            Instant time, String api, ApiKeyId key, String endpoint, String model, String customer, String tagValue) {

        static Group of(UsageRow row) {
            return new Group(
                    row.time(), row.api(), row.key(), row.endpoint(), row.model(), row.customer(), row.tagValue());
        }
    }

    static final class Sums {
        long requests;
        long refused;
        long errors;
        long costNanos;
        final Map<UsageClass, Long> tokens = new EnumMap<>(UsageClass.class);
        final List<Long> latencyMicros = new ArrayList<>();

        Usage usage() {
            return Usage.of(tokens);
        }
    }

    static Map<Group, Sums> answer(List<RequestEvent> events, WorkspaceId workspace, UsageQuestion question) {
        Map<Group, Sums> answer = new HashMap<>();
        for (RequestEvent event : events) {
            Instant at = Instant.ofEpochMilli(event.times().chargedAtMillis());
            boolean asked = event.caller().workspace().equals(workspace)
                    && !at.isBefore(question.from())
                    && at.isBefore(question.to())
                    && (question.tag() == null || event.caller().tags().containsKey(question.tag()));
            if (asked) {
                add(answer.computeIfAbsent(group(event, at, question), group -> new Sums()), event);
            }
        }
        return answer;
    }

    private static Group group(RequestEvent event, Instant at, UsageQuestion question) {
        Instant time = switch (question.bucket()) {
            case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
            case HOUR ->
                at.atZone(question.zone()).truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY ->
                at.atZone(question.zone())
                        .toLocalDate()
                        .atStartOfDay(question.zone())
                        .toInstant();
            case TOTAL -> question.from();
        };
        Set<GroupBy> by = question.groupBy();
        return new Group(
                time,
                by.contains(GroupBy.API) ? event.call().apiSlug() : null,
                by.contains(GroupBy.KEY) ? event.caller().key() : null,
                by.contains(GroupBy.ENDPOINT) ? event.call().endpoint() : null,
                by.contains(GroupBy.MODEL) ? event.call().model() : null,
                by.contains(GroupBy.CUSTOMER) ? event.caller().customer() : null,
                question.tag() == null ? null : event.caller().tags().get(question.tag()));
    }

    private static void add(Sums sums, RequestEvent event) {
        boolean allowed = event.verdict().decision() == Decision.ALLOWED;
        boolean failed = event.verdict().status() >= 400
                || BROKEN.contains(event.verdict().outcome());
        sums.requests++;
        sums.refused += allowed ? 0 : 1;
        sums.errors += allowed && failed ? 1 : 0;
        sums.costNanos = Math.addExact(sums.costNanos, event.metering().costNanos());
        event.metering().usage().counts().forEach((use, count) -> sums.tokens.merge(use, count, Long::sum));
        if (allowed) {
            sums.latencyMicros.add(event.times().totalMicros());
        }
    }
}

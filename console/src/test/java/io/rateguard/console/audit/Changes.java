package io.rateguard.console.audit;

import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.usage.UsageSource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Every way in which the management API changes something, with an example that it accepts. */
final class Changes {

    private static final Instant RECORDED_AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final String IMPORT =
            "{\"gpt-4o\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":9e-6,\"output_cost_per_token\":1e-5}}";
    private static final String RERATE =
            "{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-02T00:00:00Z\",\"dryRun\":true}";
    private static final String ADJUSTMENT = "{\"costNanos\":1,\"note\":\"as the provider says\"}";

    static final List<Way> ALL = List.of(
            created("apis"),
            changed("DELETE apis/{api}", "apis", "deleted"),
            created("keys"),
            changed("POST keys/{key}/suspend", "keys", "suspended"),
            changed("POST keys/{key}/rotate", "keys", "rotated"),
            changed("POST keys/{key}/revoke", "keys", "revoked"),
            new Way("POST keys/{key}/resume", "suspended-keys", "", "keys", "resumed"),
            created("limits"),
            changed("DELETE limits/{limit}", "limits", "deleted"),
            created("budgets"),
            changed("DELETE budgets/{budget}", "budgets", "deleted"),
            new Way(
                    "POST budgets/{budget}/increase",
                    "budgets",
                    "{\"amountNanos\":1,\"until\":\"2199-01-01T00:00:00Z\"}",
                    "increases",
                    "created"),
            created("prices"),
            changed("DELETE prices/{price}", "prices", "deleted"),
            new Way("POST prices/imports", "", IMPORT, "price-imports", "created"),
            new Way("POST prices/imports/{number}/restore", "shipped-prices", "", "price-imports", "created"),
            new Way("POST prices/imports/{number}/apply", "price-imports", "", "price-imports", "applied"),
            new Way("POST rerates", "", RERATE, "corrections", "created"),
            new Way("POST requests/{requestId}/adjust", "requests", ADJUSTMENT, "corrections", "created"),
            created("channels"),
            changed("DELETE channels/{channel}", "channels", "deleted"),
            new Way("POST channels/{channel}/test", "channels", "", "tests", "created"),
            created("alert-rules"),
            changed("DELETE alert-rules/{rule}", "alert-rules", "deleted"),
            new Way("PATCH members/{member}", "members", "{\"role\":\"developer\"}", "members", "changed"),
            changed("DELETE members/{member}", "members", "deleted"));

    private Changes() {}

    private static Way created(String resource) {
        return new Way("POST " + resource, "", "", resource, "created");
    }

    private static Way changed(String route, String resource, String action) {
        return new Way(route, resource, "", resource, action);
    }

    /** A new thing, which {@code unique} names; answers its id. */
    static String create(RunningConsole console, String thing, String unique) throws SQLException {
        return switch (thing) {
            case "suspended-keys" -> {
                String key = create(console, "keys", unique);
                console.post("keys/" + key + "/suspend", "");
                yield key;
            }
            case "members" -> console.database().member("acme", unique + "@acme.example", "viewer");
            case "shipped-prices" -> "0";
            // Nothing else holds afterwards.
            case "price-imports" -> post(console, "prices/imports/0/restore", "");
            case "requests" -> estimated(console);
            default -> post(console, thing, example(console, thing, unique));
        };
    }

    private static String estimated(RunningConsole console) throws SQLException {
        RequestEvent event = Recording.event(
                console.database().workspace("acme"), RECORDED_AT, UsageSource.ESTIMATED, Outcome.COMPLETED);
        Recording.keep(console, event);
        return event.requestId().value();
    }

    private static String post(RunningConsole console, String path, String body) {
        Answer answer = console.post(path, body);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.json().path("id").asString();
    }

    private static String example(RunningConsole console, String resource, String unique) throws SQLException {
        return switch (resource) {
            case "apis" ->
                "{\"slug\":\"%s\",\"profile\":\"generic\",\"baseUrl\":\"https://api.example\",\"auth\":{\"type\":\"none\"}}"
                        .formatted(unique);
            case "keys" -> "{\"name\":\"%s\"}".formatted(unique);
            case "limits" ->
                "{\"name\":\"%s\",\"match\":{\"path\":\"/%s\"},\"limit\":{\"algorithm\":\"concurrency\",\"max\":20}}"
                        .formatted(unique, unique);
            case "budgets" ->
                "{\"name\":\"%s\",\"amountNanos\":1,\"period\":\"day\",\"scope\":{\"type\":\"customer\",\"value\":\"%s\"}}"
                        .formatted(unique, unique);
            case "prices" -> "{\"model\":\"%s\",\"rates\":{\"input\":\"1\",\"output\":\"1\"}}".formatted(unique);
            case "channels" ->
                "{\"name\":\"%s\",\"type\":\"email\",\"target\":{\"to\":[\"ada@acme.example\"]}}".formatted(unique);
            case "alert-rules" ->
                "{\"name\":\"%s\",\"when\":{\"type\":\"budget-threshold\"},\"channels\":[\"%s\"]}"
                        .formatted(unique, create(console, "channels", unique));
            default -> throw new IllegalArgumentException(resource);
        };
    }

    /**
     * One of them.
     *
     * @param route the method, and the path within the workspace
     * @param thing what has to be there first, to be changed; empty: nothing
     * @param sent the body; empty: the example of a new thing, or none
     * @param resource what the entry names
     */
    record Way(String route, String thing, String sent, String resource, String action) {

        String method() {
            return route.substring(0, route.indexOf(' '));
        }

        String path(String id) {
            return route.substring(route.indexOf(' ') + 1).replaceAll("\\{\\w+}", id);
        }

        String body(RunningConsole console, String unique) throws SQLException {
            return sent.isEmpty() && thing.isEmpty() ? example(console, resource, unique) : sent;
        }

        @Override
        public String toString() {
            return route;
        }
    }
}

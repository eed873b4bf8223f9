package io.rateguard.console.audit;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import java.util.List;

/** Every way in which the management API changes something, with an example that it accepts. */
final class Changes {

    static final List<Way> ALL = List.of(
            created("apis"),
            changed("DELETE apis/{api}", "apis", "deleted"),
            created("keys"),
            changed("POST keys/{key}/suspend", "keys", "suspended"),
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
    static String create(RunningConsole console, String thing, String unique) {
        if (thing.equals("suspended-keys")) {
            String key = create(console, "keys", unique);
            console.post("keys/" + key + "/suspend", "");
            return key;
        }
        if (thing.equals("members")) {
            return console.database().member("acme", unique + "@acme.example", "viewer");
        }
        Answer answer = console.post(thing, example(console, thing, unique));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.json().path("id").asString();
    }

    private static String example(RunningConsole console, String resource, String unique) {
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

        String body(RunningConsole console, String unique) {
            return sent.isEmpty() && thing.isEmpty() ? example(console, resource, unique) : sent;
        }

        @Override
        public String toString() {
            return route;
        }
    }
}

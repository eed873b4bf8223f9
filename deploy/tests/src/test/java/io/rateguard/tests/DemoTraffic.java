package io.rateguard.tests;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Enough different requests that every screen has something to show: models, keys, refusals, errors. */
final class DemoTraffic {

    private static final String MESSAGES = "/proxy/demo/v1/messages";

    private DemoTraffic() {}

    static void send(ProductInBrowser console) {
        RunningProduct product = console.product();
        String search = key(product, "Search assistant", "live");
        String support = key(product, "Support chat", "live");
        String trial = key(product, "Trial", "test");
        product.manage("POST", "/limits", """
                {"name": "Trial keys: 3 requests a minute", "match": {"api": "demo", "key": "%s"}, "per": ["key"],
                 "limit": {"algorithm": "token-bucket", "unit": "requests", "capacity": 3, "refill": 3, "periodSeconds": 60}}
                """.formatted(idOf(product, "Trial")));
        product.manage("POST", "/limits", """
                {"name": "Output tokens per model", "match": {"model": "demo-*"}, "per": ["key", "model"],
                 "limit": {"algorithm": "token-bucket", "unit": "output-tokens", "capacity": 100000, "refill": 50000, "periodSeconds": 60}}
                """);
        product.manage("POST", "/budgets", """
                {"name": "Search team", "scope": {"type": "key", "value": "%s"}, "amountNanos": 40000000, "period": "day",
                 "shutoff": false, "estimate": "elastic"}
                """.formatted(idOf(product, "Search assistant")));
        for (int i = 0; i < 12; i++) {
            console.chat(search, i % 3 == 0 ? "gpt-4o" : "demo-small", "Find the invoices of week " + i);
            console.chat(support, "gpt-4o-mini", "Where is my parcel " + i + "?");
        }
        for (int i = 0; i < 4; i++) {
            console.send(MESSAGES, support, """
                    {"model":"claude-haiku-4-5","max_tokens":80,"messages":[{"role":"user","content":"Summarise ticket %d"}]}
                    """.formatted(i), Map.of("anthropic-version", "2023-06-01"));
        }
        for (int i = 0; i < 6; i++) {
            console.chat(trial, "demo-small", "Try " + i);
        }
        product.await(
                "the traffic to be recorded",
                Duration.ofSeconds(60),
                () -> product.manage("GET", "/requests?limit=100&decision=limited", "")
                                .path("items")
                                .size()
                        > 0);
    }

    private static String key(RunningProduct product, String name, String environment) {
        return product.manage("POST", "/keys", "{\"name\":\"%s\",\"environment\":\"%s\"}".formatted(name, environment))
                .path("secret")
                .asString();
    }

    private static String idOf(RunningProduct product, String keyName) {
        String id = "";
        for (JsonNode key : product.manage("GET", "/keys?limit=500", "").path("items")) {
            id = key.path("name").asString().equals(keyName) ? key.path("id").asString() : id;
        }
        return id;
    }
}

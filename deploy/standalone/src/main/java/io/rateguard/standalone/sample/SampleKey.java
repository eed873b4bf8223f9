package io.rateguard.standalone.sample;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key of the sample: an application of one team, or a customer's. */
enum SampleKey {
    SUPPORT("Support assistant", Map.of("team", "support", "product", "helpdesk"), null, SampleApi.ANTHROPIC),
    SEARCH("Shop search", Map.of("team", "shop", "product", "storefront"), null, SampleApi.OPENAI),
    CHECKOUT("Checkout", Map.of("team", "shop", "product", "storefront"), null, SampleApi.PAYMENTS),
    REVIEW("Code review", Map.of("team", "engineering"), null, SampleApi.ANTHROPIC),
    INVOICES("Invoice reader", Map.of("team", "finance"), null, SampleApi.OPENAI),
    NORTH("Partner portal, north", Map.of("team", "partners"), "north", SampleApi.OPENAI),
    SOUTH("Partner portal, south", Map.of("team", "partners"), "south", SampleApi.OPENAI),
    HACKATHON("Hackathon", Map.of("team", "engineering"), null, SampleApi.OPENAI, SampleApi.ANTHROPIC);

    final String title;
    final Map<String, String> tags;

    /** Whose requests these are, where the key is a customer's. */
    final @Nullable String customer;

    /** All that it may call. */
    final List<SampleApi> apis;

    SampleKey(String title, Map<String, String> tags, @Nullable String customer, SampleApi... apis) {
        this.title = title;
        this.tags = Map.copyOf(tags);
        this.customer = customer;
        this.apis = List.of(apis);
    }
}

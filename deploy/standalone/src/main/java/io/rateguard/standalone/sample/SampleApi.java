package io.rateguard.standalone.sample;

import io.rateguard.domain.api.Profile;

/** An API of the sample; each stands before the demo provider, so that new requests are answered. */
enum SampleApi {
    OPENAI("openai", "OpenAI", Profile.OPENAI, ""),
    ANTHROPIC("anthropic", "Anthropic", Profile.ANTHROPIC, ""),
    PAYMENTS("payments", "Payments", Profile.GENERIC, "/rest");

    final String slug;
    final String title;
    final Profile profile;

    /** What its base URL has after the demo provider's own. */
    final String basePath;

    SampleApi(String slug, String title, Profile profile, String basePath) {
        this.slug = slug;
        this.title = title;
        this.profile = profile;
        this.basePath = basePath;
    }
}

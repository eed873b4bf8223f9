package io.rateguard.domain.api;

/** The languages that paths speak: how a request asks, how its reply reports what was used, and how errors read. */
public enum Speech {
    OPENAI_CHAT,
    OPENAI_COMPLETIONS,
    OPENAI_RESPONSES,
    OPENAI_EMBEDDINGS,
    ANTHROPIC_MESSAGES,
    GEMINI_GENERATE,
    GEMINI_STREAM,
    GEMINI_EMBED,
    /** Stripe's errors; bodies are not read. */
    STRIPE,
    /** Any HTTP; bodies are not read. */
    PLAIN
}

package io.rateguard.analytics.intake;

/** What has just been done for the blocks under way; a crash may come after each. */
enum Step {
    DECODED,
    PROMISED,
    BURIED,
    INSERTED,
    ADJUSTED,
    MARKED,
    COMMITTED
}

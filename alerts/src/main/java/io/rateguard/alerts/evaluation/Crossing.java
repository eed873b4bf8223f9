package io.rateguard.alerts.evaluation;

import java.util.UUID;

/** What a rule is to be told. */
public record Crossing(UUID rule, Reached reached) {}

package io.rateguard.domain.event;

/** What travels through the journal and Kafka, in the order it happened. */
public sealed interface Event permits RequestEvent, BudgetCrossed, Adjustment {}

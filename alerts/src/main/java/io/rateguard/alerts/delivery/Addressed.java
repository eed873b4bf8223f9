package io.rateguard.alerts.delivery;

/** A notice for a channel. */
record Addressed(Channel channel, Notice notice) implements Outgoing {}

package io.rateguard.alerts.delivery;

/** What a delivery says, and where to. */
record Addressed(Channel channel, Notice notice) {}

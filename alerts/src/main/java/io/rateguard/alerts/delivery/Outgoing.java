package io.rateguard.alerts.delivery;

/** What a delivery carries, and where to. */
sealed interface Outgoing permits Addressed, Posted {}

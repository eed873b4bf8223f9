package io.rateguard.proxy.stage;

import org.jspecify.annotations.Nullable;

/** How far a request has come. */
public sealed interface Stage permits Arrival, Identified, Routed, Understood, Admitted {

    Arrival arrival();

    default @Nullable Identified identified() {
        return null;
    }

    default @Nullable Routed routed() {
        return null;
    }

    default @Nullable Understood understood() {
        return null;
    }
}

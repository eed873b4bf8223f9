package io.rateguard.console.members;

import org.jspecify.annotations.Nullable;

/** Whom to invite, as what. */
public record NewInvitation(
        @Nullable String email, @Nullable String role) {}

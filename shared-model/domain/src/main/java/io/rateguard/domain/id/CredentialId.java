package io.rateguard.domain.id;

import java.util.UUID;

/** A credential of an upstream API. */
public record CredentialId(UUID value) {

    public static CredentialId of(String text) {
        return new CredentialId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

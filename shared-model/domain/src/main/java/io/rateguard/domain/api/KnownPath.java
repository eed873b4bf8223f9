package io.rateguard.domain.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A path that a profile knows, and what it is to RateGuard.
 *
 * @param method none for any
 * @param template {@code {name}} stands for one segment, or for one or more at the end; {@code **} for any number at the
 *     end; {@code {model}:action} for a segment that ends so
 * @param code of the refusal, where the path is not let through
 * @param reason in words for the caller, where the path is not let through
 */
public record KnownPath(
        @Nullable String method, String template, Kind kind, Speech speech, String code, String reason) {

    public KnownPath {
        requireNonNull(template, "template");
        requireNonNull(kind, "kind");
        requireNonNull(speech, "speech");
    }

    /** What happens on a path. */
    public enum Kind {
        /** Read, and charged by what the provider reports. */
        METERED,
        /** Costs nothing at the provider. */
        FREE,
        /** Costs nothing per call. */
        FLAT,
        /** Refused whatever the setting says. */
        REFUSED,
        /** Follows the setting for unknown paths. */
        UNMETERED
    }

    /** Whether it lets requests through even where unknown paths are blocked. */
    public boolean passes() {
        return kind == Kind.METERED || kind == Kind.FREE || kind == Kind.FLAT;
    }

    /** The template as a pattern: {@code *} for a name within the path, {@code **} for one at its end. */
    String pattern() {
        return template.replaceAll("\\{[^}]*}$", "**").replaceAll("\\{[^}]*}", "*");
    }

    static KnownPath metered(String template, Speech speech) {
        return new KnownPath("POST", template, Kind.METERED, speech, "", "");
    }

    static KnownPath free(@Nullable String method, String template, Speech speech) {
        return new KnownPath(method, template, Kind.FREE, speech, "", "");
    }

    static KnownPath flat(String template, Speech speech) {
        return new KnownPath(null, template, Kind.FLAT, speech, "", "");
    }

    static KnownPath refused(String template, Speech speech, String code, String reason) {
        return new KnownPath(null, template, Kind.REFUSED, speech, code, reason);
    }

    static KnownPath unmetered(String template, Speech speech, String reason) {
        return new KnownPath(null, template, Kind.UNMETERED, speech, "endpoint_not_metered", reason);
    }
}

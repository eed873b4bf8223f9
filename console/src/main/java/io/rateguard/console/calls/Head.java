package io.rateguard.console.calls;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What precedes a reply's body.
 *
 * @param headers by their names, in any case
 * @param after from when the request was sent
 */
public record Head(int status, Map<String, List<String>> headers, Duration after) {

    /** Under which the console explains the request. */
    public Optional<String> requestId() {
        return header("x-rateguard-request-id");
    }

    /** The code of what RateGuard itself says; empty where the provider answered. */
    public Optional<String> error() {
        return header("x-rateguard-error");
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}

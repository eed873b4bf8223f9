package io.rateguard.console.calls;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of an API.
 *
 * @param api its slug
 * @param path what follows the address of the API at the proxy, with the query
 * @param headers besides the key
 * @param body JSON; null for none
 */
public record Call(
        String method,
        String api,
        String path,
        Map<String, String> headers,
        @Nullable String body) {

    public static Call get(String api, String path, Map<String, String> headers) {
        return new Call("GET", api, path, headers, null);
    }
}

package io.rateguard.embedded.clickhouse;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one user of the embedded ClickHouse, who may come by Basic login, by header or by URL parameter. */
final class Login {

    private final byte[] expected;

    Login(String user, @Nullable String password) {
        if (password == null) {
            throw new IllegalStateException(ClickHouseMain.PASSWORD_VARIABLE + " is not set");
        }
        expected = pair(user, password);
    }

    boolean accepts(Headers headers, Map<String, String> parameters) {
        return MessageDigest.isEqual(expected, given(headers, parameters));
    }

    private static byte[] given(Headers headers, Map<String, String> parameters) {
        String authorization = headers.getFirst("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                return Base64.getDecoder().decode(authorization.substring(6).strip());
            } catch (IllegalArgumentException notBase64) {
                return new byte[0];
            }
        }
        String user = headers.getFirst("X-ClickHouse-User");
        if (user != null) {
            String key = headers.getFirst("X-ClickHouse-Key");
            return pair(user, key == null ? "" : key);
        }
        return pair(parameters.getOrDefault("user", ""), parameters.getOrDefault("password", ""));
    }

    private static byte[] pair(String user, String password) {
        return (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    }
}

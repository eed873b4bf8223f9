package io.rateguard.console.apis;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.net.AddressGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks where an API claims to be. Names are not looked up here: the proxy asks the guard when it connects. */
final class BaseUrl {

    private static final String EXPECTED = " (expected: http:// or https://, a host, no user, query or fragment)";

    private BaseUrl() {}

    /** The address without a trailing slash. */
    static String require(String text, AddressGuard guard) {
        URI uri = parse(text);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!http || uri.getHost() == null || !plain || uri.getPort() > 65_535) {
            throw Problem.invalid("baseUrl: " + withoutUser(uri, text) + EXPECTED);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        literal(uri.getHost())
                .flatMap(address -> guard.objection(new InetSocketAddress(address, port)))
                .ifPresent(objection -> {
                    throw Problem.invalid("baseUrl: " + objection);
                });
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Where an address leads: {@code https://api.openai.com}. */
    static String origin(String baseUrl) {
        URI uri = parse(baseUrl);
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://"
                + uri.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw Problem.invalid("baseUrl: not a URL" + EXPECTED);
        }
    }

    /** A user in a URL may carry a password: it is not repeated. */
    private static String withoutUser(URI uri, String text) {
        @Nullable String user = uri.getRawUserInfo();
        return user == null ? text : text.replace(user + "@", "…@");
    }

    private static Optional<InetAddress> literal(String host) {
        boolean isLiteral = host.startsWith("[") || host.matches("[0-9.]+");
        boolean isLoopbackName = host.equalsIgnoreCase("localhost");
        if (!isLiteral && !isLoopbackName) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(isLoopbackName ? "127.0.0.1" : host));
        } catch (UnknownHostException malformed) {
            throw Problem.invalid("baseUrl: " + host + " (expected: a host name or IP address)");
        }
    }
}

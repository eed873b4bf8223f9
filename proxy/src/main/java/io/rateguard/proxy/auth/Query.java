package io.rateguard.proxy.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a query as its caller wrote them; they are compared decoded, as an upstream may read them. */
public final class Query {

    private Query() {}

    /** Each parameter as it stands between two ampersands; none of them empty. */
    public static List<String> parameters(String query) {
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    public static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    public static String value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    }

    /** Whether this is RateGuard's own key. */
    public static boolean isKey(String parameter) {
        return name(parameter).equals(PresentedKey.QUERY_PARAMETER)
                && value(parameter).startsWith("rg_");
    }

    /** What cannot be decoded stands for itself. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}

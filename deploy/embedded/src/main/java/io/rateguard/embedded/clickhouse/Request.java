package io.rateguard.embedded.clickhouse;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request of the HTTP protocol: everything but its body. */
record Request(Map<String, String> parameters, String queryId, String database, String format) {

    private static final String VALUE_PREFIX = "param_";
    private static final Pattern QUERY_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

    /** Parameters that speak to the HTTP server; every other one is a setting. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "query",
            "query_id",
            "database",
            "default_format",
            "user",
            "password",
            "quota_key",
            "compress",
            "decompress",
            "enable_http_compression",
            "wait_end_of_query",
            "buffer_size",
            "session_id",
            "session_check",
            "session_timeout",
            "stacktrace",
            "role",
            "client_protocol_version",
            "close_session",
            "log_comment");

    static Request of(HttpExchange exchange) throws ClickHouseError {
        Map<String, String> parameters = parse(exchange.getRequestURI().getRawQuery());
        Headers headers = exchange.getRequestHeaders();
        String queryId = parameters.getOrDefault(
                "query_id",
                headers.getOrDefault("X-ClickHouse-Query-Id", List.of("")).getFirst());
        if (queryId.isEmpty()) {
            queryId = UUID.randomUUID().toString();
        } else if (!QUERY_ID.matcher(queryId).matches()) {
            throw ClickHouseError.of(36, "query_id: letters, digits and _ . : - are expected", "BAD_ARGUMENTS");
        }
        return new Request(
                parameters,
                queryId,
                first(headers, "X-ClickHouse-Database", parameters.getOrDefault("database", "")),
                first(headers, "X-ClickHouse-Format", parameters.getOrDefault("default_format", "TabSeparated")));
    }

    /** The statement, or its beginning, where it came in the URL. */
    String query() {
        return parameters.getOrDefault("query", "");
    }

    boolean isCompressed() {
        return isOn("compress");
    }

    boolean isBodyCompressed() {
        return isOn("decompress");
    }

    Parameters values() {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(VALUE_PREFIX)) {
                values.put(name.substring(VALUE_PREFIX.length()), value);
            }
        });
        return new Parameters(values);
    }

    /** The statements that bring a fresh connection into the state the request asks for. */
    List<String> preparation() throws ClickHouseError {
        List<String> statements = new ArrayList<>();
        StringBuilder settings =
                new StringBuilder("SET log_comment = '").append(queryId).append('\'');
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            if (!NOT_SETTINGS.contains(each.getKey()) && !each.getKey().startsWith(VALUE_PREFIX)) {
                ClickHouseError.requireName(each.getKey(), "setting");
                settings.append(", ").append(each.getKey()).append(" = ").append(quoted(each.getValue()));
            }
        }
        statements.add(settings.toString());
        if (!database.isEmpty() && !database.equals("default")) {
            statements.add("USE `" + database.replace("\\", "\\\\").replace("`", "\\`") + "`");
        }
        return statements;
    }

    private boolean isOn(String name) {
        String value = parameters.getOrDefault(name, "0");
        return value.equals("1") || value.equalsIgnoreCase("true");
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String first(Headers headers, String name, String otherwise) {
        String value = headers.getFirst(name);
        return value == null ? otherwise : value;
    }

    private static Map<String, String> parse(@Nullable String rawQuery) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decode(name), decode(value));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

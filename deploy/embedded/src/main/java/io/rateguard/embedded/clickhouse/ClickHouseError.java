package io.rateguard.embedded.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine, or the front in its manner, refuses a statement. */
final class ClickHouseError extends Exception {

    static final int AUTHENTICATION_FAILED = 516;
    static final int TOO_LARGE = 241;
    static final int UNKNOWN = 1002;

    private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private final int code;

    ClickHouseError(String engineText) {
        super(engineText);
        text = engineText.strip();
        Matcher matcher = CODE.matcher(engineText);
        code = matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN;
    }

    static ClickHouseError of(int code, String text, String name) {
        return new ClickHouseError("Code: %s. DB::Exception: %s. (%s)".formatted(code, text, name));
    }

    static void requireName(String name, String what) throws ClickHouseError {
        if (!NAME.matcher(name).matches()) {
            throw of(36, what + " is not a name: " + name, "BAD_ARGUMENTS");
        }
    }

    /** As ClickHouse ends it, with its version; the engine has written it already where an insert failed. */
    String text(String version) {
        String from = " (version " + version;
        return text.contains(from) ? text : text + from + ")";
    }

    int code() {
        return code;
    }

    /** As ClickHouse answers; never 503, upon which the client would try again. */
    int httpStatus() {
        return switch (code) {
            case AUTHENTICATION_FAILED -> 403;
            case 36, 47, 62, 115 -> 400;
            case 60, 81 -> 404;
            default -> 500;
        };
    }
}

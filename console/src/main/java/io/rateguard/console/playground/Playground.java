package io.rateguard.console.playground;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.calls.Call;
import io.rateguard.console.calls.Calls;
import io.rateguard.console.calls.KeyLender;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Listener;
import io.rateguard.console.calls.Purpose;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/** Sends what members try. */
@Service
public class Playground {

    /** Of a body; larger ones are not written by hand. */
    public static final int MOST_BODY_CHARS = 200_000;

    public static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final int MOST_HEADERS = 20;
    private static final Pattern HEADER =
            Pattern.compile("([A-Za-z0-9-]{1,100}):[ \\t]*([\\x21-\\x7e][\\x20-\\x7e]{0,999})");
    /** What the console or the connection says. */
    private static final Set<String> NOT_TAKEN = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade");

    private final Access access;
    private final Apis apis;
    private final KeyLender keys;
    private final Calls calls;

    Playground(Access access, Apis apis, KeyLender keys, Calls calls) {
        this.access = access;
        this.apis = apis;
        this.keys = keys;
        this.calls = calls;
    }

    /** A key for one API; to be given back. */
    public LentKey lend(WorkspaceId workspace, String api) {
        return keys.lend(workspace, api, Purpose.PLAYGROUND);
    }

    /**
     * Begins a request; what is wrong with it is objected to before it is sent.
     *
     * @param api the slug of one of the workspace's
     * @return ends it early, from any thread
     */
    public Runnable send(WorkspaceId workspace, String api, Trial trial, Secret key, Listener listener) {
        access.require(workspace, Action.EDIT_KEYS);
        String slug = apis.read(workspace, api).slug();
        if (!METHODS.contains(trial.method())) {
            throw Problem.invalid(
                    "method: " + trial.method() + " (expected: one of " + String.join(", ", METHODS) + ")");
        }
        if (trial.body().length() > MOST_BODY_CHARS) {
            throw Problem.invalid(
                    "body: " + trial.body().length() + " characters (expected: " + MOST_BODY_CHARS + " at most)");
        }
        String body = trial.body().isBlank() ? null : trial.body();
        return calls.begin(
                new Call(trial.method(), slug, trial.path().strip(), headers(trial.headers()), body), key, listener);
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var header = HEADER.matcher(line);
            if (!header.matches()) {
                throw Problem.invalid("headers: a line of " + line.length()
                        + " characters (expected: name: value, such as X-RateGuard-Customer: acme)");
            }
            String name = header.group(1);
            if (NOT_TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
                throw Problem.invalid("headers: " + name + " (expected: another one; this one is set for you)");
            }
            headers.put(name, header.group(2));
        });
        if (headers.size() > MOST_HEADERS) {
            throw Problem.invalid("headers: " + headers.size() + " (expected: " + MOST_HEADERS + " at most)");
        }
        return headers;
    }
}

package io.rateguard.console.playground;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.calls.Call;
import io.rateguard.console.calls.Calls;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Listener;
import io.rateguard.console.calls.Purpose;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Sends what members try. */
@Service
public class Playground {

    /** Of a body; larger ones are not written by hand. */
    public static final int MOST_BODY_CHARS = 200_000;

    public static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Access access;
    private final Apis apis;
    private final Keys keys;
    private final Calls calls;

    Playground(Access access, Apis apis, Keys keys, Calls calls) {
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
     * @param key one of the workspace's that works: no other one is shown to the proxy, which takes the console for its caller
     * @return ends it early, from any thread
     */
    public Runnable send(WorkspaceId workspace, String api, Trial trial, Secret key, Listener listener) {
        access.require(workspace, Action.EDIT_KEYS);
        keys.requireWorking(workspace, key);
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
                new Call(trial.method(), slug, trial.path().strip(), WrittenHeaders.read(trial.headers()), body),
                key,
                listener);
    }
}

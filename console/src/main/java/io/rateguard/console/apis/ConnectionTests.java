package io.rateguard.console.apis;

import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.calls.Call;
import io.rateguard.console.calls.Calls;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Head;
import io.rateguard.console.calls.KeyLender;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Listener;
import io.rateguard.console.calls.Purpose;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows whether APIs are connected, by a request of each through the proxy, as an application would make it. */
@Service
public class ConnectionTests {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Access access;
    private final Apis apis;
    private final KeyLender keys;
    private final Calls calls;

    ConnectionTests(Access access, Apis apis, KeyLender keys, Calls calls) {
        this.access = access;
        this.apis = apis;
        this.keys = keys;
        this.calls = calls;
    }

    /** Waits for the answer, fifteen seconds at most. */
    public Connection test(WorkspaceId workspace, String idOrSlug) {
        access.require(workspace, Action.EDIT_APIS);
        Api api = apis.read(workspace, idOrSlug);
        Probe probe = Probe.of(api.profile());
        Call call = Call.get(api.slug(), probe.path(), probe.headers());
        Heard heard = new Heard();
        try (LentKey key = keys.lend(workspace, api.slug(), Purpose.CONNECTION_TEST)) {
            Runnable cancel = calls.begin(call, key.secret(), heard);
            Ended.How how = heard.how
                    .completeOnTimeout(Ended.How.TOO_SLOW, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            cancel.run();
            return new Findings(api, probe, call).of(how, heard.head, heard.body());
        }
    }

    /** Of the reply, as much as tells what it says. */
    private static final class Heard implements Listener {

        private static final int MOST_CHARS = 8_192;

        private final CompletableFuture<Ended.How> how = new CompletableFuture<>();
        private final StringBuilder body = new StringBuilder();
        private volatile @Nullable Head head;

        @Override
        public void head(Head first) {
            head = first;
        }

        @Override
        public synchronized void text(String part) {
            body.append(part, 0, Math.min(part.length(), MOST_CHARS - body.length()));
            if (body.length() == MOST_CHARS) {
                how.complete(Ended.How.TOO_LARGE);
            }
        }

        @Override
        public void ended(Ended ended) {
            how.complete(ended.how());
        }

        synchronized String body() {
            return body.toString();
        }
    }
}

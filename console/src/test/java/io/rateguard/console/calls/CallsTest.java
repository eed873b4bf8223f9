package io.rateguard.console.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.ConsoleSettings;
import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallsTest {

    @Test
    void tellsThatTheProxyIsNotReached() throws Exception {
        Calls calls = new Calls(new ConsoleSettings(
                "", "http://127.0.0.1:1/", "", "", ConsoleSettings.SignUp.CLOSED, "", null, "", "", ""));
        CompletableFuture<Ended> ended = new CompletableFuture<>();

        calls.begin(
                Call.get("demo", "/", Map.of()),
                Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom()),
                new Listener() {
                    @Override
                    public void head(Head head) {
                        ended.completeExceptionally(new AssertionError(head.toString()));
                    }

                    @Override
                    public void text(String part) {}

                    @Override
                    public void ended(Ended how) {
                        ended.complete(how);
                    }
                });

        assertThat(ended.get(10, TimeUnit.SECONDS).how()).isEqualTo(Ended.How.NOT_REACHED);
        calls.close();
    }
}

package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.key.Secret;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What the proxy knows of the policy while PostgreSQL comes and goes. */
class PolicyIT {

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void aNewLimitHoldsWithinASecondForKeysThatAreInUse() {
        TestKey key = bed.key();
        assertThat(status(key)).isEqualTo(200);

        bed.database().limit(bed.workspace(), "closed", "{\"key\":\"" + key.id() + "\"}", "[]", """
                {"algorithm":"token-bucket","unit":"requests","capacity":0,"refill":0,"periodSeconds":60}""");

        within(Duration.ofSeconds(1), key, 429);
    }

    /** What is loaded while the key changes may be of before or of after that: several times. */
    @RepeatedTest(10)
    void aKeyThatWasRevokedWhileTheConnectionWasLostIsDeadOnceItIsBack() {
        TestKey key = bed.key();
        assertThat(status(key)).isEqualTo(200);

        cutConnections();
        bed.database().setKeyStatus(key.id(), "revoked");

        within(Duration.ofSeconds(5), key, 401);
    }

    @Test
    void knownKeysWorkWhilePostgresIsAwayAndUnknownOnesAreToldSo() {
        TestKey known = bed.key();
        assertThat(status(known)).isEqualTo(200);
        Secret stranger = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());
        bed.database().execute("ALTER ROLE rateguard_proxy NOLOGIN");
        try {
            cutConnections();

            assertThat(status(known)).isEqualTo(200);
            HttpResponse<String> reply = bed.send(get(stranger.reveal()));
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body()).contains("policy_unavailable");
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        } finally {
            bed.database().execute("ALTER ROLE rateguard_proxy LOGIN");
        }
        TestKey later = bed.key();
        within(Duration.ofSeconds(5), later, 200);
    }

    @Test
    void healthTellsWhenChangesDoNotArrive() {
        bed.database().execute("ALTER ROLE rateguard_proxy NOLOGIN");
        try {
            cutConnections();
            ready(503);
        } finally {
            bed.database().execute("ALTER ROLE rateguard_proxy LOGIN");
        }
        ready(200);
    }

    private static void ready(int status) {
        HttpRequest.Builder ask = HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + bed.proxy().managementPort() + "/health/ready"))
                .GET();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (bed.send(ask).statusCode() != status && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(bed.send(ask).statusCode()).isEqualTo(status);
    }

    private static void cutConnections() {
        bed.database()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'rateguard-proxy' AND datname = current_database()");
    }

    private static void within(Duration most, TestKey key, int status) {
        long end = System.nanoTime() + most.toNanos();
        int last = status(key);
        while (last != status && System.nanoTime() < end) {
            last = status(key);
        }
        assertThat(last).isEqualTo(status);
    }

    private static int status(TestKey key) {
        return bed.send(get(key.secret())).statusCode();
    }

    private static HttpRequest.Builder get(String secret) {
        return HttpRequest.newBuilder(bed.uri("/proxy/demo/rest/echo"))
                .header("Authorization", "Bearer " + secret)
                .GET();
    }
}

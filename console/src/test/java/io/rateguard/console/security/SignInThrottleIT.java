package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SignInThrottleIT {

    private final RunningConsole console = RunningConsole.get();
    private final SignInThrottle throttle = console.context().getBean(SignInThrottle.class);
    private final String unique = UUID.randomUUID().toString();
    private final String ada = "ada@" + unique + ".example";
    private final String bob = "bob@" + unique + ".example";
    private final String network = "2001:db8:" + unique.substring(9, 13) + ":" + unique.substring(14, 18) + ":";
    private final String here = network + ":7";

    @Test
    void shutsAfterTenAttemptsOfOneNetworkAtOneAccount() {
        fail(9, ada, here);

        assertThat(throttle.enter(" " + ada.toUpperCase(Locale.ROOT), here)).isTrue();

        assertThat(throttle.enter(ada, here)).isFalse();
        assertThat(throttle.enter(ada, "elsewhere-" + unique)).isTrue();
        assertThat(throttle.enter(bob, here)).isTrue();
    }

    @Test
    void opensAfterAQuarterOfAnHour() throws SQLException {
        fail(10, ada, here);
        pass("14 minutes");
        assertThat(throttle.enter(ada, here)).isFalse();

        pass("1 minute");

        fail(10, ada, here);
        assertThat(throttle.enter(ada, here)).isFalse();
    }

    @Test
    void countsThoseWhoComeFromEverywhereAtOneAccount() {
        for (int i = 0; i < 100; i++) {
            fail(1, ada, unique + "-" + i);
        }

        assertThat(throttle.enter(ada, here)).isFalse();
        assertThat(throttle.enter(bob, here)).isTrue();
    }

    @Test
    void countsANetworkThatTriesOneAccountAfterTheOther() {
        for (int i = 0; i < 100; i++) {
            fail(1, "person-" + i + "@" + unique, network + ":" + i);
        }

        assertThat(throttle.enter(ada, network + "ffff::1")).isFalse();
        assertThat(throttle.enter(ada, "elsewhere-" + unique)).isTrue();
    }

    @Test
    void countsNoAttemptAtADoorThatIsShut() {
        fail(10, ada, here);
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.enter(ada, here)).isFalse();
        }

        assertThat(throttle.enter(ada, "elsewhere-" + unique))
                .as("the account is open to others")
                .isTrue();
        assertThat(throttle.enter(bob, here)).isTrue();
    }

    @Test
    void forgetsTheMistakesOfWhoKnowsThePasswordButNotThoseOfOthers() {
        fail(9, ada, here);
        fail(1, ada, here);
        throttle.succeeded(ada, here);
        fail(9, ada, here);

        for (int i = 0; i < 81; i++) {
            fail(1, ada, unique + "-" + i);
            fail(1, ada, here);
            throttle.succeeded(ada, here);
        }
        fail(1, ada, unique);

        assertThat(throttle.enter(ada, here)).isFalse();
    }

    @Test
    void countsForAllConsolesAndAllWhoComeAtOnce() throws Exception {
        JdbcClient jdbc = console.context().getBean(JdbcClient.class);
        SignInThrottle another =
                new SignInThrottle(new Throttle(console.context().getBean(Tenancy.class), jdbc));

        long let;
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = IntStream.range(0, 40)
                    .mapToObj(i -> all.submit(() -> (i % 2 == 0 ? throttle : another).enter(ada, here)))
                    .toList();
            let = 0;
            for (var attempt : attempts) {
                let += attempt.get() ? 1 : 0;
            }
        }

        assertThat(let).isEqualTo(10);
    }

    @Test
    void removesWhatIsOldAndKeepsNoAddress() throws SQLException {
        fail(1, ada, here);
        pass("2 hours");

        fail(1, bob, "elsewhere-" + unique);

        assertThat(console.database().text("SELECT count(*) FROM attempts WHERE since < now() - interval '1 hour'"))
                .isEqualTo("0");
        assertThat(console.database().text("SELECT count(*) FROM attempts WHERE door !~ '^[0-9a-f]{64}$'"))
                .isEqualTo("0");
    }

    private void fail(int times, String email, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.enter(email, address)).isTrue();
        }
    }

    private void pass(String time) throws SQLException {
        try (Connection owner = console.database().owner()) {
            TestDatabase.change(owner, "UPDATE attempts SET since = since - interval '" + time + "'");
        }
    }
}

package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final String ADA = "ada@acme.example";
    private static final String HERE = "203.0.113.7";

    private final ManualClock clock = new ManualClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void shutsAfterTenFailuresOfOneNetworkAtOneAccount() {
        fail(9, ADA, HERE);
        assertThat(throttle.isShut(ADA, HERE)).isFalse();

        fail(1, " ADA@acme.example", HERE);

        assertThat(throttle.isShut(ADA, HERE)).isTrue();
        assertThat(throttle.isShut(ADA, "198.51.100.1")).isFalse();
        assertThat(throttle.isShut("bob@acme.example", HERE)).isFalse();
    }

    @Test
    void opensAfterAQuarterOfAnHour() {
        fail(10, ADA, HERE);
        clock.now = clock.now.plus(SignInThrottle.WINDOW);
        assertThat(throttle.isShut(ADA, HERE)).isTrue();

        clock.now = clock.now.plusSeconds(1);

        assertThat(throttle.isShut(ADA, HERE)).isFalse();
        fail(9, ADA, HERE);
        assertThat(throttle.isShut(ADA, HERE)).isFalse();
    }

    @Test
    void countsThoseWhoComeFromEverywhereAtOneAccount() {
        for (int i = 0; i < 100; i++) {
            fail(1, ADA, "198.51.100." + i);
        }

        assertThat(throttle.isShut(ADA, HERE)).isTrue();
        assertThat(throttle.isShut("bob@acme.example", HERE)).isFalse();
    }

    @Test
    void countsANetworkThatTriesOneAccountAfterTheOther() {
        for (int i = 0; i < 100; i++) {
            fail(1, "person-" + i + "@acme.example", "2001:db8:1:2::" + i);
        }

        assertThat(throttle.isShut(ADA, "2001:db8:1:2:ffff::1")).isTrue();
        assertThat(throttle.isShut(ADA, "2001:db8:1:3::1")).isFalse();
    }

    @Test
    void forgetsTheMistakesOfWhoKnowsThePasswordButNotThoseOfOthers() {
        fail(9, ADA, HERE);
        throttle.succeeded(ADA, HERE);
        fail(9, ADA, HERE);
        assertThat(throttle.isShut(ADA, HERE)).isFalse();

        for (int i = 0; i < 82; i++) {
            fail(1, ADA, "198.51.100." + i);
            throttle.succeeded(ADA, HERE);
        }

        assertThat(throttle.isShut(ADA, HERE)).isTrue();
    }

    private void fail(int times, String email, String address) {
        for (int i = 0; i < times; i++) {
            throttle.failed(email, address);
        }
    }

    private static final class ManualClock extends Clock {

        private Instant now = Instant.EPOCH.plus(Duration.ofDays(20_000));

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

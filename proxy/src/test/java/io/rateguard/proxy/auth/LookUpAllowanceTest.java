package io.rateguard.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookUpAllowanceTest {

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final LookUpAllowance allowance = new LookUpAllowance(2, now::get);

    @Test
    void eachAddressHasItsShareOfAMinute() {
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isFalse();
        assertThat(allowance.take("b")).isTrue();

        now.addAndGet(60_000);

        assertThat(allowance.take("a")).isTrue();
    }

    @Test
    void aGoodKeyCostsNothingAndNeverMoreThanTheShareIsGivenBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(allowance.take("a")).isTrue();
            allowance.giveBack("a");
        }
        allowance.giveBack("a");
        allowance.giveBack("stranger");

        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isFalse();
    }
}

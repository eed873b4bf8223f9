package io.rateguard.proxy.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatelyCountedTest {

    private final LatelyCounted proxies = new LatelyCounted(3);

    @Test
    void anotherProxyCountsAtOnce() {
        assertThat(proxies.with(1)).isEqualTo(1);
        assertThat(proxies.with(2)).isEqualTo(2);
    }

    @Test
    void aStoreThatHasForgottenTheOthersIsNotBelievedAtOnce() {
        proxies.with(3);

        assertThat(proxies.with(1)).isEqualTo(3);
        assertThat(proxies.with(3)).isEqualTo(3);
    }

    @Test
    void thoseThatStayAwayAreForgotten() {
        proxies.with(3);
        proxies.with(2);
        proxies.with(2);

        assertThat(proxies.with(2)).isEqualTo(2);
    }
}

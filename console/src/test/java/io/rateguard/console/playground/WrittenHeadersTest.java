package io.rateguard.console.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.problem.Problem;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenHeadersTest {

    @Test
    void readsOneALine() {
        assertThat(WrittenHeaders.read("\n X-RateGuard-Customer: acme inc \nanthropic-version:2023-06-01\n"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("X-RateGuard-Customer", "acme inc", "anthropic-version", "2023-06-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-FORWARDED-PROTO",
                "X-Forwarded",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "CF-Connecting-IP",
                "CF-Connecting-IPv6",
                "True-Client-IP",
                "X-Client-IP",
                "Client-IP",
                "Fastly-Client-IP",
                "X-Cluster-Client-IP",
                "X-Azure-ClientIP",
                "X-Originating-IP",
                "X-Remote-Addr",
                "X-Remote-IP",
                "X-Original-Forwarded-For",
                "X-Envoy-External-Address",
                "X-AppEngine-User-IP"
            })
    void refusesWhatSaysWhereARequestComesFrom(String name) {
        assertThatThrownBy(() -> WrittenHeaders.read(name + ": 10.0.0.1"))
                .isInstanceOf(Problem.class)
                .hasMessage("headers: " + name
                        + " (expected: another one; the request comes from the console, and says so)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Connection",
                "Content-Length",
                "Content-Type",
                "Expect",
                "HOST",
                "Keep-Alive",
                "Proxy-Authenticate",
                "Proxy-Authorization",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "HTTP2-Settings",
                "User-Agent"
            })
    void refusesWhatTheConsoleOrTheConnectionSays(String name) {
        assertThatThrownBy(() -> WrittenHeaders.read(name + ": x"))
                .isInstanceOf(Problem.class)
                .hasMessage("headers: " + name + " (expected: another one; this one is set for you)");
    }

    @Test
    void refusesWhatIsNoHeaderAndMoreThanAnybodyWrites() {
        String many = IntStream.range(0, 21).mapToObj(i -> "X-" + i + ": x").collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> WrittenHeaders.read("no header"))
                .hasMessageStartingWith("headers: a line of 9 characters (expected: name: value");
        assertThatThrownBy(() -> WrittenHeaders.read(many)).hasMessage("headers: 21 (expected: 20 at most)");
    }
}

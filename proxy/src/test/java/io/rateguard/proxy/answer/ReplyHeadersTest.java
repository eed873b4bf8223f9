package io.rateguard.proxy.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Headroom.OfBudget;
import io.rateguard.proxy.stage.Headroom.OfLimit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyHeadersTest {

    private final HttpHeaders headers = new DefaultHttpHeaders();

    @Test
    void namesOfLimitsAreStructuredFieldStrings() {
        decided(new OfLimit("a \"b\" \\ ü\n", 10, 3, 1_001, 60));

        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"a \\\"b\\\" \\\\ ??\";q=10;w=60");
        assertThat(headers.get("RateLimit")).isEqualTo("\"a \\\"b\\\" \\\\ ??\";r=3;t=2");
        assertThat(headers.get("X-RateLimit-Reset")).isEqualTo("2");
    }

    @Test
    void aLimitThatNeverRefillsHasNoReset() {
        decided(new OfLimit("once", 10, 3, Long.MAX_VALUE, 60));

        assertThat(headers.contains("X-RateLimit-Reset")).isFalse();
        assertThat(headers.get("RateLimit")).isEqualTo("\"once\";r=3");
    }

    @Test
    void theTightestLimitIsTheOneWithTheSmallestPartLeft() {
        decided(
                new OfLimit("half", 1_000, 500, 0, 60),
                new OfLimit("almost out", Money.MAX_COUNTED_NANOS, 1_000, 0, 60),
                new OfLimit("full", 3, 3, 0, 60));

        assertThat(headers.get("X-RateLimit-Limit")).isEqualTo(Long.toString(Money.MAX_COUNTED_NANOS));
    }

    @Test
    void comparesBeyondSixtyFourBits() {
        long most = Money.MAX_COUNTED_NANOS;
        Headroom headroom = new Headroom(
                List.of(
                        new OfLimit("less", most, most - 1, 0, 1),
                        new OfLimit("full", most, most, 0, 1),
                        new OfLimit("least", most - 1, most - 3, 0, 1)),
                List.of(),
                false);

        assertThat(headroom.tightestLimit().orElseThrow().name()).isEqualTo("least");
    }

    @Test
    void theTightestBudgetIsShownInCents() {
        Headroom headroom = new Headroom(
                List.of(),
                List.of(
                        new OfBudget("a", Money.ofNanos(5_000_000_000L), Money.ofNanos(4_000_000_000L)),
                        new OfBudget("b", Money.ofNanos(3_000_000_000L), Money.ofNanos(1_234_567_890L))),
                false);

        ReplyHeaders.decided(headers, RequestId.create(0, new Random(1)), Decision.ALLOWED, headroom);

        assertThat(headers.get("X-RateGuard-Budget-Limit-Cents")).isEqualTo("300");
        assertThat(headers.get("X-RateGuard-Budget-Remaining-Cents")).isEqualTo("123.456789");
    }

    @Test
    void aDecisionWithoutTheStoreIsMarked() {
        decided(new OfLimit("a", 10, 5, 0, 60));
        assertThat(headers.get("X-RateGuard-Degraded")).isNull();

        ReplyHeaders.decided(headers, RequestId.create(0, new Random(1)), Decision.ALLOWED, Headroom.NOTHING_KNOWN);
        assertThat(headers.get("X-RateGuard-Degraded")).isEqualTo("true");
    }

    @Test
    void knowsWhichNamesAreOurs() {
        assertThat(List.of("X-RateGuard-X", "ratelimit", "RateLimit-Policy", "X-RateLimit-Reset"))
                .allMatch(ReplyHeaders::isOurs);
        assertThat(List.of("x-ratelimit-limit-requests", "Rate-Limit", "X-Rate"))
                .noneMatch(ReplyHeaders::isOurs);
    }

    private void decided(OfLimit... limits) {
        ReplyHeaders.decided(
                headers,
                RequestId.create(0, new Random(1)),
                Decision.ALLOWED,
                new Headroom(List.of(limits), List.of(), false));
    }
}

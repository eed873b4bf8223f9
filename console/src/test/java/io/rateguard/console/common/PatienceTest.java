package io.rateguard.console.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.problem.Problem;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class PatienceTest {

    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        never.countDown();
        SecurityContextHolder.clearContext();
    }

    @Test
    void answersInTheNameOfWhoeverAsks() {
        TestingAuthenticationToken person = new TestingAuthenticationToken("person", "");
        SecurityContextHolder.getContext().setAuthentication(person);

        assertThat(Patience.soon(
                        "test", () -> SecurityContextHolder.getContext().getAuthentication()))
                .isSameAs(person);
    }

    @Test
    void refusesWhatTakesTooLong() {
        AtomicReference<Thread> asking = new AtomicReference<>();

        assertThatThrownBy(() -> Patience.soon("test", () -> {
                    asking.set(Thread.currentThread());
                    return forever();
                }))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused -> assertThat(refused.status().value()).isEqualTo(503));
        assertThat(asking.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void handsOnWhatComesWhenNobodyWaitsAnyMore() throws InterruptedException {
        BlockingQueue<Boolean> late = new ArrayBlockingQueue<>(1);

        assertThatThrownBy(() -> Patience.soon("test", this::forever, late::add))
                .isInstanceOf(Problem.class);
        never.countDown();

        assertThat(late.poll(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failsAsTheQuestionDoes() {
        Problem gone = Problem.notFound("request: x");

        assertThatThrownBy(() -> Patience.soon("test", () -> {
                    throw gone;
                }))
                .isSameAs(gone);
    }

    @Test
    void answersIfItIsSoonForWhoeverCanDoWithout() {
        assertThat(Patience.ifSoon("test", () -> 1)).contains(1);
        assertThat(Patience.ifSoon("test", this::forever)).isEmpty();
        assertThat(Patience.ifSoon("test", () -> {
                    throw new IllegalStateException("away");
                }))
                .isEmpty();
    }

    private boolean forever() {
        try {
            never.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}

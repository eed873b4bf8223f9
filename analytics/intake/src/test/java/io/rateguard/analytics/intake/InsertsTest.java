package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InsertsTest {

    private final Inserts inserts = new Inserts(2);

    @AfterEach
    void close() {
        inserts.close();
    }

    @Test
    void asManyAsAskedForRunAtOnceAndNoMore() {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable insert = () -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            meet(both);
            underWay.decrementAndGet();
        };

        inserts.run(List.of(insert, insert, insert, insert));

        assertThat(most).hasValue(2);
    }

    @Test
    void aFailureIsToldWhenAllHaveEnded() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Runnable fails = () -> {
            failed.countDown();
            throw new IllegalStateException("the first");
        };
        Runnable goesOn = () -> {
            awaitDown(failed);
            ended.incrementAndGet();
        };
        Runnable failsLater = () -> {
            ended.incrementAndGet();
            throw new IllegalStateException("the second");
        };

        assertThatThrownBy(() -> inserts.run(List.of(fails, goesOn, failsLater)))
                .hasMessage("the first")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("the second")));
        assertThat(ended).hasValue(2);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }

    private static void awaitDown(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

package io.rateguard.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideQuestionTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void isAnsweredOnAThreadOfItsOwn() {
        assertThat(SideQuestion.ask("test", LONG, () -> Thread.currentThread().getName()))
                .contains("test");
    }

    @Test
    void isLetGoWhenItFails() {
        assertThat(SideQuestion.ask("test", LONG, () -> {
                    throw new IllegalStateException("away");
                }))
                .isEmpty();
    }

    @Test
    void isLetGoWhenItTakesLongerThanItsPatience() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(SideQuestion.ask("test", Duration.ofMillis(1), () -> waitFor(never)))
                .isEmpty();
        never.countDown();
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}

package io.rateguard.console.playground.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Requests.Explained;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Of a request that is never recorded. */
class RecordedLaterTest {

    /** Much less than it waits for what is not recorded. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Semaphore asked = new Semaphore(0);
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final List<Optional<Explained>> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void endsSoonAfterNobodyWantsItAnyMoreAndTellsNobody() throws InterruptedException {
        Thread waiting = waiting();
        assertAsked();

        wanted.set(false);

        assertThat(waiting.join(SOON)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void endsAtOnceWhenItIsInterruptedAndAsksNoMore() throws InterruptedException {
        Thread waiting = waiting();
        assertAsked();

        waiting.interrupt();

        assertThat(waiting.join(SOON)).isTrue();
        assertThat(asked.availablePermits()).isZero();
        assertThat(told).containsExactly(Optional.empty());
    }

    @Test
    void asksInTheNameOfWhoeverMadeIt() throws InterruptedException {
        Authentication person = new TestingAuthenticationToken("person", "");
        SecurityContextHolder.getContext().setAuthentication(person);
        AtomicReference<Authentication> asking = new AtomicReference<>();
        RecordedLater recorded = new RecordedLater(id -> {
            asking.set(SecurityContextHolder.getContext().getAuthentication());
            throw Problem.unavailable("the request history does not answer; try again");
        });

        Thread waiting = Thread.ofVirtual().start(() -> recorded.await("req_1", wanted::get, told::add));

        assertThat(waiting.join(SOON)).isTrue();
        assertThat(asking).hasValue(person);
        assertThat(told).containsExactly(Optional.empty());
    }

    private Thread waiting() {
        RecordedLater recorded = new RecordedLater(id -> {
            asked.release();
            throw Problem.notFound("request: " + id);
        });
        return Thread.ofVirtual().start(() -> recorded.await("req_1", wanted::get, told::add));
    }

    private void assertAsked() throws InterruptedException {
        assertThat(asked.tryAcquire(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
}

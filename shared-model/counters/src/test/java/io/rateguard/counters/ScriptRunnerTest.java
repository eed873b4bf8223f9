package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTryAgainException;

class ScriptRunnerTest {

    private final FakeServer server = new FakeServer();
    private final AtomicLong nanos = new AtomicLong();
    private final ScriptRunner runner = new ScriptRunner(server, Duration.ofMillis(50), this::later, nanos::get);

    @Test
    void sendsAScriptOnce() {
        server.answers.add(List.of("1"));

        Reply reply = run();

        assertThat(reply.number(0)).isEqualTo(1);
        assertThat(server.sent).containsExactly("call");
    }

    @Test
    void givesAServerThatDoesNotKnowTheScriptTheLibrary() {
        server.answers.add(new RedisException("ERR Function not found"));
        server.answers.add(List.of());
        server.answers.add(List.of("1"));

        assertThat(run().number(0)).isEqualTo(1);
        assertThat(server.sent).containsExactly("call", "load", "call");
    }

    @Test
    void asksAgainThoughAServerHasTheLibraryAlready() {
        server.answers.add(new RedisException("ERR Function not found"));
        server.answers.add(new RedisException("ERR Library 'rateguard' already exists"));
        server.answers.add(List.of("1"));

        assertThat(run().number(0)).isEqualTo(1);
        assertThat(server.sent).containsExactly("call", "load", "call");
    }

    @Test
    void givesUpWhenTheServerDoesNotTakeTheLibrary() {
        server.answers.add(new RedisException("ERR Function not found"));
        server.answers.add(List.of());
        server.answers.add(new RedisException("ERR Function not found"));

        assertThatThrownBy(this::run).hasCauseInstanceOf(CountersUnavailable.class);
        assertThat(server.sent).containsExactly("call", "load", "call");
    }

    @Test
    void triesUpToThreeTimesAgainWhileKeysAreMoving() {
        for (int i = 0; i < 4; i++) {
            server.answers.add(new RedisTryAgainException("TRYAGAIN"));
        }

        assertThatThrownBy(this::run).hasCauseInstanceOf(CountersUnavailable.class);
        assertThat(server.sent).hasSize(4);
    }

    @Test
    void doesNotTryAgainPastTheDeadline() {
        server.answers.add(new RedisTryAgainException("TRYAGAIN"));
        server.beforeAnswer = () -> nanos.addAndGet(Duration.ofMillis(50).toNanos());

        assertThatThrownBy(this::run).hasCauseInstanceOf(CountersUnavailable.class);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void asksAgainAfterAPauseWhileTheServerOfASlotIsSought() {
        server.answers.add(new RedisNodeNotFoundException("Node for slot: 7"));
        server.answers.add(new RedisNodeNotFoundException("Node for slot: 7"));
        server.answers.add(List.of("1"));

        assertThat(run().number(0)).isEqualTo(1);
        assertThat(server.sent).hasSize(3);
        assertThat(nanos.get()).isEqualTo(Duration.ofMillis(2).toNanos());
    }

    @Test
    void seeksTheServerOfASlotNoLongerThanTheDeadline() {
        for (int i = 0; i < 60; i++) {
            server.answers.add(new RedisNodeNotFoundException("Node for slot: 7"));
        }

        assertThatThrownBy(this::run)
                .hasCauseInstanceOf(CountersUnavailable.class)
                .hasMessageContaining("RedisNodeNotFoundException");
        assertThat(nanos.get()).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void neverSendsAScriptAgainThatMayHaveRun() {
        server.answers.add(new RedisResponseTimeoutException("late"));

        assertThatThrownBy(this::run)
                .hasCauseInstanceOf(CountersUnavailable.class)
                .hasMessageContaining("admit failed: RedisResponseTimeoutException");
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void aServerThatThrowsAtOnceIsUnavailable() {
        server.beforeAnswer = () -> {
            throw new CountersUnavailable("not connected");
        };

        assertThatThrownBy(this::run)
                .hasCauseInstanceOf(CountersUnavailable.class)
                .hasMessageContaining("not connected");
    }

    private Future<?> later(Runnable task, Duration delay) {
        nanos.addAndGet(delay.toNanos());
        task.run();
        return CompletableFuture.completedFuture(null);
    }

    private Reply run() {
        return runner.run(new ScriptCall(Script.ADMIT)).toCompletableFuture().join();
    }

    private static final class FakeServer implements ScriptServer {

        private final Deque<Object> answers = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();
        private Runnable beforeAnswer = () -> {};

        @Override
        public CompletionStage<List<Object>> run(ScriptCall call) {
            return answer("call");
        }

        @Override
        public CompletionStage<Void> load() {
            return answer("load").thenAccept(loaded -> {});
        }

        @SuppressWarnings("unchecked") // an answer is a list when it is no failure
        private CompletionStage<List<Object>> answer(String kind) {
            sent.add(kind);
            beforeAnswer.run();
            return switch (answers.remove()) {
                case RuntimeException failure -> CompletableFuture.failedFuture(failure);
                case Object values -> CompletableFuture.completedFuture((List<Object>) values);
            };
        }
    }
}

package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AskingTest {

    private final List<CompletableFuture<String>> questions = new ArrayList<>();
    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Asking<String> asking = new Asking<>(this::question, shown::add, unknown::add);

    @Test
    void showsWhatItAskedWhenTheScreenIsFree() {
        asking.ask(screen::add);
        assertThat(shown).isEmpty();

        questions.getFirst().complete("figures");
        assertThat(shown).isEmpty();
        screen.remove().run();

        assertThat(shown).containsExactly("figures");
        assertThat(unknown).isEmpty();
    }

    @Test
    void asksNothingWhileAnAnswerIsStillToCome() {
        asking.ask(screen::add);
        asking.ask(screen::add);
        assertThat(questions).hasSize(1);

        questions.getFirst().complete("figures");
        asking.ask(screen::add);
        assertThat(questions).as("it is not shown yet").hasSize(1);
        screen.remove().run();
        asking.ask(screen::add);

        assertThat(questions).hasSize(2);
    }

    @Test
    void saysWhyThereIsNoAnswerAndAsksAgain() {
        asking.ask(screen::add);
        questions.getFirst().completeExceptionally(Problem.unavailable("the counters do not answer"));
        screen.remove().run();
        asking.ask(screen::add);
        questions.getLast().completeExceptionally(new TimeoutException());
        screen.remove().run();

        assertThat(unknown).containsExactly("the counters do not answer", "There is no answer now; try again.");
        assertThat(shown).isEmpty();
    }

    private CompletableFuture<String> question() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        questions.add(asked);
        return asked;
    }
}

package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NewestAnswerTest {

    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final NewestAnswer<String> answer =
            new NewestAnswer<>(() -> shown.add("…"), shown::add, why -> shown.add("not known: " + why));

    @Test
    void showsWhatIsKnownInTheSameBreath() {
        await(CompletableFuture.completedFuture("figures"));
        await(CompletableFuture.failedFuture(Problem.unavailable("the history does not answer")));

        assertThat(shown).containsExactly("figures", "not known: the history does not answer");
        assertThat(screen).isEmpty();
    }

    @Test
    void waitsForNothingAndShowsItWhenItComes() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        await(slow);
        assertThat(shown).containsExactly("…");

        slow.complete("figures");
        assertThat(shown).containsExactly("…");
        screen.remove().run();

        assertThat(shown).containsExactly("…", "figures");
    }

    @Test
    void saysWhyWhatWasWaitedForDoesNotCome() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        await(slow);

        slow.completeExceptionally(Problem.unavailable("the history does not answer"));
        screen.remove().run();

        assertThat(shown).containsExactly("…", "not known: the history does not answer");
    }

    @Test
    void anAnswerToAnEarlierQuestionIsNotShown() {
        CompletableFuture<String> earlier = new CompletableFuture<>();
        await(earlier);
        await(CompletableFuture.completedFuture("newest"));

        earlier.complete("late");
        screen.remove().run();

        assertThat(shown).containsExactly("…", "newest");
    }

    private void await(CompletableFuture<String> asked) {
        answer.await(asked, screen::add);
    }
}

package io.rateguard.console.playground;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrialTest {

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyProfileHasSomethingToBeginWith(Profile profile) {
        assertThat(Trial.of(profile)).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.path()).startsWith("/");
            assertThat(Playground.METHODS).contains(trial.method());
            assertThat(trial.body().isEmpty()).isEqualTo(trial.method().equals("GET"));
        });
    }

    @Test
    void beginsWithAStreamWhereThereIsOne() {
        assertThat(Trial.of(Profile.OPENAI).getFirst().body()).contains("\"stream\" : true");
        assertThat(Trial.of(Profile.ANTHROPIC).getFirst().body()).contains("\"stream\" : true");
        assertThat(Trial.of(Profile.ANTHROPIC).getFirst().headers()).isEqualTo("anthropic-version: 2023-06-01");
        assertThat(Trial.of(Profile.GEMINI).getFirst().path()).endsWith(":streamGenerateContent?alt=sse");
        assertThat(Trial.of(Profile.STRIPE).getFirst().path()).isEqualTo("/v1/balance");
    }
}

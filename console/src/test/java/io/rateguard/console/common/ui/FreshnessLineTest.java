package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessLineTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:20Z");
    private static final Moments MOMENTS = new Moments(ZoneOffset.UTC);

    private final FreshnessLine line = new FreshnessLine();

    @Test
    void saysUpToWhenFiguresAreComplete() {
        line.show(Optional.of(NOW.minusSeconds(15)), NOW, MOMENTS);

        assertThat(line.getText()).isEqualTo("Complete up to 09:00:05.");
        assertThat(line.getClassNames()).containsExactly("quiet");
    }

    @Test
    void standsOutWhenTheIntakeIsBehind() {
        line.show(Optional.of(NOW.minusSeconds(16)), NOW, MOMENTS);

        assertThat(line.getText())
                .isEqualTo("Stale since 09:00:04: what was requested later is not in these figures yet.");
        assertThat(line.getClassNames()).containsExactly("stale");
        assertThat(line.getElement().getAttribute("role")).isEqualTo("status");
    }

    @Test
    void saysNothingBeforeAnythingWasRecorded() {
        line.show(Optional.empty(), NOW, MOMENTS);

        assertThat(line.isVisible()).isFalse();
    }
}

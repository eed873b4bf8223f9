package io.rateguard.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyChangeTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    /** What each change does in each state: + changes it, = is done already, - is refused. */
    @ParameterizedTest
    @CsvSource({"ACTIVE,++=++", "ROTATED,-+=++", "SUSPENDED,-=+++", "EXPIRED,---+-", "REVOKED,---=-"})
    void isOneTable(KeyState state, String rotateSuspendResumeRevokeEdit) {
        StringBuilder row = new StringBuilder();
        for (KeyChange change : KeyChange.values()) {
            row.append(change.changes(state) ? '+' : change.allowedIn(state) ? '=' : '-');
        }

        assertThat(row).hasToString(rotateSuspendResumeRevokeEdit);
    }

    @Test
    void saysWhichStatesItExpects() {
        assertThat(KeyChange.ROTATE.expected()).isEqualTo("active");
        assertThat(KeyChange.SUSPEND.expected()).isEqualTo("active or rotated or suspended");
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,false,,ACTIVE",
        "ACTIVE,false,2026-11-27T08:00:00.001Z,ACTIVE",
        "ACTIVE,false,2026-11-27T08:00:00Z,EXPIRED",
        "ACTIVE,true,2026-11-27T08:00:00.001Z,ROTATED",
        "ACTIVE,true,2026-11-27T08:00:00Z,EXPIRED",
        "SUSPENDED,true,2026-11-27T09:00:00Z,SUSPENDED",
        "SUSPENDED,false,2026-11-27T07:00:00Z,EXPIRED",
        "REVOKED,true,2026-11-27T07:00:00Z,REVOKED"
    })
    void aStateIsWhatIsKeptAndWhatTimeHasMadeOfIt(
            KeyStatus status, boolean rotated, Instant expiresAt, KeyState state) {
        assertThat(KeyState.of(status, rotated, expiresAt, NOW)).isEqualTo(state);
    }
}

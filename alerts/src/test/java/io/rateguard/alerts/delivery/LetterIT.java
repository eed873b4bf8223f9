package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.letter.Letter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LetterIT {

    private final TestBed bed = new TestBed();
    private final WorkspaceId workspace = bed.workspace();
    private final String address = UUID.randomUUID() + "@example.test";
    private final Secret secret = Secret.create(Secret.Kind.LINK, new SecureRandom());
    private final Letter.Invitation letter =
            new Letter.Invitation("Main", "ada@example.test", "viewer", secret, Instant.parse("2199-01-01T00:00:00Z"));

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void isMailedWithItsLinkAndForgotten() throws Exception {
        UUID id = bed.queueLetter(workspace, address, letter);

        bed.start(Duration.ofMinutes(1));
        TestBed.await("delivered", () -> bed.states(workspace).equals(List.of("delivered")));

        assertThat(bed.mailTo(address)).hasSize(1);
        assertThat(bed.mailTo(address).getFirst().getSubject()).isEqualTo("RateGuard: invitation to \"Main\"");
        assertThat(new String(bed.mailTo(address).getFirst().getInputStream().readAllBytes()))
                .contains("https://console.example/join/" + secret.reveal().substring(0, 20));
        assertThat(isKept(id)).isFalse();
    }

    @Test
    void mayBeOfNoWorkspace() {
        bed.queueLetter(null, address, new Letter.PasswordReset(secret, letter.until()));

        bed.start(Duration.ofMinutes(1));
        TestBed.await("mailed", () -> bed.mailTo(address).size() == 1);
    }

    @Test
    void waitsSealedForAServerThatIsDown() {
        bed.mail().stop();
        UUID id = bed.queueLetter(workspace, address, letter);
        bed.start(Duration.ofMinutes(1));
        TestBed.await("an attempt failed", () -> !trouble(id).isEmpty());
        assertThat(isKept(id)).isTrue();

        bed.pass(workspace, Duration.ofDays(2));
        TestBed.await("given up", () -> bed.states(workspace).equals(List.of("failed")));

        assertThat(isKept(id)).isFalse();
    }

    private String trouble(UUID id) {
        return bed.owner()
                .sql("SELECT coalesce(trouble, '') FROM deliveries WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private boolean isKept(UUID id) {
        return bed.owner()
                .sql("SELECT letter IS NOT NULL FROM deliveries WHERE id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }
}

package io.rateguard.alerts.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertsStatusTest {

    private final AlertsStatus status = new AlertsStatus("backstop");

    @Test
    void whatAnAttemptThrowsIsNotedAndEndsNoSchedule() {
        status.attempt("backstop", () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(status.notReadyBecause()).isEqualTo("backstop: Java heap space");

        status.attempt("backstop", () -> {
            throw new IllegalStateException("away");
        });
        assertThat(status.notReadyBecause()).isEqualTo("backstop: away");

        status.attempt("backstop", () -> {});
        assertThat(status.notReadyBecause()).isEmpty();
    }
}

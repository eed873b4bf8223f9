package io.rateguard.alerts.rule;

import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.UUID;

/**
 * Asks to be told what is judged on time, with the defaults of its kind filled in.
 *
 * @param subject an API's slug, a model, the id of a key or a budget, by the kind; empty: all of them
 * @param threshold in the unit of its kind
 * @param minimum requests that make a window worth a judgement
 */
public record TimedRule(
        UUID id, WorkspaceId workspace, AlertKind kind, String subject, int threshold, Duration window, int minimum) {

    /** Whether it is about this one. */
    public boolean watches(String candidate) {
        return subject.isEmpty() || subject.equals(candidate);
    }
}

package io.rateguard.console.audit.ui;

import io.rateguard.console.audit.Audit.Entry;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import java.util.List;
import java.util.Locale;

/** How the log speaks of what was done. */
final class AuditWords {

    static final List<String> RESOURCES = List.of(
            "alert-rules",
            "apis",
            "budgets",
            "channels",
            "corrections",
            "credentials",
            "increases",
            "invitations",
            "keys",
            "limits",
            "members",
            "price-imports",
            "prices",
            "sessions",
            "sign-ins",
            "tests",
            "tokens",
            "users",
            "workspaces");
    static final List<String> ACTIONS = List.of(
            "accepted",
            "address-changed",
            "applied",
            "changed",
            "created",
            "deleted",
            "ended",
            "password-changed",
            "recovery-code-used",
            "refused",
            "reset-requested",
            "resumed",
            "revoked",
            "rotated",
            "second-factor-off",
            "second-factor-on",
            "signed-in",
            "suspended");

    private AuditWords() {}

    /** {@code alert-rules} is "Alert rules". */
    static String title(String wireName) {
        String words = wireName.equals("apis") ? "APIs" : wireName.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String what(Entry entry) {
        return entry.name().isEmpty() ? title(entry.resource()) : title(entry.resource()) + " · " + entry.name();
    }

    static Tone tone(String action) {
        return switch (action) {
            case "accepted", "applied", "created", "resumed" -> Tone.GOOD;
            case "suspended" -> Tone.WARNING;
            case "deleted", "revoked", "refused" -> Tone.BAD;
            default -> Tone.NEUTRAL;
        };
    }
}

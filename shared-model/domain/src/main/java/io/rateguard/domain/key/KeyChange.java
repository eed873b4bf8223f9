package io.rateguard.domain.key;

import static io.rateguard.domain.key.KeyState.ACTIVE;
import static io.rateguard.domain.key.KeyState.EXPIRED;
import static io.rateguard.domain.key.KeyState.REVOKED;
import static io.rateguard.domain.key.KeyState.ROTATED;
import static io.rateguard.domain.key.KeyState.SUSPENDED;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be done to a key, and in which states: the whole table. To ask for what a key is already changes nothing, so
 * that a request may be repeated; only a rotation is new each time, and an edit is what it says.
 */
public enum KeyChange {
    ROTATE(Set.of(ACTIVE), Set.of()),
    SUSPEND(Set.of(ACTIVE, ROTATED), Set.of(SUSPENDED)),
    RESUME(Set.of(SUSPENDED), Set.of(ACTIVE, ROTATED)),
    REVOKE(Set.of(ACTIVE, ROTATED, SUSPENDED, EXPIRED), Set.of(REVOKED)),
    EDIT(Set.of(ACTIVE, ROTATED, SUSPENDED), Set.of());

    private final Set<KeyState> from;
    private final Set<KeyState> alreadyDone;

    KeyChange(Set<KeyState> from, Set<KeyState> alreadyDone) {
        this.from = from;
        this.alreadyDone = alreadyDone;
    }

    /** Whether a key of this state may be asked for it, changed by it or not. */
    public boolean allowedIn(KeyState state) {
        return changes(state) || alreadyDone.contains(state);
    }

    public boolean changes(KeyState state) {
        return from.contains(state);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The states it can be asked for in, as people read them. */
    public String expected() {
        return Arrays.stream(KeyState.values())
                .filter(this::allowedIn)
                .map(KeyState::wireName)
                .collect(Collectors.joining(" or "));
    }
}

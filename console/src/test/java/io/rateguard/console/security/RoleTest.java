package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void ownersMayDoEverythingAndAdminsAllButChangeOwnersAndDeleteTheWorkspace() {
        assertThat(allowed(Role.OWNER)).containsExactly(Action.values());
        assertThat(allowed(Role.ADMIN))
                .containsExactlyElementsOf(Arrays.stream(Action.values())
                        .filter(action -> action != Action.CHANGE_OWNERS && action != Action.DELETE_WORKSPACE)
                        .toList());
    }

    @Test
    void developersMayChangeWhatTrafficNeedsButNotAdminister() {
        assertThat(allowed(Role.DEVELOPER))
                .containsExactly(
                        Action.READ,
                        Action.EDIT_APIS,
                        Action.EDIT_KEYS,
                        Action.EDIT_LIMITS,
                        Action.EDIT_BUDGETS,
                        Action.EDIT_ALERTS);
    }

    @Test
    void viewersAndBillingMayRead() {
        assertThat(allowed(Role.VIEWER)).containsExactly(Action.READ);
        assertThat(allowed(Role.BILLING)).containsExactly(Action.READ);
    }

    private static List<Action> allowed(Role role) {
        return Arrays.stream(Action.values()).filter(role::may).toList();
    }
}

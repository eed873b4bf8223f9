package io.rateguard.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.proxy.testbed.TestDatabase;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A key that is met for the first time. */
class NewKeyIT {

    @Test
    void findsWhatWasChangedBeforeThoughNoNotificationHasCome() {
        TestDatabase database = TestDatabase.create();
        WorkspaceId workspace = database.workspace("new-key");
        database.api(workspace, "demo", "demo", "http://before.example", "none", "");
        Secret key = Secret.parse(database.key(workspace, "new").secret()).orElseThrow();
        SecretBox secrets = new SecretBox(database.secretKey(), new SecureRandom());

        try (PolicyStore store = PolicyStore.open(database.policy(), secrets, System::currentTimeMillis)) {
            assertThat(address(store, workspace)).isEqualTo("http://before.example");
            database.execute("""
                    DO $$ BEGIN
                      SET LOCAL session_replication_role = replica;
                      UPDATE apis SET base_url = 'http://after.example';
                      UPDATE workspaces SET policy_version = policy_version + 1;
                    END $$""");

            assertThat(store.lookUpKey(key.hash()).block()).isPresent();

            assertThat(address(store, workspace)).isEqualTo("http://after.example");
        }
    }

    private static String address(PolicyStore store, WorkspaceId workspace) {
        WorkspacePolicy known = store.cachedWorkspace(workspace);
        WorkspacePolicy policy =
                known == null ? store.lookUpWorkspace(workspace).block().orElseThrow() : known;
        return policy.apis().get("demo").baseUrl().toString();
    }
}

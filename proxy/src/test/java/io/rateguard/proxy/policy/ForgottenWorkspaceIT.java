package io.rateguard.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.proxy.testbed.TestDatabase;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is in memory of a workspace that is gone. */
class ForgottenWorkspaceIT {

    private static final String CATALOGUE =
            "{\"version\":\"1+1\",\"sources\":[],\"providers\":[{\"id\":\"demo\",\"models\":[]}]}";

    @Test
    void itsCatalogueIsLetGo() {
        TestDatabase database = TestDatabase.create();
        WorkspaceId workspace = database.workspace("gone");
        database.execute(
                "INSERT INTO price_imports (workspace_id, number, base, kind, catalogue_version, catalogue, added, changed,"
                        + " removed, created_by, applied_at, applied_by)"
                        + " VALUES (?, 1, 0, 'catalogue', 'v', ?, 0, 0, 0, 'p', now(), 'p')",
                workspace.value(),
                CATALOGUE);
        SecretBox secrets = new SecretBox(database.secretKey(), new SecureRandom());

        try (PolicyStore store = PolicyStore.open(database.policy(), secrets, System::currentTimeMillis)) {
            until(store::isVerified);
            WeakReference<PriceCatalogue> catalogue = catalogue(store, workspace);

            database.execute("UPDATE workspaces SET deleted_at = now() WHERE id = ?", workspace.value());

            until(() -> store.cachedWorkspace(workspace) == null);
            until(() -> {
                System.gc();
                return catalogue.refersTo(null);
            });
        }
    }

    private static WeakReference<PriceCatalogue> catalogue(PolicyStore store, WorkspaceId workspace) {
        WorkspacePolicy policy = store.lookUpWorkspace(workspace).block().orElseThrow();
        return new WeakReference<>(policy.catalogue().orElseThrow());
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}

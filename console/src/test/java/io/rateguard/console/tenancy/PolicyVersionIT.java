package io.rateguard.console.tenancy;

import static io.rateguard.console.fixture.TestDatabase.change;
import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Whoever writes policy, the workspace's version rises and the proxies are told, with the commit. */
class PolicyVersionIT {

    private static final int NOTICE_MILLIS = 10_000;

    private static TestDatabase database;
    private static Connection owner;
    private static Connection proxy;
    private static UUID acme;

    @BeforeAll
    static void listenAsAProxy() throws SQLException {
        database = TestDatabase.migrated();
        database.bootstrap("acme", "ada@acme.example", "a good password", TestDatabase.newToken());
        acme = database.workspace("acme").value();
        owner = database.owner();
        PolicyRows.insertAll(owner, acme);
        proxy = database.as("rateguard_proxy");
        change(proxy, "LISTEN rateguard_policy");
    }

    @AfterAll
    static void close() throws SQLException {
        owner.close();
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("io.rateguard.console.tenancy.PolicyRows#tables")
    void risesAndTellsWithEachInsertAndUpdate(String table) throws SQLException {
        long before = version();

        PolicyRows.insert(owner, table, acme);
        long inserted = version();
        change(
                owner,
                "UPDATE " + table + " SET version = version + 1 WHERE workspace_id = '" + acme
                        + "' AND policy_version = " + inserted);
        long updated = version();

        assertThat(inserted).isEqualTo(before + 1);
        assertThat(updated).isEqualTo(before + 2);
        assertThat(column(owner, "SELECT max(policy_version) FROM " + table)).containsExactly(updated);
        assertThat(noticesUpTo(updated)).contains(acme + ":" + inserted, acme + ":" + updated);
    }

    @Test
    void risesWithAChangeOfTheWorkspaceItself() throws SQLException {
        long before = version();

        change(owner, "UPDATE workspaces SET zone = 'Europe/Berlin' WHERE id = '" + acme + "'");

        assertThat(version()).isEqualTo(before + 1);
        assertThat(noticesUpTo(before + 1)).contains(acme + ":" + (before + 1));
    }

    @Test
    void tellsNothingOfAChangeThatWasRolledBack() throws SQLException {
        long before = version();
        try (Connection writer = database.owner()) {
            writer.setAutoCommit(false);
            PolicyRows.insert(writer, "limits", acme);
            writer.rollback();
        }

        PolicyRows.insert(owner, "limits", acme);

        assertThat(version()).isEqualTo(before + 1);
        assertThat(noticesUpTo(before + 1)).containsOnlyOnce(acme + ":" + (before + 1));
    }

    @Test
    void givesTwoConcurrentWritersDifferentVersionsInTheOrderOfTheirCommits() throws SQLException {
        long before = version();

        try (Connection first = database.owner();
                Connection second = database.owner()) {
            first.setAutoCommit(false);
            PolicyRows.insert(first, "limits", acme);
            CompletableFuture<Void> later = CompletableFuture.runAsync(() -> insertQuietly(second));
            awaitBlocked();
            first.commit();
            later.join();
        }

        assertThat(version()).isEqualTo(before + 2);
        assertThat(noticesUpTo(before + 2)).containsSubsequence(acme + ":" + (before + 1), acme + ":" + (before + 2));
    }

    private static void insertQuietly(Connection connection) {
        try {
            PolicyRows.insert(connection, "budgets", acme);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Until the second writer waits for the first one's lock on the workspace's row. */
    private static void awaitBlocked() throws SQLException {
        long deadline = System.nanoTime() + NOTICE_MILLIS * 1_000_000L;
        while (column(
                        owner,
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND cardinality(pg_blocking_pids(pid)) > 0")
                .isEmpty()) {
            assertThat(System.nanoTime()).as("the second writer waits").isLessThan(deadline);
            column(owner, "SELECT pg_sleep(0.01)");
        }
    }

    private static long version() throws SQLException {
        return (Long) column(owner, "SELECT policy_version FROM workspaces WHERE id = '" + acme + "'")
                .getFirst();
    }

    private static List<String> noticesUpTo(long version) throws SQLException {
        List<String> notices = new ArrayList<>();
        long deadline = System.nanoTime() + NOTICE_MILLIS * 1_000_000L;
        while (!notices.contains(acme + ":" + version) && System.nanoTime() < deadline) {
            PGNotification[] arrived = proxy.unwrap(PGConnection.class).getNotifications(NOTICE_MILLIS);
            Arrays.stream(arrived).map(PGNotification::getParameter).forEach(notices::add);
        }
        return notices;
    }
}

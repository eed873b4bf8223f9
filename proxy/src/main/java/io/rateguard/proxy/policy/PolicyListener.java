package io.rateguard.proxy.policy;

import io.rateguard.domain.id.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes of policy on a connection of its own, and does a round trip on it each second, so that a connection
 * that died without a word is found out.
 */
final class PolicyListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PolicyListener.class);

    private static final String CHANNEL = "rateguard_policy";
    private static final int ROUND_MILLIS = 1_000;
    private static final long RECONNECT_MILLIS = 500;

    private final PolicySettings settings;
    private final Changed changed;
    private final Runnable connected;
    private final Runnable stillListening;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean listening;
    private volatile boolean restartAsked;

    PolicyListener(PolicySettings settings, Changed changed, Runnable connected, Runnable stillListening) {
        this.settings = settings;
        this.changed = changed;
        this.connected = connected;
        this.stillListening = stillListening;
        this.thread = PolicyStore.named("policy-listener").newThread(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isListening() {
        return listening;
    }

    /** Drops the connection and begins again: everything known is then validated anew. */
    void restart() {
        restartAsked = true;
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        boolean told = false;
        while (closing.getCount() > 0) {
            restartAsked = false;
            try (Connection connection = PolicyStore.connect(listenUrl(), settings)) {
                listen(connection);
                log.info("policy: listening for changes");
                told = false;
                hear(connection);
            } catch (SQLException failure) {
                if (!told && closing.getCount() > 0) {
                    log.warn(
                            "policy: PostgreSQL is away, serving what is known for up to {}: {}",
                            settings.maxStale(),
                            failure.getMessage());
                    told = true;
                }
            }
            listening = false;
            if (pause()) {
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
        }
        connected.run();
        stillListening.run();
        listening = true;
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (closing.getCount() > 0 && !restartAsked) {
            PGNotification[] notifications = postgres.getNotifications(ROUND_MILLIS);
            if (notifications != null) {
                for (PGNotification notification : notifications) {
                    tell(notification.getParameter());
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
            stillListening.run();
        }
    }

    private void tell(String payload) {
        int colon = payload.indexOf(':');
        try {
            changed.at(WorkspaceId.of(payload.substring(0, colon)), Long.parseLong(payload.substring(colon + 1)));
        } catch (RuntimeException malformed) {
            log.warn("policy: notification \"{}\" (expected: <workspace>:<version>)", payload);
        }
    }

    private String listenUrl() {
        return settings.listenUrl() == null ? settings.url() : settings.listenUrl();
    }

    private boolean pause() {
        try {
            return closing.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closed) {
            return true;
        }
    }

    @FunctionalInterface
    interface Changed {
        void at(WorkspaceId workspace, long version);
    }
}

package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A session as the database knows it: of one person, wherever they go on with it. */
public final class NotedSession implements HttpSessionBindingListener {

    /** Where it is found in the session of a browser. */
    public static final String ATTRIBUTE = "rateguard.session";

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(3);

    private final Sessions sessions;
    private final UserId user;
    private final UUID id;
    private volatile Instant lookedAt;

    NotedSession(Sessions sessions, UserId user, UUID id, Instant now) {
        this.sessions = sessions;
        this.user = user;
        this.id = id;
        this.lookedAt = now;
    }

    public UUID id() {
        return id;
    }

    /** Whether it goes on, as the database said some seconds ago at most. */
    boolean stands(Instant now) {
        if (now.isBefore(lookedAt.plus(TRUSTED_FOR))) {
            return true;
        }
        boolean stands = sessions.stands(user, id);
        if (stands) {
            lookedAt = now;
        }
        return stands;
    }

    boolean isOf(UserId someone) {
        return user.equals(someone);
    }

    void end() {
        unlessAway(() -> {
            var _ = sessions.end(user, id);
        });
    }

    /** It ends there too, unless it is in use elsewhere: this console may stop, or may have been left long ago. */
    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        unlessAway(() -> sessions.endUnused(user, id));
    }

    private static void unlessAway(Runnable ending) {
        try {
            ending.run();
        } catch (DataAccessException | TransactionException away) {
            // It counts no more, and is not listed, once nobody has used it for long enough.
        }
    }
}

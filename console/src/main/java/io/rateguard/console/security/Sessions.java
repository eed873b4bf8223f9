package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.UserId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Where people are signed in, on whatever console: a session goes on at another one once its own is lost. */
@Service
public class Sessions {

    private static final int LONGEST_BROWSER = 300;

    private final SecureRandom random = new SecureRandom();
    private final Tenancy tenancy;
    private final CurrentCaller callers;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final Duration longest;

    Sessions(
            Tenancy tenancy,
            CurrentCaller callers,
            Accounts accounts,
            JdbcClient jdbc,
            @Value("${server.servlet.session.timeout}") Duration longest) {
        this.tenancy = tenancy;
        this.callers = callers;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.longest = longest;
    }

    /** Those that can still be used, the latest first. @param own the one at hand */
    public List<Session> list(@Nullable UUID own) {
        UserId user = callers.person().user();
        return tenancy.as(
                user,
                () -> jdbc.sql("""
                        select id, address, browser, created_at, seen_at from sessions
                        where user_id = :user and ended_at is null and seen_at > now() - make_interval(secs => :longest)
                        order by id desc""")
                        .param("user", user.value())
                        .param("longest", longest.toSeconds())
                        .query((row, number) -> session(row, own))
                        .list());
    }

    /** Whoever sits there has to sign in again with the next thing they do, or within seconds. */
    public void end(UUID id) {
        UserId user = callers.person().user();
        if (!end(user, id)) {
            throw Problem.notFound("session: " + id + " (expected: one of your own that has not ended)");
        }
    }

    /** @param own stays */
    public void endOthers(@Nullable UUID own) {
        UserId user = callers.person().user();
        tenancy.as(user, () -> endAllBut(user, own));
    }

    /** Must run inside a transaction of the user. @param own stays; null: none does */
    int endAllBut(UserId user, @Nullable UUID own) {
        return jdbc.sql("update sessions set ended_at = now(), version = version + 1"
                        + " where user_id = :user and ended_at is null and id is distinct from :own::uuid")
                .param("user", user.value())
                .param("own", own)
                .update();
    }

    boolean end(UserId user, UUID id) {
        return tenancy.as(
                user,
                () -> jdbc.sql("update sessions set ended_at = now(), version = version + 1"
                                        + " where id = :id and user_id = :user and ended_at is null")
                                .param("id", id)
                                .param("user", user.value())
                                .update()
                        == 1);
    }

    /** Ends it where nobody has used it for as long as a session may rest, on whatever console. */
    void endUnused(UserId user, UUID id) {
        tenancy.as(
                user,
                () -> jdbc.sql(
                                "update sessions set ended_at = now(), version = version + 1"
                                        + " where id = :id and ended_at is null and seen_at <= now() - make_interval(secs => :longest)")
                        .param("id", id)
                        .param("longest", longest.toSeconds())
                        .update());
    }

    Begun begin(UserId user, String address, String browser) {
        Secret secret = Secret.create(Secret.Kind.SESSION, random);
        return tenancy.as(
                user,
                () -> jdbc.sql("""
                        insert into sessions (user_id, address, browser, secret_hash)
                        values (:user, :address, :browser, :hash) returning id""")
                        .param("user", user.value())
                        .param("address", address)
                        .param("browser", browser.substring(0, Math.min(browser.length(), LONGEST_BROWSER)))
                        .param("hash", secret.hash().bytes())
                        .query((row, number) -> new Begun(row.getObject("id", UUID.class), secret))
                        .single());
    }

    /** The one with this secret, where it can still be used; notes that it was seen. */
    Optional<Known> find(Secret secret) {
        SecretHash hash = secret.hash();
        return tenancy.withToken(
                hash,
                () -> jdbc.sql("""
                        select id, user_id, secret_hash from sessions
                        where secret_hash = :hash and ended_at is null and seen_at > now() - make_interval(secs => :longest)""")
                        .param("hash", hash.bytes())
                        .param("longest", longest.toSeconds())
                        .query((row, number) -> new Row(
                                row.getObject("id", UUID.class),
                                new UserId(row.getObject("user_id", UUID.class)),
                                new SecretHash(row.getBytes("secret_hash"))))
                        .optional()
                        .filter(row -> hash.equals(row.hash()) && stands(row.user(), row.id()))
                        .map(row -> new Known(row.id(), accounts.get(row.user()))));
    }

    /** Whether it may go on; notes that it was seen. */
    boolean stands(UserId user, UUID id) {
        return tenancy.as(user, () -> {
            boolean stands = jdbc.sql("""
                            select exists (select from sessions s join users u on u.id = s.user_id
                              where s.id = :id and s.ended_at is null and u.disabled_at is null)""").param("id", id).query(Boolean.class).single();
            if (stands) {
                jdbc.sql("update sessions set seen_at = now() where id = :id and seen_at < now() - interval '1 minute'")
                        .param("id", id)
                        .update();
            }
            return stands;
        });
    }

    private static Session session(ResultSet row, @Nullable UUID own) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Session(
                id,
                row.getString("address"),
                row.getString("browser"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                id.equals(own));
    }

    /** @param secret what its browser keeps, to be known by on another console */
    record Begun(UUID id, Secret secret) {}

    record Known(UUID id, Account account) {}

    private record Row(UUID id, UserId user, SecretHash hash) {}
}

package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.RowIds;
import io.rateguard.domain.id.UserId;
import io.rateguard.domain.key.Secret.SecretHash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accounts of people, by their email addresses: whoever asks knows that the address is theirs. */
@Component
public class People {

    private final Tenancy tenancy;
    private final UserRepository users;
    private final JdbcClient jdbc;

    private final Sessions sessions;

    People(Tenancy tenancy, UserRepository users, JdbcClient jdbc, Sessions sessions) {
        this.tenancy = tenancy;
        this.users = users;
        this.jdbc = jdbc;
        this.sessions = sessions;
    }

    public Optional<Caller.Person> find(String email) {
        return tenancy.withEmail(
                email, () -> users.findByEmail(email).map(user -> new Caller.Person(new UserId(user.id), user.email)));
    }

    /**
     * Does the work in the name of the person with this address, who need not be signed in.
     *
     * @param account what they get who have none
     */
    public <T> T as(String email, Optional<NewAccount> account, Function<Caller.Person, T> work) {
        Optional<Caller.Person> known = find(email);
        Caller.Person person = known.orElseGet(() -> new Caller.Person(new UserId(RowIds.next()), email));
        return tenancy.withEmail(
                email,
                () -> tenancy.by(person, () -> {
                    if (known.isEmpty()) {
                        create(person, account.orElseThrow(() -> Problem.invalid("password: missing")));
                    }
                    return work.apply(person);
                }));
    }

    private void create(Caller.Person person, NewAccount account) {
        jdbc.sql("insert into users (id, email, name, password_hash) values (:id, :email, :name, :hash)")
                .param("id", person.user().value())
                .param("email", person.email())
                .param("name", account.name())
                .param("hash", account.passwordHash())
                .update();
    }

    /**
     * Notes a link by which the account with this address gets another password, and sends it within the same transaction.
     * Where there is no account, or one that was offered a link since, nothing comes of it.
     *
     * @param unlessUntil a link that works until then or longer will do
     */
    public void offerReset(
            String email, SecretHash link, Instant until, Instant unlessUntil, Consumer<Caller.Person> send) {
        tenancy.withEmail(email, () -> {
            int offered = jdbc.sql("""
                            update users set reset_hash = :hash, reset_expires_at = :until, version = version + 1
                            where lower(email) = lower(:email) and disabled_at is null
                              and (reset_expires_at is null or reset_expires_at < :unless)""")
                    .param("hash", link.bytes())
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .param("unless", unlessUntil.atOffset(ZoneOffset.UTC))
                    .param("email", email)
                    .update();
            if (offered == 1) {
                find(email).ifPresent(send);
            }
            return offered;
        });
    }

    public Optional<Caller.Person> findReset(SecretHash link) {
        return tenancy.withToken(
                link,
                () -> jdbc.sql("select id, email from users where reset_hash = :hash and reset_expires_at > now()")
                        .param("hash", link.bytes())
                        .query((row, number) ->
                                new Caller.Person(new UserId(row.getObject("id", UUID.class)), row.getString("email")))
                        .optional());
    }

    /** False where the link works no more. Whoever is signed in to the account has to sign in again. */
    public boolean reset(SecretHash link, String passwordHash) {
        return findReset(link)
                .map(person -> tenancy.as(
                        person.user(), () -> tenancy.by(person, () -> reset(person.user(), link, passwordHash))))
                .orElse(false);
    }

    private boolean reset(UserId user, SecretHash link, String passwordHash) {
        int changed = jdbc.sql("""
                        update users set password_hash = :password, reset_hash = null, reset_expires_at = null,
                          version = version + 1
                        where id = :id and reset_hash = :hash and reset_expires_at > now()""")
                .param("password", passwordHash)
                .param("id", user.value())
                .param("hash", link.bytes())
                .update();
        if (changed == 1) {
            var _ = sessions.endAllBut(user, null);
        }
        return changed == 1;
    }

    /** The kept hash of who is signed in; nothing where they have no password. */
    public Optional<String> passwordHash(Caller.Person person) {
        return tenancy.as(
                person.user(),
                () -> jdbc.sql("select password_hash from users where id = :id and password_hash is not null")
                        .param("id", person.user().value())
                        .query(String.class)
                        .optional());
    }

    /** Whoever else is signed in to the account has to sign in again. @param own the session that stays */
    public void setPassword(Caller.Person person, String passwordHash, @Nullable UUID own) {
        tenancy.as(person.user(), () -> {
            jdbc.sql("update users set password_hash = :password, version = version + 1 where id = :id")
                    .param("password", passwordHash)
                    .param("id", person.user().value())
                    .update();
            return sessions.endAllBut(person.user(), own);
        });
    }

    /**
     * Gives an account this address; whoever is signed in to it has to sign in again, and a link to a new password works no
     * more.
     *
     * @param work done within the same transaction, as the person with the address before
     */
    public void changeAddress(UserId user, String email, Consumer<Caller.Person> work) {
        tenancy.as(user, () -> {
            Caller.Person before = jdbc.sql("select email from users where id = :id")
                    .param("id", user.value())
                    .query((row, number) -> new Caller.Person(user, row.getString("email")))
                    .single();
            return tenancy.by(
                    before,
                    () -> tenancy.withEmail(email, () -> {
                        jdbc.sql("""
                                update users set email = :email, reset_hash = null, reset_expires_at = null,
                                  version = version + 1
                                where id = :id""")
                                .param("email", email)
                                .param("id", user.value())
                                .update();
                        work.accept(before);
                        return sessions.endAllBut(user, null);
                    }));
        });
    }

    /** @param passwordHash from {@link Passwords} */
    public record NewAccount(String name, String passwordHash) {}
}

package io.rateguard.console.account;

import io.rateguard.console.letters.Letters;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.People;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.UserId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.domain.letter.Letter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Links that work once, for a day, and prove that whoever opens them reads the letters of an address. */
@Component
class AddressProofs {

    private static final Duration GOOD_FOR = Duration.ofDays(1);
    /** So long no other letter goes to the same address. */
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final SecureRandom random = new SecureRandom();
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final People people;
    private final Letters letters;

    AddressProofs(Tenancy tenancy, JdbcClient jdbc, People people, Letters letters) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.people = people;
        this.letters = letters;
    }

    /**
     * Sends a link, which takes the place of an earlier one to this address; shortly after the earlier one nothing is sent.
     * Whoever has an account with this address is told so instead.
     *
     * @param account which is to have this address; null: one that is to be made
     * @param letter with the link
     */
    void offer(String email, @Nullable UserId account, BiFunction<Secret, Instant, Letter> letter) {
        Secret link = Secret.create(Secret.Kind.LINK, random);
        Instant now = RowIds.now();
        Instant until = now.plus(GOOD_FOR);
        tenancy.withEmail(email, () -> {
            int noted = jdbc.sql("""
                            insert into address_proofs as p (id, email, user_id, hash, created_at, expires_at)
                            values (:id, :email, :user, :hash, :now, :until)
                            on conflict (lower(email)) do update set email = excluded.email, user_id = excluded.user_id,
                              hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
                              version = p.version + 1
                            where p.created_at < :before""")
                    .param("id", RowIds.next())
                    .param("email", email)
                    .param("user", account == null ? null : account.value())
                    .param("hash", link.hash().bytes())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .param("before", now.minus(PAUSE).atOffset(ZoneOffset.UTC))
                    .update();
            if (noted == 1) {
                letters.send(
                        email, people.find(email).isPresent() ? new Letter.KnownAddress() : letter.apply(link, until));
            }
            return noted;
        });
    }

    /** What the link proves, while it does and the address has no account; to look takes nothing. */
    Optional<Proof> open(String link) {
        return Secret.parse(Secret.Kind.LINK, link)
                .map(Secret::hash)
                .flatMap(hash -> tenancy.withToken(
                        hash,
                        () -> jdbc.sql(
                                        "select email, user_id from address_proofs where hash = :hash and expires_at > now()")
                                .param("hash", hash.bytes())
                                .query((row, number) -> new Proof(
                                        row.getString("email"),
                                        Optional.ofNullable(row.getObject("user_id", UUID.class))
                                                .map(UserId::new),
                                        hash))
                                .optional()))
                .filter(proof -> people.find(proof.email()).isEmpty());
    }

    /** Must run inside a transaction of the address; objects where somebody was faster. */
    void use(Proof proof) {
        int used = jdbc.sql("delete from address_proofs where hash = :hash and expires_at > now()")
                .param("hash", proof.link().bytes())
                .update();
        if (used != 1) {
            throw gone();
        }
    }

    static Problem gone() {
        return Problem.notFound(
                "link: it works no more (expected: one that was not used or replaced, and is a day old at most)");
    }

    /** @param account which is to have this address; empty: one that is to be made */
    record Proof(String email, Optional<UserId> account, SecretHash link) {}
}

package io.rateguard.console.account;

import io.rateguard.console.letters.Letters;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Caller;
import io.rateguard.console.security.LetterThrottle;
import io.rateguard.console.security.Passwords;
import io.rateguard.console.security.People;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.letter.Letter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * A new password for who has forgotten theirs: a letter carries a link that works once, for an hour. Nobody is told
 * whether there is an account.
 */
@Service
public class PasswordReset {

    private static final Duration GOOD_FOR = Duration.ofHours(1);
    /** For so long the last link will do, and no other letter is sent. */
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final SecureRandom random = new SecureRandom();
    private final People people;
    private final Passwords passwords;
    private final Letters letters;
    private final LetterThrottle throttle;

    PasswordReset(People people, Passwords passwords, Letters letters, LetterThrottle throttle) {
        this.people = people;
        this.passwords = passwords;
        this.letters = letters;
        this.throttle = throttle;
    }

    /** A later link takes the place of an earlier one. */
    public void ask(String address) {
        String email = Fields.requireEmail("email", address);
        throttle.enter();
        Secret secret = Secret.create(Secret.Kind.LINK, random);
        Instant now = RowIds.now();
        Instant until = now.plus(GOOD_FOR);
        people.offerReset(
                email,
                secret.hash(),
                until,
                until.minus(PAUSE),
                person -> letters.send(person.email(), new Letter.PasswordReset(secret, until)));
    }

    /** Whose password a link changes, while it does; to look takes nothing. */
    public Optional<String> open(String link) {
        return Secret.parse(Secret.Kind.LINK, link)
                .flatMap(secret -> people.findReset(secret.hash()))
                .map(Caller.Person::email);
    }

    /** Whoever has the link has the account's letters, which is all that is asked of them. */
    public void choose(String link, String password) {
        String hash = passwords.hash("password", password);
        boolean changed = Secret.parse(Secret.Kind.LINK, link)
                .map(secret -> people.reset(secret.hash(), hash))
                .orElse(false);
        if (!changed) {
            throw Problem.notFound(
                    "link: it works no more (expected: one that was not used or replaced, and is an hour old at most)");
        }
    }
}

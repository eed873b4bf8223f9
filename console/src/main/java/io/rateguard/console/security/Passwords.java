package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.secret.PasswordRule;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Takes the passwords that people choose, and knows them again. */
@Component
public class Passwords {

    private final PasswordEncoder encoder;
    private final People people;

    Passwords(PasswordEncoder encoder, People people) {
        this.encoder = encoder;
        this.people = people;
    }

    /** Objects to one that is not as passwords have to be; nothing slow about that. */
    public String requireGood(String field, String password) {
        return Problem.valid(() -> PasswordRule.require(field, password));
    }

    /** What is kept of a password; slow by intent, so never inside a transaction. */
    public String hash(String field, String password) {
        String good = requireGood(field, password);
        return unlessBusy(() -> Objects.requireNonNull(encoder.encode(good)));
    }

    /** Whether somebody has this password; as slow. */
    public boolean isOf(Caller.Person person, String password) {
        return people.passwordHash(person)
                .map(hash -> unlessBusy(() -> encoder.matches(password, hash)))
                .orElse(false);
    }

    private static <T> T unlessBusy(Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthenticationServiceException busy) {
            throw Problem.unavailable("password: too many are hashed at once; try again");
        }
    }
}

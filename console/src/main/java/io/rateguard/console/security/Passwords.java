package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.secret.PasswordRule;
import java.util.Objects;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Takes the passwords that people choose. */
@Component
public class Passwords {

    private final PasswordEncoder encoder;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    /** What is kept of a password; slow by intent, so never inside a transaction. */
    public String hash(String field, String password) {
        String good = Problem.valid(() -> PasswordRule.require(field, password));
        try {
            return Objects.requireNonNull(encoder.encode(good));
        } catch (AuthenticationServiceException busy) {
            throw Problem.unavailable(field + ": too many are hashed at once; try again");
        }
    }
}

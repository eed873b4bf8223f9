package io.rateguard.console.account;

import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.account.AddressProofs.Proof;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.security.LetterThrottle;
import io.rateguard.console.security.Passwords;
import io.rateguard.console.security.People;
import io.rateguard.console.security.People.NewAccount;
import io.rateguard.domain.letter.Letter;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Accounts for whoever wants one, where that is allowed: a letter carries a link, and only behind it name and password are
 * asked for, so that no account is there before its address is proven, and nobody chooses a password for another. Nobody is
 * told whether there is an account: its owner is, by letter.
 */
@Service
public class SignUp {

    private final ConsoleSettings settings;
    private final LetterThrottle throttle;
    private final AddressProofs proofs;
    private final People people;
    private final Passwords passwords;

    SignUp(
            ConsoleSettings settings,
            LetterThrottle throttle,
            AddressProofs proofs,
            People people,
            Passwords passwords) {
        this.settings = settings;
        this.throttle = throttle;
        this.proofs = proofs;
        this.people = people;
        this.passwords = passwords;
    }

    public boolean isOpen() {
        return settings.signUp() == ConsoleSettings.SignUp.OPEN;
    }

    /** A later link takes the place of an earlier one. */
    public void ask(String address) {
        if (!isOpen()) {
            throw Problem.forbidden("sign-up: closed (expected: an invitation by somebody who is a member)");
        }
        String email = Fields.requireEmail("email", address);
        throttle.enter();
        proofs.offer(email, null, Letter.SignUp::new);
    }

    /** Whose account a link opens, while it does; to look takes nothing. */
    public Optional<String> open(String link) {
        return proof(link).map(Proof::email);
    }

    /** Makes the account, and takes the link. */
    public void confirm(String link, String name, String password) {
        Proof proof = proof(link).orElseThrow(AddressProofs::gone);
        NewAccount account = new NewAccount(Fields.requireName("name", name), passwords.hash("password", password));
        people.as(proof.email(), Optional.of(account), person -> {
            proofs.use(proof);
            return person;
        });
    }

    private Optional<Proof> proof(String link) {
        return proofs.open(link).filter(proof -> isOpen() && proof.account().isEmpty());
    }
}

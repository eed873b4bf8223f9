package io.rateguard.console.account;

import io.rateguard.console.account.AddressProofs.Proof;
import io.rateguard.console.letters.Letters;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.security.Caller;
import io.rateguard.console.security.LetterThrottle;
import io.rateguard.console.security.People;
import io.rateguard.console.security.Reauthentication;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.letter.Letter;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Another address for an account: a letter to the new one carries a link, and once it is used the old one is told. Whether
 * the new one has an account, nobody hears but its owner.
 */
@Service
public class AddressChange {

    private final Reauthentication reauthentication;
    private final LetterThrottle throttle;
    private final AddressProofs proofs;
    private final People people;
    private final Tenancy tenancy;
    private final Letters letters;

    AddressChange(
            Reauthentication reauthentication,
            LetterThrottle throttle,
            AddressProofs proofs,
            People people,
            Tenancy tenancy,
            Letters letters) {
        this.reauthentication = reauthentication;
        this.throttle = throttle;
        this.proofs = proofs;
        this.people = people;
        this.tenancy = tenancy;
        this.letters = letters;
    }

    /** @param current the password, or a code */
    public void ask(String current, String address) {
        String email = Fields.requireEmail("email", address);
        Caller.Person person = throttle.before(() -> reauthentication.require(current));
        proofs.offer(email, person.user(), (link, until) -> new Letter.NewAddress(person.email(), link, until));
    }

    /** Which address a link gives to its account, while it does; to look takes nothing. */
    public Optional<String> open(String link) {
        return proof(link).map(Proof::email);
    }

    /** Whoever is signed in to the account has to sign in again, with the new address. */
    public void confirm(String link) {
        Proof proof = proof(link).orElseThrow(AddressProofs::gone);
        people.changeAddress(proof.account().orElseThrow(), proof.email(), before -> {
            proofs.use(proof);
            tenancy.withEmail(before.email(), () -> {
                letters.send(before.email(), new Letter.AddressChanged(proof.email()));
                return before;
            });
        });
    }

    private Optional<Proof> proof(String link) {
        return proofs.open(link).filter(proof -> proof.account().isPresent());
    }
}

package io.rateguard.console.account;

import io.rateguard.console.security.Caller;
import io.rateguard.console.security.Passwords;
import io.rateguard.console.security.People;
import io.rateguard.console.security.Reauthentication;
import io.rateguard.console.security.SecondFactors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What the person who is signed in changes of their account. What may be objected to without knowing who they are is looked
 * at before they are asked to show it: a code works once, and shall not be spent on what comes to nothing.
 */
@Service
public class OwnAccount {

    private final Reauthentication reauthentication;
    private final People people;
    private final Passwords passwords;
    private final SecondFactors factors;

    OwnAccount(Reauthentication reauthentication, People people, Passwords passwords, SecondFactors factors) {
        this.reauthentication = reauthentication;
        this.people = people;
        this.passwords = passwords;
        this.factors = factors;
    }

    /** Whoever else is signed in to the account has to sign in again. @param session the one that stays */
    public void changePassword(String current, String wanted, @Nullable UUID session) {
        String good = passwords.requireGood("password", wanted);
        Caller.Person person = reauthentication.require(current);
        people.setPassword(person, passwords.hash("password", good), session);
    }

    /** The password alone will do again. */
    public void turnSecondFactorOff(String current) {
        var _ = reauthentication.require(current);
        factors.turnOff();
    }
}

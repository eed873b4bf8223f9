package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import org.springframework.stereotype.Component;

/** Asks once more for what one signs in with: whoever finds a screen unlocked shall not take the account over. */
@Component
public class Reauthentication {

    private final CurrentCaller callers;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final SignInThrottle throttle;

    Reauthentication(CurrentCaller callers, Passwords passwords, SecondFactors factors, SignInThrottle throttle) {
        this.callers = callers;
        this.passwords = passwords;
        this.factors = factors;
        this.throttle = throttle;
    }

    /**
     * Objects to what is wrong, and to anything once there was too much of it.
     *
     * @param proof the password; in its place, where the account has a second factor, a code that was not used before
     */
    public Caller.Person require(String proof) {
        Caller.Person person = callers.person();
        String address = callers.address().orElse("");
        if (!throttle.enter(person.email(), address)) {
            throw Problem.invalid("current: too many attempts (expected: another try in a quarter of an hour)");
        }
        boolean right;
        try {
            right = passwords.isOf(person, proof) || factors.isOn() && factors.redeem(person, proof);
        } catch (RuntimeException notCompared) {
            throttle.takeBack(person.email(), address);
            throw notCompared;
        }
        if (!right) {
            throw Problem.invalid("current: another one (expected: the password of " + person.email()
                    + (factors.isOn() ? ", or a code)" : ")"));
        }
        throttle.succeeded(person.email(), address);
        return person;
    }
}

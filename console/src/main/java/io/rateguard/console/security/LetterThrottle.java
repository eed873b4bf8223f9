package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Throttle.Door;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Keeps who is not signed in from having letters sent to one address after the other. */
@Component
public class LetterThrottle {

    private static final int MOST = 20;

    private final Throttle throttle;
    private final CurrentCaller callers;

    LetterThrottle(Throttle throttle, CurrentCaller callers) {
        this.throttle = throttle;
        this.callers = callers;
    }

    /** Before each letter; objects where there were too many of late. */
    public void enter() {
        callers.address().map(LetterThrottle::doors).ifPresent(doors -> {
            if (!throttle.enter(doors)) {
                throw Problem.invalid(
                        "email: too many letters of late (expected: another try in a quarter of an hour)");
            }
        });
    }

    /** As {@link #enter}, before the work too; where the work objects, no letter is counted. */
    public <T> T before(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } catch (RuntimeException noLetter) {
            callers.address().map(LetterThrottle::doors).ifPresent(throttle::takeBack);
            throw noLetter;
        }
    }

    private static List<Door> doors(String address) {
        return List.of(new Door("letters from " + Throttle.network(address), MOST));
    }
}

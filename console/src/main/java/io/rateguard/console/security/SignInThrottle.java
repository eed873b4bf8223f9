package io.rateguard.console.security;

import io.rateguard.console.security.Throttle.Door;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Lets nobody guess passwords or codes for long: soon shut is the door for one network at one account, later that for a
 * network at any account and that for an account from anywhere. An address without an account counts like one that has one.
 */
@Component
class SignInThrottle {

    private static final int MOST_FOR_BOTH = 10;
    private static final int MOST_FOR_ONE = 100;

    private final Throttle throttle;

    SignInThrottle(Throttle throttle) {
        this.throttle = throttle;
    }

    /** Counts an attempt, before anything is compared; false where there were too many. */
    boolean enter(String email, String address) {
        return throttle.enter(doors(email, address));
    }

    /** Whoever knows the password may mistype it again; what others tried meanwhile stays counted. */
    void succeeded(String email, String address) {
        List<Door> doors = doors(email, address);
        throttle.takeBack(doors);
        throttle.forget(doors.getFirst());
    }

    /** Nothing was compared, or what was is right so far. */
    void takeBack(String email, String address) {
        throttle.takeBack(doors(email, address));
    }

    private static List<Door> doors(String email, String address) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        String network = Throttle.network(address);
        return List.of(
                new Door("sign-in of " + account + " from " + network, MOST_FOR_BOTH),
                new Door("sign-in of " + account, MOST_FOR_ONE),
                new Door("sign-in from " + network, MOST_FOR_ONE));
    }
}

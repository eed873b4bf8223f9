package io.rateguard.console.security;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets nobody guess passwords for long: after some failures the door stays shut for the rest of a quarter of an hour, soon
 * for one network at one account, later for a network at any account and for an account from anywhere. An address without
 * an account counts like one that has one. Each console counts for itself.
 */
@Component
class SignInThrottle {

    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(SignInThrottle.class);
    private static final int MOST_FOR_BOTH = 10;
    private static final int MOST_FOR_ONE = 100;
    private static final int MOST_REMEMBERED = 100_000;
    private static final int NETWORK_BYTES_OF_IPV6 = 8;
    private static final int BYTES_OF_IPV6 = 16;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isShut(String email, String address) {
        Instant now = clock.instant();
        return doors(email, address).stream().anyMatch(door -> lately(door, now).count() >= door.most());
    }

    synchronized void failed(String email, String address) {
        Instant now = clock.instant();
        for (Door door : doors(email, address)) {
            Failures before = lately(door, now);
            Failures after = new Failures(before.since(), before.count() + 1);
            failures.put(door.key(), after);
            if (after.count() == door.most()) {
                log.warn("sign-in is shut for {}: {} failures since {}", door.key(), after.count(), after.since());
            }
        }
    }

    /** Whoever knows the password may mistype it again; what others tried meanwhile stays counted. */
    synchronized void succeeded(String email, String address) {
        failures.remove(doors(email, address).getFirst().key());
    }

    private Failures lately(Door door, Instant now) {
        Failures known = failures.get(door.key());
        return known == null || known.since().plus(WINDOW).isBefore(now) ? new Failures(now, 0) : known;
    }

    private static List<Door> doors(String email, String address) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        String network = network(address);
        return List.of(
                new Door(account + " from " + network, MOST_FOR_BOTH),
                new Door(account, MOST_FOR_ONE),
                new Door(network, MOST_FOR_ONE));
    }

    /** Whoever has one IPv6 address has all of its network. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == BYTES_OF_IPV6
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES_OF_IPV6)) + "/64"
                    : address;
        } catch (IllegalArgumentException unusual) {
            return address;
        }
    }

    private record Failures(Instant since, int count) {}

    private record Door(String key, int most) {}
}

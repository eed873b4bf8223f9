package io.rateguard.alerts.delivery;

import java.net.URI;
import java.time.Duration;

/**
 * How deliveries are taken.
 *
 * @param lease how long after a service died others wait before they take what it was handing over
 * @param pause how long to wait when nothing is due
 * @param atOnce how many may be under way, one of each channel: so many silent receivers delay the others
 * @param console where links lead to
 */
public record DeliverySettings(Duration lease, Duration pause, int atOnce, URI console) {

    /** With the times and numbers it is meant to run with. */
    public static DeliverySettings of(URI console) {
        return new DeliverySettings(Duration.ofSeconds(6), Duration.ofMillis(300), 32, console);
    }
}

package io.rateguard.counters;

import java.time.Duration;

/**
 * How to reach Redis and how long to wait for it.
 *
 * @param url as {@link RedisAddress} takes it
 * @param deadline how long a written script may take to answer
 * @param inFlight how many admissions may be under way at once; further ones wait in order
 * @param admissionWait how long an admission waits for its place
 * @param holdLife how long a hold stands before it lapses into a charge
 */
public record CountersSettings(String url, Duration deadline, int inFlight, Duration admissionWait, Duration holdLife) {

    public CountersSettings {
        RedisAddress.of(url);
        requirePositive("deadline", deadline);
        requirePositive("admissionWait", admissionWait);
        requirePositive("holdLife", holdLife);
        if (inFlight < 1) {
            throw new IllegalArgumentException("inFlight: " + inFlight + " (expected: 1 or more)");
        }
    }

    /** The settings for a server at this address, everything else as it is meant to run. */
    public static CountersSettings of(String url) {
        return new CountersSettings(url, Duration.ofMillis(50), 64, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    /** For those who are not on the request path: nobody waits there, and an answer may take its time. */
    public static CountersSettings patient(String url) {
        CountersSettings usual = of(url);
        return new CountersSettings(
                url, Duration.ofSeconds(2), usual.inFlight(), usual.admissionWait(), usual.holdLife());
    }

    /** Without the password that the address may carry. */
    @Override
    public String toString() {
        return "CountersSettings[" + RedisAddress.of(url) + ", deadline=" + deadline + ", inFlight=" + inFlight
                + ", admissionWait=" + admissionWait + ", holdLife=" + holdLife + "]";
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: 1 ms or more)");
        }
    }
}

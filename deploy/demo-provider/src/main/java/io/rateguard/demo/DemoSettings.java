package io.rateguard.demo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a demo provider runs.
 *
 * @param port 0 for a free one
 * @param requiredKey the one credential it accepts; null accepts any
 * @param errorRate share of the API requests that fail, from 0 to 1
 * @param seed which ones fail
 * @param recorded how many received requests are kept for inspection; 0 keeps none
 * @param threads event loops of its own; 0 shares those of the process
 * @param behaviour what requests do unless they say otherwise
 */
public record DemoSettings(
        String host,
        int port,
        @Nullable String requiredKey,
        double errorRate,
        long seed,
        int recorded,
        int threads,
        Behaviour behaviour) {

    private static final int DEFAULT_RECORDED = 1_000;

    public DemoSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException("errorRate: " + errorRate + " (expected: 0 to 1)");
        }
        if (recorded < 0) {
            throw new IllegalArgumentException("recorded: " + recorded + " (expected: 0 or more)");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: 0 or more)");
        }
    }

    /** A free port on the loopback address, any credential, no errors, the last 1,000 requests kept. */
    public static DemoSettings defaults() {
        return new DemoSettings("127.0.0.1", 0, null, 0, 1, DEFAULT_RECORDED, 0, Behaviour.PLAIN);
    }

    public DemoSettings withHost(String changed) {
        return new DemoSettings(changed, port, requiredKey, errorRate, seed, recorded, threads, behaviour);
    }

    public DemoSettings withPort(int changed) {
        return new DemoSettings(host, changed, requiredKey, errorRate, seed, recorded, threads, behaviour);
    }

    public DemoSettings withRequiredKey(String changed) {
        return new DemoSettings(host, port, changed, errorRate, seed, recorded, threads, behaviour);
    }

    public DemoSettings withErrors(double rate, long changedSeed) {
        return new DemoSettings(host, port, requiredKey, rate, changedSeed, recorded, threads, behaviour);
    }

    public DemoSettings withRecorded(int changed) {
        return new DemoSettings(host, port, requiredKey, errorRate, seed, changed, threads, behaviour);
    }

    public DemoSettings withThreads(int changed) {
        return new DemoSettings(host, port, requiredKey, errorRate, seed, recorded, changed, behaviour);
    }

    /** Turns a knob for every request that does not turn it itself; the value is written as in its header. */
    public DemoSettings with(Knob knob, String value) {
        return new DemoSettings(
                host, port, requiredKey, errorRate, seed, recorded, threads, behaviour.with(knob, value));
    }

    Optional<String> key() {
        return Optional.ofNullable(requiredKey);
    }

    /** Without the key, so that settings can be logged. */
    @Override
    public String toString() {
        return "DemoSettings[" + host + ":" + port + ", errorRate=" + errorRate + ", seed=" + seed + ", recorded="
                + recorded + ", threads=" + threads + "]";
    }
}

package io.rateguard.counters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script with the name Redis caches it under: the SHA-1 of its text. */
record Script(String name, String text, String sha) {

    private static final String[] WITH_LIMITS = {"numbers", "limits", "bucket", "window", "log", "leases", "budget"};

    static final Script ADMIT = load("admit", WITH_LIMITS);
    static final Script SETTLE = load("settle", WITH_LIMITS);
    static final Script RELEASE = load("release", WITH_LIMITS);
    static final Script RENEW = load("renew", "numbers", "limits", "leases");
    static final Script LEVELS = load("levels", "numbers", "budget");
    static final Script HEARTBEAT = load("heartbeat", "numbers");
    static final Script CHARGE = load("charge", "numbers", "budget");
    static final Script SEED = load("seed", "numbers", "budget");

    /** Reads {@code <name>.lua}, preceded by the parts it builds on. */
    static Script load(String name, String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(read(part)).append('\n');
        }
        return of(name, text.append(read(name)).toString());
    }

    static Script of(String name, String text) {
        return new Script(name, text, sha1(text));
    }

    private static String read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException(name + ".lua: missing beside " + Script.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.rateguard.counters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * All scripts as one library of Redis functions: read by a server once, not with every call. Its name and those of its
 * functions carry a digest of its text, so that proxies of different versions get along with one server.
 */
final class ScriptLibrary {

    private static final String[] PARTS = {
        "start", "numbers", "limits", "bucket", "window", "log", "leases", "request", "epoch", "budget"
    };
    private static final int DIGEST_LETTERS = 12;

    static final ScriptLibrary OURS = new ScriptLibrary();

    private final String name;
    private final String code;
    private final Map<Script, String> functions = new EnumMap<>(Script.class);

    private ScriptLibrary() {
        StringBuilder text = new StringBuilder();
        for (String part : PARTS) {
            text.append(read(part)).append('\n');
        }
        for (Script script : Script.values()) {
            text.append("local function run_").append(script.fileName()).append("(keys, arguments)\n");
            text.append("start(keys, arguments)\n");
            text.append(read(script.fileName())).append("end\n");
        }
        name = "rateguard_" + digest(text.toString()).substring(0, DIGEST_LETTERS);
        for (Script script : Script.values()) {
            String function = name + "_" + script.fileName();
            functions.put(script, function);
            text.append("redis.register_function('%s', run_%s)\n".formatted(function, script.fileName()));
        }
        code = text.toString();
    }

    String name() {
        return name;
    }

    /** Without the line that names it. */
    String code() {
        return code;
    }

    String function(Script script) {
        return functions.getOrDefault(script, "");
    }

    private static String read(String name) {
        try (InputStream in = ScriptLibrary.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException(name + ".lua: missing beside " + ScriptLibrary.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.rateguard.standalone.data;

import io.rateguard.domain.key.Secret;
import io.rateguard.standalone.StandaloneException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets of an installation: each is made when it is first asked for and is the same ever after. One file of mode
 * 0600 in the data folder keeps them.
 */
public final class Secrets {

    private static final String FILE = "secrets.json";
    private static final String DEMO_KEY = "demoKey";
    private static final String DEMO_KEY_ID = "demoKeyId";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataDir data;
    private final SecureRandom random;
    private final Map<String, String> values;

    public Secrets(DataDir data, SecureRandom random) {
        this.data = data;
        this.random = random;
        this.values = read(data);
    }

    /** Of a database, a store or one of their roles. */
    public synchronized String password(String of) {
        String known = values.get(of + "Password");
        return known != null ? known : kept(of + "Password", hex());
    }

    /** Seals upstream credentials: 32 bytes in base 64. */
    public synchronized String secretKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        String known = values.get("secretKey");
        return known != null ? known : kept("secretKey", Base64.getEncoder().encodeToString(key));
    }

    /** Of the workspace of the ready file. */
    public synchronized String managementToken() {
        return token("managementToken");
    }

    /** Of the workspace {@code sample}. */
    public synchronized String sampleToken() {
        return token("sampleToken");
    }

    public synchronized Optional<DemoKey> demoKey() {
        String id = values.get(DEMO_KEY_ID);
        String secret = values.get(DEMO_KEY);
        return id == null || secret == null ? Optional.empty() : Optional.of(new DemoKey(id, secret));
    }

    public synchronized void keepDemoKey(String id, String secret) {
        values.put(DEMO_KEY_ID, id);
        kept(DEMO_KEY, secret);
    }

    @Override
    public String toString() {
        return "Secrets" + values.keySet();
    }

    private String token(String name) {
        String known = values.get(name);
        return known != null
                ? known
                : kept(name, Secret.create(Secret.Kind.MANAGEMENT_TOKEN, random).reveal());
    }

    private String kept(String name, String value) {
        values.put(name, value);
        data.keep(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values));
        return value;
    }

    private String hex() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> read(DataDir data) {
        try {
            Optional<TreeMap<String, String>> known =
                    data.recall(FILE).map(text -> JSON.readValue(text, new TypeReference<>() {}));
            return known.orElseGet(TreeMap::new);
        } catch (JacksonException damaged) {
            // Its message would quote what it read.
            throw new StandaloneException(data.resolve(FILE) + ": cannot be read as JSON; the data of this folder opens"
                    + " only with the secrets in it");
        }
    }

    /** A key that was made for trying things out; only the answer that made it told its secret. */
    public record DemoKey(String id, String secret) {

        @Override
        public String toString() {
            return "DemoKey[id=" + id + "]";
        }
    }
}

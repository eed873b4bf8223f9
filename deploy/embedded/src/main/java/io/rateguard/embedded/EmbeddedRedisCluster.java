package io.rateguard.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Three Redis masters that share all slots, each with a replica; data is thrown away. */
public final class EmbeddedRedisCluster implements AutoCloseable {

    /** Which word of a line of CLUSTER NODES. */
    private static final int CONFIG_EPOCH = 6;

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration FORMED_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 50;

    private final String password;
    private final List<EmbeddedRedis> nodes = new ArrayList<>();
    private final Map<Integer, Integer> moved = new HashMap<>();

    private EmbeddedRedisCluster(String password) {
        this.password = password;
    }

    /** Returns when all slots are served. */
    public static EmbeddedRedisCluster start(Path dataDir, String password) {
        EmbeddedRedisCluster cluster = new EmbeddedRedisCluster(password);
        try {
            for (int i = 0; i < 2 * MASTERS; i++) {
                cluster.nodes.add(EmbeddedRedis.startNode(Settings.in(dataDir.resolve("node-" + i))
                        .withPassword(password)
                        .withDurable(false)));
            }
            cluster.form();
            return cluster;
        } catch (IOException failure) {
            cluster.close();
            throw new EmbeddedPartException("redis cluster: cannot be formed: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    /** As RateGuard takes it. */
    public String url() {
        return "redis+cluster://:" + password + "@"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** Moves the slot of a key from the master that serves it to the next one, key by key, while it is used. */
    public void moveSlotOf(String key) throws IOException {
        int slot = Integer.parseInt(
                call(nodes.getFirst(), "CLUSTER KEYSLOT " + key).substring(1));
        int from = moved.getOrDefault(slot, firstMasterOf(slot));
        int to = (from + 1) % MASTERS;
        try (RedisLine source = new RedisLine(nodes.get(from).access());
                RedisLine target = new RedisLine(nodes.get(to).access())) {
            String sourceId = source.text("CLUSTER MYID");
            String targetId = target.text("CLUSTER MYID");
            requireOk(target.call("CLUSTER SETSLOT " + slot + " IMPORTING " + sourceId));
            requireOk(source.call("CLUSTER SETSLOT " + slot + " MIGRATING " + targetId));
            for (List<String> keys = some(source, slot); !keys.isEmpty(); keys = some(source, slot)) {
                String moved = source.call("MIGRATE 127.0.0.1 " + nodes.get(to).port() + " \"\" 0 5000 AUTH " + password
                        + " KEYS " + String.join(" ", keys));
                if (!moved.equals("+OK") && !moved.equals("+NOKEY")) {
                    throw new IOException("MIGRATE: " + moved);
                }
            }
            requireOk(target.call("CLUSTER SETSLOT " + slot + " NODE " + targetId));
            requireOk(source.call("CLUSTER SETSLOT " + slot + " NODE " + targetId));
            awaitKnown(target, targetId);
            moved.put(slot, to);
        }
    }

    @Override
    public void close() {
        nodes.forEach(EmbeddedRedis::close);
    }

    private void form() throws IOException {
        EmbeddedRedis first = nodes.getFirst();
        for (EmbeddedRedis other : nodes.subList(1, nodes.size())) {
            requireOk(call(first, "CLUSTER MEET 127.0.0.1 " + other.port() + " " + other.busPort()));
        }
        for (int i = 0; i < MASTERS; i++) {
            requireOk(call(nodes.get(i), "CLUSTER ADDSLOTSRANGE " + firstSlotOf(i) + " " + (firstSlotOf(i + 1) - 1)));
        }
        for (int i = 0; i < MASTERS; i++) {
            String master = text(nodes.get(i), "CLUSTER MYID");
            String replicate = "CLUSTER REPLICATE " + master;
            EmbeddedRedis replica = nodes.get(MASTERS + i);
            await("a replica of " + master, () -> call(replica, replicate).equals("+OK"));
        }
        for (EmbeddedRedis node : nodes) {
            await("all slots on port " + node.port(), () -> isWhole(text(node, "CLUSTER INFO")));
        }
    }

    /** What moves on before all masters know is fought over: a late word of an earlier owner may win. */
    private void awaitKnown(RedisLine target, String targetId) throws IOException {
        String epoch = configEpoch(target.text("CLUSTER NODES"), targetId);
        for (EmbeddedRedis master : nodes.subList(0, MASTERS)) {
            await(
                    "the move to be known on port " + master.port(),
                    () -> configEpoch(text(master, "CLUSTER NODES"), targetId).equals(epoch));
        }
    }

    private static String configEpoch(String nodes, String id) {
        return nodes.lines()
                .filter(line -> line.startsWith(id))
                .map(line -> line.split(" ")[CONFIG_EPOCH])
                .findFirst()
                .orElse("");
    }

    private static boolean isWhole(String info) {
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + 2 * MASTERS);
    }

    private static int firstMasterOf(int slot) {
        int master = MASTERS - 1;
        while (slot < firstSlotOf(master)) {
            master--;
        }
        return master;
    }

    private static int firstSlotOf(int master) {
        return master * SLOTS / MASTERS;
    }

    private static List<String> some(RedisLine source, int slot) throws IOException {
        return source.texts("CLUSTER GETKEYSINSLOT " + slot + " 1");
    }

    private static String call(EmbeddedRedis node, String command) throws IOException {
        try (RedisLine line = new RedisLine(node.access())) {
            return line.call(command);
        }
    }

    private static String text(EmbeddedRedis node, String command) throws IOException {
        try (RedisLine line = new RedisLine(node.access())) {
            return line.text(command);
        }
    }

    private static void requireOk(String answer) throws IOException {
        if (!answer.equals("+OK")) {
            throw new IOException(answer);
        }
    }

    private interface Look {
        boolean succeeds() throws IOException;
    }

    private static void await(String what, Look look) throws IOException {
        long end = System.nanoTime() + FORMED_WITHIN.toNanos();
        while (!look.succeeds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited in vain for " + what);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            }
        }
    }
}

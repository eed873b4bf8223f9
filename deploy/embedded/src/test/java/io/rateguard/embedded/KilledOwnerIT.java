package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledOwnerIT {

    @TempDir
    Path dir;

    @Test
    void leavesNothingThatHindersTheNextOwner() throws Exception {
        List<Long> pids = startInAnotherJvmAndKillIt("all");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(dir));
                EmbeddedRedis redis = EmbeddedRedis.start(Settings.in(dir));
                EmbeddedClickHouse clickhouse = EmbeddedClickHouse.start(Settings.in(dir));
                EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(dir))) {
            assertThat(List.of(postgres.pid(), redis.pid(), clickhouse.pid(), kafka.pid()))
                    .doesNotContainAnyElementsOf(pids);
            assertThat(pids).noneMatch(KilledOwnerIT::isAlive);
            PostgresAccess access = postgres.access();
            try (Connection connection =
                            DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT text FROM notes")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("kept");
            }
            try (RedisLine line = new RedisLine(redis.access())) {
                assertThat(line.call("EXISTS kept")).isEqualTo(":1");
            }
        }
    }

    @Test
    void leavesServersThatCanBeStoppedWithoutStartingThem() throws Exception {
        List<Long> pids = startInAnotherJvmAndKillIt("stores");

        EmbeddedPart.stopOrphans(dir);

        Eventually.isTrue(Duration.ofSeconds(20), () -> pids.stream().noneMatch(KilledOwnerIT::isAlive));
    }

    private List<Long> startInAnotherJvmAndKillIt(String which) throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerMain.class.getName(),
                        dir.toString(),
                        which)
                .redirectError(dir.resolve("owner.err").toFile())
                .start();
        try (BufferedReader output = owner.inputReader()) {
            String line = output.readLine();
            assertThat(line)
                    .as(() -> "what the owner prints; its errors: " + errors())
                    .startsWith("pids ");
            return List.of(line.substring(5).split(" ")).stream()
                    .map(Long::valueOf)
                    .toList();
        } finally {
            owner.destroyForcibly();
            assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private String errors() {
        try {
            return Files.readString(dir.resolve("owner.err"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}

package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {

    @TempDir
    Path dir;

    @Test
    void keepsDataPortAndPasswordOverAStopAndAKill() throws Exception {
        RedisAccess first;
        try (EmbeddedRedis redis = EmbeddedRedis.start(Settings.in(dir))) {
            first = redis.access();
            assertThat(call(first, "SET stopped 1")).isEqualTo("+OK");
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(Settings.in(dir))) {
            assertThat(call(first, "SET killed 1")).isEqualTo("+OK");
            redis.kill();

            redis.start();

            assertThat(redis.access()).isEqualTo(first);
            assertThat(call(first, "EXISTS stopped killed")).isEqualTo(":2");
        }
    }

    @Test
    void asksForThePasswordAndKeepsItPrivate() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(Settings.in(dir))) {
            RedisAccess access = redis.access();

            assertThatThrownBy(() -> call(new RedisAccess(access.host(), access.port(), "wrong-password"), "PING"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refuses the password");
            assertThat(call(new RedisAccess(access.host(), access.port(), ""), "PING"))
                    .startsWith("-NOAUTH");
            for (String file : new String[] {"password", "redis.conf"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                dir.resolve("redis").resolve(file))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void answersNothingWhilePausedAndGoesOnAfterwards() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(Settings.in(dir))) {
            redis.pause();
            assertThatThrownBy(() -> call(redis.access(), "PING")).isInstanceOf(SocketTimeoutException.class);

            redis.resume();

            assertThat(call(redis.access(), "PING")).isEqualTo("+PONG");
            redis.pause();
        }
        assertThat(Ports.isFree(Integer.parseInt(Files.readString(dir.resolve("redis/port")))))
                .as("a paused server stops as well")
                .isTrue();
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

            assertThatThrownBy(() -> EmbeddedRedis.start(Settings.in(dir).withPort(taken.getLocalPort())))
                    .isInstanceOf(EmbeddedPartException.class)
                    .hasMessage("redis: port " + taken.getLocalPort() + " is taken by another process");
        }
    }

    private static String call(RedisAccess access, String command) throws IOException {
        try (RedisLine line = new RedisLine(access)) {
            return line.call(command);
        }
    }
}

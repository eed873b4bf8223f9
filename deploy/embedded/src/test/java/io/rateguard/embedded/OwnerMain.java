package io.rateguard.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A JVM that starts the parts, writes something into them, and waits to be killed. */
final class OwnerMain {

    private OwnerMain() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.in(Path.of(arguments[0]));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings);
        EmbeddedRedis redis = EmbeddedRedis.start(settings);
        List<EmbeddedPart> parts = new ArrayList<>(List.of(postgres, redis));
        if (arguments[1].equals("all")) {
            parts.add(EmbeddedClickHouse.start(settings));
            parts.add(EmbeddedKafka.start(settings));
        }
        PostgresAccess access = postgres.access();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE notes AS SELECT 'kept' AS text");
        }
        try (RedisLine line = new RedisLine(redis.access())) {
            line.call("SET kept 1");
        }
        System.out.println(
                "pids " + parts.stream().map(part -> Long.toString(part.pid())).collect(Collectors.joining(" ")));
        while (true) {
            LockSupport.park();
        }
    }
}

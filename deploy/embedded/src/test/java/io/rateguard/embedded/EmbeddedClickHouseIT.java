package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClickHouseIT {

    @TempDir
    static Path dir;

    static EmbeddedClickHouse clickhouse;

    @BeforeAll
    static void start() {
        clickhouse = EmbeddedClickHouse.start(Settings.in(dir));
    }

    @AfterAll
    static void stop() {
        clickhouse.close();
    }

    @Test
    void servesTheJdbcDriver() throws Exception {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE calls (id UInt64, model String, at DateTime64(3)) ENGINE = MergeTree ORDER BY id");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO calls VALUES (?, ?, ?)")) {
                for (int i = 0; i < 3; i++) {
                    insert.setLong(1, i);
                    insert.setString(2, "it's \\ no. " + i);
                    insert.setTimestamp(3, java.sql.Timestamp.from(Instant.parse("2026-11-01T00:00:00.125Z")));
                    insert.addBatch();
                }
                insert.executeBatch();
            }

            try (PreparedStatement query =
                    connection.prepareStatement("SELECT id, model, at FROM calls WHERE model = ? ORDER BY id")) {
                query.setString(1, "it's \\ no. 2");
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong("id")).isEqualTo(2);
                    assertThat(rows.getString("model")).isEqualTo("it's \\ no. 2");
                    assertThat(rows.getTimestamp("at").toInstant())
                            .isEqualTo(Instant.parse("2026-11-01T00:00:00.125Z"));
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @Test
    void servesClientV2WithNamedParameters() throws Exception {
        try (Client client = client(true)) {
            List<GenericRecord> rows = client.queryAll(
                    "SELECT {n:UInt64} + 1 AS next, {text:String} AS text",
                    Map.of("n", 9007199254740993L, "text", "tab\tand 'quote'"),
                    new QuerySettings());

            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().getBigInteger("next")).isEqualTo("9007199254740994");
            assertThat(rows.getFirst().getString("text")).isEqualTo("tab\tand 'quote'");
        }
    }

    @Test
    void takesStreamsPlainAndCompressed() throws Exception {
        execute("CREATE TABLE streamed (id UInt64, text String) ENGINE = MergeTree ORDER BY id");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append("{\"id\":")
                    .append(i)
                    .append(",\"text\":\"row ")
                    .append(i)
                    .append("\"}\n");
        }

        for (boolean compressed : List.of(false, true)) {
            try (Client client = client(compressed);
                    InsertResponse response = client.insert(
                                    "streamed",
                                    new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)),
                                    ClickHouseFormat.JSONEachRow,
                                    new InsertSettings().compressClientRequest(compressed))
                            .get(30, TimeUnit.SECONDS)) {
                assertThat(response.getWrittenRows()).isEqualTo(20_000);
            }
        }

        assertThat(count("SELECT count() FROM streamed")).isEqualTo(40_000);
        try (Client client = client(true)) {
            assertThat(client.queryAll("SELECT id, text FROM streamed")).hasSize(40_000);
        }
    }

    @Test
    void countsARepeatedBlockOnceInTheTableAndInItsRollup() throws Exception {
        execute("CREATE TABLE raw (ws String, cost Int64) ENGINE = MergeTree ORDER BY ws"
                + " SETTINGS non_replicated_deduplication_window = 1000");
        execute("CREATE TABLE rollup (ws String, cost AggregateFunction(sum, Int64)) ENGINE = AggregatingMergeTree"
                + " ORDER BY ws SETTINGS non_replicated_deduplication_window = 1000");
        execute("CREATE MATERIALIZED VIEW to_rollup TO rollup AS"
                + " SELECT ws, sumState(raw.cost) AS cost FROM raw GROUP BY ws");

        for (String token : List.of("events:0:0:2", "events:0:0:2", "events:0:2:4")) {
            insertCosts(token);
        }

        assertThat(count("SELECT sum(cost) FROM raw")).isEqualTo(24);
        assertThat(count("SELECT sumMerge(cost) FROM rollup")).isEqualTo(24);
    }

    @Test
    void saysWhatIsWrongWithAStatementAndForgetsIt() throws Exception {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM nowhere"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("UNKNOWN_TABLE");
            assertThatThrownBy(() -> statement.executeQuery("SELECT throwIf(number = 70000) FROM numbers(100000)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("throwIf");

            for (int i = 0; i < 20; i++) {
                assertThat(count("SELECT " + i)).isEqualTo(i);
            }
        }
    }

    @Test
    void answersEightAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int number = i;
                answers.add(threads.submit(() -> number % 4 == 0
                        ? failing(number)
                        : count("SELECT sum(number) * 0 + " + number + " FROM numbers(1000000)")));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @Test
    void refusesAWrongPassword() {
        ClickHouseAccess access = clickhouse.access();

        assertThatThrownBy(() -> {
                    try (Connection connection =
                                    DriverManager.getConnection(access.jdbcUrl(), access.user(), "not-the-password");
                            Statement statement = connection.createStatement()) {
                        statement.executeQuery("SELECT 1");
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("AUTHENTICATION_FAILED");
    }

    @Test
    void endsAStatementThatIsKilledById() throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                Client client = client(false)) {
            Future<?> running = threads.submit(() -> client.queryAll(
                    "SELECT count() FROM system.numbers WHERE NOT ignore(number)",
                    Map.of(),
                    new QuerySettings().setQueryId("endless")));
            String seen = "SELECT count() FROM system.processes WHERE Settings['log_comment'] = 'endless'";
            Eventually.isTrue(Duration.ofSeconds(20), () -> count(seen) == 1);

            execute("KILL QUERY WHERE query_id = 'endless' SYNC");

            assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS)).hasStackTraceContaining("QUERY_WAS_CANCELLED");
        }
    }

    @Test
    void keepsAcknowledgedRowsOverAKillAndAStop() throws Exception {
        execute("CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n");
        execute("INSERT INTO kept VALUES (1)");
        clickhouse.kill();
        clickhouse.start();
        execute("INSERT INTO kept VALUES (2)");
        clickhouse.stop();

        clickhouse.start();

        assertThat(count("SELECT sum(n) FROM kept")).isEqualTo(3);
    }

    @Test
    void seesOnlyItsDatabase() throws Exception {
        execute("CREATE DATABASE other");
        execute("CREATE TABLE other.mine (n UInt8) ENGINE = MergeTree ORDER BY n");
        ClickHouseAccess other = clickhouse.access().withDatabase("other");

        try (Connection connection = DriverManager.getConnection(other.jdbcUrl(), other.user(), other.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO mine VALUES (1), (2)"))
                    .isEqualTo(2);
        }

        assertThat(count("SELECT count() FROM other.mine")).isEqualTo(2);
    }

    private static long failing(int number) throws Exception {
        assertThatThrownBy(() -> count("SELECT throwIf(number > 500000) FROM numbers(1000000)"))
                .isInstanceOf(SQLException.class);
        return number;
    }

    private static void insertCosts(String token) throws Exception {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO raw SETTINGS async_insert = 0, insert_deduplication_token = '" + token
                    + "', deduplicate_blocks_in_dependent_materialized_views = 1 VALUES ('a', 5), ('b', 7)");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection jdbc() throws SQLException {
        ClickHouseAccess access = clickhouse.access();
        return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
    }

    private static Client client(boolean compressed) {
        ClickHouseAccess access = clickhouse.access();
        return new Client.Builder()
                .addEndpoint(access.httpUrl())
                .setUsername(access.user())
                .setPassword(access.password())
                .compressServerResponse(compressed)
                .build();
    }
}

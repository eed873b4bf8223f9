package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of inserts may be any bytes: nothing in it ends the statement. */
class EmbeddedClickHouseInsertIT {

    private static final String AWKWARD = "a\n\nb';\"\\ \0\n\n\n; INSERT INTO t FORMAT CSV\r\n\r\nü";

    @TempDir
    static Path dir;

    static EmbeddedClickHouse clickhouse;
    static Client client;

    @BeforeAll
    static void start() {
        clickhouse = EmbeddedClickHouse.start(Settings.in(dir));
        client = client(false);
    }

    @AfterAll
    static void stop() {
        client.close();
        clickhouse.close();
    }

    /** As client-v2 writes it: the id 2570 is two adjacent newlines in RowBinary. */
    public record Row(long id, String text) {
        public long getId() {
            return id;
        }

        public String getText() {
            return text;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsEveryByteOfObjects(boolean compressed) throws Exception {
        String table = table("objects_" + compressed, "");
        List<Row> rows = IntStream.range(0, 3_000)
                .mapToObj(id -> new Row(id, AWKWARD + id))
                .toList();
        try (Client writer = client(compressed)) {
            writer.register(Row.class, writer.getTableSchema(table));
            try (InsertResponse response = writer.insert(
                            table, rows, new InsertSettings().compressClientRequest(compressed))
                    .get(30, TimeUnit.SECONDS)) {
                assertThat(response.getWrittenRows()).isEqualTo(3_000);
            }
        }

        assertThat(rows(table)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsEveryByteOfALongRowBinaryStream(boolean compressed) throws Exception {
        String table = table("stream_" + compressed, "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = AWKWARD.repeat(4);
        for (int id = 0; id < 20_000; id++) {
            writeRow(bytes, id, text);
        }

        assertThat(insert(
                        table,
                        bytes.toByteArray(),
                        ClickHouseFormat.RowBinary,
                        new InsertSettings().compressClientRequest(compressed)))
                .isEqualTo(20_000);

        assertThat(count("SELECT uniqExact(id) FROM " + table)).isEqualTo(20_000);
        List<GenericRecord> texts = client.queryAll("SELECT DISTINCT text FROM " + table);
        assertThat(texts)
                .singleElement()
                .satisfies(each -> assertThat(each.getString("text")).isEqualTo(text));
    }

    @Test
    void keepsEveryByteOfABatchOfTheJdbcDriver() throws Exception {
        String table = table("jdbc", "");
        ClickHouseAccess access = clickhouse.access();
        for (String rowBinary : List.of("false", "true")) {
            try (Connection connection = DriverManager.getConnection(
                            access.jdbcUrl() + "?jdbc_row_binary_writer=" + rowBinary
                                    + "&beta.row_binary_for_simple_insert=" + rowBinary,
                            access.user(),
                            access.password());
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
                insert.setLong(1, rowBinary.length());
                insert.setString(2, AWKWARD);
                insert.addBatch();
                insert.executeBatch();
            }
        }

        assertThat(rows(table)).containsExactly(new Row(4, AWKWARD), new Row(5, AWKWARD));
    }

    @Test
    void keepsEmptyLines() throws Exception {
        execute("CREATE TABLE lines (text String) ENGINE = MergeTree ORDER BY text");
        assertThat(insert("lines", "\n\n\na\n\n", ClickHouseFormat.TSV)).isEqualTo(5);
        assertThat(count("SELECT count() FROM lines WHERE text = ''")).isEqualTo(4);

        assertThat(insert("lines", "\"x\n\n\ny\"\n\"\n\n\"\n", ClickHouseFormat.CSV))
                .isEqualTo(2);
        assertThat(count("SELECT count() FROM lines WHERE text IN ('x\\n\\n\\ny', '\\n\\n')"))
                .isEqualTo(2);

        String json = "\n\n{\"text\":\"j\\n\\n\"}\n\n\n{\"text\":\"k\\u000a\\u000a\"}\n\n";
        assertThat(insert("lines", json, ClickHouseFormat.JSONEachRow)).isEqualTo(2);
        assertThat(count("SELECT count() FROM lines WHERE text IN ('j\\n\\n', 'k\\n\\n')"))
                .isEqualTo(2);
    }

    @Test
    void anErrorInTheDataInsertsNothingAndStaysWithItsRequest() throws Exception {
        String table = table("broken", "");
        StringBuilder rows = new StringBuilder();
        for (int id = 0; id < 100_000; id++) {
            rows.append(id == 70_000 ? "none" : Integer.toString(id)).append(",x\n");
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> insert(table, rows.toString(), ClickHouseFormat.CSV))
                    .hasStackTraceContaining("Code: 27")
                    .hasStackTraceContaining("CANNOT_PARSE_INPUT_ASSERTION_FAILED");
            assertThat(count("SELECT count() FROM " + table)).isZero();
        }

        assertThat(insert(table, "1,x\n", ClickHouseFormat.CSV)).isEqualTo(1);
        assertThatThrownBy(() -> insert("nowhere", "1,x\n", ClickHouseFormat.CSV))
                .hasStackTraceContaining("UNKNOWN_TABLE");
        assertThat(count("SELECT count() FROM " + table)).isEqualTo(1);
    }

    @Test
    void saysSoWhenTheTableOrAViewRefusesTheRows() throws Exception {
        String constrained = table("constrained", ", CONSTRAINT small CHECK id < 10");
        assertThatThrownBy(() -> insert(constrained, "1,a\n20,b\n", ClickHouseFormat.CSV))
                .hasStackTraceContaining("VIOLATED_CONSTRAINT");
        assertThat(count("SELECT count() FROM " + constrained)).isZero();

        String viewed = table("viewed", "");
        String target = table("target", "");
        execute("CREATE MATERIALIZED VIEW refusing TO " + target + " AS SELECT id + throwIf(id = 20) AS id, text FROM "
                + viewed);
        assertThatThrownBy(() -> insert(viewed, "1,a\n20,b\n", ClickHouseFormat.CSV))
                .hasStackTraceContaining("FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
        assertThat(insert(viewed, "1,a\n", ClickHouseFormat.CSV)).isPositive();
    }

    @Test
    void aBodyThatBreaksOffInsertsNothing() throws Exception {
        String table = table("cut", "");
        URI url = URI.create(clickhouse.access().httpUrl());
        String header = "POST /?query=INSERT%20INTO%20" + table + "%20FORMAT%20CSV HTTP/1.1\r\nHost: x\r\n"
                + "Authorization: " + authorization() + "\r\n";
        for (String cut :
                List.of("Content-Length: 1000\r\n\r\n1,a\n2,b\n", "Transfer-Encoding: chunked\r\n\r\n4\r\n1,a\n\r\n")) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write((header + cut).getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).doesNotContain(" 200 ");
            }
        }

        assertThat(count("SELECT count() FROM " + table)).isZero();
    }

    @Test
    void countsARepeatedStreamOnceInTheTableAndInItsRollup() throws Exception {
        String once = " SETTINGS non_replicated_deduplication_window = 1000";
        execute("CREATE TABLE raw (ws String, cost Int64) ENGINE = MergeTree ORDER BY ws" + once);
        execute("CREATE TABLE rollup (ws String, cost AggregateFunction(sum, Int64)) ENGINE = AggregatingMergeTree"
                + " ORDER BY ws" + once);
        execute("CREATE MATERIALIZED VIEW to_rollup TO rollup AS"
                + " SELECT ws, sumState(raw.cost) AS cost FROM raw GROUP BY ws");
        String rows = "{\"ws\":\"a\",\"cost\":5}\n\n{\"ws\":\"b\",\"cost\":7}\n";

        for (String token : List.of("events:0:0:2", "events:0:0:2", "events:0:2:4")) {
            insert(
                    "raw",
                    rows.getBytes(StandardCharsets.UTF_8),
                    ClickHouseFormat.JSONEachRow,
                    new InsertSettings()
                            .setDeduplicationToken(token)
                            .serverSetting("async_insert", "0")
                            .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1"));
        }

        assertThat(count("SELECT sum(cost) FROM raw")).isEqualTo(24);
        assertThat(count("SELECT sumMerge(cost) FROM rollup")).isEqualTo(24);
    }

    @Test
    void takesTheSettingsParametersAndDatabaseOfTheStatement() throws Exception {
        execute("CREATE DATABASE elsewhere");
        execute("CREATE TABLE elsewhere.semicolons (id UInt64, text String) ENGINE = MergeTree ORDER BY id");
        String body =
                "INSERT INTO {target:Identifier} -- FORMAT none\n SETTINGS format_csv_delimiter = ';'\nFORMAT CSV\n"
                        + "1;\"a\n\nb\"\n2;c\n";

        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(clickhouse.access().httpUrl() + "/?database=elsewhere&param_target=semicolons"))
                .header("Authorization", authorization())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }

        assertThat(count("SELECT count() FROM elsewhere.semicolons WHERE text IN ('a\\n\\nb', 'c')"))
                .isEqualTo(2);
    }

    @Test
    void stillTakesRowsFromValuesAndFromSelect() throws Exception {
        String table = table("other_sources", "");
        execute("INSERT INTO " + table + " VALUES (1, 'a\n\nb'), (2, 'c;\n\n')");
        execute("INSERT INTO " + table + "\n\nSELECT id + 2, text FROM " + table);

        assertThat(rows(table))
                .containsExactly(
                        new Row(1, "a\n\nb"), new Row(2, "c;\n\n"), new Row(3, "a\n\nb"), new Row(4, "c;\n\n"));
    }

    private static String table(String name, String more) throws Exception {
        execute("CREATE TABLE " + name + " (id UInt64, text String" + more + ") ENGINE = MergeTree ORDER BY id");
        return name;
    }

    private static void writeRow(ByteArrayOutputStream out, long id, String text) throws IOException {
        for (int shift = 0; shift < 64; shift += 8) {
            out.write((int) (id >> shift));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int size = bytes.length;
        for (; size >= 0x80; size >>= 7) {
            out.write(size & 0x7f | 0x80);
        }
        out.write(size);
        out.write(bytes);
    }

    private static long insert(String table, String data, ClickHouseFormat format) throws Exception {
        return insert(table, data.getBytes(StandardCharsets.UTF_8), format, new InsertSettings());
    }

    private static long insert(String table, byte[] data, ClickHouseFormat format, InsertSettings settings)
            throws Exception {
        try (InsertResponse response = client.insert(table, new ByteArrayInputStream(data), format, settings)
                .get(60, TimeUnit.SECONDS)) {
            return response.getWrittenRows();
        }
    }

    private static List<Row> rows(String table) {
        return client.queryAll("SELECT id, text FROM " + table + " ORDER BY id").stream()
                .map(each -> new Row(each.getLong("id"), each.getString("text")))
                .toList();
    }

    private static void execute(String sql) throws Exception {
        ClickHouseAccess access = clickhouse.access();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) {
        return client.queryAll("SELECT toInt64((" + sql + ")) AS n").getFirst().getLong("n");
    }

    private static String authorization() {
        String login = clickhouse.access().user() + ":" + clickhouse.access().password();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
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

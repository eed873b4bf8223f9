package io.rateguard.analytics.table;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One database of a ClickHouse server; safe for many threads, closed by whoever opened it. */
public final class ClickHouse implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of rows that keep coming: without any, {@link #PATIENCE} is over before. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    /** One is held until an answer is read; who needs more waits. */
    private static final int CONNECTIONS = 100;

    private final ClickHouseSettings settings;
    private final Client client;

    private ClickHouse(ClickHouseSettings settings) {
        this.settings = settings;
        this.client = client(settings);
    }

    /** Connects with the first call, so that it can be opened while the server is away. */
    public static ClickHouse open(ClickHouseSettings settings) {
        return new ClickHouse(settings);
    }

    private static Client client(ClickHouseSettings settings) {
        return new Client.Builder()
                .addEndpoint(settings.endpoint())
                .setUsername(settings.user())
                .setPassword(settings.password())
                .setDefaultDatabase(settings.database())
                .compressServerResponse(settings.compressesReplies())
                .compressClientRequest(false)
                .setMaxConnections(CONNECTIONS)
                .setConnectTimeout(5, ChronoUnit.SECONDS)
                .setSocketTimeout(PATIENCE.toMillis(), ChronoUnit.MILLIS)
                // A pooled connection may be stale; everything asked here may be asked twice.
                .setMaxRetries(2)
                .build();
    }

    /**
     * Asks a question whose text ends in {@code FORMAT JSONEachRow}.
     *
     * @param parameters texts, numbers and lists for the {@code {name:Type}} places; the driver quotes them
     */
    public List<JsonNode> ask(String sql, Map<String, Object> parameters) {
        return list(sql, parameters, row -> row);
    }

    /** As {@link #ask(String, Map)}, for many rows: no more of each is kept than is made of it. */
    public <T> List<T> list(String sql, Map<String, Object> parameters, Function<JsonNode, T> read) {
        List<T> rows = new ArrayList<>();
        ask(sql, parameters, row -> rows.add(read.apply(row)));
        return rows;
    }

    /**
     * Hands on each row as it comes, so that an answer of any length needs no more memory than a row.
     *
     * @param row what it throws ends the question and is thrown on
     */
    public void ask(String sql, Map<String, Object> parameters, Consumer<JsonNode> row) {
        read(client, sql, parameters, LONGEST_ANSWER, row);
    }

    /**
     * As {@link #ask(String, Map, Consumer)}, for as long as whoever takes the rows needs, on a connection of its own. What
     * he throws ends the answer where it is.
     */
    public void stream(String sql, Map<String, Object> parameters, Consumer<JsonNode> row) {
        try (Client own = client(settings)) {
            read(own, sql, parameters, Duration.ZERO, value -> {
                try {
                    row.accept(value);
                } catch (RuntimeException | Error abandoned) {
                    // An answer that is closed is read to its end, unless its connection is closed before.
                    own.close();
                    throw abandoned;
                }
            });
        }
    }

    private static void read(
            Client asked, String sql, Map<String, Object> parameters, Duration longest, Consumer<JsonNode> row) {
        try (QueryResponse response = await(asked.query(sql, parameters, questionSettings(longest)));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(response.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    take(row, JSON.readTree(line));
                }
            }
        } catch (Refused refused) {
            throw refused.cause;
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    private static void take(Consumer<JsonNode> row, JsonNode value) {
        try {
            row.accept(value);
        } catch (RuntimeException failure) {
            throw new Refused(failure);
        }
    }

    /** Runs a statement that answers nothing. */
    public void execute(String sql) {
        execute(sql, Map.of());
    }

    /** As {@link #execute(String)}, with parameters bound. */
    public void execute(String sql, Map<String, Object> parameters) {
        try (QueryResponse response = await(client.query(sql, parameters, new QuerySettings()))) {
            response.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    /**
     * Inserts rows as one block. A block that was inserted before under the same token is passed over, in the table and
     * in every rollup that hangs on it.
     */
    public void insert(Block block, String token) {
        InsertSettings settings = new InsertSettings();
        insertOptions(token).forEach(settings::serverSetting);
        try (InsertResponse response = await(client.insert(
                block.table(),
                block.columns(),
                new ByteArrayInputStream(block.bytes(), 0, block.length()),
                ClickHouseFormat.JSONCompactEachRow,
                settings))) {
            response.getWrittenRows();
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    /** @param longest zero: any time */
    private static QuerySettings questionSettings(Duration longest) {
        return new QuerySettings()
                .setFormat(ClickHouseFormat.JSONEachRow)
                .serverSetting("max_execution_time", Long.toString(longest.toSeconds()))
                // What nobody waits for any more ends early only if it cannot change anything.
                .serverSetting("readonly", "2")
                .serverSetting("cancel_http_readonly_queries_on_client_close", "1");
    }

    /** What makes a repeat of the same rows under the same token do nothing, and the rollups' blocks the same each time. */
    private static Map<String, String> insertOptions(String token) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("async_insert", "0");
        options.put("insert_deduplicate", "1");
        options.put("insert_deduplication_token", token);
        options.put("deduplicate_blocks_in_dependent_materialized_views", "1");
        options.put("max_threads", "1");
        options.put("max_partitions_per_insert_block", "0");
        options.put("group_by_two_level_threshold", "0");
        options.put("group_by_two_level_threshold_bytes", "0");
        return options;
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + PATIENCE, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static ClickHouseFailure failed(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new ClickHouseFailure("ClickHouse: " + cause.getMessage(), failure);
    }

    /** Whoever asked has failed, not ClickHouse. */
    private static final class Refused extends RuntimeException {

        private final RuntimeException cause;

        private Refused(RuntimeException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}

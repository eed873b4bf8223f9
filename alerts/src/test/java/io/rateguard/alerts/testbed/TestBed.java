package io.rateguard.alerts.testbed;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rateguard.alerts.Alerts;
import io.rateguard.alerts.AlertsSettings;
import io.rateguard.alerts.LedgerSettings;
import io.rateguard.alerts.delivery.DeliverySettings;
import io.rateguard.alerts.delivery.SmtpSettings;
import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.ManagementSettings;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.analytics.table.Mark;
import io.rateguard.analytics.table.Marks;
import io.rateguard.analytics.table.Schema;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.letter.Letter;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.PostgresAccess;
import io.rateguard.embedded.fixture.Services;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Alerts services in this JVM on real PostgreSQL, Redis and Kafka, a real SMTP server and a receiver of webhooks. */
public final class TestBed implements AutoCloseable {

    public static final Duration LEASE = Duration.ofSeconds(2);

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "alerts-of-the-tests";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresAccess postgres = Services.postgres().freshDatabase();
    private final LedgerSettings ledger = ledger();
    private final String topic = Services.kafka().freshTopic("events", PARTITIONS);
    private final String secretKey = secretKey();
    private final SecretBox secrets = new SecretBox(secretKey, RANDOM);
    private final int smtpPort = freePort();
    private final GreenMail mail = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Receiver slack = new Receiver();
    private final Counters counters;
    private final JdbcClient owner;
    private final List<Alerts> running = new ArrayList<>();

    public TestBed() {
        migrate();
        owner = JdbcClient.create(
                new DriverManagerDataSource(postgres.jdbcUrl(), postgres.user(), postgres.password()));
        owner.sql("ALTER ROLE rateguard_alerts LOGIN PASSWORD '" + PASSWORD + "'")
                .update();
        counters = Counters.connect(new CountersSettings(
                Services.redis().access().url(),
                Duration.ofSeconds(2),
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60)));
        mail.start();
    }

    /** @param lookEvery how often the backstop looks */
    public Alerts start(Duration lookEvery) {
        return start(lookEvery, ledger);
    }

    /** While nobody answers where ClickHouse should be. */
    public Alerts startWithoutClickHouse(Duration lookEvery) {
        return start(
                lookEvery,
                new LedgerSettings("http://127.0.0.1:" + freePort(), ledger.user(), ledger.password(), "nowhere"));
    }

    private Alerts start(Duration lookEvery, LedgerSettings history) {
        try {
            Alerts alerts = Alerts.start(
                    new AlertsSettings(
                            postgres.jdbcUrl(),
                            "rateguard_alerts",
                            PASSWORD,
                            secretKey,
                            Services.redis().access().url(),
                            "127.0.0.0/8",
                            "127.0.0.1:" + postgres.port(),
                            "https://console.example",
                            lookEvery),
                    kafka(),
                    history,
                    new SmtpSettings("127.0.0.1", smtpPort, "", "", "alerts@rateguard.example", SmtpSettings.Tls.NONE),
                    new DeliverySettings(LEASE, Duration.ofMillis(50), 4, URI.create("https://console.example/")),
                    new ManagementSettings("127.0.0.1", 0, ""));
            running.add(alerts);
            await("ready", () -> ask(alerts, "/health/ready").statusCode() == 200);
            return alerts;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private KafkaSettings kafka() {
        return new KafkaSettings(
                Services.kafka().bootstrapServers(), topic, topic + "-alerts", topic + "-intake", Map.of());
    }

    private static LedgerSettings ledger() {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        LedgerSettings ledger = new LedgerSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(new ClickHouseSettings(ledger.url(), ledger.user(), ledger.password(), ledger.database()));
        return ledger;
    }

    public HttpResponse<String> ask(Alerts alerts, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + alerts.managementPort() + path);
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The database as the role of the service sees it. */
    public JdbcClient database() {
        return JdbcClient.create(dataSource());
    }

    public DataSource dataSource() {
        return new DriverManagerDataSource(postgres.jdbcUrl(), "rateguard_alerts", PASSWORD);
    }

    /** The database as its owner sees it. */
    public JdbcClient owner() {
        return owner;
    }

    public GreenMail mail() {
        return mail;
    }

    public Receiver slack() {
        return slack;
    }

    /** As if all this time had passed since the deliveries of a workspace were written and tried. */
    public void pass(WorkspaceId workspace, Duration time) {
        owner.sql("UPDATE deliveries SET due_at = due_at - make_interval(secs => :secs),"
                        + " created_at = created_at - make_interval(secs => :secs)"
                        + " WHERE workspace_id = :workspace AND state = 'pending'")
                .param("secs", time.toSeconds())
                .param("workspace", workspace.value())
                .update();
    }

    public SecretBox secrets() {
        return secrets;
    }

    public Counters counters() {
        return counters;
    }

    /** Where events are, as the intake fills it. */
    public ClickHouse clickHouse() {
        return ClickHouse.open(
                new ClickHouseSettings(ledger.url(), ledger.user(), ledger.password(), ledger.database()));
    }

    /** As the intake says that it has taken in what was sent before. */
    public void takenInUntil(Instant at) {
        try (ClickHouse intake = clickHouse()) {
            new IntakeProgress(intake, topic)
                    .save(
                            List.of(new IntakeProgress.Reached(0, 1, at)),
                            UUID.randomUUID().toString());
        }
    }

    /** As the intake marks so many requests of {@link #traffic} and commits whatever has been sent. */
    public void takeIn(int requests) {
        UUID journal = UUID.randomUUID();
        try (ClickHouse intake = clickHouse();
                Admin admin = Admin.create(kafka().admin())) {
            new Marks(intake, topic)
                    .save(Map.of(0, List.of(new Mark(journal, 0, requests, requests))), journal.toString());
            Map<TopicPartition, OffsetSpec> newest = IntStream.range(0, PARTITIONS)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition), _ -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(newest)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(kafka().intakeGroup(), ends).all().get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public Traffic traffic(WorkspaceId workspace) {
        return new Traffic(clickHouse(), workspace);
    }

    /** Charges a budget in the window that holds an instant. */
    public void charge(WorkspaceId workspace, BudgetId budget, Instant at, long nanos) {
        BudgetWindowRef window = new BudgetWindowRef(budget, BudgetPeriod.DAY.windowAt(at, ZoneOffset.UTC));
        counters.charge(workspace, window, Money.ofNanos(nanos), UUID.randomUUID())
                .toCompletableFuture()
                .join();
    }

    public Spender spender(WorkspaceId workspace) {
        return new Spender(counters, workspace, topic);
    }

    public WorkspaceId workspace() {
        UUID id = UUID.randomUUID();
        String slug = "w" + id.toString().substring(0, 8);
        WorkspaceId workspace = new WorkspaceId(id);
        counters.rebuilds().initialise(workspace).toCompletableFuture().join();
        insert("INSERT INTO workspaces (id, slug, name) VALUES (?, ?, ?)", id, slug, "Main");
        return workspace;
    }

    /** A monthly budget of 100 nano-dollars that alerts at these percents. */
    public BudgetId budget(WorkspaceId workspace, String name, int... percents) {
        UUID id = UUID.randomUUID();
        String ladder = Arrays.stream(percents)
                .mapToObj("{\"percent\":%d,\"action\":\"alert\"}"::formatted)
                .toList()
                .toString();
        insert(
                "INSERT INTO budgets (id, workspace_id, name, scope_type, amount_nanos, period, zone, estimate, ladder)"
                        + " VALUES (?, ?, ?, 'workspace', 100, 'month', 'UTC', 'elastic', ?::jsonb)",
                id,
                workspace.value(),
                name,
                ladder);
        return new BudgetId(id);
    }

    /** Somebody who owns the workspace; returns their address. */
    public String owner(WorkspaceId workspace) {
        UUID id = UUID.randomUUID();
        String address = id + "@example.test";
        insert("INSERT INTO users (id, email, name) VALUES (?, ?, 'Ada')", id, address);
        insert("INSERT INTO memberships (workspace_id, user_id, role) VALUES (?, ?, 'owner')", workspace.value(), id);
        return address;
    }

    public UUID emailChannel(WorkspaceId workspace, String address) {
        UUID id = UUID.randomUUID();
        insert(
                "INSERT INTO channels (id, workspace_id, name, type, target) VALUES (?, ?, ?, 'email', ?::jsonb)",
                id,
                workspace.value(),
                "email " + id,
                "{\"to\":[\"" + address + "\"]}");
        return id;
    }

    public UUID slackChannel(WorkspaceId workspace, String url) {
        return sealedChannel(workspace, "slack", url);
    }

    public UUID webhookChannel(WorkspaceId workspace, String url, String secret) {
        return sealedChannel(workspace, "webhook", "{\"url\":\"" + url + "\",\"secret\":\"" + secret + "\"}");
    }

    private UUID sealedChannel(WorkspaceId workspace, String type, String target) {
        UUID id = UUID.randomUUID();
        insert(
                "INSERT INTO channels (id, workspace_id, name, type, target, sealed, sealed_with)"
                        + " VALUES (?, ?, ?, ?, '{}', ?, ?)",
                id,
                workspace.value(),
                type + " " + id,
                type,
                secrets.seal(target, id.toString()),
                secrets.keyId());
        return id;
    }

    public UUID rule(WorkspaceId workspace, UUID... channels) {
        UUID id = UUID.randomUUID();
        insert(
                "INSERT INTO alert_rules (id, workspace_id, name, type, channel_ids)"
                        + " VALUES (?, ?, ?, 'budget-threshold', ?::uuid[])",
                id,
                workspace.value(),
                "rule " + id,
                Arrays.toString(channels).replace('[', '{').replace(']', '}'));
        return id;
    }

    public UUID queueTest(WorkspaceId workspace, UUID channel) {
        return owner.sql("INSERT INTO deliveries (workspace_id, channel_id) VALUES (?, ?) RETURNING id")
                .params(workspace.value(), channel)
                .query(UUID.class)
                .single();
    }

    /** @param workspace null: of none */
    public UUID queueLetter(@Nullable WorkspaceId workspace, String to, Letter letter) {
        UUID id = UUID.randomUUID();
        insert(
                "INSERT INTO deliveries (id, workspace_id, mail_to, letter) VALUES (?, ?, ?, ?)",
                id,
                workspace == null ? null : workspace.value(),
                to,
                secrets.seal(letter.json(), id.toString()));
        return id;
    }

    public List<String> states(WorkspaceId workspace) {
        return owner.sql("SELECT state FROM deliveries WHERE workspace_id = ? ORDER BY id")
                .param(workspace.value())
                .query(String.class)
                .list();
    }

    public List<Integer> crossings(WorkspaceId workspace) {
        return owner.sql("SELECT percent FROM crossings WHERE workspace_id = ? ORDER BY percent")
                .param(workspace.value())
                .query(Integer.class)
                .list();
    }

    /** The mail that was taken for an address. */
    public List<MimeMessage> mailTo(String address) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isFor(message, address))
                .toList();
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        running.forEach(Alerts::close);
        counters.close();
        slack.close();
        mail.stop();
    }

    private void insert(String sql, Object... values) {
        owner.sql(sql).params(values).update();
    }

    private static boolean isFor(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                    .anyMatch(each -> each.toString().equals(address));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void migrate() {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Liquibase liquibase = new Liquibase(
                        "db/changelog.yaml",
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update();
        } catch (Exception failure) {
            throw new IllegalStateException("the schema cannot be applied", failure);
        }
    }

    /** One that stays the same when the server is stopped and started. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String secretKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}

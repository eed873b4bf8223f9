package io.rateguard.proxy.testbed;

import io.rateguard.bed.RecordedEvents;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.demo.DemoProvider;
import io.rateguard.demo.DemoSettings;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.net.AddressRange;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.Proxy;
import io.rateguard.proxy.ProxySettings;
import io.rateguard.proxy.forward.ForwardSettings;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.policy.PolicySettings;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A proxy in this JVM on real PostgreSQL, Redis and Kafka, in front of a demo provider, with one workspace. */
public final class TestBed implements AutoCloseable {

    public static final String UPSTREAM_SECRET = "sk-upstream-secret";

    private static final int PARTITIONS = 4;

    private final TestDatabase database;
    private final DemoProvider provider;
    private final ProxySettings settings;
    private final RecordedEvents events;
    private final WorkspaceId workspace;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private Proxy proxy;

    private TestBed(TestDatabase database, DemoProvider provider, ProxySettings settings, WorkspaceId workspace) {
        this.database = database;
        this.provider = provider;
        this.settings = settings;
        this.workspace = workspace;
        this.events = new RecordedEvents(Services.kafka().bootstrapServers(), settings.eventsTopic());
        this.proxy = Proxy.start(settings);
    }

    public static TestBed start() {
        return start(UnaryOperator.identity());
    }

    public static TestBed start(UnaryOperator<ForwardSettings> forward) {
        return start(forward, counters(Services.redis().access().url(), Duration.ofSeconds(60)));
    }

    public static TestBed start(UnaryOperator<ForwardSettings> forward, CountersSettings counters) {
        TestDatabase database = TestDatabase.create();
        DemoProvider provider = DemoProvider.start(
                DemoSettings.defaults().withRequiredKey(UPSTREAM_SECRET).withRecorded(10_000));
        WorkspaceId workspace = newWorkspace(
                database, counters, "w" + UUID.randomUUID().toString().substring(0, 8));
        database.api(workspace, "demo", "demo", provider.url(), "bearer", UPSTREAM_SECRET);
        database.api(workspace, "openai", "openai", provider.url(), "bearer", UPSTREAM_SECRET);
        database.api(workspace, "anthropic", "anthropic", provider.url(), "header", UPSTREAM_SECRET);
        return new TestBed(database, provider, settings(database, forward, counters), workspace);
    }

    /** With a deadline that a busy machine keeps. */
    public static CountersSettings counters(String redisUrl, Duration holdLife) {
        return new CountersSettings(redisUrl, Duration.ofSeconds(2), 64, Duration.ofSeconds(10), holdLife);
    }

    private static ProxySettings settings(
            TestDatabase database, UnaryOperator<ForwardSettings> forward, CountersSettings counters) {
        return new ProxySettings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                2,
                1 << 20,
                64 << 20,
                100_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                1,
                List.of(),
                List.of(AddressRange.parse("127.0.0.0/8")),
                List.of(AddressRange.parse("127.0.0.1:" + database.access().port())),
                database.policy(),
                counters,
                JournalSettings.defaults(temporary(), 2),
                forward.apply(ForwardSettings.DEFAULT),
                Map.of("bootstrap.servers", Services.kafka().bootstrapServers()),
                Services.kafka().freshTopic("events", PARTITIONS),
                PARTITIONS);
    }

    /** The same proxy with other parts around it. */
    public static ProxySettings with(
            ProxySettings it,
            PolicySettings policy,
            CountersSettings counters,
            JournalSettings journal,
            Map<String, Object> kafka) {
        return with(it, it.slowAfter(), policy, counters, journal, kafka);
    }

    /** The same proxy with another patience for slow callers, and a journal of its own. */
    public static ProxySettings with(ProxySettings it, Duration slowAfter) {
        return with(
                it,
                slowAfter,
                it.policy(),
                it.counters(),
                JournalSettings.defaults(temporary(), it.eventLoops()),
                it.kafka());
    }

    private static ProxySettings with(
            ProxySettings it,
            Duration slowAfter,
            PolicySettings policy,
            CountersSettings counters,
            JournalSettings journal,
            Map<String, Object> kafka) {
        return new ProxySettings(
                it.host(),
                it.port(),
                it.managementHost(),
                it.managementPort(),
                it.eventLoops(),
                it.bodyCapBytes(),
                it.bodiesBytes(),
                it.unknownKeysPerMinute(),
                slowAfter,
                it.drainTimeout(),
                it.proxies(),
                it.trustedProxies(),
                it.upstreamAllow(),
                it.upstreamDeny(),
                policy,
                counters,
                journal,
                it.forward(),
                kafka,
                it.eventsTopic(),
                it.eventsPartitions());
    }

    /** A workspace that is counted from nothing. */
    public WorkspaceId newWorkspace(String slug) {
        return newWorkspace(database, settings.counters(), slug);
    }

    private static WorkspaceId newWorkspace(TestDatabase database, CountersSettings settings, String slug) {
        WorkspaceId workspace = database.workspace(slug);
        try (Counters counters = Counters.connect(settings)) {
            counters.rebuilds().initialise(workspace).toCompletableFuture().join();
        }
        return workspace;
    }

    public TestDatabase database() {
        return database;
    }

    public DemoProvider provider() {
        return provider;
    }

    public WorkspaceId workspace() {
        return workspace;
    }

    public RecordedEvents events() {
        return events;
    }

    public ProxySettings settings() {
        return settings;
    }

    public Proxy proxy() {
        return proxy;
    }

    public TestKey key(String... apis) {
        return database.key(workspace, "test", apis);
    }

    public String url() {
        return "http://127.0.0.1:" + proxy.port();
    }

    public URI uri(String path) {
        return URI.create(url() + path);
    }

    public HttpRequest.Builder request(String path, TestKey key) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key.secret());
    }

    /** An OpenAI chat completion through the demo API, 10 output tokens at most unless the body says otherwise. */
    public HttpRequest.Builder chat(TestKey key, String body) {
        return request("/proxy/demo/v1/chat/completions", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public HttpClient http() {
        return http;
    }

    public static String chatBody(String model, int maxTokens) {
        return """
                {"model":"%s","max_tokens":%d,"messages":[{"role":"user","content":"Say hello."}]}""".formatted(model, maxTokens);
    }

    /** Stops the proxy and starts another one on the same journal. */
    public void restartProxy() {
        proxy.close();
        proxy = Proxy.start(settings);
    }

    @Override
    public void close() {
        proxy.close();
        provider.close();
        events.close();
        http.close();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("rateguard-journal");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

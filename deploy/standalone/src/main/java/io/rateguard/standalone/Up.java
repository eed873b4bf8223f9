package io.rateguard.standalone;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.ReadyFile;
import io.rateguard.standalone.data.Secrets;
import io.rateguard.standalone.part.Leftovers;
import io.rateguard.standalone.part.Part;
import io.rateguard.standalone.part.ServiceProcess;
import io.rateguard.standalone.part.Supervisor;
import io.rateguard.standalone.setup.Database;
import io.rateguard.standalone.setup.Demo;
import io.rateguard.standalone.setup.ManagementApi;
import io.rateguard.standalone.training.FirstRequests;
import io.rateguard.standalone.training.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One run of the product: from the first check to the last process that ends. */
final class Up {

    private static final List<String> NOT_USED =
            List.of("RATEGUARD_POSTGRES_URL", "RATEGUARD_REDIS_URL", "RATEGUARD_KAFKA_BOOTSTRAP");

    private final UpOptions options;
    private final @Nullable Path record;
    private final boolean train;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    /**
     * @param record where the AOT caches go that a training leaves; null when this is none
     * @param train makes missing caches once all is ready
     */
    Up(UpOptions options, @Nullable Path record, boolean train, Map<String, String> environment, PrintStream out) {
        this.options = options;
        this.record = record;
        this.train = train;
        this.environment = environment;
        this.out = out;
    }

    /** Returns only when the product could not be started, or was started to be recorded; otherwise the JVM ends with it. */
    int run() {
        Product product = record == null ? Product.running() : Product.running().recordingIn(record);
        DataDir data = DataDir.take(options.dataDir());
        @Nullable ReadyFile readyFile = options.readyFile() == null ? null : new ReadyFile(options.readyFile());
        if (readyFile != null) {
            readyFile.clear();
        }
        Leftovers.end(data);
        SecureRandom random = new SecureRandom();
        UpPorts ports = UpPorts.choose(options, data);
        Secrets secrets = new Secrets(data, random);
        Servers servers = new Servers(data, secrets, product.caches(), environment);
        Ending ending = new Ending(out, data, product.caches());
        if (record != null) {
            ending.atOnce(true);
            ProcessHandle.current().parent().ifPresent(parent -> {
                var _ = parent.onExit().thenRun(() -> System.exit(1));
            });
        }
        Runtime.getRuntime().addShutdownHook(new Thread(ending::run, "stop"));
        try {
            start(product, data, readyFile, ports, secrets, servers, ending);
            if (record == null) {
                new CountDownLatch(1).await();
            }
            ending.atOnce(false);
        } catch (StandaloneException failed) {
            ending.failed();
            throw failed;
        } catch (RuntimeException failed) {
            ending.failed();
            throw new StandaloneException(String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void start(
            Product product,
            DataDir data,
            @Nullable ReadyFile readyFile,
            UpPorts ports,
            Secrets secrets,
            Servers servers,
            Ending ending) {
        out.println("Starting RateGuard; its data is in " + options.dataDir() + ".");
        NOT_USED.stream()
                .filter(environment::containsKey)
                .forEach(name -> out.println(name + " is set, but not used: up runs its own server."));
        servers.inStopOrder().forEach(ending::thenStop);
        Services services = new Services(product, data, secrets, servers, ports, options, environment);
        ServiceProcess console = services.console();
        List<ServiceProcess> others = new ArrayList<>(List.of(services.proxy(), services.alerts(), services.intake()));
        if (options.demo()) {
            others.add(services.demoProvider());
        }
        if (services.hasMailbox()) {
            others.add(services.mailbox());
        }
        List<ServiceProcess> running = new ArrayList<>(List.of(console));
        running.addAll(others);
        running.forEach(ending::stopFirst);
        startAll(servers, () -> prepareDatabase(product, data, secrets, servers, services), console, others);
        @Nullable String demoKey = options.demo() ? demoKey(ports, secrets, data) : null;
        @Nullable String mailUrl = services.hasMailbox() ? ports.mailUrl() : null;

        List<Part> parts = new ArrayList<>(running);
        parts.addAll(servers.inStopOrder());
        Map<String, Long> pids = new TreeMap<>();
        parts.forEach(part -> pids.put(part.name(), part.process().pid()));
        tell(readyFile, content(ports, secrets, servers, demoKey, mailUrl, pids));
        Supervisor supervisor = new Supervisor(InstantSource.system(), out, part -> {
            synchronized (pids) {
                pids.put(part.name(), part.process().pid());
                tell(readyFile, content(ports, secrets, servers, demoKey, mailUrl, pids));
            }
        });
        ending.supervisedBy(supervisor);
        parts.forEach(supervisor::watch);
        out.print(new Welcome(ports, secrets, demoKey, mailUrl, options.dataDir(), secondsSinceStart()).text());
        if (record != null) {
            if (demoKey != null) {
                new FirstRequests(ports.proxyUrl(), demoKey, ports.consoleUrl()).send();
            }
            return;
        }
        if (options.demo()) {
            SampleFilling.of(services, data, ports, secrets, ending, out).start();
        }
        if (train && !product.caches().fit()) {
            Training training = new Training(product.folder());
            ending.stopBefore(training);
            training.inBackground();
        }
    }

    /**
     * The console takes longest and does not need Kafka, which is the last server: it begins as soon as it can, and the
     * other services, the longest first, share what is left of the processors.
     */
    private void startAll(Servers servers, Runnable database, Part console, List<ServiceProcess> others) {
        List<Runnable> base = new ArrayList<>();
        base.add(() -> {
            started(servers.postgres());
            database.run();
        });
        base.add(() -> started(servers.redis()));
        servers.clickhouse().ifPresent(clickhouse -> base.add(() -> started(clickhouse)));
        CountDownLatch baseIsUp = new CountDownLatch(1);
        Together.run(
                () -> {
                    Together.run(base.toArray(Runnable[]::new));
                    baseIsUp.countDown();
                    started(console);
                },
                () -> {
                    started(servers.kafka());
                    await(baseIsUp);
                    Together.run(
                            Runtime.getRuntime().availableProcessors(),
                            others.stream()
                                    .<Runnable>map(service -> () -> started(service))
                                    .toArray(Runnable[]::new));
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while starting", stopped);
        }
    }

    private void started(Part part) {
        part.start();
        synchronized (out) {
            out.printf(Locale.ROOT, "  %-14s ready after %.1f s%n", part.name(), secondsSinceStart());
        }
    }

    private void prepareDatabase(Product product, DataDir data, Secrets secrets, Servers servers, Services services) {
        boolean isNew = Database.prepare(servers.superuser(), secrets.password("owner"));
        String version = version(product.jar("console"));
        if (isNew || !data.recall("prepared-by").equals(Optional.of(version))) {
            services.migration().run();
            services.bootstrap().run();
            data.keep("prepared-by", version);
        }
    }

    private static String demoKey(UpPorts ports, Secrets secrets, DataDir data) {
        ManagementApi management = new ManagementApi(ports.consoleUrl(), Services.WORKSPACE, secrets.managementToken());
        return new Demo(management, secrets, data, Services.ADMIN_EMAIL).prepare(ports.demoUrl());
    }

    private static void tell(@Nullable ReadyFile readyFile, ReadyFile.Content content) {
        if (readyFile != null) {
            readyFile.write(content);
        }
    }

    private static ReadyFile.Content content(
            UpPorts ports,
            Secrets secrets,
            Servers servers,
            @Nullable String demoKey,
            @Nullable String mailUrl,
            Map<String, Long> pids) {
        return new ReadyFile.Content(
                ports.proxyUrl(),
                ports.consoleUrl(),
                Services.ADMIN_EMAIL,
                secrets.password("admin"),
                secrets.managementToken(),
                Services.WORKSPACE,
                demoKey,
                demoKey == null ? null : ports.demoUrl(),
                servers.database(Database.OWNER, secrets.password("owner")).jdbcUrl() + "?user=" + Database.OWNER
                        + "&password=" + secrets.password("owner"),
                servers.redisUrl(),
                servers.kafkaBootstrap(),
                servers.clickhouseUrl(),
                mailUrl,
                pids,
                ports.managementUrls());
    }

    /** Tells one build of the console, which brings the changes of the database, from another. */
    private static String version(Path jar) {
        try {
            return Files.size(jar) + " bytes of " + Files.getLastModifiedTime(jar);
        } catch (IOException missing) {
            throw new StandaloneException("cannot read " + jar + " (expected: built by ./rateguard up)", missing);
        }
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}

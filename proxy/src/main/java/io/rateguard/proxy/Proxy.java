package io.rateguard.proxy;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.rateguard.counters.Counters;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.proxy.admission.Admissions;
import io.rateguard.proxy.admission.Estimator;
import io.rateguard.proxy.admission.FailurePolicies;
import io.rateguard.proxy.auth.Authenticator;
import io.rateguard.proxy.connection.CallerConnections;
import io.rateguard.proxy.forward.DegradedCharges;
import io.rateguard.proxy.forward.Exchanges;
import io.rateguard.proxy.forward.Growths;
import io.rateguard.proxy.forward.Renewals;
import io.rateguard.proxy.forward.Reports;
import io.rateguard.proxy.forward.Settlements;
import io.rateguard.proxy.forward.Upstreams;
import io.rateguard.proxy.journal.Journals;
import io.rateguard.proxy.journal.KafkaEventShipping;
import io.rateguard.proxy.local.Fleet;
import io.rateguard.proxy.local.LearnedOutputs;
import io.rateguard.proxy.local.LocalLimits;
import io.rateguard.proxy.loops.Loops;
import io.rateguard.proxy.management.Management;
import io.rateguard.proxy.policy.PolicyStore;
import io.rateguard.proxy.request.Arrivals;
import io.rateguard.proxy.request.BodyReader;
import io.rateguard.proxy.request.Fingerprints;
import io.rateguard.proxy.request.Pipeline;
import io.rateguard.proxy.request.Refusals;
import io.rateguard.proxy.request.Understanding;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A running proxy: its parts, in the order they depend on each other. */
public final class Proxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration CUT_WAIT = Duration.ofSeconds(1);
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(2);

    private final ProxySettings settings;
    private final ChannelGroup callers = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Loops loops;
    private final Counters counters;
    private final PolicyStore policies;
    private final Fleet fleet;
    private final DegradedCharges degradedCharges;
    private final Settlements settlements;
    private final Journals journals;
    private final Upstreams upstreams;
    private final Exchanges exchanges;
    private final Renewals renewals;
    private final Reports reports;
    private final Management management;
    private final CallerConnections connections;
    private final FrontDoor door;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final DisposableServer server;

    private Proxy(ProxySettings settings) {
        LongSupplier clock = System::currentTimeMillis;
        this.settings = settings;
        try {
            SecretBox secrets = secretBox(settings.policy().secretKey());
            this.loops = opened(new Loops(settings.eventLoops()));
            this.counters = opened(Counters.connect(settings.counters()));
            this.fleet = opened(new Fleet(counters, settings.proxies()));
            LearnedOutputs learned = new LearnedOutputs();
            LocalLimits local = new LocalLimits();
            FailurePolicies failurePolicies = new FailurePolicies(local, fleet::proxies, clock);
            this.degradedCharges = opened(new DegradedCharges(counters, clock));
            this.settlements = new Settlements(counters, learned, local, degradedCharges, clock);
            this.policies = opened(PolicyStore.open(settings.policy(), secrets, clock));
            this.journals = opened(Journals.open(
                    settings.journal(),
                    new KafkaEventShipping(settings.kafka(), settings.eventsTopic(), settings.eventsPartitions()),
                    settlements::settle));
            this.upstreams = opened(new Upstreams(
                    settings.forward(), loops, new AddressGuard(settings.upstreamAllow(), settings.upstreamDeny())));
            this.exchanges = new Exchanges(
                    settings.forward(), upstreams, loops, journals, settlements, new Growths(counters), clock);
            this.renewals =
                    opened(exchanges.renewing(counters, settings.counters().holdLife()));
            this.reports = opened(exchanges.reporting(fleet.self(), counters, degradedCharges));
            Refusals refusals = new Refusals(journals, loops, clock);
            Pipeline pipeline = new Pipeline(
                    new Arrivals(settings.trustedProxies(), clock, new PerThreadRandom()),
                    new Authenticator(policies, settings.unknownKeysPerMinute(), clock),
                    new Understanding(
                            new BodyReader(settings.bodyCapBytes(), settings.bodiesBytes(), settings.slowAfter()),
                            new Fingerprints(secrets.keyFor("request fingerprints")),
                            new Estimator(ShippedCatalogue.load(), learned)),
                    new Admissions(counters, failurePolicies, journals::hasRoom),
                    exchanges,
                    refusals);
            this.connections = new CallerConnections(settings.slowAfter());
            this.management = opened(listening(
                    settings.managementHost(),
                    settings.managementPort(),
                    () -> new Management(
                            settings,
                            policies,
                            counters,
                            fleet,
                            failurePolicies,
                            learned,
                            journals,
                            exchanges,
                            settlements,
                            degradedCharges,
                            renewals,
                            refusals,
                            connections)));
            this.door = new FrontDoor(pipeline);
            this.server = listening(settings.host(), settings.port(), this::listen);
        } catch (RuntimeException failure) {
            closeOpened(failure);
            throw failure instanceof ProxyNotStarted
                    ? failure
                    : new ProxyNotStarted(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** @throws io.rateguard.proxy.ProxyNotStarted naming what is missing */
    public static Proxy start(ProxySettings settings) {
        Proxy proxy = new Proxy(settings);
        WarmUp.run(proxy.counters, proxy.loops, proxy.port());
        proxy.management.started();
        log.info(
                "proxy listening on {}:{}, management on {}:{}",
                settings.host(),
                proxy.port(),
                settings.managementHost(),
                proxy.managementPort());
        return proxy;
    }

    public int port() {
        return server.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** Stops accepting, lets open requests end or cuts them at the drain timeout, settles, and ships the journal. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        management.stopping();
        long drained = System.nanoTime() + settings.drainTimeout().toNanos();
        door.stopping();
        server.dispose();
        awaitZero(() -> door.open() + exchanges.open(), drained);
        if (exchanges.open() > 0) {
            log.info("{} calls did not end within {} and are cut", exchanges.open(), settings.drainTimeout());
            exchanges.cutOff();
            awaitZero(exchanges::open, System.nanoTime() + CUT_WAIT.toNanos());
        }
        var _ = callers.close();
        renewals.close();
        reports.close();
        awaitZero(settlements::open, System.nanoTime() + SETTLE_WAIT.toNanos());
        degradedCharges.close();
        fleet.close();
        journals.close();
        upstreams.close();
        policies.close();
        counters.close();
        management.close();
        loops.close();
    }

    private DisposableServer listen() {
        return HttpServer.create()
                .host(settings.host())
                .port(settings.port())
                .runOn(loops.resources())
                .channelGroup(callers)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .idleTimeout(IDLE)
                .httpRequestDecoder(spec -> spec.maxHeaderSize(MAX_HEADER_BYTES).maxInitialLineLength(MAX_HEADER_BYTES))
                .doOnChannelInit(connections)
                .handle(door)
                .bindNow();
    }

    private static <T> T listening(String host, int port, Supplier<T> bind) {
        try {
            return bind.get();
        } catch (RuntimeException notBound) {
            throw new ProxyNotStarted(
                    "port " + port + " of " + host + " cannot be listened on: it is taken, or not ours", notBound);
        }
    }

    private static SecretBox secretBox(String key) {
        try {
            return new SecretBox(key, new SecureRandom());
        } catch (IllegalArgumentException wrong) {
            throw new ProxyNotStarted("RATEGUARD_SECRET_KEY: " + wrong.getMessage(), wrong);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.addFirst(part);
        return part;
    }

    /** Threads that were left behind would keep a process alive that serves nobody. */
    private void closeOpened(RuntimeException reason) {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception alsoFailed) {
                reason.addSuppressed(alsoFailed);
            }
        }
    }

    private static void awaitZero(LongSupplier count, long end) {
        while (count.getAsLong() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Request ids need to be unlike each other, not unguessable: one generator for each thread. The seed is drawn here,
     * since drawing it may wait for the system.
     */
    private static final class PerThreadRandom implements RandomGenerator {

        private final SplittableRandom root = new SplittableRandom(new SecureRandom().nextLong());
        private final ThreadLocal<SplittableRandom> own = ThreadLocal.withInitial(this::split);

        @Override
        public long nextLong() {
            return own.get().nextLong();
        }

        private synchronized SplittableRandom split() {
            return root.split();
        }
    }
}

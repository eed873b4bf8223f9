package io.rateguard.alerts.delivery;

import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.secret.SecretBox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes deliveries that are due, hands them over and marks them, until it is closed; it outlives every outage. */
public final class Deliverer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Deliverer.class);

    private static final String PART = "delivery";
    private static final String TOLD_ALREADY = "everybody here is told by another channel";

    private final Outbox outbox;
    private final Leases leases;
    private final Notices notices;
    private final Mails mails;
    private final Webhooks webhooks;
    private final Clock clock;
    private final AlertsStatus status;
    private final DeliverySettings settings;
    private final Semaphore free;
    private final Semaphore woken = new Semaphore(0);
    private final ExecutorService handing = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread taking = new Thread(this::run, "deliveries");
    private volatile boolean closing;

    public Deliverer(
            JdbcClient database,
            SecretBox secrets,
            SmtpSettings smtp,
            AddressGuard guard,
            DeliverySettings settings,
            Clock clock,
            AlertsStatus status) {
        this.outbox = new Outbox(database, settings.lease());
        this.leases = new Leases(outbox, settings.lease());
        this.notices = new Notices(database, secrets, settings.console());
        this.mails = new Mails(smtp);
        this.webhooks = new Webhooks(guard, settings.atOnce());
        this.clock = clock;
        this.status = status;
        this.settings = settings;
        this.free = new Semaphore(settings.atOnce());
    }

    public void start() {
        leases.start();
        taking.start();
    }

    /** There may be something to deliver. */
    public void wake() {
        woken.release();
    }

    /** Ends when what is under way has ended. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            taking.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        handing.close();
        leases.close();
        webhooks.close();
    }

    private void run() {
        while (!closing) {
            int taken = 0;
            try {
                taken = take();
                status.works(PART);
            } catch (RuntimeException | Error outage) {
                status.fails(PART, outage);
            }
            if (taken == 0) {
                pause();
            }
        }
    }

    private int take() {
        int places = free.drainPermits();
        List<Delivery> taken = List.of();
        try {
            taken = places == 0 ? List.of() : outbox.take(places);
        } finally {
            free.release(places - taken.size());
        }
        taken.forEach(delivery -> handing.execute(() -> {
            try {
                handOver(delivery);
            } finally {
                free.release();
                // The next of its channel waited for this one.
                wake();
            }
        }));
        return taken.size();
    }

    private void handOver(Delivery delivery) {
        try {
            outbox.delivered(delivery, send(delivery));
            status.delivered();
        } catch (NotDelivered failure) {
            notDelivered(delivery, failure);
        } catch (DataAccessException outage) {
            log.warn("delivery {}: stays until its lease ends: {}", delivery.id(), outage.toString());
        } catch (RuntimeException mistake) {
            log.error("delivery {}: failed unexpectedly", delivery.id(), mistake);
            notDelivered(
                    delivery, NotDelivered.now("failed: " + mistake.getClass().getSimpleName()));
        }
    }

    private Optional<String> send(Delivery delivery) {
        try (Leases.Lease _ = leases.hold(delivery)) {
            return switch (notices.of(delivery)) {
                case Addressed it -> send(delivery, it.channel(), it.notice());
                case Posted it -> {
                    mails.send(delivery.id(), List.of(it.to()), EmailText.of(it), delivery.createdAt());
                    yield Optional.empty();
                }
            };
        }
    }

    private Optional<String> send(Delivery delivery, Channel channel, Notice notice) {
        return switch (channel) {
            case Channel.Email email when email.to().isEmpty() -> Optional.of(TOLD_ALREADY);
            case Channel.Email email -> {
                mails.send(delivery.id(), email.to(), EmailText.of(notice), delivery.createdAt());
                yield Optional.empty();
            }
            case Channel.Slack slack ->
                Optional.of(webhooks.post(
                                delivery.id(),
                                slack.webhook(),
                                SlackText.of(notice).toString(),
                                Map.of())
                        .toString());
            case Channel.Webhook webhook ->
                Optional.of(post(delivery, webhook, notice).toString());
        };
    }

    /** Signed anew for each attempt: a receiver that knows the time takes no old message for a new one. */
    private Answer post(Delivery delivery, Channel.Webhook webhook, Notice notice) {
        String body =
                WebhookText.of(notice, delivery.id(), delivery.createdAt()).toString();
        long seconds = clock.instant().getEpochSecond();
        return webhooks.post(
                delivery.id(),
                webhook.url(),
                body,
                Map.of(
                        "X-RateGuard-Timestamp", Long.toString(seconds),
                        "X-RateGuard-Signature", Signature.of(webhook.secret(), seconds, body)));
    }

    private void notDelivered(Delivery delivery, NotDelivered failure) {
        Optional<Duration> pause = failure.isForGood()
                ? Optional.empty()
                : Backoff.next(
                        delivery.attempts(),
                        failure.pause(),
                        delivery.createdAt(),
                        clock.instant(),
                        ThreadLocalRandom.current());
        try {
            if (outbox.failed(delivery, failure.reason(), failure.answer(), pause) && pause.isEmpty()) {
                log.warn(
                        "delivery {} to channel {} of workspace {} is given up after {} attempts: {}",
                        delivery.id(),
                        delivery.channel(),
                        delivery.workspace(),
                        delivery.attempts(),
                        failure.reason());
                status.gaveUp();
            }
        } catch (RuntimeException outage) {
            log.warn("delivery {}: tried again when its lease ends: {}", delivery.id(), outage.toString());
        }
        status.retried();
    }

    private void pause() {
        try {
            if (woken.tryAcquire(settings.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }
}

package io.rateguard.standalone.sample;

import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ShippedCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a job that is written in a file: sends the history, then charges the budgets with what it has spent of their
 * present windows. Done again, in whole or from anywhere, it changes nothing.
 */
final class SampleHistoryMain {

    static final String REDIS_URL = "RATEGUARD_REDIS_URL";
    static final String KAFKA_BOOTSTRAP = "RATEGUARD_KAFKA_BOOTSTRAP";

    private static final Logger log = LoggerFactory.getLogger(SampleHistoryMain.class);
    private static final long CHARGED_WITHIN_SECONDS = 30;

    private SampleHistoryMain() {}

    public static void main(String[] arguments) throws Exception {
        SampleJob job = read(Path.of(arguments[0]));
        String redisUrl = require(REDIS_URL);
        initialise(job, redisUrl);
        Spent spent = new Spent(job.budgetRules(), job.until());
        try (HistoryShipping shipping = new HistoryShipping(require(KAFKA_BOOTSTRAP), job)) {
            new History(job, ShippedCatalogue.load()).tell(spent.andThen(shipping::send));
            log.info("sent {} events of journal {}", shipping.finish(), job.journal());
        }
        charge(job, spent, redisUrl);
        // Redisson's threads would wait a while for more to do.
        System.exit(0);
    }

    /** Before the first event: else a rebuild could find those that are charged below. */
    private static void initialise(SampleJob job, String redisUrl)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Counters counters = Counters.connect(CountersSettings.patient(redisUrl))) {
            Rebuilds rebuilds = counters.rebuilds();
            rebuilds.initialise(job.workspace()).toCompletableFuture().get(CHARGED_WITHIN_SECONDS, TimeUnit.SECONDS);
            Epoch epoch = rebuilds.progress(job.workspace())
                    .toCompletableFuture()
                    .get(CHARGED_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .epoch();
            if (epoch.state() != Epoch.State.TRUSTED) {
                throw new IllegalStateException(
                        "budgets of workspace " + job.workspace() + ": " + epoch + " (expected: trusted)");
            }
        }
    }

    private static void charge(SampleJob job, Spent spent, String redisUrl)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Counters counters = Counters.connect(CountersSettings.patient(redisUrl))) {
            for (Map.Entry<BudgetWindowRef, Money> window : spent.windows().entrySet()) {
                counters.charge(job.workspace(), window.getKey(), window.getValue(), job.journal())
                        .toCompletableFuture()
                        .get(CHARGED_WITHIN_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static SampleJob read(Path file) throws IOException {
        return SampleJob.read(Files.readString(file));
    }

    private static String require(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException(variable + ": missing (expected: an address)");
        }
        return value;
    }
}

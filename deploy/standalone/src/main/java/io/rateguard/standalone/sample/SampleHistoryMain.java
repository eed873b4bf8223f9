package io.rateguard.standalone.sample;

import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.price.ShippedCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a job that is written in a file: sends the history, then has the budgets counted anew, by what has come into the
 * ledger. Done again, in whole or from anywhere, it changes nothing.
 */
final class SampleHistoryMain {

    static final String REDIS_URL = "RATEGUARD_REDIS_URL";
    static final String KAFKA_BOOTSTRAP = "RATEGUARD_KAFKA_BOOTSTRAP";

    private static final Logger log = LoggerFactory.getLogger(SampleHistoryMain.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(100);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private SampleHistoryMain() {}

    public static void main(String[] arguments) throws Exception {
        SampleJob job = read(Path.of(arguments[0]));
        String redisUrl = require(REDIS_URL);
        try (HistoryShipping shipping = new HistoryShipping(require(KAFKA_BOOTSTRAP), job)) {
            new History(job, ShippedCatalogue.load()).tell(shipping::send);
            log.info("sent {} events of journal {}", shipping.finish(), job.journal());
        }
        countAnew(job, redisUrl);
        // Redisson's threads would wait a while for more to do.
        System.exit(0);
    }

    /** Its budgets are counted from the ledger, as after a loss: then each event counts once, however often it was sent. */
    private static void countAnew(SampleJob job, String redisUrl)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Counters counters = Counters.connect(CountersSettings.patient(redisUrl))) {
            Rebuilds rebuilds = counters.rebuilds();
            get(rebuilds.begin(job.workspace()));
            get(rebuilds.say(job.workspace(), true));
            long end = System.nanoTime() + COUNTED_WITHIN.toNanos();
            while (get(rebuilds.progress(job.workspace())).epoch().state() != Epoch.State.TRUSTED) {
                if (System.nanoTime() > end) {
                    throw new TimeoutException("budgets of workspace " + job.workspace() + ": not counted after "
                            + COUNTED_WITHIN.toSeconds() + " s");
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static <T> T get(CompletionStage<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.toCompletableFuture().get(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
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

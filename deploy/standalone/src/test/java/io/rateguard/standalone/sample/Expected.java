package io.rateguard.standalone.sample;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.price.ShippedCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the history of a job comes to. */
public final class Expected {

    public static final String JOB = SampleWorkspace.JOB;
    public static final String FILLED = SampleWorkspace.FILLED;
    public static final String MAIN = SampleHistoryMain.class.getName();

    private final Map<Window, Long> spentNanos = new HashMap<>();
    private long requests;
    private long costNanos;

    private Expected() {}

    /** Of the job in the data folder of a product. */
    public static Expected of(Path data) throws IOException {
        Expected expected = new Expected();
        SampleJob job = SampleJob.read(Files.readString(data.resolve(JOB)));
        new History(job, ShippedCatalogue.load()).tell(expected::add);
        return expected;
    }

    public long requests() {
        return requests;
    }

    public long costNanos() {
        return costNanos;
    }

    /** Of a budget in the window that starts then. */
    public long spentNanos(String budget, long windowStartMillis) {
        return spentNanos.getOrDefault(new Window(budget, windowStartMillis), 0L);
    }

    private void add(RequestEvent event) {
        requests++;
        costNanos += event.metering().costNanos();
        event.charges()
                .forEach(charge -> spentNanos.merge(
                        new Window(charge.budget().toString(), charge.windowStartMillis()),
                        charge.chargedNanos(),
                        Long::sum));
    }

    private record Window(String budget, long startMillis) {}
}

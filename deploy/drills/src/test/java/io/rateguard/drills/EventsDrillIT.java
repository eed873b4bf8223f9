package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.drills.events.EventsDrill;
import io.rateguard.drills.events.Scale;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventsDrillIT {

    private static final Scale SMALL = new Scale(Scale.FEWEST, Duration.ofSeconds(20), 1, Duration.ofSeconds(3));

    @Test
    void everyEventIsCountedOnceWhateverDies() throws Exception {
        Findings findings = EventsDrill.run(new Programs(Path.of("target/drills")), 2, SMALL, System.out);

        System.out.println(findings.markdown());
        assertThat(findings.broken()).isEmpty();
    }
}

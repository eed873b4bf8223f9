package io.rateguard.drills.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlertsDrillIT {

    private static final Scale SMALL = new Scale(20, 3, Duration.ofSeconds(15), 1);

    /** How soon is a figure of the drill, and of no meaning on a machine that does other things. */
    @Test
    void everyThresholdIsToldOnceWhateverIsKilledOrToldAgain() throws Exception {
        Findings findings = AlertsDrill.run(new Programs(Path.of("target/drills")), 1, SMALL, System.out);

        System.out.println(findings.markdown());
        assertThat(findings.broken()).noneMatch(promise -> !promise.startsWith("99 of 100"));
    }
}

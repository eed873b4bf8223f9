package io.rateguard.drills.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyDrillIT {

    /** How soon is a figure of the drill, and of no meaning on a machine that does other things. */
    @Test
    void everyProxyGoesByEveryChangeAlsoWhenItWasCutOff() throws Exception {
        Findings findings = PolicyDrill.run(new Programs(Path.of("target/drills")), 1, 2, System.out);

        System.out.println(findings.markdown());
        assertThat(findings.broken()).noneMatch(promise -> promise.startsWith("every request"));
    }
}

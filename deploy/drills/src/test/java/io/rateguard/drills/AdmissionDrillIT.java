package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.drills.admission.AdmissionDrill;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdmissionDrillIT {

    @Test
    void neitherLimitNorBudgetIsOverrunAndNothingStaysUnused() throws Exception {
        Findings findings = AdmissionDrill.run(new Programs(Path.of("target/drills")), 1, System.out);

        System.out.println(findings.markdown());
        assertThat(findings.broken()).isEmpty();
    }
}

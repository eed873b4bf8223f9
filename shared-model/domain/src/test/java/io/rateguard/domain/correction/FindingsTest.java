package io.rateguard.domain.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.correction.Findings.OfModel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FindingsTest {

    @Test
    void addsUpWhatWasFound() {
        Findings findings = Findings.NONE
                .unchanged(1)
                .estimated(10)
                .unpriced(100)
                .corrected("a", 1_000, 3_000)
                .corrected("a", 2_000, 1_000)
                .corrected("b", 0, 5);

        assertThat(findings.requests()).isEqualTo(6);
        assertThat(findings.corrected()).isEqualTo(3);
        assertThat(findings.estimated()).isEqualTo(1);
        assertThat(findings.unpriced()).isEqualTo(1);
        assertThat(findings.beforeNanos()).isEqualTo(3_111);
        assertThat(findings.afterNanos()).isEqualTo(4_116);
        assertThat(findings.byModel())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", new OfModel(2, 3_000, 4_000))
                .containsEntry("b", new OfModel(1, 0, 5));
    }

    @Test
    void manyModelsAreOne() {
        Findings findings = Findings.NONE;
        for (int i = 0; i < 600; i++) {
            findings = findings.corrected("model " + i, 1, 2);
        }
        findings = findings.corrected("model 7", 1, 2);

        assertThat(findings.byModel()).hasSize(501).containsEntry("model 7", new OfModel(2, 2, 4));
        assertThat(findings.byModel().get(Findings.OTHERS)).isEqualTo(new OfModel(100, 100, 200));
    }

    @Test
    void areReadBackAsTheDatabaseKeepsThem() {
        Findings findings = Findings.NONE.corrected("a", 1, 2).estimated(3);
        JsonMapper json = JsonMapper.shared();

        assertThat(json.readValue(json.writeValueAsString(findings), Findings.class))
                .isEqualTo(findings);
    }
}

package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.price.OwnPrice;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PricesIT {

    @Test
    void aPriceThatIsGoneHoldsNoMoreButSaysWhatItRead() {
        try (TestBed bed = new TestBed()) {
            WorkspaceId workspace = bed.workspace();
            UUID gone = price(bed, workspace, "now() - interval '1 hour'", "/amount");
            UUID holding = price(bed, workspace, "NULL", "/total");

            Rating rating = new Prices(bed.database(), () -> (providers, model, at) -> Optional.empty())
                    .of(workspace, Instant.now());

            assertThat(rating.prices().own().calls("stripe", "POST", "/v1/charges"))
                    .extracting(OwnPrice::version)
                    .containsExactly(OwnPrice.VERSION + holding);
            assertThat(rating.values())
                    .containsEntry(OwnPrice.VERSION + gone, new JsonPointer("/amount"))
                    .containsEntry(OwnPrice.VERSION + holding, new JsonPointer("/total"));
        }
    }

    private static UUID price(TestBed bed, WorkspaceId workspace, String deletedAt, String pointer) {
        return bed.owner()
                .sql("INSERT INTO prices (workspace_id, api, model, rates, call, charge, created_at, deleted_at)"
                        + " VALUES (?, 'stripe', '', '{}', '{\"path\":\"/v1/charges\"}',"
                        + " jsonb_build_object('perValue', jsonb_build_object('pointer', ?, 'rate', '0.01')),"
                        + " now() - interval '1 day', " + deletedAt + ") RETURNING id")
                .param(workspace.value())
                .param(pointer)
                .query(UUID.class)
                .single();
    }
}

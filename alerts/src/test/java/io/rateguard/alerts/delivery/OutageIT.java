package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.Spender;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services that die and servers that are away. */
class OutageIT {

    private final TestBed bed = new TestBed();
    private final WorkspaceId workspace = bed.workspace();
    private final String address = UUID.randomUUID() + "@example.test";
    private final UUID channel = bed.emailChannel(workspace, address);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void whatAServiceTookAndNeverSentIsSentByAnotherAfterItsLease() {
        UUID delivery = bed.queueTest(workspace, channel);
        List<Delivery> takenByTheDead = new Outbox(bed.database(), TestBed.LEASE).take(8);
        assertThat(takenByTheDead).extracting(Delivery::id).containsExactly(delivery);
        assertThat(new Outbox(bed.database(), TestBed.LEASE).take(8)).isEmpty();

        bed.start(Duration.ofMinutes(1));
        TestBed.await("delivered", () -> bed.states(workspace).equals(List.of("delivered")));

        assertThat(bed.mailTo(address)).hasSize(1);
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void whoseLeaseRanOutCannotTakeADeliveryBackFromItsNextHolder() {
        bed.queueTest(workspace, channel);
        Outbox outbox = new Outbox(bed.database(), Duration.ofMillis(1));
        Delivery slow = outbox.take(1).getFirst();
        TestBed.await("its lease ran out", () -> !outbox.take(1).isEmpty());

        assertThat(outbox.failed(slow, "too late", Optional.empty(), Optional.empty()))
                .isFalse();

        assertThat(bed.states(workspace)).containsExactly("pending");
    }

    @Test
    void mailWaitsForAServerThatIsDown() {
        bed.mail().stop();
        bed.queueTest(workspace, channel);
        bed.start(Duration.ofMinutes(1));
        TestBed.await("an attempt failed", () -> attempts() >= 2);
        assertThat(bed.states(workspace)).containsExactly("pending");

        bed.mail().start();
        TestBed.await("delivered", () -> bed.states(workspace).equals(List.of("delivered")));

        assertThat(bed.mailTo(address)).hasSize(1);
    }

    @Test
    void budgetsAreToldOfWhileClickHouseIsAway() {
        BudgetId budget = bed.budget(workspace, "Team", 50, 80);
        bed.rule(workspace, channel);
        bed.startWithoutClickHouse(Duration.ofMillis(100));
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 55, 50, 80);
            TestBed.await("told", () -> bed.states(workspace).equals(List.of("delivered")));
            spender.settle(budget, 30, 50, 80);
            TestBed.await("found", () -> bed.states(workspace).equals(List.of("delivered", "delivered")));
        }

        assertThat(bed.mailTo(address)).hasSize(2);
    }

    private int attempts() {
        return bed.owner()
                .sql("SELECT attempts FROM deliveries WHERE workspace_id = ?")
                .param(workspace.value())
                .query(Integer.class)
                .single();
    }
}

package io.rateguard.console.budgets;

import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code budget_increases}; its policy version belongs to the database. */
@Entity
@Table(name = "budget_increases")
class IncreaseEntity {

    @Id
    UUID id;

    UUID workspaceId;
    UUID budgetId;
    long amountNanos;
    Instant endsAt;

    /** Of which alert's offer it is. */
    @Nullable
    UUID crossingId;

    @Column(updatable = false)
    Instant createdAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected IncreaseEntity() {}

    Increase toIncrease() {
        return new Increase(Money.ofNanos(amountNanos), endsAt);
    }
}

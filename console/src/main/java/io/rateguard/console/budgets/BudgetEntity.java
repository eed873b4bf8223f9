package io.rateguard.console.budgets;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.FiscalYear;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A row of {@code budgets}; its policy version belongs to the database. */
@Entity
@Table(name = "budgets")
class BudgetEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;
    String scopeType;
    String scopeValue;

    @JdbcTypeCode(SqlTypes.JSON)
    String per;

    long amountNanos;
    String period;
    String zone;
    String fiscalYearStart;
    boolean shutoff;
    String estimate;

    @JdbcTypeCode(SqlTypes.JSON)
    String ladder;

    String onStoreFailure;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected BudgetEntity() {}

    /** Without its increases, which are rows of their own. */
    Budget toBudget() {
        return new Budget(
                new BudgetId(id),
                name,
                new BudgetScope(BudgetScope.Type.ofWireName(scopeType), scopeValue),
                LimitShapes.per(JsonMapper.shared().readTree(per)),
                Money.ofNanos(amountNanos),
                BudgetPeriod.ofWireName(period),
                ZoneId.of(zone),
                FiscalYear.ofWireName(fiscalYearStart),
                shutoff,
                Budget.Estimate.ofWireName(estimate),
                LadderShapes.ladder(JsonMapper.shared().readTree(ladder)),
                OnStoreFailure.ofWireName(onStoreFailure),
                List.of());
    }
}

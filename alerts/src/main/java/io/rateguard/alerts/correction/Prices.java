package io.rateguard.alerts.correction;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.PriceOverride;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.WorkspacePrices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The prices of workspaces: their own, from PostgreSQL, and the catalogue's. */
final class Prices {

    private final JdbcClient database;
    private final Supplier<PriceCatalogue> catalogue;

    /** @param catalogue asked for each correction: it is large, and there is seldom one */
    Prices(JdbcClient database, Supplier<PriceCatalogue> catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /**
     * What a workspace's requests cost by the prices that held at an instant.
     *
     * @throws IllegalArgumentException when one of them speaks of what only a newer version knows
     */
    Rating of(WorkspaceId workspace, Instant at) {
        List<PriceOverride> own = database.sql("""
                        SELECT id, api, model, rates, service_tiers, max_output_tokens FROM prices
                        WHERE workspace_id = :workspace AND created_at <= :at AND (deleted_at IS NULL OR deleted_at > :at)
                        ORDER BY created_at, id""")
                .param("workspace", workspace.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> override(row))
                .list();
        // APIs that were deleted since are asked too: their requests are still there.
        Map<ApiId, List<String>> providers = new HashMap<>();
        database.sql("SELECT id, profile FROM apis WHERE workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query((RowCallbackHandler) row -> providers.put(
                        new ApiId(row.getObject("id", UUID.class)),
                        Profile.ofWireName(row.getString("profile")).priceProviders()));
        return new Rating(new WorkspacePrices(new PriceOverrides(own), catalogue.get()), providers);
    }

    private static PriceOverride override(ResultSet row) throws SQLException {
        JsonMapper json = JsonMapper.shared();
        return PriceOverride.of(
                row.getObject("id", UUID.class),
                row.getString("api"),
                row.getString("model"),
                json.readTree(row.getString("rates")),
                json.readTree(row.getString("service_tiers")),
                row.getLong("max_output_tokens"));
    }
}

package io.rateguard.alerts.correction;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.price.OwnPrice;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.PriceRow;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.price.WorkspacePrices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

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
        List<OwnPrice> own = new ArrayList<>();
        Map<String, JsonPointer> values = new HashMap<>();
        database.sql("""
                        SELECT id, api, model, rates, service_tiers, max_output_tokens, call, charge,
                            created_at <= :at AND (deleted_at IS NULL OR deleted_at > :at) AS holds
                        FROM prices
                        WHERE workspace_id = :workspace AND (call IS NOT NULL OR deleted_at IS NULL OR deleted_at > :at)
                        ORDER BY created_at, id""")
                .param("workspace", workspace.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((RowCallbackHandler) row -> {
                    OwnPrice price = price(row);
                    if (row.getBoolean("holds")) {
                        own.add(price);
                    }
                    if (price instanceof CallPrice call) {
                        call.perValue().ifPresent(share -> values.put(call.version(), share.pointer()));
                    }
                });
        // APIs that were deleted since are asked too: their requests are still there.
        Map<ApiId, Profile> profiles = new HashMap<>();
        database.sql("SELECT id, profile FROM apis WHERE workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query((RowCallbackHandler) row -> profiles.put(
                        new ApiId(row.getObject("id", UUID.class)), Profile.ofWireName(row.getString("profile"))));
        return new Rating(new WorkspacePrices(new PriceOverrides(own), catalogueOf(workspace, at)), profiles, values);
    }

    /** What the workspace had taken in place of the shipped one by then. */
    private PriceCatalogue catalogueOf(WorkspaceId workspace, Instant at) {
        return database.sql("""
                        SELECT coalesce(catalogue, '') FROM price_imports
                        WHERE workspace_id = :workspace AND applied_at <= :at ORDER BY number DESC LIMIT 1""")
                .param("workspace", workspace.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .filter(imported -> !imported.isEmpty())
                .<PriceCatalogue>map(ShippedCatalogue::of)
                .orElseGet(catalogue);
    }

    private static OwnPrice price(ResultSet row) throws SQLException {
        return new PriceRow(
                        row.getObject("id", UUID.class),
                        row.getString("api"),
                        row.getString("model"),
                        row.getString("rates"),
                        row.getString("service_tiers"),
                        row.getLong("max_output_tokens"),
                        row.getString("call"),
                        row.getString("charge"))
                .price();
    }
}

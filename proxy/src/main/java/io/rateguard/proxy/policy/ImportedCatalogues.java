package io.rateguard.proxy.policy;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.ShippedCatalogue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogues that workspaces have taken in place of the shipped one, each read once for as long as it holds. Blocks: for
 * the policy thread only.
 */
final class ImportedCatalogues {

    private static final Logger log = LoggerFactory.getLogger(ImportedCatalogues.class);

    private final Map<WorkspaceId, Imported> read = new HashMap<>();

    private record Imported(UUID id, Optional<PriceCatalogue> catalogue) {}

    Optional<PriceCatalogue> catalogue(Connection connection, WorkspaceId workspace) throws SQLException {
        Optional<UUID> inForce = inForce(connection, workspace);
        if (inForce.isEmpty()) {
            forget(workspace);
            return Optional.empty();
        }
        Imported known = read.get(workspace);
        if (known == null || !known.id().equals(inForce.get())) {
            known = new Imported(inForce.get(), load(connection, workspace, inForce.get()));
            read.put(workspace, known);
        }
        return known.catalogue();
    }

    void forget(WorkspaceId workspace) {
        read.remove(workspace);
    }

    private static Optional<UUID> inForce(Connection connection, WorkspaceId workspace) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id FROM price_imports WHERE workspace_id = ? AND applied_at IS NOT NULL
                ORDER BY number DESC LIMIT 1""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getObject("id", UUID.class)) : Optional.empty();
            }
        }
    }

    /** Nothing where it is the shipped one again, or speaks of what only a newer version knows. */
    private static Optional<PriceCatalogue> load(Connection connection, WorkspaceId workspace, UUID id)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT catalogue FROM price_imports WHERE workspace_id = ? AND id = ?")) {
            query.setObject(1, workspace.value());
            query.setObject(2, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.ofNullable(row.getString("catalogue")).map(ShippedCatalogue::of)
                        : Optional.empty();
            }
        } catch (IllegalArgumentException notUnderstood) {
            log.warn("policy: price catalogue {} is passed over: {}", id, notUnderstood.getMessage());
            return Optional.empty();
        }
    }
}

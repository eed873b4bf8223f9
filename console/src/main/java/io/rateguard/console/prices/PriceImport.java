package io.rateguard.console.prices;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue that was handed in, or gone back to: a draft until it is applied. The applied one with the highest number
 * holds.
 *
 * @param kind what it was made of: {@code catalogue}, {@code litellm}, {@code earlier}, {@code shipped}
 * @param catalogueVersion what the names of its prices start with
 * @param added models that it has and the one before has not; {@code changed} and {@code removed} likewise
 */
public record PriceImport(
        UUID id,
        int number,
        String kind,
        String catalogueVersion,
        int added,
        int changed,
        int removed,
        Instant createdAt,
        String createdBy,
        @Nullable Instant appliedAt,
        @Nullable String appliedBy) {

    static PriceImport of(PriceImportEntity row) {
        return new PriceImport(
                row.id,
                row.number,
                row.kind,
                row.catalogueVersion,
                row.added,
                row.changed,
                row.removed,
                row.createdAt,
                row.createdBy,
                row.appliedAt,
                row.appliedBy);
    }

    public boolean isDraft() {
        return appliedAt == null;
    }
}

package io.rateguard.console.prices;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.ModelChange;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.PriceUpdate;
import io.rateguard.domain.price.Rate;
import io.rateguard.domain.price.ServiceTier;
import io.rateguard.domain.price.ShippedCatalogue;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogues that a workspace takes in place of the one that ships. Each is a draft first, which says what it would
 * change; going back to an earlier one is no different.
 */
@Service
public class PriceImports {

    private static final int SHIPPED = 0;
    private static final int MOST_CHARS = 1_000;
    private static final Pattern NUMBERED = Pattern.compile("[^/]*\\+(\\d{1,9})/.*");

    private final Access access;
    private final CurrentCaller caller;
    private final Tenancy tenancy;
    private final PriceImportRepository rows;
    private final ShippedCatalogue shipped;
    private final JsonMapper json;
    private final Clock clock;

    PriceImports(
            Access access,
            CurrentCaller caller,
            Tenancy tenancy,
            PriceImportRepository rows,
            ShippedCatalogue shipped,
            JsonMapper json,
            Clock clock) {
        this.access = access;
        this.caller = caller;
        this.tenancy = tenancy;
        this.rows = rows;
        this.shipped = shipped;
        this.json = json;
        this.clock = clock;
    }

    /** A draft of a file: a catalogue in RateGuard's format, or LiteLLM's prices, which are laid over the present ones. */
    public Draft draft(WorkspaceId workspace, byte[] file) {
        access.require(workspace, Action.EDIT_PRICES);
        InForce present = inForce(workspace);
        PriceUpdate update = read(file, present.catalogue());
        return save(
                workspace,
                present.number(),
                update.kind().name().toLowerCase(Locale.ROOT),
                update.renewed(),
                update.changes(),
                update.leftOut());
    }

    /** A draft of going back. @param number of an applied one; 0: the catalogue that ships */
    public Draft goBack(WorkspaceId workspace, String number) {
        access.require(workspace, Action.EDIT_PRICES);
        InForce present = inForce(workspace);
        int wanted = number(number);
        Optional<ShippedCatalogue> earlier = wanted == SHIPPED
                ? Optional.empty()
                : tenancy.in(workspace, () -> {
                            PriceImportEntity row = require(workspace, number);
                            if (row.appliedAt == null) {
                                throw Problem.invalid("import: " + number + " (expected: one that was applied)");
                            }
                            return Optional.ofNullable(row.catalogue);
                        })
                        .map(ShippedCatalogue::of);
        ShippedCatalogue renewed = earlier.orElse(shipped);
        return save(
                workspace,
                present.number(),
                earlier.isPresent() ? "earlier" : "shipped",
                renewed,
                PriceUpdate.changes(present.catalogue(), renewed, today()),
                List.of());
    }

    /** Makes a draft hold, for requests that come from now on. */
    public PriceImport apply(WorkspaceId workspace, String number) {
        access.require(workspace, Action.EDIT_PRICES);
        String who = caller.name();
        return tenancy.in(workspace, () -> {
            PriceImportEntity row = require(workspace, number);
            int holds = rows.inForce(workspace.value()).map(it -> it.number).orElse(SHIPPED);
            if (row.appliedAt != null || row.base != holds) {
                throw Problem.conflict(
                        "import_outdated",
                        "import: " + number + " (expected: a draft that was compared with what holds now, " + holds
                                + "; make it again)");
            }
            row.appliedAt = RowIds.now();
            row.appliedBy = who;
            return PriceImport.of(rows.save(row));
        });
    }

    public Page<PriceImport> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        PriceImport::id,
                        it -> it));
    }

    public Draft read(WorkspaceId workspace, String number) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> draft(require(workspace, number)));
    }

    /** What a workspace's requests are priced by, beside its own prices. */
    public ShippedCatalogue holds(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return inForce(workspace).catalogue();
    }

    /** The catalogue of an import that the name of a price tells; nothing where it is that of the shipped one. */
    public Optional<PriceCatalogue> named(WorkspaceId workspace, @Nullable String priceVersion) {
        access.require(workspace, Action.READ);
        Matcher name = NUMBERED.matcher(priceVersion == null ? "" : priceVersion);
        return name.matches()
                ? tenancy.in(workspace, () -> rows.find(workspace.value(), Integer.parseInt(name.group(1))))
                        .flatMap(row -> Optional.ofNullable(row.catalogue))
                        .map(ShippedCatalogue::of)
                : Optional.empty();
    }

    /** What is wrong may be a large part of the file, and is told in short. */
    private PriceUpdate read(byte[] file, ShippedCatalogue present) {
        try {
            return PriceUpdate.read(file, present, today());
        } catch (IllegalArgumentException wrong) {
            String detail = String.valueOf(wrong.getMessage());
            int cut = detail.length() - MOST_CHARS;
            throw Problem.invalid(
                    cut <= 0
                            ? detail
                            : detail.substring(0, MOST_CHARS / 2) + " … "
                                    + detail.substring(detail.length() - MOST_CHARS / 2));
        }
    }

    private record InForce(int number, ShippedCatalogue catalogue) {}

    private InForce inForce(WorkspaceId workspace) {
        return tenancy.in(workspace, () -> rows.inForce(workspace.value()))
                .map(row ->
                        new InForce(row.number, row.catalogue == null ? shipped : ShippedCatalogue.of(row.catalogue)))
                .orElse(new InForce(SHIPPED, shipped));
    }

    private Draft save(
            WorkspaceId workspace,
            int base,
            String kind,
            ShippedCatalogue renewed,
            List<ModelChange> changes,
            List<String> leftOut) {
        PriceImportEntity row = new PriceImportEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.base = base;
        row.kind = kind;
        row.added = count(changes, ModelChange.Kind.ADDED);
        row.changed = count(changes, ModelChange.Kind.CHANGED);
        row.removed = count(changes, ModelChange.Kind.REMOVED);
        row.changes = json.writeValueAsString(changes.stream().map(Change::of).toList());
        row.leftOut = json.writeValueAsString(leftOut);
        row.createdAt = RowIds.now();
        row.createdBy = caller.name();
        return tenancy.in(workspace, () -> {
            rows.discardDrafts(workspace.value(), row.createdAt);
            row.number = rows.last(workspace.value()) + 1;
            boolean ships = kind.equals("shipped");
            row.catalogueVersion = ships ? renewed.version() : numbered(renewed.version(), row.number);
            row.catalogue = ships ? null : renewed.named(row.catalogueVersion).json();
            return draft(rows.save(row));
        });
    }

    /** {@code 2026-08-21+3}: no two catalogues of a workspace have the same name. */
    private static String numbered(String version, int number) {
        int plus = version.indexOf('+');
        return (plus < 0 ? version : version.substring(0, plus)) + "+" + number;
    }

    private static int count(List<ModelChange> changes, ModelChange.Kind kind) {
        return (int) changes.stream().filter(change -> change.kind() == kind).count();
    }

    private Draft draft(PriceImportEntity row) {
        return new Draft(PriceImport.of(row), json.readTree(row.changes), json.readTree(row.leftOut));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private PriceImportEntity require(WorkspaceId workspace, String number) {
        return rows.find(workspace.value(), number(number)).orElseThrow(() -> notFound(number));
    }

    private static int number(String number) {
        if (!number.matches("\\d{1,9}")) {
            throw notFound(number);
        }
        return Integer.parseInt(number);
    }

    private static Problem notFound(String number) {
        return Problem.notFound("import: " + number + " (expected: the id of one in this workspace)");
    }

    /**
     * An import with what it changes.
     *
     * @param changes model by model, each in the shape of {@link Change}
     * @param leftOut what the file says of costs and RateGuard has no words for
     */
    public record Draft(PriceImport summary, JsonNode changes, JsonNode leftOut) {}

    /** A {@link ModelChange} for the management API. */
    record Change(
            String provider,
            String model,
            String kind,
            List<RateChange> rates,
            @Nullable Long maxOutputTokensBefore,
            @Nullable Long maxOutputTokensAfter) {

        static Change of(ModelChange change) {
            return new Change(
                    change.provider(),
                    change.model(),
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.rates().stream().map(RateChange::of).toList(),
                    change.maxOutputTokensBefore().isPresent()
                            ? change.maxOutputTokensBefore().getAsLong()
                            : null,
                    change.maxOutputTokensAfter().isPresent()
                            ? change.maxOutputTokensAfter().getAsLong()
                            : null);
        }
    }

    /** Another rate for one class of use, in dollars per million; {@code above} that many tokens of input. */
    record RateChange(
            String at,
            @Nullable String serviceTier,
            String usageClass,
            long above,
            @Nullable String before,
            @Nullable String after) {

        static RateChange of(ModelChange.RateChange change) {
            return new RateChange(
                    change.at().toString(),
                    change.serviceTier().map(ServiceTier::wireName).orElse(null),
                    change.usageClass().wireName(),
                    change.above(),
                    change.before().map(Rate::usdPerMillion).orElse(null),
                    change.after().map(Rate::usdPerMillion).orElse(null));
        }
    }
}

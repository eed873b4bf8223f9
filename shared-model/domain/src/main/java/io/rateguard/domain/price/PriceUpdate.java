package io.rateguard.domain.price;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of prices, to be looked at before they hold: a catalogue in RateGuard's format, which takes the place of the
 * present one, or LiteLLM's, which is laid over it.
 */
public final class PriceUpdate {

    private final ShippedCatalogue present;
    private final ShippedCatalogue renewed;
    private final Kind kind;
    private final LocalDate from;
    private final LeftOut leftOut;

    /** What a file is. */
    public enum Kind {
        CATALOGUE,
        LITELLM
    }

    private PriceUpdate(
            ShippedCatalogue present, ShippedCatalogue renewed, Kind kind, LocalDate from, LeftOut leftOut) {
        this.present = present;
        this.renewed = renewed;
        this.kind = kind;
        this.from = from;
        this.leftOut = leftOut;
    }

    /**
     * @param from the day from which LiteLLM's prices are to hold; those of a catalogue have dates of their own
     * @throws IllegalArgumentException when a figure is none, naming the model, the figure and what was expected
     */
    public static PriceUpdate read(byte[] file, ShippedCatalogue present, LocalDate from) {
        LeftOut leftOut = new LeftOut();
        Kind kind = kind(file);
        Catalogue said = switch (kind) {
            case CATALOGUE -> CatalogueReader.read(file);
            case LITELLM -> LiteLlmPrices.read(file, from.toString(), leftOut);
        };
        ImportCheck.accept(said, present.catalogue());
        Catalogue renewed = switch (kind) {
            case CATALOGUE -> said;
            case LITELLM -> new CatalogueOverlay(present, said, from).laidOver();
        };
        return new PriceUpdate(present, new ShippedCatalogue(renewed), kind, from, leftOut);
    }

    /** What would change if one catalogue took the place of another from a day on. */
    public static List<ModelChange> changes(ShippedCatalogue present, ShippedCatalogue renewed, LocalDate from) {
        return new CatalogueDifference(
                        present, renewed, from.atStartOfDay(ZoneOffset.UTC).toInstant())
                .changes();
    }

    /** What would change, model by model, from the day on. */
    public List<ModelChange> changes() {
        return changes(present, renewed, from);
    }

    public Kind kind() {
        return kind;
    }

    /** What the file says of costs and RateGuard has no words for, in lines for people. */
    public List<String> leftOut() {
        return leftOut.lines();
    }

    /** The prices as they would be. */
    public ShippedCatalogue renewed() {
        return renewed;
    }

    private static Kind kind(byte[] file) {
        try {
            return JsonMapper.shared().readTree(file).has("providers") ? Kind.CATALOGUE : Kind.LITELLM;
        } catch (JacksonException malformed) {
            TokenStreamLocation at = malformed.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new IllegalArgumentException(
                    place + malformed.getOriginalMessage()
                            + " (expected: a catalogue of RateGuard's, or LiteLLM's prices, as JSON)",
                    malformed);
        }
    }
}

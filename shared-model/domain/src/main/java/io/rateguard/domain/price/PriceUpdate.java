package io.rateguard.domain.price;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of prices, to be looked at before they hold: a catalogue in RateGuard's format, which takes the place of the
 * present one, or LiteLLM's, which is laid over it.
 */
public final class PriceUpdate {

    private final ShippedCatalogue present;
    private final ShippedCatalogue renewed;
    private final LocalDate from;
    private final LeftOut leftOut;

    private PriceUpdate(ShippedCatalogue present, Catalogue renewed, LocalDate from, LeftOut leftOut) {
        this.present = present;
        this.renewed = new ShippedCatalogue(renewed);
        this.from = from;
        this.leftOut = leftOut;
    }

    /**
     * @param from the day from which LiteLLM's prices are to hold; those of a catalogue have dates of their own
     * @throws IllegalArgumentException when a figure is none, naming the model, the figure and what was expected
     */
    public static PriceUpdate read(byte[] file, ShippedCatalogue present, LocalDate from) {
        LeftOut leftOut = new LeftOut();
        if (isCatalogue(file)) {
            return new PriceUpdate(present, CatalogueReader.read(file), from, leftOut);
        }
        Catalogue published = LiteLlmPrices.read(file, from.toString(), leftOut);
        return new PriceUpdate(present, new CatalogueOverlay(present, published, from).laidOver(), from, leftOut);
    }

    /** What would change, model by model, from the day on. */
    public List<ModelChange> changes() {
        return new CatalogueDifference(
                        present, renewed, from.atStartOfDay(ZoneOffset.UTC).toInstant())
                .changes();
    }

    /** What the file says of costs and RateGuard has no words for, in lines for people. */
    public List<String> leftOut() {
        return leftOut.lines();
    }

    /** The prices as they would be. */
    public ShippedCatalogue renewed() {
        return renewed;
    }

    private static boolean isCatalogue(byte[] file) {
        try {
            return JsonMapper.shared().readTree(file).has("providers");
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("prices: " + malformed.getOriginalMessage(), malformed);
        }
    }
}

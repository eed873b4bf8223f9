package io.rateguard.console.prices;

import io.rateguard.console.prices.Prices.Price;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.CallPriceShapes;
import io.rateguard.domain.price.PriceOverride;
import io.rateguard.domain.price.PriceShapes;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/prices}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/prices")
class PriceController {

    private final Workspaces workspaces;
    private final Prices prices;

    PriceController(Workspaces workspaces, Prices prices) {
        this.workspaces = workspaces;
        this.prices = prices;
    }

    @PostMapping
    ResponseEntity<PriceJson> create(@PathVariable String workspace, @RequestBody NewPrice wanted) {
        return Answers.created(PriceJson.of(prices.create(id(workspace), wanted)));
    }

    @GetMapping
    Page<PriceJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return prices.list(id(workspace), PageRequest.of(cursor, limit)).map(PriceJson::of);
    }

    @GetMapping("/{price}")
    ResponseEntity<PriceJson> read(@PathVariable String workspace, @PathVariable String price) {
        Price found = prices.read(id(workspace), price);
        return Answers.versioned(found.version(), PriceJson.of(found));
    }

    @DeleteMapping("/{price}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String price,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        prices.delete(id(workspace), price, seen);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param priceVersion what the events call it that it was applied to */
    record PriceJson(
            String id,
            @Nullable String api,
            @Nullable String model,
            @Nullable JsonNode rates,
            @Nullable JsonNode serviceTiers,
            @Nullable Long maxOutputTokens,
            @Nullable JsonNode call,
            @Nullable JsonNode perCall,
            @Nullable JsonNode perValue,
            @Nullable JsonNode max,
            String priceVersion,
            Instant createdAt) {

        static PriceJson of(Price price) {
            return switch (price.own()) {
                case PriceOverride model -> of(model, price.createdAt());
                case CallPrice call -> of(call, price.createdAt());
            };
        }

        private static PriceJson of(PriceOverride own, Instant createdAt) {
            OptionalLong most = own.maxOutputTokens();
            return new PriceJson(
                    own.id().toString(),
                    own.api(),
                    own.model().text(),
                    PriceShapes.rates(own.rates()),
                    PriceShapes.serviceTiers(own.serviceTiers()),
                    most.isPresent() ? most.getAsLong() : null,
                    null,
                    null,
                    null,
                    null,
                    own.version(),
                    createdAt);
        }

        private static PriceJson of(CallPrice own, Instant createdAt) {
            JsonNode charge = CallPriceShapes.charge(own);
            return new PriceJson(
                    own.id().toString(),
                    own.api(),
                    null,
                    null,
                    null,
                    null,
                    CallPriceShapes.call(own.call()),
                    charge.get("perCall"),
                    charge.get("perValue"),
                    charge.get("max"),
                    own.version(),
                    createdAt);
        }
    }
}

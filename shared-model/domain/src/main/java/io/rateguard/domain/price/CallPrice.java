package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one API cost whose use no provider reports: a fee for each, a share of a number in the reply, or both.
 *
 * @param perCall per million calls
 * @param perValue none where the fee is all
 * @param most what one call costs at most; none: there is no such bound
 */
public record CallPrice(
        PriceOverrideId id,
        String api,
        CallPattern call,
        Rate perCall,
        Optional<PerValue> perValue,
        @Nullable Money most)
        implements OwnPrice {

    /** The use of every call. */
    public static final Usage ONE = Usage.NONE.with(UsageClass.REQUESTS, 1);

    /**
     * A share of a number in the reply.
     *
     * @param rate what one of its units costs, in picos of a dollar
     */
    public record PerValue(JsonPointer pointer, Rate rate) {}

    @Override
    public ModelPrice price(OptionalLong catalogued) {
        return price();
    }

    public ModelPrice price() {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        rates.put(UsageClass.REQUESTS, TieredRate.flat(perCall));
        perValue.ifPresent(share -> rates.put(UsageClass.VALUE_MICROS, TieredRate.flat(share.rate())));
        return new ModelPrice(version(), rates, Map.of(), OptionalLong.empty(), most);
    }

    /** What a call costs at most; nothing where that grows with its reply. */
    public Optional<Money> ceiling() {
        return perValue.isEmpty() ? Optional.of(fee()) : Optional.ofNullable(most);
    }

    /** What a call costs whatever it replies. */
    public Money fee() {
        return price().cost(ONE).orElseThrow();
    }

    boolean holdsFor(String apiSlug, String method, String path) {
        return api.equals(apiSlug) && call.matches(method, path);
    }

    boolean namesOnePath() {
        return call.namesOnePath();
    }
}

package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.usage.UsageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceOverridesTest {

    @Test
    void prefersTheExactNameThenTheApiThenTheOlder() {
        PriceOverride pattern = override(1, "openai", "gpt-4o*");
        PriceOverride older = override(2, null, "gpt-*");
        PriceOverride newer = override(3, null, "*");
        PriceOverride exact = override(4, null, "gpt-4o-mini");
        PriceOverride ofApi = override(5, "azure", "gpt-4o-mini");
        PriceOverrides overrides = new PriceOverrides(List.of(pattern, older, newer, exact, ofApi));

        assertThat(overrides.find("openai", "gpt-4o-mini")).contains(exact);
        assertThat(overrides.find("azure", "gpt-4o-mini")).contains(ofApi);
        assertThat(overrides.find("openai", "gpt-4o")).contains(pattern);
        assertThat(overrides.find("azure", "gpt-4o")).contains(older);
        assertThat(overrides.find("azure", "claude")).contains(newer);
        assertThat(PriceOverrides.NONE.find("azure", "claude")).isEmpty();
    }

    @Test
    void isNamedByItsId() {
        PriceOverride override = override(7, null, "m");

        String version = override.price(OptionalLong.empty()).version();

        assertThat(version).isEqualTo("override/00000000-0000-0000-0000-000000000007");
        assertThat(OwnPrice.idOf(version)).contains(override.id());
        for (String other : List.of("2026-08-21/openai/gpt-4o", "override/me", "override/", "")) {
            assertThat(OwnPrice.idOf(other)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void takesTheMaximumOfTheCatalogueUnlessItHasItsOwn() {
        PriceOverride own = new PriceOverride(
                new PriceOverrideId(new UUID(0, 1)), null, Glob.ofName("m"), rates(), Map.of(), OptionalLong.of(5));

        assertThat(own.price(OptionalLong.of(9)).maxOutputTokens()).hasValue(5);
        assertThat(override(1, null, "m").price(OptionalLong.of(9)).maxOutputTokens())
                .hasValue(9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceOverride(own.id(), null, own.model(), rates(), Map.of(), OptionalLong.of(0)))
                .withMessage("maxOutputTokens: 0 (expected: a whole number above 0)");
    }

    private static PriceOverride override(int id, @Nullable String api, String model) {
        return new PriceOverride(
                new PriceOverrideId(new UUID(0, id)), api, Glob.ofName(model), rates(), Map.of(), OptionalLong.empty());
    }

    private static Map<UsageClass, TieredRate> rates() {
        return Map.of(UsageClass.INPUT, TieredRate.flat(new Rate(1)));
    }
}

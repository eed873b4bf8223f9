package io.rateguard.console.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTest {

    @Test
    void everyOneIsFoundByItsName() {
        List<Dimension> all = Dimension.all(List.of("team", "a.b"));

        assertThat(all)
                .extracting(Dimension::wireName)
                .containsExactly("api", "key", "endpoint", "model", "customer", "tag.team", "tag.a.b");
        assertThat(all)
                .allSatisfy(each ->
                        assertThat(Dimension.ofWireName(each.wireName())).contains(each));
    }

    @Test
    void anUnknownNameIsNone() {
        assertThat(Dimension.ofWireName("colour")).isEmpty();
        assertThat(Dimension.ofWireName("tag.")).isEmpty();
    }
}

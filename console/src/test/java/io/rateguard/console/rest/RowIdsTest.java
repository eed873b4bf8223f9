package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowIdsTest {

    @Test
    void riseInTheOrderTheyWereMadeAsTextAndInTheDatabase() {
        List<String> ids =
                Stream.generate(RowIds::next).limit(10_000).map(UUID::toString).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void areUuidsOfVersionSevenOfThePresent() {
        long before = System.currentTimeMillis();
        UUID id = RowIds.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isGreaterThanOrEqualTo(before);
    }
}

package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTallyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/amount | {\"amount\":1999} | 1999000000",
                "/amount | {\"amount\":0} | 0",
                "/amount | {\"amount\":12.3456781} | 12345679",
                "/amount | {\"amount\":1e-2147483647} | 1",
                "/amount | {\"amount\":0e-600000000} | 0",
                "/amount | {\"amount\":0.000000000000000000000000001} | 1",
                "/amount | {\"amount\":1.5e3} | 1500000000",
                "/amount | {\"x\":{\"amount\":7},\"amount\":8} | 8000000",
                "/data/1/amount | {\"data\":[{\"amount\":1},{\"amount\":2},{\"amount\":3}]} | 2000000",
                "/data/0 | {\"data\":[[9],5]} | ",
                "/data/1 | {\"data\":[[9,9],5]} | 5000000",
                "/data/1 | {\"data\":{\"0\":1,\"1\":2}} | 2000000",
                "/0/a | [{\"a\":4},{\"a\":5}] | 4000000",
                "/a.b/c~1d | {\"a.b\":{\"c/d\":6}} | 6000000",
                "/amount | {\"amount\":-1} | ",
                "/amount | {\"amount\":\"12\"} | ",
                "/amount | {\"amount\":null} | ",
                "/amount | {\"amount\":{\"value\":1}} | ",
                "/amount | {\"amount\":1e300} | ",
                "/amount | {\"amount\":9999999999999} | ",
                "/amount | {\"amounts\":1} | ",
                "/amount | no JSON | "
            })
    void readsTheNumberThatThePointerNames(String pointer, String reply, Long micros) {
        for (int chunk : new int[] {1, 3, reply.length()}) {
            Reading reading = read(pointer, reply, chunk).reading();

            assertThat(reading.source()).isEqualTo(micros == null ? UsageSource.NONE : UsageSource.PROVIDER);
            assertThat(reading.usage().count(UsageClass.VALUE_MICROS)).isEqualTo(micros == null ? 0 : micros);
        }
    }

    @Test
    void saysThatTheRestIsMissing() {
        assertThat(read("/amount", "{\"amount\":7,\"x\":", 5).reading().source())
                .isEqualTo(UsageSource.PARTIAL);
    }

    private static ReplyMeter read(String pointer, String reply, int chunk) {
        ReplyMeter meter = ReplyMeters.value(new JsonPointer(pointer), "application/json", null);
        byte[] bytes = reply.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            ByteBuf piece = Unpooled.wrappedBuffer(bytes, from, Math.min(chunk, bytes.length - from));
            assertThat(meter.pass(piece)).isSameAs(piece);
            piece.release();
        }
        meter.end().release();
        return meter;
    }
}

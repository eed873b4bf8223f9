package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonRowsTest {

    private final JsonRows rows = new JsonRows();

    @Test
    void writesOneArrayALine() {
        rows.beginRow().whole(-1).text(null).bool(true).endRow();
        rows.beginRow().beginArray().endArray().bool(false).uuid(new UUID(1, 2)).endRow();

        assertThat(text()).isEqualTo("[-1,null,true]\n[[],false,\"00000000-0000-0001-0000-000000000002\"]\n");
    }

    @Test
    void writesObjectsInTheOrderGiven() {
        rows.beginRow()
                .beginObject()
                .field("b")
                .whole(1)
                .field("a")
                .text("x")
                .endObject()
                .whole(2)
                .endRow();

        assertThat(text()).isEqualTo("[{\"b\":1,\"a\":\"x\"},2]\n");
    }

    @Test
    void everyTextReadsBackAndStaysOnItsLine() {
        for (String value : new String[] {"", "a\"b\\c", "\n\n;\0\t\u001f", "Größe € 😀 \" \n", "\u2028"}) {
            JsonRows one = new JsonRows();
            one.beginRow().text(value).endRow();
            String line = new String(one.buffer(), 0, one.length(), StandardCharsets.UTF_8);

            assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
            assertThat(JsonMapper.shared().readTree(line).path(0).asString()).isEqualTo(value);
        }
    }

    @Test
    void writesTimesInUtc() {
        rows.beginRow()
                .time(Instant.parse("2026-11-01T03:04:05.006Z").toEpochMilli())
                .time(0)
                .endRow();

        assertThat(text()).isEqualTo("[\"2026-11-01 03:04:05.006\",\"1970-01-01 00:00:00.000\"]\n");
    }

    @Test
    void growsAsNeeded() {
        String large = "x".repeat(300_000);
        rows.beginRow().text(large).endRow();

        assertThat(text()).isEqualTo("[\"" + large + "\"]\n");
    }

    private String text() {
        return new String(rows.buffer(), 0, rows.length(), StandardCharsets.UTF_8);
    }
}

package io.rateguard.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void killsByLogCommentAndDoesNotWait() throws Exception {
        assertThat(afterRewriting("KILL QUERY WHERE query_id = 'a-1' SYNC"))
                .isEqualTo("KILL QUERY WHERE Settings['log_comment'] = 'a-1' ASYNC");
        assertThat(afterRewriting(" kill query where query_id='a-1';"))
                .isEqualTo("KILL QUERY WHERE Settings['log_comment'] = 'a-1' ASYNC");
        assertThat(afterRewriting("SELECT 'KILL QUERY WHERE query_id = 1'"))
                .isEqualTo("SELECT 'KILL QUERY WHERE query_id = 1'");
    }

    @Test
    void announcesTheFormatOfTheStatementBeforeThatOfTheRequest() throws Exception {
        assertThat(format("SELECT 1")).isEqualTo("RowBinary");
        assertThat(format("SELECT 1 FORMAT JSONEachRow")).isEqualTo("JSONEachRow");
        assertThat(format("SELECT 1 format TSV;\n")).isEqualTo("TSV");
        assertThat(format("SELECT 1 FORMAT JSON SETTINGS max_threads = 1")).isEqualTo("JSON");
        assertThat(format("SELECT 'FORMAT JSON'")).isEqualTo("RowBinary");
        assertThat(format("INSERT INTO t FORMAT CSV")).isEqualTo("RowBinary");
    }

    private static String afterRewriting(String sql) throws ClickHouseError {
        try (NativeText text = new NativeText()) {
            text.add(sql);
            Statement.rewriteKill(text);
            return text.head(1_000);
        }
    }

    private static String format(String sql) throws ClickHouseError {
        try (NativeText text = new NativeText()) {
            text.add(sql);
            return Statement.format(text, "RowBinary");
        }
    }
}

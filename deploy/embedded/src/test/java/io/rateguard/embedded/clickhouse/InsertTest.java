package io.rateguard.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertTest {

    @Test
    void tellsStatementFormatAndDataApart() {
        assertSplit("INSERT INTO t FORMAT RowBinary\n", "\n\n\0 FORMAT CSV");
        assertSplit("insert into table db.t (a, `format`) format TSV \t\r\n", "VALUES\n\n");
        assertSplit("INSERT INTO t SETTINGS insert_deduplication_token = 'it''s FORMAT \\' CSV' FORMAT CSV ", "1");
        assertSplit("/* FORMAT a */ INSERT INTO FUNCTION null('a String')\n-- FORMAT b\nFORMAT CSV\n", "");
        assertSplit("INSERT INTO format FORMAT JSONEachRow", "{}");
        assertSplit("INSERT INTO db.format (a, values) FORMAT JSONEachRow\n", "");
        assertSplit("INSERT INTO {t:Identifier} FORMAT Native\n", ";\n");
        assertSplit("INSERT INTO t FORMAT CSV;\n", ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1 FORMAT CSV",
                "INSERT INTO t VALUES (1)",
                "INSERT INTO t FORMAT Values (1)",
                "INSERT INTO t (a) SELECT 'x' FORMAT CSV",
                "INSERT INTO t WITH 1 AS a SELECT a FORMAT CSV",
                "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
                "INSERT INTO format VALUES (1)",
                "INSERT INTO t (a)",
                "INSERT INTO t 'unfinished FORMAT CSV",
                "INSERT INTO t /* unfinished FORMAT CSV",
                "EXPLAIN INSERT INTO t FORMAT CSV"
            })
    void leavesOtherStatementsAlone(String statement) {
        assertThat(Insert.in(statement.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static void assertSplit(String upToData, String data) {
        Optional<Insert> insert = Insert.in((upToData + data).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(insert).isPresent();
        assertThat(upToData.substring(insert.get().statementEnd()))
                .startsWithIgnoringCase("format " + insert.get().format());
        assertThat(insert.get().dataStart()).isEqualTo(upToData.length());
    }
}

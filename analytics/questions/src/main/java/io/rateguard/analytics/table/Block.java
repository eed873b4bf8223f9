package io.rateguard.analytics.table;

import java.util.List;

/** Rows of one table, encoded: the same rows give the same bytes, always. */
public final class Block {

    private final String table;
    private final List<String> columns;
    private final JsonRows rows;
    private final int rowCount;

    Block(String table, List<String> columns, JsonRows rows, int rowCount) {
        this.table = table;
        this.columns = columns;
        this.rows = rows;
        this.rowCount = rowCount;
    }

    public int rowCount() {
        return rowCount;
    }

    public boolean isEmpty() {
        return rowCount == 0;
    }

    String table() {
        return table;
    }

    List<String> columns() {
        return columns;
    }

    byte[] bytes() {
        return rows.buffer();
    }

    int length() {
        return rows.length();
    }
}

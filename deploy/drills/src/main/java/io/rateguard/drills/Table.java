package io.rateguard.drills;

import java.util.ArrayList;
import java.util.List;

/** Names on the left, figures on the right; padded, so that it reads well in a terminal too. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** @param head one cell for each column */
    public Table(String... head) {
        rows.add(List.of(head));
    }

    public Table row(String... cells) {
        int expected = rows.getFirst().size();
        if (cells.length != expected) {
            throw new IllegalArgumentException("row of " + cells.length + " cells (expected: " + expected + ")");
        }
        rows.add(List.of(cells));
        return this;
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            line(text, rows.get(row));
            if (row == 0) {
                rule(text);
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String room = " ".repeat(width(column) - cell.length());
            text.append("| ").append(column == 0 ? cell + room : room + cell).append(' ');
        }
        text.append("|\n");
    }

    private void rule(StringBuilder text) {
        for (int column = 0; column < rows.getFirst().size(); column++) {
            text.append("| ")
                    .append("-".repeat(width(column) - (column == 0 ? 0 : 1)))
                    .append(column == 0 ? " " : ": ");
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + (column == 0 ? 0 : 1);
    }
}

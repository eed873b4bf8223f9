package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A short list: a table on a wide screen, a card for each row on a phone. Its roles are written out, so that it stays a table there. */
public final class DataTable<T> extends Div {

    private final NativeTable table = new NativeTable();
    private final List<Column<T>> columns = new ArrayList<>();

    public DataTable(String label) {
        addClassName("data-table");
        table.getElement().setAttribute("role", "table").setAttribute("aria-label", label);
        add(table);
    }

    public DataTable<T> column(String title, Function<T, Component> cell) {
        columns.add(new Column<>(title, "", cell));
        return this;
    }

    public DataTable<T> text(String title, Function<T, String> text) {
        return column(title, item -> new Span(text.apply(item)));
    }

    /** Figures, which line up at their last digit. */
    public DataTable<T> figure(String title, Function<T, Component> cell) {
        columns.add(new Column<>(title, "row-figure", cell));
        return this;
    }

    /** The column that names the row; on a phone it is the card's title. */
    public DataTable<T> title(String title, Function<T, Component> cell) {
        columns.add(new Column<>(title, "row-title", cell));
        return this;
    }

    /** Buttons, without a heading of their own. */
    public DataTable<T> actions(Function<T, Component> cell) {
        columns.add(new Column<>("Actions", "row-actions", cell));
        return this;
    }

    public DataTable<T> show(List<T> items) {
        table.removeAll();
        NativeTableRow head = role(table.getHead().addRow(), "row");
        table.getHead().getElement().setAttribute("role", "rowgroup");
        table.getBody().getElement().setAttribute("role", "rowgroup");
        for (Column<T> column : columns) {
            NativeTableHeaderCell cell = head.addHeaderCell();
            cell.getElement().setAttribute("role", "columnheader").setAttribute("scope", "col");
            if (!column.kind().isEmpty()) {
                cell.addClassName(column.kind() + "-head");
            }
            Span title = new Span(column.title());
            if (column.kind().equals("row-actions")) {
                title.addClassName("for-readers");
            }
            cell.add(title);
        }
        items.forEach(this::addRow);
        return this;
    }

    private void addRow(T item) {
        NativeTableRow row = role(table.getBody().addRow(), "row");
        for (Column<T> column : columns) {
            NativeTableCell cell = row.addDataCell();
            cell.getElement().setAttribute("role", "cell").setAttribute("data-label", column.title());
            if (!column.kind().isEmpty()) {
                cell.addClassName(column.kind());
            }
            cell.add(column.cell().apply(item));
        }
    }

    private static NativeTableRow role(NativeTableRow row, String role) {
        row.getElement().setAttribute("role", role);
        return row;
    }

    private record Column<T>(String title, String kind, Function<T, Component> cell) {}
}

package io.rateguard.console.common.ui;

import static java.util.stream.Collectors.joining;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.virtuallist.VirtualList;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.shared.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A list of any length: a table where the window is wide enough, cards where it is not. Rows are asked for as someone scrolls, and the
 * browser has those that are on its screen, with a text for each cell: Vaadin's grid, whose cells are made of several elements each,
 * takes twice as long.
 */
public final class LongList<T> extends Div {

    /** What a screen shows without scrolling, and a little more. */
    public static final int FIRST_ROWS = 50;

    private static final String FIGURE = "row-figure";
    private static final String AT_TOP = "event.detail";
    private static final String NONE_INSIDE = "none";

    /**
     * Vaadin tells the browser how many rows there are and which are gone before it gives it the rows: each would be drawn without
     * anything in it first, and lose the focus. So an empty list draws nothing, and others keep what they have, until the message was
     * read to its end.
     */
    private static final String DRAW_ROWS_ONCE = """
            const { updateSize, set } = this.$connector;
            this.$connector.updateSize = size => {
              const renderer = this.renderer;
              if (size && renderer && !this.items.length) {
                this.renderer = undefined;
                queueMicrotask(() => (this.renderer ??= renderer));
              }
              updateSize(size);
            };
            let gone;
            this.$connector.clear = (index, length) => {
              if (!gone) {
                gone = new Set();
                queueMicrotask(() => {
                  const left = gone;
                  gone = undefined;
                  if (left.size) {
                    this.items = this.items.map((item, at) => (left.has(at) ? undefined : item));
                  }
                });
              }
              for (let at = index; at < index + length; at++) {
                gone.add(at);
              }
            };
            this.$connector.set = (index, items) => {
              items.forEach((_, at) => gone?.delete(index + at));
              set(index, items);
            };
            """;

    /** The list is one stop of the tabulator; within it the keys lead from row to row. */
    private static final String MOVE_BY_KEYS = """
            this.addEventListener('keydown', event => {
              const row = event.target.closest('[role=listitem]');
              const at = row ? +row.ariaPosInSet : this.firstVisibleIndex;
              const screen = Math.max(1, this.lastVisibleIndex - this.firstVisibleIndex);
              const wanted = {
                ArrowDown: at + 1,
                ArrowUp: at - 1,
                PageDown: at + screen,
                PageUp: at - screen,
                Home: 1,
                End: this.items.length,
              }[event.key];
              if (wanted === undefined || !this.items.length) {
                return;
              }
              event.preventDefault();
              const position = String(Math.min(Math.max(wanted, 1), this.items.length));
              const find = () =>
                [...this.children].find(it => !it.hidden && it.ariaPosInSet === position)?.firstElementChild;
              if (!find()) {
                this.scrollToIndex(position - 1);
              }
              find()?.focus();
            });
            """;

    private static final String TELL_WHEN_AT_TOP = """
            let top = true;
            this.addEventListener('scroll', () => {
              if (top !== (this.scrollTop === 0)) {
                top = !top;
                this.dispatchEvent(new CustomEvent('top-changed', { detail: top }));
              }
            });
            """;

    /** Once for each element, which may leave the page and come back to it. */
    private static final String PREPARE = """
            if (this.isPrepared) {
              return;
            }
            this.isPrepared = true;
            """ + DRAW_ROWS_ONCE + MOVE_BY_KEYS + TELL_WHEN_AT_TOP;

    private final VirtualList<T> list = new VirtualList<>();
    private final Div head = new Div();
    private final Paragraph nothing = new Paragraph();
    private final List<Column<T>> columns = new ArrayList<>();
    private List<Cell<T>> card = List.of();
    private Rows<T> rows = (offset, limit) -> List.of();
    private final int tablePixels;
    private SerializableConsumer<T> act = row -> {};
    private @Nullable ValueProvider<T, Optional<Boolean>> unfolded;
    private boolean areCards;
    private int known;

    /**
     * @param label what is listed, in a word
     * @param tablePixels how wide the window is at least where it is a table
     * @param id what tells two rows apart
     */
    public LongList(String label, int tablePixels, ValueProvider<T, Object> id) {
        this.tablePixels = tablePixels;
        addClassName("long-list");
        head.addClassNames("list-row", "list-head");
        head.getElement().setAttribute("aria-hidden", "true");
        nothing.addClassNames("quiet", "list-empty");
        nothing.setVisible(false);
        list.getElement().setAttribute("aria-label", label);
        list.setTabIndex(0);
        list.setDataProvider(new CallbackDataProvider<T, Void>(
                query -> read(query.getOffset(), query.getLimit()).stream(), query -> 0, id));
        list.getDataCommunicator().setDefinedSize(false);
        list.addAttachListener(attached -> {
            askForFirst();
            list.getElement().executeJs(PREPARE);
        });
        add(head, list, nothing);
        followWidth();
    }

    /** @param track how wide it is, as a track of a CSS grid */
    public LongList<T> column(String title, String track, Cell<T> cell) {
        columns.add(new Column<>(title, track, cell, false));
        return this;
    }

    /** Figures line up at their last digit. */
    public LongList<T> figures(String title, String track, Cell<T> cell) {
        columns.add(new Column<>(title, track, cell.looking(FIGURE), true));
        return this;
    }

    /** What a narrow window shows instead of columns, two cells on a line. */
    @SafeVarargs
    public final LongList<T> card(Cell<T>... cells) {
        card = List.of(cells);
        return this;
    }

    /** Each row is a button. */
    public LongList<T> opens(SerializableConsumer<T> open) {
        act = open;
        return this;
    }

    /**
     * Each row that has others inside is a button.
     *
     * @param state nothing of a row that has none inside, else whether those are shown
     */
    public LongList<T> unfolds(ValueProvider<T, Optional<Boolean>> state, SerializableConsumer<T> toggle) {
        unfolded = state;
        act = toggle;
        return this;
    }

    /** Columns of which a heading is known only later are said anew. */
    public void retitle(int column, String title) {
        columns.set(column, columns.get(column).titled(title));
        showTitles();
    }

    public void show(Rows<T> source) {
        rows = source;
        refresh();
    }

    public void refresh() {
        if (known <= FIRST_ROWS) {
            askForFirst();
        }
        known = 0;
        list.getDataProvider().refreshAll();
    }

    /** Of a short list the browser asks for no more rows than it had: were there more of them now, it would show blank ones. */
    private void askForFirst() {
        list.getDataCommunicator().setViewportRange(0, FIRST_ROWS);
    }

    /** What it says where it has no rows. */
    public void sayIfEmpty(String words) {
        nothing.setText(words);
    }

    /** What was shown before stays, and pales where the answer takes long. */
    public void pale(boolean waiting) {
        setClassName("asking", waiting);
    }

    public void scrollToStart() {
        list.scrollToStart();
    }

    /** Tells whenever someone leaves the first row, or comes back to it. */
    public void whenAtTop(Consumer<Boolean> follower) {
        list.getElement()
                .addEventListener(
                        "top-changed",
                        moved -> follower.accept(
                                moved.getEventData().path(AT_TOP).asBoolean()))
                .addEventData(AT_TOP);
    }

    private List<T> read(int offset, int limit) {
        List<T> read = rows.read(offset, limit);
        known = Math.max(known, offset + read.size());
        if (offset == 0) {
            nothing.setVisible(read.isEmpty());
        }
        return read;
    }

    private void followWidth() {
        addAttachListener(attached -> {
            UI ui = attached.getUI();
            draw(isNarrow(ui.getPage().getExtendedClientDetails().getWindowInnerWidth()));
            Registration resizing = ui.getPage().addBrowserWindowResizeListener(resized -> {
                if (areCards != isNarrow(resized.getWidth())) {
                    draw(!areCards);
                }
            });
            addDetachListener(detached -> {
                resizing.remove();
                detached.unregisterListener();
            });
        });
    }

    private boolean isNarrow(int width) {
        return width > 0 && width < tablePixels;
    }

    private void draw(boolean asCards) {
        areCards = asCards;
        setClassName("cards", asCards);
        getStyle().set("--rg-tracks", columns.stream().map(Column::track).collect(joining(" ")));
        showTitles();
        list.setRenderer(
                areCards ? row(card) : row(columns.stream().map(Column::cell).toList()));
    }

    private void showTitles() {
        head.removeAll();
        columns.forEach(column -> {
            Span title = new Span(column.title());
            title.setClassName(FIGURE, column.areFigures());
            head.add(title);
        });
    }

    private LitRenderer<T> row(List<Cell<T>> cells) {
        String texts = IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i).template("c" + i))
                .collect(joining());
        LitRenderer<T> renderer = LitRenderer.<T>of(template(texts))
                .withProperty("said", this::said)
                .withFunction("act", act);
        IntStream.range(0, cells.size()).forEach(i -> cells.get(i).provide(renderer, "c" + i));
        if (unfolded != null) {
            ValueProvider<T, Optional<Boolean>> state = unfolded;
            renderer.withProperty(
                    "unfolded", row -> state.apply(row).map(String::valueOf).orElse(NONE_INSIDE));
        }
        return renderer;
    }

    private String template(String texts) {
        String button = """
                <button class="list-row" tabindex="-1" aria-label=${item.said} @click=${act}%s>%s</button>""";
        if (unfolded == null) {
            return button.formatted("", texts);
        }
        String still = """
                <div class="list-row" role="group" tabindex="-1" aria-label=${item.said}>%s</div>""".formatted(texts);
        return "${item.unfolded === '%s' ? html`%s` : html`%s`}"
                .formatted(NONE_INSIDE, still, button.formatted(" aria-expanded=${item.unfolded ?? 'false'}", texts));
    }

    /** What a row is called by those who do not see under which heading a cell stands. */
    private String said(T row) {
        return columns.stream()
                .map(column -> column.title() + " " + column.cell().text().apply(row))
                .collect(joining(", "));
    }

    private record Column<T>(String title, String track, Cell<T> cell, boolean areFigures) {

        Column<T> titled(String other) {
            return new Column<>(other, track, cell, areFigures);
        }
    }

    /** Rows by their number. */
    @FunctionalInterface
    public interface Rows<T> {
        List<T> read(int offset, int limit);
    }
}

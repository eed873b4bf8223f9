package io.rateguard.console.requests.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.Route;
import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Asking;
import io.rateguard.console.common.ui.Attention;
import io.rateguard.console.common.ui.Cells;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.NewestAnswer;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.PhoneCards;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.Scroll;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Exports;
import io.rateguard.console.requests.LiveTail;
import io.rateguard.console.requests.NewsFeed;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.console.requests.UsedNames;
import io.rateguard.console.rest.Page;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.WorkspaceId;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of single requests, newest first; each tells its whole story when it is opened. */
@Route("w/:workspace/requests")
@PermitAll
class RequestsView extends WorkspaceScreen {

    private static final String AT_TOP = "event.detail";
    private static final String ASKING = "asking";
    /** What a screen shows without scrolling, and a little more. */
    private static final int FIRST_ROWS = 50;

    private static final String AWAY = "The request history does not answer now. Refresh in a moment.";

    private final Requests requests;
    private final UsedNames names;
    private final Exports exports;
    private final Apis apis;
    private final Clock clock;

    private final Select<Decision> decision = new Select<>();
    private final Select<String> api = new Select<>();
    private final Select<String> model = new Select<>();
    private final Grid<RequestRow> grid = new Grid<>();
    private final Paragraph nothing = new Paragraph();
    private final Button news = new Button();
    private final NewsFeed feed;
    private final NewestAnswer<RequestPage> newest =
            new NewestAnswer<>(this::showWaiting, this::showList, why -> showNothing(AWAY));
    private final NewestAnswer<Explained> story = new NewestAnswer<>(() -> {}, this::showStory, this::showNoStory);
    private Arrived arrived = new Arrived();
    private @Nullable Shown shown;
    private boolean atTop = true;
    private volatile RequestFilter filter = RequestFilter.between(Instant.EPOCH, Instant.EPOCH);
    private String ifEmpty = "";
    private String opened = "";
    private boolean areModelsOffered;
    private @Nullable RequestDialog dialog;

    RequestsView(Workspaces workspaces, Requests requests, UsedNames names, Exports exports, Apis apis, Clock clock) {
        super(Screen.REQUESTS, workspaces);
        this.requests = requests;
        this.names = names;
        this.exports = exports;
        this.apis = apis;
        this.clock = clock;
        feed = new NewsFeed(
                requests,
                this::take,
                // Whoever was taken out of the workspace is told so by whatever screen comes next.
                () -> UI.getCurrent().refreshCurrentRoute(true));

        configure(decision, "Decision", "All decisions");
        decision.setItems(Decision.values());
        decision.setItemLabelGenerator(it -> it == null ? "All decisions" : Verdicts.word(it));
        configure(api, "API", "All APIs");
        configure(model, "Model", "All models");
        grid.setItems(query -> read(query.getOffset(), query.getLimit()).stream());
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setTestId("request-list");
        grid.getElement().setAttribute("aria-label", "Requests");
        grid.setEmptyStateComponent(nothing);
        nothing.addClassName("quiet");
        decision.addValueChangeListener(changed -> filtered(changed.isFromClient()));
        api.addValueChangeListener(changed -> filtered(changed.isFromClient()));
        model.addValueChangeListener(changed -> filtered(changed.isFromClient()));
        grid.addItemClickListener(click -> open(click.getItem().requestId().value()));
        PhoneCards.follow(grid, this::addTable, this::addCards);
        RowsAtOnce.in(grid);
        news.setTestId("requests-news");
        news.addClassName("news");
        news.getElement().setAttribute("aria-live", "polite");
        news.addClickListener(click -> showNews());
        followScrolling();
        addClassName("page-of-full-height");
        Attention.whileSeen(this, ui -> {
            comeBack();
            return feed::end;
        });
    }

    /** Someone who reads further down is not moved. */
    private void followScrolling() {
        grid.getElement()
                .addEventListener("top-changed", moved -> {
                    atTop = moved.getEventData().path(AT_TOP).asBoolean();
                    if (atTop) {
                        showNews();
                    }
                })
                .addEventData(AT_TOP);
        grid.addAttachListener(attached -> {
            atTop = true;
            grid.getElement().executeJs("""
                    const table = this.$.table;
                    let top = true;
                    table.addEventListener('scroll', () => {
                      if (top !== (table.scrollTop === 0)) {
                        top = !top;
                        this.dispatchEvent(new CustomEvent('top-changed', { detail: top }));
                      }
                    });""");
        });
    }

    private static void configure(Select<?> filter, String label, String all) {
        filter.setAriaLabel(label);
        filter.setEmptySelectionAllowed(true);
        filter.setEmptySelectionCaption(all);
        filter.setPlaceholder(all);
        filter.setTestId("filter-" + label.toLowerCase(Locale.ROOT));
    }

    @Override
    protected void show(Workspace workspace) {
        closeStory();
        // Another workspace's rows must not stand under this one's name until its own are there.
        showNothing("");
        Button refresh = new Button("Refresh", VaadinIcon.REFRESH.create(), click -> reload());
        refresh.setTestId("requests-refresh");
        CsvLink download = new CsvLink(response -> exports.requests(workspace, filter, response));
        List<String> slugs = WholeList.of(page -> apis.list(workspace.id(), page)).stream()
                .map(Api::slug)
                .toList();
        api.setItems(new ArrayList<>(slugs));
        model.setItems(new ArrayList<>());
        areModelsOffered = false;
        Div filters = new Div(decision, api, model);
        filters.addClassName("filters");
        add(
                new PageHeader(
                        "Requests", "Every request, newest first, in " + workspace.zone() + " time", download, refresh),
                filters,
                news,
                grid);
    }

    /** After the list, which is what the history is to answer first. */
    private void offerModels(Workspace workspace) {
        UI ui = UI.getCurrent();
        var _ = names.models(workspace).thenAccept(models -> {
            var _ = ui.access(() -> {
                if (workspace.equals(workspace())) {
                    offer(model, models);
                }
            });
        });
    }

    @Override
    protected void follow(Map<String, String> query) {
        decision.setValue(Arrays.stream(Decision.values())
                .filter(it -> it.wireName().equals(query.get("decision")))
                .findFirst()
                .orElse(null));
        select(api, blankAsNull(query.get("api")));
        select(model, blankAsNull(query.get("model")));
        reload();
        opened = query.getOrDefault("request", "");
        if (!opened.isEmpty()) {
            open(opened);
        }
    }

    /** What the filter shows stays as it is. */
    private static void offer(Select<String> filter, List<String> items) {
        @Nullable String chosen = filter.getValue();
        filter.setItems(new ArrayList<>(items));
        select(filter, chosen);
    }

    /** A link may name what is not in the list any more: it is added, so that the filter shows what it does. */
    private static void select(Select<String> filter, @Nullable String wanted) {
        if (wanted != null && !filter.getListDataView().contains(wanted)) {
            filter.getListDataView().addItem(wanted);
        }
        filter.setValue(wanted);
    }

    private void filtered(boolean byPerson) {
        if (byPerson) {
            rememberAll();
            reload();
        }
    }

    private void rememberAll() {
        Map<String, String> query = new LinkedHashMap<>();
        if (decision.getValue() != null) {
            query.put("decision", decision.getValue().wireName());
        }
        if (api.getValue() != null) {
            query.put("api", api.getValue());
        }
        if (model.getValue() != null) {
            query.put("model", model.getValue());
        }
        if (!opened.isEmpty()) {
            query.put("request", opened);
        }
        remember(query);
    }

    private void reload() {
        filter = new RequestFilter(
                Instant.EPOCH,
                clock.instant().plus(Duration.ofDays(1)),
                api.getValue(),
                null,
                model.getValue(),
                decision.getValue(),
                null,
                null,
                Map.of());
        boolean all = api.getValue() == null && model.getValue() == null && decision.getValue() == null;
        ifEmpty = all ? "No request has come yet." : "No request matches these filters.";
        arrived = new Arrived();
        tellOfNews();
        newest.expect(feed.newest(workspace().id(), filter, FIRST_ROWS, Asking.screen(UI.getCurrent())));
    }

    /** What was shown before stays, and pales where this takes long. */
    private void showWaiting() {
        nothing.setText("Asking the request history …");
        grid.addClassName(ASKING);
    }

    private void showNothing(String why) {
        grid.removeClassName(ASKING);
        nothing.setText(why);
        shown = null;
        grid.getDataProvider().refreshAll();
    }

    private void showList(RequestPage first) {
        WorkspaceId of = workspace().id();
        RequestFilter chosen = filter;
        Scroll<RequestRow> scroll = new Scroll<>(
                page(first),
                (cursor, size) -> page(Patience.soon(
                        "requests",
                        () -> requests.list(of, chosen, cursor == null ? null : Cursor.parse(cursor), size))));
        shown = new Shown(arrived, scroll);
        arrived.know(first.items(), first.next() == null);
        if (atTop) {
            arrived.show();
        }
        tellOfNews();
        grid.removeClassName(ASKING);
        nothing.setText(ifEmpty);
        grid.getDataProvider().refreshAll();
        if (!areModelsOffered) {
            areModelsOffered = true;
            offerModels(workspace());
        }
    }

    /** @param head stands in front of the log */
    private record Shown(Arrived head, Scroll<RequestRow> log) {}

    private static Page<RequestRow> page(RequestPage page) {
        return new Page<>(page.items(), page.next() == null ? null : page.next().toString());
    }

    /** Of what came in while the tab was hidden nothing was told. */
    private void comeBack() {
        if (feed.isUnderWay()) {
            return;
        }
        arrived.leaveGap();
        if (atTop) {
            showNews();
        } else {
            var _ = feed.follow(workspace().id(), Asking.screen(UI.getCurrent()));
            tellOfNews();
        }
    }

    private void take(LiveTail.News fresh) {
        arrived.add(fresh.rows().stream().filter(filter::accepts).toList());
        if (fresh.areMore()) {
            arrived.leaveGap();
        }
        // In a flood the list is read anew when it is over, or when someone asks for it.
        if (atTop && !fresh.areMore()) {
            showNews();
        } else {
            tellOfNews();
        }
    }

    private void showNews() {
        if (arrived.isStale()) {
            reload();
        } else if (arrived.waiting() > 0) {
            arrived.show();
            grid.getDataProvider().refreshAll();
        }
        tellOfNews();
        if (!atTop) {
            grid.scrollToStart();
        }
    }

    private void tellOfNews() {
        int waiting = arrived.waiting();
        news.setVisible(waiting > 0 || arrived.hasGap());
        news.setText(
                arrived.hasGap()
                        ? "Many new requests"
                        : waiting == 1 ? "1 new request" : Amounts.count(waiting) + " new requests");
    }

    private List<RequestRow> read(int offset, int limit) {
        try {
            return shown == null ? List.of() : shown.head.rows(offset, limit, shown.log::rows);
        } catch (Problem away) {
            nothing.setText(AWAY);
            return List.of();
        }
    }

    private void addTable() {
        Moments moments = new Moments(workspace().zone());
        grid.addColumn(row -> moments.recent(row.time(), clock.instant()))
                .setTooltipGenerator(row -> moments.full(row.time()))
                .setKey("time")
                .setHeader("Time")
                .setWidth("12rem")
                .setFlexGrow(0);
        grid.addColumn(Cells.<RequestRow>badge(RequestsView::verdict, RequestsView::tone))
                .setHeader("Decision")
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.addColumn(RequestRow::api)
                .setTooltipGenerator(row -> row.method() + " " + row.path())
                .setHeader("API")
                .setFlexGrow(1);
        grid.addColumn(row -> or(row.model(), "–"))
                .setTooltipGenerator(RequestRow::model)
                .setHeader("Model")
                .setFlexGrow(2);
        // Those that are lent have long names.
        grid.addColumn(Cells.<RequestRow>wrapped(row -> or(row.keyName(), "–")))
                .setHeader("Key")
                .setFlexGrow(2);
        grid.addColumn(row -> tokens(row))
                .setHeader("Tokens")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
        grid.addColumn(row -> Amounts.millis(row.latency().totalMicros() / 1000.0))
                .setHeader("Latency")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
        grid.addColumn(row -> Amounts.dollars(row.cost()))
                .setTooltipGenerator(row -> Amounts.exactly(row.cost()))
                .setHeader("Cost")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("8rem")
                .setFlexGrow(0);
    }

    /** Two lines instead of eight columns. */
    private void addCards() {
        Moments moments = new Moments(workspace().zone());
        grid.addColumn(LitRenderer.<RequestRow>of("""
                        <div class="request-card">
                          <div><span class="row-title">${item.what}</span><span class="money">${item.cost}</span></div>
                          <div><span class="quiet">${item.when}</span><span class=${item.badge}>${item.verdict}</span></div>
                        </div>""")
                        .withProperty("what", row -> or(row.model(), row.api()))
                        .withProperty("cost", row -> Amounts.dollars(row.cost()))
                        .withProperty(
                                "when",
                                row -> moments.recent(row.time(), clock.instant()) + " · "
                                        + Amounts.millis(row.latency().totalMicros() / 1000.0))
                        .withProperty("badge", row -> StatusBadge.classNames(tone(row)))
                        .withProperty("verdict", RequestsView::verdict))
                .setHeader("Newest first");
    }

    private static String verdict(RequestRow row) {
        return Verdicts.word(row.decision(), row.status());
    }

    private static Tone tone(RequestRow row) {
        return Verdicts.tone(row.decision(), row.status());
    }

    private static String tokens(RequestRow row) {
        return row.usage().isEmpty() ? "–" : Amounts.count(row.usage().totalTokens());
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    @Override
    protected void onDetach(DetachEvent event) {
        closeStory();
        super.onDetach(event);
    }

    private void closeStory() {
        opened = "";
        RequestDialog open = dialog;
        dialog = null;
        if (open != null) {
            open.close();
        }
    }

    private void open(String requestId) {
        WorkspaceId of = workspace().id();
        opened = requestId;
        story.await(Patience.later("request", () -> requests.explained(of, requestId)));
    }

    private void showStory(Explained told) {
        if (!opened.equals(told.event().requestId().value())) {
            return;
        }
        RequestDialog shown = new RequestDialog(told, new Moments(workspace().zone()));
        shown.addOpenedChangeListener(changed -> {
            // Closed by leaving the screen, it must not write this screen's address over the next one's.
            if (!changed.isOpened() && dialog == shown) {
                dialog = null;
                opened = "";
                rememberAll();
            }
        });
        dialog = shown;
        shown.open();
        rememberAll();
    }

    private void showNoStory(String why) {
        if (!opened.isEmpty()) {
            opened = "";
            Notice.refused(why);
        }
    }
}

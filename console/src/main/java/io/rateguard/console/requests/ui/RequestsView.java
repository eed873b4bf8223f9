package io.rateguard.console.requests.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
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
import io.rateguard.console.common.ui.Cell;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.FilterChoice;
import io.rateguard.console.common.ui.LongList;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.NewestAnswer;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.Scroll;
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
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of single requests, newest first; each tells its whole story when it is opened. */
@Route("w/:workspace/requests")
@PermitAll
class RequestsView extends WorkspaceScreen {

    private static final String AWAY = "The request history does not answer now. Refresh in a moment.";

    private final Requests requests;
    private final UsedNames names;
    private final Exports exports;
    private final Apis apis;
    private final Clock clock;

    private final FilterChoice<Decision> decision =
            new FilterChoice<Decision>("Decision", "filter-decision", Verdicts::word).orNone("All decisions");
    private final FilterChoice<String> api =
            new FilterChoice<String>("API", "filter-api", String::toString).orNone("All APIs");
    private final FilterChoice<String> model =
            new FilterChoice<String>("Model", "filter-model", String::toString).orNone("All models");
    private final LongList<RequestRow> list = new LongList<>("Requests", 1200, RequestRow::requestId);
    private final Button news = new Button();
    private final NewsFeed feed;
    private final NewestAnswer<RequestPage> newest =
            new NewestAnswer<>(this::showWaiting, this::showList, why -> showNothing(AWAY));
    private final NewestAnswer<Explained> story = new NewestAnswer<>(() -> {}, this::showStory, this::showNoStory);
    private Arrived arrived = new Arrived();
    private Moments moments = new Moments(ZoneOffset.UTC);
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

        decision.offer(List.of(Decision.values()));
        decision.onChosen(this::filtered);
        api.onChosen(this::filtered);
        model.onChosen(this::filtered);
        list.setTestId("request-list");
        list.opens(row -> open(row.requestId().value()));
        list.show(this::read);
        describeRows();
        news.setTestId("requests-news");
        news.addClassName("news");
        news.getElement().setAttribute("aria-live", "polite");
        news.addClickListener(click -> showNews());
        list.whenAtTop(top -> {
            atTop = top;
            if (top) {
                showNews();
            }
        });
        list.addAttachListener(attached -> atTop = true);
        addClassName("page-of-full-height");
        Attention.whileSeen(this, ui -> {
            comeBack();
            return feed::end;
        });
    }

    @Override
    protected void show(Workspace workspace) {
        closeStory();
        moments = new Moments(workspace.zone());
        // Another workspace's rows must not stand under this one's name until its own are there.
        showNothing("");
        Button refresh = new Button("Refresh", VaadinIcon.REFRESH.create(), click -> reload());
        refresh.setTestId("requests-refresh");
        CsvLink download = new CsvLink(response -> exports.requests(workspace, filter, response));
        List<String> slugs = WholeList.of(page -> apis.list(workspace.id(), page)).stream()
                .map(Api::slug)
                .toList();
        // What was chosen of another workspace is none of this one.
        api.choose(null);
        api.offer(slugs);
        model.choose(null);
        model.offer(List.of());
        areModelsOffered = false;
        Div filters = new Div(decision, api, model);
        filters.addClassName("filters");
        add(
                new PageHeader(
                        "Requests", "Every request, newest first, in " + workspace.zone() + " time", download, refresh),
                filters,
                news,
                list);
    }

    /** After the list, which is what the history is to answer first. */
    private void offerModels(Workspace workspace) {
        UI ui = UI.getCurrent();
        var _ = names.models(workspace).thenAccept(models -> {
            var _ = ui.access(() -> {
                if (workspace.equals(workspace())) {
                    model.offer(models);
                }
            });
        });
    }

    @Override
    protected void follow(Map<String, String> query) {
        decision.choose(Arrays.stream(Decision.values())
                .filter(it -> it.wireName().equals(query.get("decision")))
                .findFirst()
                .orElse(null));
        api.choose(blankAsNull(query.get("api")));
        model.choose(blankAsNull(query.get("model")));
        reload();
        opened = query.getOrDefault("request", "");
        if (!opened.isEmpty()) {
            open(opened);
        }
    }

    private void filtered() {
        rememberAll();
        reload();
    }

    private void rememberAll() {
        Map<String, String> query = new LinkedHashMap<>();
        if (decision.value() != null) {
            query.put("decision", decision.value().wireName());
        }
        if (api.value() != null) {
            query.put("api", api.value());
        }
        if (model.value() != null) {
            query.put("model", model.value());
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
                api.value(),
                null,
                model.value(),
                decision.value(),
                null,
                null,
                Map.of());
        boolean all = api.value() == null && model.value() == null && decision.value() == null;
        ifEmpty = all ? "No request has come yet." : "No request matches these filters.";
        arrived = new Arrived();
        tellOfNews();
        newest.await(feed.newest(workspace().id(), filter, LongList.FIRST_ROWS, Asking.screen(UI.getCurrent())));
    }

    /** What was shown before stays, and pales where this takes long. */
    private void showWaiting() {
        list.sayIfEmpty("Asking the request history …");
        list.pale(true);
    }

    private void showNothing(String why) {
        list.pale(false);
        list.sayIfEmpty(why);
        shown = null;
        list.refresh();
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
        list.pale(false);
        list.sayIfEmpty(ifEmpty);
        list.refresh();
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
            list.refresh();
        }
        tellOfNews();
        if (!atTop) {
            list.scrollToStart();
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
            list.sayIfEmpty(AWAY);
            return List.of();
        }
    }

    private void describeRows() {
        Cell<RequestRow> time = Cell.<RequestRow>wrapped(row -> moments.recent(row.time(), clock.instant()))
                .hinted(row -> moments.full(row.time()));
        Cell<RequestRow> verdict = Cell.badge(RequestsView::verdict, RequestsView::tone);
        Cell<RequestRow> cost = Cell.money(row -> Optional.of(row.cost()));
        list.column("Time", "8.5rem", time)
                .column("Decision", "7.5rem", verdict)
                .column(
                        "API",
                        "minmax(0, 1fr)",
                        Cell.<RequestRow>wrapped(RequestRow::api).hinted(row -> row.method() + " " + row.path()))
                .column("Model", "minmax(0, 2fr)", Cell.wrapped(row -> or(row.model(), "–")))
                .column("Key", "minmax(0, 2fr)", Cell.wrapped(row -> or(row.keyName(), "–")))
                .figures("Tokens", "4.5rem", Cell.text(RequestsView::tokens))
                .figures("Latency", "4.5rem", Cell.text(RequestsView::latency))
                .figures("Cost", "6rem", cost)
                .card(
                        Cell.<RequestRow>wrapped(row -> or(row.model(), row.api()))
                                .looking("row-title"),
                        cost,
                        Cell.<RequestRow>text(row -> moments.recent(row.time(), clock.instant()) + " · " + latency(row))
                                .looking("quiet"),
                        verdict);
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

    private static String latency(RequestRow row) {
        return Amounts.millis(row.latency().totalMicros() / 1000.0);
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
        RequestDialog shown = new RequestDialog(told, moments);
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

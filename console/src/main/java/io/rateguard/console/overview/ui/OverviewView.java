package io.rateguard.console.overview.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Asking;
import io.rateguard.console.common.ui.Attention;
import io.rateguard.console.common.ui.Comparison;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.FreshnessLine;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Polling;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.overview.Earlier;
import io.rateguard.console.overview.Figures;
import io.rateguard.console.overview.Forecast;
import io.rateguard.console.overview.Overview;
import io.rateguard.console.overview.Range;
import io.rateguard.console.requests.NewsFeed;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is spent, by whom, on what, and where the month is going. */
@Route("w/:workspace/overview")
@PermitAll
class OverviewView extends WorkspaceScreen {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** How soon after a request that came in: faster than anybody reads, and a few times for many. */
    private static final int PACE_MILLIS = 400;

    /** How old figures may be that somebody else has asked for. */
    private static final Duration SHARED = Duration.ofMillis(500);

    /** How long a browser may take from asking for the page until it shows the screen, which was prepared meanwhile. */
    private static final Duration ASKED_AHEAD = Duration.ofSeconds(3);

    /** Nobody sees that they waited. */
    private static final int AT_ONCE_MILLIS = 60;

    private final Overview overview;
    private final NewsFeed news;
    private final Apis apis;
    private final ConsoleSettings settings;
    private final Clock clock;

    private final FigureTile today = new FigureTile("Spent today", "", "spent-today");
    private final FigureTile month = new FigureTile("Spent this month", "", "spent-month");
    private final FigureTile forecast = new FigureTile("Month-end forecast", "", "forecast");
    private final FigureTile requests = new FigureTile("Requests", "last 24 hours", "requests");
    private final FigureTile refused = new FigureTile("Refused", "", "refused");
    private final FigureTile errors = new FigureTile("Errors", "", "errors");
    private final FigureTile median = new FigureTile("Latency p50", "half are faster", "p50");
    private final FigureTile slow = new FigureTile("Latency p95", "95 of 100 are faster", "p95");
    private final SpendChart chart = new SpendChart();
    private final LatencyChart latency = new LatencyChart();
    private final Ranking topApis = new Ranking("Top APIs");
    private final Ranking topKeys = new Ranking("Top keys");
    private final Ranking topModels = new Ranking("Top models");
    private final RadioButtonGroup<Range> period = new RadioButtonGroup<>();
    private final Paragraph stale = new Paragraph();
    private final FreshnessLine freshness = new FreshnessLine();
    private final Div firstSteps = new Div();
    private final Div figuresPart = new Div();

    private volatile Range range = Range.DAY;
    private @Nullable Figures shown;
    private @Nullable Earlier earlier;
    private Instant earlierAt = Instant.EPOCH;
    private @Nullable Instant newsAt;
    private int asked;

    OverviewView(
            Workspaces workspaces, Overview overview, Requests log, Apis apis, ConsoleSettings settings, Clock clock) {
        super(Screen.OVERVIEW, workspaces);
        this.overview = overview;
        news = new NewsFeed(
                log,
                fresh -> takeNews(clock.instant()),
                // Whoever was taken out of the workspace is told so by whatever screen comes next.
                () -> UI.getCurrent().refreshCurrentRoute(true));
        this.apis = apis;
        this.settings = settings;
        this.clock = clock;
        Attention.whileSeen(this, this::beLive);

        period.setItems(Range.values());
        period.setItemLabelGenerator(Range::words);
        period.setAriaLabel("Period");
        period.addThemeVariants(RadioGroupVariant.AURA_HORIZONTAL);
        period.setTestId("period");
        stale.addClassName("stale");
        stale.getElement().setAttribute("role", "status");
        stale.setTestId("stale");
        figuresPart.addClassName("figures");
        Polling.of(this, HEARTBEAT, this::beat);

        period.addValueChangeListener(changed -> {
            if (changed.isFromClient() && changed.getValue() != null) {
                range = changed.getValue();
                remember(Map.of("period", range.wireName()));
                begin();
            }
        });
    }

    @Override
    protected void show(Workspace workspace) {
        if (news.isUnderWay()) {
            followNews(UI.getCurrent());
        }
        earlier = null;
        earlierAt = Instant.EPOCH;
        Div money = new Div(today, month, forecast);
        money.addClassNames("tiles", "money-tiles");
        Div traffic = new Div(requests, refused, errors, median, slow);
        traffic.addClassNames("tiles", "traffic-tiles");
        Div chartHead = new Div(new H2("Spend over time"), period);
        chartHead.addClassName("panel-head");
        Section chartPanel = new Section(chartHead, chart);
        chartPanel.addClassName("panel");
        Section latencyPanel = new Section(new H2("Latency over time"), latency);
        latencyPanel.addClassName("panel");
        Div rankings = new Div(topApis, topKeys, topModels);
        rankings.addClassName("rankings");

        figuresPart.removeAll();
        figuresPart.add(money, traffic, chartPanel, latencyPanel, rankings);
        firstSteps.removeAll();
        add(
                new PageHeader(
                        "Overview",
                        "Live figures of " + workspace.name() + ", in " + workspace.zone() + " time",
                        new CsvLink(response -> overview.export(workspace, range, response))),
                stale,
                freshness,
                firstSteps,
                figuresPart);
    }

    @Override
    protected void follow(Map<String, String> query) {
        range = Range.ofWireName(query.getOrDefault("period", ""));
        period.setValue(range);
        begin();
    }

    /** Shows nothing until there are figures of what was chosen. */
    private void begin() {
        shown = null;
        asked++;
        firstSteps.setVisible(false);
        figuresPart.setVisible(true);
        figuresPart.addClassName("waiting");
        Instant shared = clock.instant().minus(SHARED);
        refresh(shared, shared.minus(ASKED_AHEAD));
    }

    private Registration beLive(UI ui) {
        followNews(ui);
        refresh(clock.instant().minus(SHARED));
        return news::end;
    }

    private void followNews(UI ui) {
        var _ = news.follow(workspace().id(), Asking.screen(ui));
    }

    /** Time goes on while nothing happens; a history that did not answer may do so now. */
    private void beat() {
        followNews(UI.getCurrent());
        refresh(clock.instant().minus(SHARED));
    }

    /** Not at each of many, and after the last one. */
    private void takeNews(Instant at) {
        if (newsAt == null) {
            soon(this::refreshByNews);
        }
        newsAt = at;
    }

    private void refreshByNews() {
        Instant since = Objects.requireNonNull(newsAt);
        newsAt = null;
        refresh(since);
    }

    private void refresh(Instant since) {
        refresh(since, since);
    }

    /**
     * Figures that come at once are shown in the same breath, later ones when they come.
     *
     * @param since figures from before it are shown, and soon followed by others
     * @param oldest figures from before it are not shown
     */
    private void refresh(Instant since, Instant oldest) {
        int question = asked;
        CompletableFuture<Figures> answer = overview.read(workspace(), range, oldest);
        try {
            take(question, since, answer.get(AT_ONCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException later) {
            UI ui = UI.getCurrent();
            var _ = answer.whenComplete((figures, failure) -> {
                var _ = ui.access(() -> {
                    if (failure == null) {
                        take(question, since, figures);
                    } else {
                        showStale(question);
                    }
                });
            });
        } catch (ExecutionException away) {
            showStale(question);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer to what is asked no more, or one that an earlier one was faster than, is not shown. */
    private void take(int question, Instant since, Figures now) {
        if (question != asked || (shown != null && now.at().isBefore(shown.at()))) {
            return;
        }
        stale.setVisible(false);
        figuresPart.removeClassName("waiting");
        freshness.show(now.upTo(), now.at(), new Moments(workspace().zone()));
        if (shown == null || !now.sameAs(shown)) {
            show(now);
        }
        shown = now;
        if (now.at().isBefore(since)) {
            takeNews(since);
        }
        lookBack(now);
    }

    /** What is past changes little: it is asked for once a minute, and not while the figures are on their way to the screen. */
    private void lookBack(Figures now) {
        Instant minute = now.at().truncatedTo(ChronoUnit.MINUTES);
        if (minute.equals(earlierAt)) {
            return;
        }
        earlierAt = minute;
        Workspace of = workspace();
        soon(() -> {
            if (isAttached() && of.equals(workspace())) {
                askEarlier(of);
            }
        });
    }

    /** The figures are worth showing without it. */
    private void askEarlier(Workspace of) {
        UI ui = UI.getCurrent();
        var _ = overview.earlier(of).thenAccept(before -> {
            var _ = ui.access(() -> {
                if (of.equals(workspace()) && shown != null) {
                    earlier = before;
                    compare(shown, before);
                }
            });
        });
    }

    private static void soon(Runnable what) {
        UI ui = UI.getCurrent();
        CompletableFuture.delayedExecutor(PACE_MILLIS, TimeUnit.MILLISECONDS)
                .execute(ui.accessLater(what::run, () -> {}));
    }

    private void showStale(int question) {
        if (question != asked) {
            return;
        }
        String since = shown == null
                ? "The request history does not answer, so there are no figures yet. This page keeps asking."
                : "Figures as of " + new Moments(workspace().zone()).time(shown.at())
                        + ": the request history does not answer. This page keeps asking.";
        freshness.setVisible(false);
        stale.setText(since);
        stale.setVisible(true);
        if (shown == null) {
            firstSteps.setVisible(false);
            figuresPart.setVisible(false);
        }
    }

    private void show(Figures figures) {
        if (!figures.everUsed() && firstSteps.getChildren().findAny().isEmpty()) {
            firstSteps.add(new FirstSteps(
                    workspace().slug(),
                    apis.list(workspace().id(), PageRequest.first()).items(),
                    settings.publicProxyUrl()));
        }
        firstSteps.setVisible(!figures.everUsed());
        figuresPart.setVisible(figures.everUsed());
        Moments moments = new Moments(workspace().zone());
        today.show(figures.today());
        today.note("since midnight");
        month.show(figures.month());
        month.note("since " + moments.firstOfMonth(figures.at()));
        if (earlier != null) {
            compare(figures, earlier);
        }
        figures.forecast()
                .ifPresentOrElse(
                        end -> {
                            forecast.show(end.likely());
                            forecast.note(paceOf(end));
                        },
                        () -> {
                            forecast.show("–", "");
                            forecast.note("from the second day of the month");
                        });
        Figures.Traffic traffic = figures.lastDay();
        requests.show(Amounts.count(traffic.requests()), "");
        refused.show(Amounts.count(traffic.refused()), "");
        refused.note(Amounts.share(traffic.refused(), traffic.requests()) + " of requests");
        errors.show(Amounts.count(traffic.errors()), "");
        errors.note(Amounts.share(traffic.errors(), traffic.requests() - traffic.refused()) + " of those let through");
        median.show(Amounts.millis(traffic.p50Millis()), "");
        slow.show(Amounts.millis(traffic.p95Millis()), "");
        chart.show(figures.chart(), range, workspace().zone());
        latency.show(figures.chart(), range, workspace().zone());
        topApis.show(figures.apis());
        topKeys.show(figures.keys());
        topModels.show(figures.models());
    }

    private void compare(Figures figures, Earlier before) {
        today.compare(Comparison.of(figures.today().nanos(), before.yesterday().nanos(), "yesterday by now"));
        month.compare(Comparison.of(figures.month().nanos(), before.lastMonth().nanos(), "last month by now"));
        Figures.Traffic dayBefore = before.dayBefore();
        requests.compare(Comparison.of(figures.lastDay().requests(), dayBefore.requests(), "the 24 hours before"));
        if (dayBefore.requests() == 0) {
            Stream.of(refused, errors, median, slow).forEach(tile -> tile.compare(""));
            return;
        }
        refused.compare("before: " + Amounts.share(dayBefore.refused(), dayBefore.requests()));
        errors.compare("before: " + Amounts.share(dayBefore.errors(), dayBefore.requests() - dayBefore.refused()));
        median.compare("before: " + Amounts.millis(dayBefore.p50Millis()));
        slow.compare("before: " + Amounts.millis(dayBefore.p95Millis()));
    }

    private static String paceOf(Forecast end) {
        return end.low().equals(end.high())
                ? "at this month’s pace so far"
                : "at this month’s pace; likely " + Amounts.dollars(end.low()) + " to " + Amounts.dollars(end.high());
    }
}

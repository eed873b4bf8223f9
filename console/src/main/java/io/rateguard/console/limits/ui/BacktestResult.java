package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.limits.Backtested;
import io.rateguard.console.limits.Backtested.Counts;
import io.rateguard.console.limits.Backtested.Part;
import io.rateguard.console.limits.Backtested.Whose;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.limit.Partition;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a limit would have refused: how much, when, and whose. */
final class BacktestResult extends Div {

    private static final int NAMED = 5;

    private final Backtested tried;
    private final Moments moments;
    private final UnaryOperator<String> keyName;

    BacktestResult(Backtested tried, Workspace workspace, UnaryOperator<String> keyName) {
        this.tried = tried;
        this.moments = new Moments(workspace.zone());
        this.keyName = keyName;
        addClassName("backtest-result");
        Paragraph summary = new Paragraph(summary(tried.counts()));
        summary.addClassName("backtest-summary");
        add(summary);
        if (!tried.isWhole()) {
            add(new Paragraph(
                    "More came than is looked at: this is of the time up to " + moments.minute(tried.until()) + "."));
        }
        if (tried.counts().refused() > 0) {
            add(columns(), span());
            if (!tried.rule().per().isEmpty()) {
                add(table());
            }
            add(first(workspace));
        }
    }

    /** {@code It would have refused 12 of 340 requests (3.5 %), which cost $0.42.} */
    static String summary(Counts counts) {
        if (counts.requests() == 0) {
            return "No request that it is about came through in that time.";
        }
        String requests = Amounts.count(counts.requests(), "request");
        if (counts.refused() == 0) {
            return "It would have refused none of " + requests + ".";
        }
        return "It would have refused " + Amounts.count(counts.refused()) + " of " + requests + " ("
                + Amounts.share(counts.refused(), counts.requests()) + "), which cost "
                + Amounts.dollars(counts.cost()) + ".";
    }

    private Div columns() {
        long most = tried.when().stream()
                .mapToLong(part -> part.counts().requests())
                .max()
                .orElse(1);
        Div columns = new Div();
        columns.addClassName("backtest-columns");
        columns.getElement().setAttribute("role", "img").setAttribute("aria-label", worst());
        for (Part part : tried.when()) {
            Counts counts = part.counts();
            Div passed = bar("passed", counts.requests() - counts.refused(), most);
            Div refused = bar("refused", counts.refused(), most);
            Div column = new Div(refused, passed);
            column.setTitle(moments.minute(part.start()) + ": " + Amounts.count(counts.refused()) + " of "
                    + Amounts.count(counts.requests(), "request") + " refused");
            columns.add(column);
        }
        return columns;
    }

    private static Div bar(String kind, long count, long most) {
        Div bar = new Div();
        bar.addClassName(kind);
        bar.getStyle().set("flex-basis", 100.0 * count / most + "%");
        return bar;
    }

    private String worst() {
        return tried.when().stream()
                .max(Comparator.comparingLong(part -> part.counts().refused()))
                .map(part -> "Requests over time; most would have been refused from " + moments.minute(part.start())
                        + " on: " + Amounts.count(part.counts().refused()) + " of "
                        + Amounts.count(part.counts().requests()))
                .orElse("Requests over time");
    }

    private Div span() {
        Span refused = new Span("refused");
        refused.addClassName("refused");
        Span passed = new Span("let through");
        passed.addClassName("passed");
        Div span = new Div(
                new Span(moments.minute(tried.from())),
                new Div(refused, passed),
                new Span(moments.minute(tried.until())));
        span.addClassName("backtest-span");
        return span;
    }

    private DataTable<Whose> table() {
        List<Whose> most = tried.whose().stream().limit(NAMED).toList();
        return new DataTable<Whose>("Whose requests it would have refused most")
                .title("Whose", whose -> new Span(name(whose)))
                .figure(
                        "Requests",
                        whose -> new Span(Amounts.count(whose.counts().requests())))
                .figure(
                        "Refused",
                        whose -> new Span(Amounts.count(whose.counts().refused())))
                .figure(
                        "Share",
                        whose -> new Span(Amounts.share(
                                whose.counts().refused(), whose.counts().requests())))
                .show(most);
    }

    private String name(Whose whose) {
        List<Partition> per = tried.rule().per();
        return IntStream.range(0, per.size())
                .mapToObj(i -> name(per.get(i), whose.values().get(i)))
                .collect(Collectors.joining(" · "));
    }

    private String name(Partition partition, String value) {
        if (value.isEmpty()) {
            return "None";
        }
        return partition == Partition.Field.KEY ? keyName.apply(value) : value;
    }

    private Anchor first(Workspace workspace) {
        return new Anchor(
                Screen.REQUESTS.path(workspace.slug()) + "?request="
                        + tried.first().getFirst().value(),
                "The first that it would have refused");
    }
}

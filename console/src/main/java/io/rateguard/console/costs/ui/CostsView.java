package io.rateguard.console.costs.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Cell;
import io.rateguard.console.common.ui.Comparison;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.FilterChoice;
import io.rateguard.console.common.ui.LongList;
import io.rateguard.console.common.ui.NewestAnswer;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.costs.CostPivot;
import io.rateguard.console.costs.CostPivot.Part;
import io.rateguard.console.costs.Costs;
import io.rateguard.console.costs.Costs.Compared;
import io.rateguard.console.costs.Dimension;
import io.rateguard.console.costs.Period;
import io.rateguard.console.requests.UsedNames;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the money went, cut by up to three attributes, each part opened into the next. */
@Route("w/:workspace/costs")
@PermitAll
class CostsView extends WorkspaceScreen {

    private static final List<String> USUAL = List.of("api", "model");

    private final Costs costs;
    private final UsedNames names;
    private final FilterChoice<Period> period = new FilterChoice<>("Period", "costs-period", Period::words);
    private final List<FilterChoice<Dimension>> cuts;
    private final Paragraph sum = new Paragraph();
    private final LongList<Part> list = new LongList<>("Costs", 1040, part -> List.of(part.path(), part.isRest()));
    private final Set<List<String>> unfolded = new HashSet<>();
    private final NewestAnswer<Compared> answer =
            new NewestAnswer<>(() -> showNothing("Asking the request history …"), this::show, this::showNothing);
    private volatile List<Dimension> by = List.of();
    private volatile Period chosen = Period.MONTH;
    private Compared shown = Compared.NOTHING;
    private boolean areTagsOffered;

    CostsView(Workspaces workspaces, Costs costs, UsedNames names) {
        super(Screen.COSTS, workspaces);
        this.costs = costs;
        this.names = names;
        cuts = IntStream.rangeClosed(1, Costs.MOST_DIMENSIONS)
                .mapToObj(CostsView::cut)
                .toList();

        period.offer(List.of(Period.values()));
        period.onChosen(this::chosen);
        cuts.forEach(each -> each.onChosen(this::chosen));
        sum.addClassName("quiet");
        sum.setTestId("costs-sum");
        sum.getElement().setAttribute("role", "status");
        list.setTestId("costs-list");
        list.unfolds(this::isUnfolded, this::toggle);
        describeRows();
        addClassName("page-of-full-height");
    }

    private static FilterChoice<Dimension> cut(int number) {
        FilterChoice<Dimension> cut = new FilterChoice<>("Cut by, " + number, "costs-by-" + number, Dimension::words);
        return number == 1 ? cut : cut.orNone("–");
    }

    @Override
    protected void show(Workspace workspace) {
        cuts.forEach(each -> {
            each.choose(null);
            each.offer(Dimension.all(List.of()));
        });
        areTagsOffered = false;
        Div filters = new Div(period);
        cuts.forEach(filters::add);
        filters.addClassName("filters");
        add(
                new PageHeader(
                        "Costs",
                        "Where the money of " + workspace.name() + " went, in " + workspace.zone() + " time",
                        new CsvLink(response -> costs.export(workspace, chosen, by, response))),
                filters,
                sum,
                list);
    }

    /** After the figures, which are what the history is to answer first. */
    private void offerTags(Workspace workspace) {
        UI ui = UI.getCurrent();
        var _ = names.tags(workspace).thenAccept(tags -> {
            var _ = ui.access(() -> {
                if (workspace.equals(workspace())) {
                    cuts.forEach(each -> each.offer(Dimension.all(tags)));
                }
            });
        });
    }

    @Override
    protected void follow(Map<String, String> query) {
        period.choose(Period.ofWireName(query.getOrDefault("period", "")));
        List<Dimension> named = dimensions(List.of(query.getOrDefault("by", "").split(",", -1)));
        List<Dimension> wanted = named.isEmpty() ? dimensions(USUAL) : named;
        for (int i = 0; i < cuts.size(); i++) {
            cuts.get(i).choose(i < wanted.size() ? wanted.get(i) : null);
        }
        reload();
    }

    /** Those that there are of these names. */
    private static List<Dimension> dimensions(List<String> names) {
        return names.stream()
                .flatMap(name -> Dimension.ofWireName(name).stream())
                .distinct()
                .limit(Costs.MOST_DIMENSIONS)
                .toList();
    }

    private void chosen() {
        reload();
        remember(Map.of(
                "period",
                chosen.wireName(),
                "by",
                by.stream().map(Dimension::wireName).collect(Collectors.joining(","))));
    }

    private void reload() {
        chosen = Objects.requireNonNull(period.value());
        by = cuts.stream()
                .map(FilterChoice::value)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Workspace of = workspace();
        Period wanted = chosen;
        List<Dimension> cutBy = by;
        answer.await(Patience.later("costs", () -> costs.read(of, wanted, cutBy)));
    }

    private void showNothing(String why) {
        list.show((offset, limit) -> List.of());
        sum.setText(why);
    }

    private void show(Compared compared) {
        shown = compared;
        CostPivot pivot = compared.now();
        sum.setText(Amounts.dollars(pivot.cost()) + " for " + Amounts.count(pivot.requests(), "request") + ", "
                + Comparison.of(pivot.cost().nanos(), compared.before().cost().nanos(), chosen.wordsBefore()));
        list.retitle(0, by.stream().map(Dimension::words).collect(Collectors.joining(" › ")));
        unfolded.clear();
        list.show(this::lines);
        if (!areTagsOffered) {
            areTagsOffered = true;
            offerTags(workspace());
        }
    }

    private void toggle(Part part) {
        if (!unfolded.remove(part.path())) {
            unfolded.add(part.path());
        }
        list.refresh();
    }

    private Optional<Boolean> isUnfolded(Part part) {
        return part.parts().isEmpty() ? Optional.empty() : Optional.of(unfolded.contains(part.path()));
    }

    private List<Part> lines(int offset, int limit) {
        return lines(shown.now().parts()).skip(offset).limit(limit).toList();
    }

    /** Each part is followed by those inside it, where they are shown. */
    private Stream<Part> lines(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> Stream.concat(
                        Stream.of(part), isUnfolded(part).orElse(false) ? lines(part.parts()) : Stream.empty()));
    }

    private void describeRows() {
        Cell<Part> name = Cell.<Part>wrapped(Part::name)
                .lookingAs(part -> "depth-" + (part.path().size() - (part.isRest() ? 0 : 1)));
        Cell<Part> cost = Cell.money(part -> Optional.of(part.cost()));
        Cell<Part> before = Cell.<Part>money(part -> shown.before().cost(part))
                .hinted(part -> shown.before().cost(part).map(Amounts::exactly).orElse("Not known") + ", "
                        + chosen.wordsBefore());
        list.column("", "minmax(0, 1fr)", name)
                .figures("Cost", "8rem", cost)
                .figures("Before", "8rem", before)
                .figures("Share", "6rem", Cell.text(this::share))
                .figures("Requests", "7rem", Cell.text(part -> Amounts.count(part.requests())))
                .card(
                        name.looking("row-title"),
                        cost,
                        Cell.<Part>text(part -> share(part) + " · " + Amounts.count(part.requests(), "request"))
                                .looking("quiet"));
    }

    private String share(Part part) {
        return Amounts.share(part.cost().nanos(), shown.now().cost().nanos());
    }
}

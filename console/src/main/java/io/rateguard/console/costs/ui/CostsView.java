package io.rateguard.console.costs.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.treegrid.TreeGrid;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Cells;
import io.rateguard.console.common.ui.Comparison;
import io.rateguard.console.common.ui.CsvLink;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where the money went, cut by up to three attributes, each part opened into the next. */
@Route("w/:workspace/costs")
@PermitAll
class CostsView extends WorkspaceScreen {

    private static final List<String> USUAL = List.of("api", "model");

    private final Costs costs;
    private final UsedNames names;
    private final Select<Period> period = new Select<>();
    private final List<Select<Dimension>> cuts;
    private final Paragraph sum = new Paragraph();
    private final TreeGrid<Part> grid = new TreeGrid<>();
    private final Grid.Column<Part> partNames;
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

        period.setItems(Period.values());
        period.setItemLabelGenerator(Period::words);
        period.setAriaLabel("Period");
        period.setTestId("costs-period");
        sum.addClassName("quiet");
        sum.setTestId("costs-sum");
        sum.getElement().setAttribute("role", "status");
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setTestId("costs-list");
        grid.getElement().setAttribute("aria-label", "Costs");
        partNames = grid.addHierarchyColumn(Part::name).setWidth("13rem").setFlexGrow(3);
        columnsOfAmounts();

        period.addValueChangeListener(changed -> chosen(changed.isFromClient()));
        cuts.forEach(each -> each.addValueChangeListener(changed -> chosen(changed.isFromClient())));
        addClassName("page-of-full-height");
    }

    private static Select<Dimension> cut(int number) {
        Select<Dimension> cut = new Select<>();
        cut.setAriaLabel("Cut by, " + number);
        cut.setTestId("costs-by-" + number);
        cut.setItemLabelGenerator(dimension -> dimension == null ? "–" : dimension.words());
        if (number > 1) {
            cut.setEmptySelectionAllowed(true);
            cut.setEmptySelectionCaption("–");
            cut.setPlaceholder("–");
        }
        return cut;
    }

    @Override
    protected void show(Workspace workspace) {
        cuts.forEach(each -> each.setItems(new ArrayList<>(Dimension.all(List.of()))));
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
                grid);
    }

    /** After the figures, which are what the history is to answer first. */
    private void offerTags(Workspace workspace) {
        UI ui = UI.getCurrent();
        var _ = names.tags(workspace).thenAccept(tags -> {
            var _ = ui.access(() -> {
                if (workspace.equals(workspace())) {
                    cuts.forEach(each -> offer(each, tags));
                }
            });
        });
    }

    /** A select that is offered more forgets what it shows. */
    private static void offer(Select<Dimension> cut, List<String> tags) {
        Dimension shown = cut.getValue();
        tags.forEach(name -> offer(cut, new Dimension.Tag(name)));
        cut.setValue(shown);
    }

    private static void offer(Select<Dimension> cut, Dimension dimension) {
        if (!cut.getListDataView().contains(dimension)) {
            cut.getListDataView().addItem(dimension);
        }
    }

    @Override
    protected void follow(Map<String, String> query) {
        period.setValue(Period.ofWireName(query.getOrDefault("period", "")));
        List<Dimension> wanted = Arrays.stream(
                        query.getOrDefault("by", String.join(",", USUAL)).split(",", -1))
                .flatMap(name -> Dimension.ofWireName(name).stream())
                .distinct()
                .limit(Costs.MOST_DIMENSIONS)
                .toList();
        for (int i = 0; i < cuts.size(); i++) {
            Dimension dimension = i < wanted.size() ? wanted.get(i) : null;
            // A link may name a tag that nothing has had lately.
            if (dimension != null) {
                offer(cuts.get(i), dimension);
            }
            cuts.get(i).setValue(dimension);
        }
        reload();
    }

    private void chosen(boolean byPerson) {
        if (byPerson) {
            reload();
            remember(Map.of(
                    "period",
                    chosen.wireName(),
                    "by",
                    by.stream().map(Dimension::wireName).collect(Collectors.joining(","))));
        }
    }

    private void reload() {
        chosen = period.getValue();
        by = cuts.stream()
                .map(Select::getValue)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Workspace of = workspace();
        Period wanted = chosen;
        List<Dimension> cutBy = by;
        answer.await(Patience.later("costs", () -> costs.read(of, wanted, cutBy)));
    }

    private void showNothing(String why) {
        grid.setItems(List.of(), Part::parts);
        sum.setText(why);
    }

    private void show(Compared compared) {
        shown = compared;
        CostPivot pivot = compared.now();
        sum.setText(Amounts.dollars(pivot.cost()) + " for " + Amounts.count(pivot.requests(), "request") + ", "
                + Comparison.of(pivot.cost().nanos(), compared.before().cost().nanos(), chosen.wordsBefore()));
        partNames.setHeader(by.stream().map(Dimension::words).collect(Collectors.joining(" › ")));
        grid.setItems(pivot.parts(), Part::parts);
        if (!areTagsOffered) {
            areTagsOffered = true;
            offerTags(workspace());
        }
    }

    private void columnsOfAmounts() {
        grid.addColumn(Cells.<Part>money(part -> Optional.of(part.cost())))
                .setHeader("Cost")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("8rem")
                .setFlexGrow(0);
        grid.addColumn(Cells.<Part>money(part -> shown.before().cost(part)))
                .setHeader("Before")
                .setTooltipGenerator(
                        part -> Character.toUpperCase(chosen.wordsBefore().charAt(0))
                                + chosen.wordsBefore().substring(1))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("8rem")
                .setFlexGrow(0);
        grid.addColumn(part ->
                        Amounts.share(part.cost().nanos(), shown.now().cost().nanos()))
                .setHeader("Share")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6rem")
                .setFlexGrow(0);
        grid.addColumn(part -> Amounts.count(part.requests()))
                .setHeader("Requests")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
    }
}

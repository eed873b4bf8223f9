package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.prices.PriceImports;
import io.rateguard.console.prices.Prices;
import io.rateguard.console.prices.Prices.Price;
import io.rateguard.console.prices.UnpricedRequests;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.price.PriceOverride;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.price.ShippedCatalogue.Listed;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** What requests cost: a workspace's own prices, the catalogue behind them, and where that came from. */
@Route("w/:workspace/prices")
@PermitAll
class PricesView extends WorkspaceScreen {

    private final Prices prices;
    private final PriceImports imports;
    private final UnpricedRequests unpriced;
    private final Apis apis;
    private final Access access;
    private final Clock clock;
    private final Div content = new Div();

    PricesView(
            Workspaces workspaces,
            Prices prices,
            PriceImports imports,
            UnpricedRequests unpriced,
            Apis apis,
            Access access,
            Clock clock) {
        super(Screen.PRICES, workspaces);
        this.prices = prices;
        this.imports = imports;
        this.unpriced = unpriced;
        this.apis = apis;
        this.access = access;
        this.clock = clock;
        content.addClassName("sections");
    }

    @Override
    protected void show(Workspace workspace) {
        add(
                new PageHeader(
                        "Prices", "What requests cost: your own prices first, then those of the catalogue", actions()),
                content);
        refresh();
    }

    private Component[] actions() {
        if (!mayEdit()) {
            return new Component[0];
        }
        Button update = new Button(
                "Import", click -> new ImportDialog(imports, workspace().id(), this::refresh).open());
        update.setTestId("price-import");
        Button add = new Button("Add price", VaadinIcon.PLUS.create(), click -> openForm());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setTestId("price-add");
        return new Component[] {update, add};
    }

    private void openForm() {
        new AddPriceDialog(
                        prices,
                        workspace().id(),
                        WholeList.of(page -> apis.list(workspace().id(), page)).stream()
                                .map(Apis.Api::slug)
                                .toList(),
                        this::refresh)
                .open();
    }

    private void openUnpriced() {
        new UnpricedDialog(unpriced, workspace().id(), this::refresh).open();
    }

    private void refresh() {
        List<Price> own = WholeList.of(page -> prices.list(workspace().id(), page));
        List<PriceOverride> ofModels = own.stream()
                .map(Price::own)
                .filter(PriceOverride.class::isInstance)
                .map(PriceOverride.class::cast)
                .toList();
        ShippedCatalogue catalogue = imports.holds(workspace().id());
        content.removeAll();
        content.add(
                new Div(
                        new H2("Own prices"),
                        own.isEmpty()
                                ? new Paragraph(
                                        "None: every model costs what the catalogue says. A price of your own comes before it.")
                                : ownPrices(own)),
                new UnpricedSection(unpriced.read(workspace().id()), mayEdit() ? this::openUnpriced : null),
                new CatalogueList(catalogue, catalogue.list(clock.instant()), model -> isOverridden(model, ofModels)),
                new ImportHistory(
                        imports,
                        workspace().id(),
                        new Moments(workspace().zone()),
                        mayEdit() ? this::confirmGoingBack : null));
    }

    private static boolean isOverridden(Listed listed, List<PriceOverride> own) {
        return own.stream().anyMatch(price -> price.model().matches(listed.model()));
    }

    private Component ownPrices(List<Price> own) {
        Moments moments = new Moments(workspace().zone());
        DataTable<Price> table = new DataTable<Price>("Own prices")
                .title("Models or calls", price -> new Span(PriceWords.subject(price.own())))
                .text("API", price -> Objects.requireNonNullElse(price.own().api(), "All"))
                .text("Price", price -> PriceWords.amount(price.own()))
                .text("Since", price -> moments.day(price.createdAt()));
        if (mayEdit()) {
            table.actions(this::deleteButton);
        }
        return table.show(own);
    }

    private Component deleteButton(Price price) {
        Button delete = new Button("Delete", click -> confirmDeletion(price));
        delete.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        delete.setAriaLabel("Delete the price of " + PriceWords.subject(price.own()));
        delete.setTestId("price-delete");
        return delete;
    }

    private void confirmDeletion(Price price) {
        String subject = PriceWords.subject(price.own());
        Confirmation.ask(
                "Delete the price of “" + subject + "”?",
                "From now on requests cost what the next price says that holds for them, or the catalogue."
                        + " What was charged stays.",
                "Delete price",
                () -> {
                    Notice.ofChange(
                            () -> prices.delete(
                                    workspace().id(), price.own().id().toString(), SeenVersion.ANY),
                            "The price of “" + subject + "” is deleted.");
                    refresh();
                });
    }

    private void confirmGoingBack(String number) {
        new ImportDialog(imports, workspace().id(), this::refresh)
                .openWith(imports.goBack(workspace().id(), number));
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_PRICES);
    }
}

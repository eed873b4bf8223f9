package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.prices.PriceImport;
import io.rateguard.console.prices.PriceImports;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which catalogue has held since when, and who said so; the present one first. */
final class ImportHistory extends Div {

    private static final String SHIPPED = "0";

    private final Moments moments;
    private final @Nullable Consumer<String> goBack;

    /** @param goBack takes the number of an earlier one; none for those who may not */
    ImportHistory(PriceImports imports, WorkspaceId workspace, Moments moments, @Nullable Consumer<String> goBack) {
        this.moments = moments;
        this.goBack = goBack;
        List<PriceImport> applied = WholeList.of(page -> imports.list(workspace, page)).stream()
                .filter(it -> !it.isDraft())
                .toList()
                .reversed();
        setTestId("price-history");
        add(
                new H2("History"),
                applied.isEmpty()
                        ? new Paragraph("The catalogue is the one that ships with RateGuard; none was imported.")
                        : table(applied));
        if (!applied.isEmpty()) {
            button(SHIPPED, "Go back to the one that ships").ifPresent(this::add);
        }
    }

    private Component table(List<PriceImport> applied) {
        PriceImport present = applied.getFirst();
        DataTable<PriceImport> table = new DataTable<PriceImport>("History of the catalogue")
                .title("Version", it -> version(it, present))
                .text("Made of", it -> ImportDialog.words(it.kind()))
                .text("Models", ImportDialog::counts)
                .text("Since", it -> moments.day(Objects.requireNonNull(it.appliedAt())))
                .text("By", it -> Objects.requireNonNull(it.appliedBy()));
        if (goBack != null) {
            table.actions(it -> it.equals(present) || it.kind().equals("shipped")
                    ? new Span()
                    : button(Integer.toString(it.number()), "Go back")
                            .<Component>map(button -> button)
                            .orElseGet(Span::new));
        }
        return table.show(applied);
    }

    private static Component version(PriceImport it, PriceImport present) {
        Span name = new Span(it.catalogueVersion());
        return it.equals(present) ? new Div(name, new StatusBadge("Holds", StatusBadge.Tone.GOOD)) : name;
    }

    private Optional<Button> button(String number, String text) {
        Consumer<String> action = goBack;
        if (action == null) {
            return Optional.empty();
        }
        Button button = new Button(text, click -> action.accept(number));
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(number.equals(SHIPPED) ? text : text + " to import " + number);
        button.setTestId("price-go-back");
        return Optional.of(button);
    }
}

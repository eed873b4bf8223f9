package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.prices.PriceImport;
import io.rateguard.console.prices.PriceImports;
import io.rateguard.console.prices.PriceImports.Draft;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.id.WorkspaceId;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Takes a file of prices, shows what it would change, and asks. */
final class ImportDialog extends Dialog {

    private static final int MOST_BYTES = 8 << 20;
    private static final int SHOWN = 100;

    private final PriceImports imports;
    private final WorkspaceId workspace;
    private final Runnable applied;
    private final Div content = new Div();
    private final Paragraph problem = new Paragraph();
    private final Button apply = new Button("Apply");

    ImportDialog(PriceImports imports, WorkspaceId workspace, Runnable applied) {
        this.imports = imports;
        this.workspace = workspace;
        this.applied = applied;
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setTestId("import-problem");
        Upload upload =
                new Upload(UploadHandler.inMemory((file, bytes) -> show(() -> imports.draft(workspace, bytes))));
        upload.setAcceptedFileTypes(".json", "application/json");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(MOST_BYTES);
        upload.setTestId("import-file");
        upload.addFileRejectedListener(rejected -> problem.setText(rejected.getErrorMessage()));
        content.add(
                new Paragraph(
                        "A newer catalogue in RateGuard’s format takes the place of the present one; LiteLLM’s"
                                + " model_prices_and_context_window.json is laid over it. Nothing changes before you have seen what."),
                upload);
        content.addClassName("form");
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        apply.setTestId("import-apply");
        apply.setVisible(false);
        setHeaderTitle("Import prices");
        addClassName("form-dialog");
        add(content, problem);
        getFooter().add(new Button("Cancel", click -> close()), apply);
    }

    void openWith(Draft draft) {
        show(() -> draft);
        open();
    }

    private void show(Supplier<Draft> making) {
        problem.setText("");
        try {
            show(making.get());
        } catch (RuntimeException failure) {
            problem.setText(
                    KnownFailures.problem(failure).orElseThrow(() -> failure).detail());
        }
    }

    private void show(Draft draft) {
        PriceImport summary = draft.summary();
        content.removeAll();
        Paragraph counts = new Paragraph(words(summary.kind()) + ": " + counts(summary));
        counts.setTestId("import-counts");
        content.add(
                counts,
                lines(
                        draft.changes().valueStream().map(ImportDialog::line),
                        draft.changes().size()));
        if (!draft.leftOut().isEmpty()) {
            content.add(
                    new Paragraph("Left out, since RateGuard has no words for it:"),
                    lines(
                            draft.leftOut().valueStream().map(JsonNode::asString),
                            draft.leftOut().size()));
        }
        if (draft.changes().isEmpty()) {
            setHeaderTitle("Nothing would change");
            return;
        }
        setHeaderTitle("Take these prices?");
        apply.setVisible(true);
        apply.addClickListener(click -> apply(Integer.toString(summary.number())));
    }

    private void apply(String number) {
        try {
            PriceImport done = imports.apply(workspace, number);
            close();
            Notice.done("Requests are priced by " + done.catalogueVersion() + " from now on.");
            applied.run();
        } catch (RuntimeException failure) {
            problem.setText(
                    KnownFailures.problem(failure).orElseThrow(() -> failure).detail());
        }
    }

    static String words(String kind) {
        return switch (kind) {
            case "catalogue" -> "A catalogue";
            case "litellm" -> "LiteLLM’s prices";
            case "shipped" -> "The catalogue that ships";
            default -> "An earlier one";
        };
    }

    /** {@code 3 added, 12 changed, 0 gone}. */
    static String counts(PriceImport summary) {
        return Amounts.count(summary.added()) + " added, " + Amounts.count(summary.changed()) + " changed, "
                + Amounts.count(summary.removed()) + " gone";
    }

    private static UnorderedList lines(Stream<String> lines, int all) {
        UnorderedList list = new UnorderedList();
        list.addClassName("import-lines");
        lines.limit(SHOWN).forEach(line -> list.add(new ListItem(line)));
        if (all > SHOWN) {
            list.add(new ListItem("… and " + Amounts.count(all - SHOWN) + " more (GET prices/imports/{id})"));
        }
        return list;
    }

    private static String line(JsonNode change) {
        return change.path("provider").asString() + "/" + change.path("model").asString() + " ("
                + change.path("kind").asString() + "): "
                + change.path("rates").valueStream().map(ImportDialog::rate).collect(Collectors.joining("; "));
    }

    private static String rate(JsonNode rate) {
        return rate.path("usageClass").asString().replace('_', ' ')
                + (rate.path("above").asLong() == 0
                        ? ""
                        : " above " + Amounts.count(rate.path("above").asLong()))
                + (rate.path("serviceTier").isString()
                        ? ", " + rate.path("serviceTier").asString()
                        : "") + " "
                + (rate.path("before").isString() ? amount(rate.path("before")) + " → " : "")
                + amount(rate.path("after"));
    }

    private static String amount(JsonNode usd) {
        return usd.isString() ? Amounts.price(usd.asString()) : "none";
    }
}

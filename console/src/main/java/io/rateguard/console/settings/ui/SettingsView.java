package io.rateguard.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.WorkspaceSettings;
import io.rateguard.console.workspaces.WorkspaceSettings.NewSettings;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;

/** Says how long a workspace keeps what, suspends and resumes it, and deletes it. */
@Route("w/:workspace/settings")
@PermitAll
class SettingsView extends WorkspaceScreen {

    private final Workspaces workspaces;
    private final WorkspaceSettings settings;
    private final Access access;

    SettingsView(Workspaces workspaces, WorkspaceSettings settings, Access access) {
        super(Screen.SETTINGS, workspaces);
        this.workspaces = workspaces;
        this.settings = settings;
        this.access = access;
    }

    @Override
    protected void show(Workspace workspace) {
        if (!access.may(workspace.id(), Action.ADMINISTER)) {
            add(new EmptyState("For owners and admins", "Your role may not change the settings of this workspace."));
            return;
        }
        Div parts =
                new Div(retention(workspace), workspace.suspended() ? resumption(workspace) : suspension(workspace));
        parts.addClassName("sections");
        if (access.may(workspace.id(), Action.DELETE_WORKSPACE)) {
            parts.add(deletion(workspace));
        }
        add(
                new PageHeader(
                        "Settings", workspace.name() + " · " + workspace.slug() + " · " + workspace.zone() + " time"),
                parts);
    }

    private Component retention(Workspace workspace) {
        IntegerField days = new IntegerField("Days");
        days.setManualValidation(true);
        days.setStepButtonsVisible(true);
        days.setWidth("12rem");
        days.setValue(settings.read(workspace.id()).retentionDays());
        days.setTestId("retention-days");
        Paragraph problem = new Paragraph();
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        FieldErrors errors = new FieldErrors(problem::setText).bind("retentionDays", days);
        Button save = new Button("Save", click -> askToKeep(workspace, new NewSettings(days.getValue()), errors));
        save.setTestId("retention-save");
        Div form = new Div(days, problem, new Div(save));
        form.addClassName("form");
        return new Section(
                new H2("History"),
                new Paragraph(
                        "For how long single requests are kept. Sums by day, and with them costs and budgets, stay."
                                + " What is older is removed in the background, for good."),
                form);
    }

    /** Asks first where something is to be removed. */
    private void askToKeep(Workspace workspace, NewSettings wanted, FieldErrors errors) {
        errors.clear();
        try {
            settings.removesBefore(workspace.id(), wanted)
                    .ifPresentOrElse(
                            end -> Confirmation.ask(
                                    "Keep single requests for fewer days?",
                                    "All from before " + new Moments(ZoneOffset.UTC).day(end)
                                            + " (UTC) are removed for good, within minutes. Sums by day stay.",
                                    "Remove older requests",
                                    () -> keep(workspace, wanted, errors)),
                            () -> keep(workspace, wanted, errors));
        } catch (Problem refused) {
            errors.show(refused);
        }
    }

    private void keep(Workspace workspace, NewSettings wanted, FieldErrors errors) {
        try {
            var _ = settings.change(workspace.id(), wanted);
            Notice.done("Single requests are kept for " + wanted.retentionDays() + " days.");
        } catch (Problem refused) {
            errors.show(refused);
        }
    }

    private Component suspension(Workspace workspace) {
        String consequence =
                "Every request of this workspace is refused within a second, on every proxy, until it is resumed."
                        + " Nothing is lost.";
        Button suspend = new Button(
                "Suspend workspace …",
                click -> Confirmation.ask(
                        "Suspend " + workspace.name() + "?",
                        consequence,
                        "Suspend workspace",
                        () -> change(() -> workspaces.suspend(workspace.slug()), workspace)));
        suspend.addThemeVariants(ButtonVariant.ERROR);
        suspend.setTestId("workspace-suspend");
        return section("Suspend", consequence, suspend);
    }

    private Component resumption(Workspace workspace) {
        Button resume =
                new Button("Resume workspace", click -> change(() -> workspaces.resume(workspace.slug()), workspace));
        resume.addThemeVariants(ButtonVariant.PRIMARY);
        resume.setTestId("workspace-resume");
        return section("Suspended", "Every request of this workspace is refused until it is resumed.", resume);
    }

    private Component deletion(Workspace workspace) {
        Button delete = new Button("Delete workspace …", click -> confirmDeletion(workspace));
        delete.addThemeVariants(ButtonVariant.ERROR);
        delete.setTestId("workspace-delete");
        return section(
                "Delete",
                "For good: every request is refused, nobody sees the workspace any more, and what was recorded of its"
                        + " requests is removed in the background.",
                delete);
    }

    private static Component section(String title, String text, Button button) {
        return new Section(new H2(title), new Paragraph(text), new Div(button));
    }

    private void confirmDeletion(Workspace workspace) {
        Dialog question = new Dialog();
        Button delete = new Button("Delete workspace", click -> {
            question.close();
            delete(workspace);
        });
        delete.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        delete.setEnabled(false);
        delete.setTestId("workspace-delete-confirm");
        TextField slug = new TextField("Type " + workspace.slug() + " to confirm");
        slug.setValueChangeMode(ValueChangeMode.EAGER);
        slug.addValueChangeListener(typed -> delete.setEnabled(typed.getValue().equals(workspace.slug())));
        slug.setTestId("workspace-slug");
        slug.focus();
        Div form = new Div(new Paragraph("This cannot be undone."), slug);
        form.addClassName("form");
        question.setHeaderTitle("Delete " + workspace.name() + "?");
        question.addClassName("form-dialog");
        question.add(form);
        question.getFooter().add(new Button("Cancel", click -> question.close()), delete);
        question.open();
    }

    private void delete(Workspace workspace) {
        try {
            settings.delete(workspace.id());
            UI.getCurrent().navigate("");
        } catch (Problem refused) {
            Notice.refused(refused.detail());
        }
    }

    /** The frame tells it too, so all of the screen is entered again. */
    private static void change(Runnable change, Workspace workspace) {
        try {
            change.run();
        } catch (Problem refused) {
            Notice.refused(refused.detail());
        }
        UI.getCurrent().navigate(Screen.SETTINGS.path(workspace.slug()));
    }
}

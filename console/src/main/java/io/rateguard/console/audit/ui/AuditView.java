package io.rateguard.console.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.rateguard.console.audit.Audit;
import io.rateguard.console.audit.Audit.Entry;
import io.rateguard.console.audit.AuditFilter;
import io.rateguard.console.common.ui.Cell;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.FilterChoice;
import io.rateguard.console.common.ui.LongList;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.Scroll;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who changed what, newest first; for owners and admins. */
@Route("w/:workspace/audit")
@PermitAll
class AuditView extends WorkspaceScreen {

    private final Audit audit;
    private final Access access;
    private final Clock clock;

    private final FilterChoice<String> resource =
            new FilterChoice<String>("Resource", "filter-resource", AuditWords::title).orNone("All resources");
    private final FilterChoice<String> action =
            new FilterChoice<String>("Action", "filter-action", AuditWords::title).orNone("All actions");
    private final TextField actor = new TextField();
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final LongList<Entry> list = new LongList<>("Audit log", 1100, Entry::id);
    private Moments moments = new Moments(ZoneOffset.UTC);
    private volatile AuditFilter filter = AuditFilter.of(null, null, null, null, null);

    AuditView(Workspaces workspaces, Audit audit, Access access, Clock clock) {
        super(Screen.AUDIT, workspaces);
        this.audit = audit;
        this.access = access;
        this.clock = clock;

        resource.offer(AuditWords.RESOURCES);
        resource.onChosen(() -> filtered(true));
        action.offer(AuditWords.ACTIONS);
        action.onChosen(() -> filtered(true));
        actor.setAriaLabel("Who");
        actor.setPlaceholder("Anyone");
        actor.setClearButtonVisible(true);
        actor.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        actor.setTestId("filter-actor");
        actor.addValueChangeListener(changed -> filtered(changed.isFromClient()));
        configure(from, "From");
        configure(to, "To");
        list.setTestId("audit-list");
        list.opens(entry -> new EntryDialog(entry, moments).open());
        describeRows();
        addClassName("page-of-full-height");
    }

    private void configure(DatePicker filter, String label) {
        filter.setAriaLabel(label);
        filter.setPlaceholder(label);
        filter.setClearButtonVisible(true);
        filter.addValueChangeListener(changed -> filtered(changed.isFromClient()));
    }

    @Override
    protected void show(Workspace workspace) {
        if (!mayRead(workspace)) {
            add(new EmptyState("For owners and admins", "Your role may not read the audit log of this workspace."));
            return;
        }
        moments = new Moments(workspace.zone());
        Button refresh = new Button("Refresh", VaadinIcon.REFRESH.create(), click -> reload());
        CsvLink download = new CsvLink(response -> audit.export(workspace, filter, response));
        Div filters = new Div(actor, resource, action, from, to);
        filters.addClassName("filters");
        add(
                new PageHeader(
                        "Audit log",
                        "Every change and sign-in, newest first, in " + workspace.zone() + " time",
                        download,
                        refresh),
                filters,
                list);
    }

    @Override
    protected void follow(Map<String, String> query) {
        if (!mayRead(workspace())) {
            return;
        }
        actor.setValue(query.getOrDefault("actor", ""));
        resource.choose(known(AuditWords.RESOURCES, query.get("resource")));
        action.choose(known(AuditWords.ACTIONS, query.get("action")));
        from.setValue(day(query.get("from")));
        to.setValue(day(query.get("to")));
        reload();
    }

    private boolean mayRead(Workspace workspace) {
        return access.may(workspace.id(), Action.ADMINISTER);
    }

    private static @Nullable String known(List<String> items, @Nullable String wanted) {
        return wanted != null && items.contains(wanted) ? wanted : null;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    private void filtered(boolean byPerson) {
        if (byPerson) {
            Map<String, String> query = new LinkedHashMap<>();
            put(query, "actor", actor.getValue().strip());
            put(query, "resource", resource.value());
            put(query, "action", action.value());
            put(query, "from", from.getValue());
            put(query, "to", to.getValue());
            remember(query);
            reload();
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            query.put(name, value.toString());
        }
    }

    private void reload() {
        Instant start = from.getValue() == null ? null : startOf(from.getValue());
        Instant end = to.getValue() == null ? null : startOf(to.getValue().plusDays(1));
        if (start != null && end != null && !start.isBefore(end)) {
            list.sayIfEmpty("The first day is after the last one.");
            list.show((offset, limit) -> List.of());
            return;
        }
        list.sayIfEmpty("Nothing was done that these filters let through.");
        AuditFilter wanted = AuditFilter.of(start, end, actor.getValue().strip(), resource.value(), action.value());
        filter = wanted;
        list.show(new Scroll<Entry>(
                (cursor, size) -> audit.list(workspace().id(), wanted, PageRequest.of(cursor, size)))::rows);
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(workspace().zone()).toInstant();
    }

    private void describeRows() {
        Cell<Entry> action = Cell.badge(AuditView::title, AuditView::tone);
        Cell<Entry> what = Cell.wrapped(AuditWords::what);
        list.column("Time", "8.5rem", Cell.<Entry>wrapped(this::time).hinted(entry -> moments.full(entry.time())))
                .column(
                        "Who",
                        "minmax(0, 2fr)",
                        Cell.wrapped(entry -> entry.actor().name()))
                .column("Action", "8.5rem", action)
                .column("What", "minmax(0, 3fr)", what)
                .column(
                        "From",
                        "minmax(0, 1fr)",
                        Cell.wrapped(entry -> entry.address() == null ? "–" : entry.address()))
                .card(
                        what.looking("row-title"),
                        action,
                        Cell.<Entry>wrapped(entry ->
                                        time(entry) + " · " + entry.actor().name())
                                .looking("quiet"));
    }

    private String time(Entry entry) {
        return moments.recent(entry.time(), clock.instant());
    }

    private static String title(Entry entry) {
        return AuditWords.title(entry.action());
    }

    private static Tone tone(Entry entry) {
        return AuditWords.tone(entry.action());
    }
}

package io.rateguard.console.alerts.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.alerts.AlertHistory;
import io.rateguard.console.alerts.AlertRules;
import io.rateguard.console.alerts.AlertRules.AlertRule;
import io.rateguard.console.alerts.Channels;
import io.rateguard.console.alerts.Channels.Channel;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is told what: rules, the channels they tell, and what was told lately. */
@Route("w/:workspace/alerts")
@PermitAll
class AlertsView extends WorkspaceScreen {

    private static final int TOLD = 50;

    private final AlertRules rules;
    private final Channels channels;
    private final AlertHistory history;
    private final Budgets budgets;
    private final Apis apis;
    private final Keys keys;
    private final Access access;
    private final Clock clock;
    private final Div content = new Div();

    AlertsView(
            Workspaces workspaces,
            AlertRules rules,
            Channels channels,
            AlertHistory history,
            Budgets budgets,
            Apis apis,
            Keys keys,
            Access access,
            Clock clock) {
        super(Screen.ALERTS, workspaces);
        this.rules = rules;
        this.channels = channels;
        this.history = history;
        this.budgets = budgets;
        this.apis = apis;
        this.keys = keys;
        this.access = access;
        this.clock = clock;
        content.addClassName("sections");
    }

    @Override
    protected void show(Workspace workspace) {
        add(new PageHeader("Alerts", "Who is told what, once, soon after it happened", actions()), content);
        refresh();
    }

    private Component[] actions() {
        if (!mayEdit()) {
            return new Component[0];
        }
        Button channel = new Button(
                "Add channel",
                click -> new AddChannelDialog(channels, workspace().id(), this::refresh).open());
        channel.setTestId("channel-add");
        Button rule = new Button("Add rule", VaadinIcon.PLUS.create(), click -> openRuleForm());
        rule.addThemeVariants(ButtonVariant.PRIMARY);
        rule.setTestId("rule-add");
        return new Component[] {channel, rule};
    }

    private void openRuleForm() {
        List<Channel> all = allChannels();
        if (all.isEmpty()) {
            Notice.refused("A rule needs a channel to tell: add one first.");
            return;
        }
        new AddRuleDialog(rules, workspace().id(), subjects(), all, this::refresh).open();
    }

    private void refresh() {
        List<AlertRule> all = WholeList.of(page -> rules.list(workspace().id(), page));
        List<Channel> places = allChannels();
        content.removeAll();
        content.add(
                new Div(
                        new H2("Rules"),
                        all.isEmpty()
                                ? new Paragraph("None: nobody is told anything. A rule says what is worth telling.")
                                : ruleTable(all, places)),
                new Div(
                        new H2("Channels"),
                        places.isEmpty()
                                ? new Paragraph("None: email addresses, a Slack channel or a webhook of your own.")
                                : channelTable(places)),
                new ToldList(history.recent(workspace().id(), TOLD), moments(), clock.instant(), refreshButton()));
    }

    private Button refreshButton() {
        Button again = new Button("Refresh", VaadinIcon.REFRESH.create(), click -> refresh());
        again.addThemeVariants(ButtonVariant.TERTIARY);
        again.setTestId("alert-refresh");
        return again;
    }

    private Component ruleTable(List<AlertRule> all, List<Channel> places) {
        Subjects subjects = subjects();
        Set<UUID> goingOn = history.goingOn(workspace().id());
        Map<UUID, String> names = places.stream().collect(Collectors.toMap(Channel::id, Channel::name));
        DataTable<AlertRule> table = new DataTable<AlertRule>("Rules")
                .title("Name", rule -> new Span(rule.name()))
                .text(
                        "Tells",
                        rule -> RuleSentence.of(
                                rule, id -> subjects.name(rule.kind().subject(), id)))
                .text(
                        "Channels",
                        rule -> rule.channels().stream()
                                .map(id -> names.getOrDefault(id, "–"))
                                .collect(Collectors.joining(", ")))
                .column("Status", rule -> status(rule, goingOn.contains(rule.id())));
        if (mayEdit()) {
            table.actions(this::actions);
        }
        return table.show(all);
    }

    private Component status(AlertRule rule, boolean goingOn) {
        if (isMuted(rule)) {
            return new StatusBadge("Muted until " + moments().recent(mutedUntil(rule), clock.instant()), Tone.NEUTRAL);
        }
        return goingOn ? new StatusBadge("Going on", Tone.BAD) : new StatusBadge("Watching", Tone.GOOD);
    }

    private boolean isMuted(AlertRule rule) {
        return mutedUntil(rule).isAfter(clock.instant());
    }

    private static Instant mutedUntil(AlertRule rule) {
        Instant until = rule.mutedUntil();
        return until == null ? Instant.EPOCH : until;
    }

    private Component actions(AlertRule rule) {
        Button mute = isMuted(rule)
                ? action("Unmute", rule.name(), "rule-unmute", () -> mute(rule, null))
                : action(
                        "Mute",
                        rule.name(),
                        "rule-mute",
                        () -> new MuteDialog(rule.name(), length -> mute(rule, length)).open());
        Button delete = action("Delete", rule.name(), "rule-delete", () -> confirmDeletion(rule));
        delete.addThemeVariants(ButtonVariant.ERROR);
        return new Div(mute, delete);
    }

    private Component channelTable(List<Channel> places) {
        DataTable<Channel> table = new DataTable<Channel>("Channels")
                .title("Name", channel -> new Span(channel.name()))
                .text("Type", channel -> ChannelWords.type(channel.type()))
                .text("Leads to", ChannelWords::target);
        if (mayEdit()) {
            table.actions(this::actions);
        }
        return table.show(places);
    }

    private Component actions(Channel channel) {
        Button test = action("Test", channel.name(), "channel-test", () -> test(channel));
        Button delete = action("Delete", channel.name(), "channel-delete", () -> confirmDeletion(channel));
        delete.addThemeVariants(ButtonVariant.ERROR);
        return new Div(test, delete);
    }

    private static Button action(String text, String of, String testId, Runnable action) {
        Button button = new Button(text, click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(text + " " + of);
        button.setTestId(testId);
        return button;
    }

    private void mute(AlertRule rule, @Nullable Duration length) {
        Instant until = length == null ? null : clock.instant().plus(length);
        change(
                () -> rules.mute(workspace().id(), rule.id().toString(), until),
                "Rule “" + rule.name() + (until == null ? "” tells again." : "” is silent."));
    }

    private void test(Channel channel) {
        change(
                () -> channels.test(workspace().id(), channel.id().toString()),
                "A test is on its way to “" + channel.name() + "”. What came of it stands below.");
    }

    private void confirmDeletion(AlertRule rule) {
        confirmDeletion(
                "rule",
                rule.name(),
                "From now on nobody is told by it; what waits to be delivered is given up.",
                () -> rules.delete(workspace().id(), rule.id().toString(), SeenVersion.ANY));
    }

    private void confirmDeletion(Channel channel) {
        confirmDeletion(
                "channel",
                channel.name(),
                "Nothing can be sent there any more. A rule that still tells there keeps it.",
                () -> channels.delete(workspace().id(), channel.id().toString(), SeenVersion.ANY));
    }

    private void confirmDeletion(String what, String name, String words, Runnable deletion) {
        Confirmation.ask(
                "Delete " + what + " “" + name + "”?",
                words,
                "Delete " + what,
                () -> change(deletion, "“" + name + "” is deleted."));
    }

    /** Somebody else may have changed it since the lists were made. */
    private void change(Runnable change, String done) {
        Notice.ofChange(change, done);
        refresh();
    }

    private List<Channel> allChannels() {
        return WholeList.of(page -> channels.list(workspace().id(), page));
    }

    private Subjects subjects() {
        return Subjects.of(workspace().id(), budgets, apis, keys);
    }

    private Moments moments() {
        return new Moments(workspace().zone());
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_ALERTS);
    }
}

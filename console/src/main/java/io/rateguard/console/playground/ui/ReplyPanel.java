package io.rateguard.console.playground.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.calls.Calls;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Head;
import io.rateguard.console.calls.SaidMessage;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.playground.Spoken;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.console.requests.ui.CostAccount;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.event.Decision;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reply as it comes: what it says, what stands in front of it, how long it took and what it cost. */
final class ReplyPanel extends Section {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FIRST_ERROR = 400;

    private final Workspace workspace;
    private final Div summary = new Div();
    private final Paragraph note = new Paragraph();
    private final Pre said = new Pre();
    private final Pre raw = new Pre();
    private final Details whole = new Details("As it came", raw);
    private final DescriptionList headers = new DescriptionList();
    private final Details top = new Details("Headers", headers);
    private final Div cost = new Div();
    private final StringBuilder body = new StringBuilder();
    private @Nullable Head head;
    private Spoken spoken = new Spoken(false);

    ReplyPanel(Workspace workspace) {
        this.workspace = workspace;
        summary.addClassName("try-summary");
        summary.getElement().setAttribute("role", "status");
        summary.setTestId("reply-summary");
        note.addClassName("warning-note");
        note.setTestId("reply-note");
        code(said, "What it says", "reply-said");
        code(raw, "The reply as it came", "reply-raw");
        headers.addClassName("facts");
        top.setTestId("reply-headers");
        whole.setTestId("reply-whole");
        cost.addClassName("story");
        cost.setTestId("reply-cost");
        addClassName("panel");
        add(new H2("Reply"), summary, note, said, whole, top, cost);
        clear();
        summary.add(quiet("Nothing sent yet. Ctrl+Enter sends."));
    }

    private static void code(Pre block, String label, String testId) {
        block.addClassName("try-reply");
        block.setTestId(testId);
        block.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "region")
                .setAttribute("aria-label", label);
    }

    private void clear() {
        summary.removeAll();
        note.setVisible(false);
        said.removeAll();
        said.setVisible(false);
        raw.removeAll();
        whole.setVisible(false);
        whole.setOpened(false);
        headers.removeAll();
        top.setVisible(false);
        cost.removeAll();
        body.setLength(0);
        head = null;
    }

    void sent() {
        clear();
        summary.add(quiet("Sent. Waiting for the first byte…"));
    }

    void head(Head first) {
        head = first;
        spoken = new Spoken(first.header("content-type").orElse("").startsWith("text/event-stream"));
        summary.removeAll();
        summary.add(status(first), quiet("First byte after " + millis(first.after())));
        first.headers().entrySet().stream()
                .sorted(ours())
                .forEach(header -> headers.add(
                        new DescriptionList.Term(header.getKey()),
                        new DescriptionList.Description(String.join(", ", header.getValue()))));
        top.setVisible(true);
    }

    /** Those of RateGuard first. */
    private static Comparator<Map.Entry<String, List<String>>> ours() {
        return Comparator.<Map.Entry<String, List<String>>>comparingInt(header -> {
                    String name = header.getKey().toLowerCase(Locale.ROOT);
                    return name.startsWith("x-rateguard-") ? 0 : name.contains("ratelimit") ? 1 : 2;
                })
                .thenComparing(header -> header.getKey().toLowerCase(Locale.ROOT));
    }

    private static StatusBadge status(Head first) {
        String refused = first.error().isPresent() ? "RateGuard: " : "";
        return new StatusBadge(refused + first.status(), first.status() < FIRST_ERROR ? Tone.GOOD : Tone.BAD);
    }

    void text(String part) {
        if (part.isEmpty()) {
            return;
        }
        body.append(part);
        raw.add(new Text(part));
        whole.setVisible(true);
        say(spoken.hear(part));
    }

    private void say(String words) {
        if (!words.isEmpty()) {
            said.add(new Text(words));
            said.setVisible(true);
        }
    }

    void ended(Ended ended) {
        say(spoken.end());
        if (head == null) {
            summary.removeAll();
        }
        summary.add(quiet(words(ended)));
        if (head != null) {
            explain(head);
            whole.setOpened(!said.isVisible() && !note.isVisible());
            head.requestId().ifPresent(id -> cost.add(quiet("The cost follows as soon as the request is recorded…")));
        }
    }

    private static String words(Ended ended) {
        String after = " after " + millis(ended.after());
        return switch (ended.how()) {
            case WHOLE -> "Ended" + after;
            case TOO_LARGE -> "Read no further than " + Amounts.count(Calls.MOST_CHARS) + " characters";
            case CUT -> "Broken off" + after;
            case TOO_SLOW -> "Nothing came: given up" + after;
            case NOT_REACHED -> "The console does not reach the proxy";
            case CANCELLED -> "Cancelled" + after;
        };
    }

    /** What RateGuard itself had to say. */
    private void explain(Head first) {
        if (first.error().isEmpty()) {
            return;
        }
        String message = SaidMessage.in(body.toString()).orElse(first.error().get() + ".");
        String advice = switch (first.status()) {
            case 402 -> " A budget refused it: waiting does not help, a larger budget or a new window does.";
            case 429 ->
                " A limit refused it"
                        + first.header("retry-after")
                                .map(seconds -> ": worth another try in " + seconds + " s.")
                                .orElse(".");
            default -> "";
        };
        note.setText(message + advice);
        note.setVisible(true);
    }

    /** @param found the recorded request; nothing where it is not there in time */
    void cost(String requestId, Optional<Explained> found) {
        if (head == null || !head.requestId().equals(Optional.of(requestId))) {
            return;
        }
        cost.removeAll();
        if (found.isEmpty()) {
            cost.add(quiet("The request is not recorded yet: the history is behind."));
        } else if (found.get().event().verdict().decision() == Decision.ALLOWED) {
            cost.add(new CostAccount(found.get(), new Moments(workspace.zone())));
        } else {
            cost.add(quiet("It cost nothing: it was never forwarded."));
        }
        Anchor account =
                new Anchor(Screen.REQUESTS.path(workspace.slug()) + "?request=" + requestId, "The whole account of it");
        account.setTestId("reply-account");
        cost.add(account);
    }

    private static String millis(Duration after) {
        return Amounts.millis(after.toNanos() / NANOS_PER_MILLI);
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("quiet");
        return span;
    }
}

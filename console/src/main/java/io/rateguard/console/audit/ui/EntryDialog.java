package io.rateguard.console.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.audit.Audit.Entry;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One entry: who did it, from where, and each field that is not what it was. */
final class EntryDialog extends Dialog {

    EntryDialog(Entry entry, Moments moments) {
        setHeaderTitle(
                AuditWords.what(entry) + " " + AuditWords.title(entry.action()).toLowerCase(Locale.ROOT));
        addClassName("request-dialog");
        String where = entry.address() == null ? "" : " from " + entry.address();
        Div story = new Div(
                new Paragraph(entry.actor().name() + " (" + entry.actor().type() + ")" + where + ", "
                        + moments.full(entry.time())),
                changes(entry));
        story.addClassName("story");
        // Longer than a phone is high: the keyboard can scroll what it can reach.
        story.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "What was changed");
        add(story);
        Button close = new Button("Close", click -> close());
        close.setTestId("audit-close");
        getFooter().add(close);
    }

    private static Component changes(Entry entry) {
        List<Change> changes = Change.between(entry.before(), entry.after());
        if (changes.isEmpty()) {
            Paragraph none = new Paragraph(
                    entry.resource().equals("sign-ins")
                            ? "A sign-in changes nothing."
                            : "Only what is secret was changed: it is not written down.");
            none.addClassName("quiet");
            return none;
        }
        return new DataTable<Change>("Changes")
                .title("Field", change -> new Span(change.field()))
                .column("Before", change -> new Code(change.before()))
                .column("After", change -> new Code(change.after()))
                .show(changes);
    }

    /** A field that is not what it was; a dash stands for nothing. */
    record Change(String field, String before, String after) {

        static List<Change> between(@Nullable JsonNode before, @Nullable JsonNode after) {
            TreeSet<String> fields = new TreeSet<>();
            if (before != null) {
                fields.addAll(before.propertyNames());
            }
            if (after != null) {
                fields.addAll(after.propertyNames());
            }
            return fields.stream()
                    .map(field -> new Change(field, text(before, field), text(after, field)))
                    .filter(change -> !change.before.equals(change.after))
                    .toList();
        }

        private static String text(@Nullable JsonNode state, String field) {
            JsonNode value = state == null ? null : state.get(field);
            if (value == null || value.isNull() || value.isContainer() && value.isEmpty()) {
                return "–";
            }
            return value.isString() ? value.asString() : value.toString();
        }
    }
}

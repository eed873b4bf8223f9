package io.rateguard.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a drill saw, as its reader gets it, and which promises held. */
public final class Findings {

    private final StringBuilder seen = new StringBuilder();
    private final List<Promise> promises = new ArrayList<>();

    /** @param figure what was seen, with its unit */
    private record Promise(String promise, boolean kept, String figure) {

        String line() {
            return promise + ": " + figure;
        }
    }

    /** A paragraph, formatted with these values. */
    public Findings say(String format, Object... values) {
        seen.append(String.format(Locale.ROOT, format, values)).append("\n\n");
        return this;
    }

    public Findings show(Table table) {
        seen.append(table.markdown()).append('\n');
        return this;
    }

    /** @param figure what was seen of it */
    public Findings promise(String promise, boolean kept, String figure) {
        promises.add(new Promise(promise, kept, figure));
        return this;
    }

    /** A promise that something stays between two amounts. */
    public Findings promise(String promise, long least, long seenAmount, long most, String unit) {
        return promise(
                promise,
                seenAmount >= least && seenAmount <= most,
                "%s %s (%s to %s)"
                        .formatted(Figures.count(seenAmount), unit, Figures.count(least), Figures.count(most)));
    }

    public String markdown() {
        StringBuilder text = new StringBuilder(seen);
        promises.forEach(each -> text.append(each.kept() ? "- kept: " : "- BROKEN: ")
                .append(each.line())
                .append('\n'));
        return text.toString();
    }

    /** Each broken promise with the figure that broke it. */
    public List<String> broken() {
        return promises.stream().filter(each -> !each.kept()).map(Promise::line).toList();
    }
}

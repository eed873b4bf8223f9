package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.domain.letter.Letter;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** A notice or a letter as an email: the same content for those who see HTML and for those who do not. */
record EmailText(String subject, String text, String html) {

    private static final Template FRAME = Template.read("email.html");
    private static final Template FACT = Template.read("email-fact.html");
    private static final Template BAR = Template.read("email-bar.html");

    private static final int FULL = 100;
    private static final int NEARLY_FULL = 80;

    static EmailText of(Notice notice) {
        return of(
                Wording.of(notice),
                "RateGuard · " + notice.workspace(),
                notice.link(),
                "an alert rule or a test in workspace \"" + notice.workspace() + "\" names this address",
                bar(notice));
    }

    static EmailText of(Posted posted) {
        return switch (posted.letter()) {
            case Letter.Invitation it ->
                of(
                        Wording.of(it),
                        "RateGuard · " + it.workspace(),
                        posted.link(),
                        it.by() + " gave this address in workspace \"" + it.workspace() + "\"",
                        "");
            case Letter.PasswordReset it ->
                of(
                        Wording.of(it),
                        "RateGuard",
                        posted.link(),
                        "somebody asked for a new password for the account with this address",
                        "");
        };
    }

    /**
     * @param sender the product, and the workspace where there is one
     * @param reason why whoever has it got it
     * @param bar markup above the facts
     */
    private static EmailText of(Wording wording, String sender, URI link, String reason, String bar) {
        String why = "RateGuard sent this because " + reason + ".";
        return new EmailText(wording.subject(), text(wording, link, why), html(wording, sender, link, why, bar));
    }

    private static String text(Wording wording, URI link, String why) {
        int width =
                wording.facts().keySet().stream().mapToInt(String::length).max().orElse(0);
        String facts = wording.facts().entrySet().stream()
                .map(fact ->
                        fact.getKey() + ":" + " ".repeat(width - fact.getKey().length() + 2) + fact.getValue())
                .collect(Collectors.joining("\n"));
        return """
                %s

                %s

                %s

                %s:
                %s

                --
                %s
                """.formatted(wording.headline(), facts, wording.consequence(), wording.button(), link, why);
    }

    private static String html(Wording wording, String sender, URI link, String why, String bar) {
        String facts = wording.facts().entrySet().stream()
                .map(fact -> FACT.with(Map.of("label", fact.getKey(), "value", unbroken(fact.getValue()))))
                .collect(Collectors.joining());
        return FRAME.with(
                Map.of(
                        "subject", wording.subject(),
                        "headline", unbroken(wording.headline()),
                        "consequence", wording.consequence(),
                        "link", link.toString(),
                        "button", wording.button(),
                        "sender", sender,
                        "why", why),
                Map.of("bar", bar, "facts", facts.strip()));
    }

    /** On a narrow screen a percent sign stays with its number. */
    private static String unbroken(String text) {
        return text.replace(" %", "\u00a0%");
    }

    private static String bar(Notice notice) {
        return switch (notice) {
            case BudgetReached it -> {
                int share = Wording.share(it);
                String colour = share >= FULL ? "#c62f2f" : share >= NEARLY_FULL ? "#c77700" : "#2456d6";
                yield BAR.with(Map.of("percent", Integer.toString(Math.clamp(share, 1, FULL)), "colour", colour))
                        .strip();
            }
            case Notice.Incident it -> "";
            case Notice.Test it -> "";
        };
    }
}

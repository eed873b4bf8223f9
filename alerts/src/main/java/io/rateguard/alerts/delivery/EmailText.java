package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import java.util.Map;
import java.util.stream.Collectors;

/** A notice as an email: the same content for those who see HTML and for those who do not. */
record EmailText(String subject, String text, String html) {

    private static final Template FRAME = Template.read("email.html");
    private static final Template FACT = Template.read("email-fact.html");
    private static final Template OFFER = Template.read("email-offer.html");
    private static final Template BAR = Template.read("email-bar.html");

    private static final int FULL = 100;
    private static final int NEARLY_FULL = 80;

    static EmailText of(Notice notice) {
        Wording wording = Wording.of(notice);
        return new EmailText(wording.subject(), text(notice, wording), html(notice, wording));
    }

    private static String text(Notice notice, Wording wording) {
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
                %s
                --
                RateGuard sent this because of an alert rule or a test in workspace "%s".
                Rules are muted and deleted under Alerts in the console.
                """.formatted(
                        wording.headline(),
                        facts,
                        wording.consequence(),
                        wording.button(),
                        notice.link(),
                        notice.offered()
                                .map(offer -> "\n" + wording.offer() + ":\n" + offer.link() + "\n")
                                .orElse(""),
                        notice.workspace());
    }

    private static String html(Notice notice, Wording wording) {
        String facts = wording.facts().entrySet().stream()
                .map(fact -> FACT.with(Map.of("label", fact.getKey(), "value", unbroken(fact.getValue()))))
                .collect(Collectors.joining());
        return FRAME.with(
                Map.of(
                        "subject", wording.subject(),
                        "headline", unbroken(wording.headline()),
                        "consequence", wording.consequence(),
                        "link", notice.link().toString(),
                        "button", wording.button(),
                        "workspace", notice.workspace()),
                Map.of("bar", bar(notice), "facts", facts.strip(), "offer", offer(notice, wording)));
    }

    private static String offer(Notice notice, Wording wording) {
        return notice.offered()
                .map(offer -> OFFER.with(Map.of("link", offer.link().toString(), "text", wording.offer())))
                .orElse("")
                .strip();
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

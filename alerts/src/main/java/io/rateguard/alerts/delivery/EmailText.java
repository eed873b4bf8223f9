package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.domain.letter.Letter;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A notice or a letter as an email: the same content for those who see HTML and for those who do not. */
record EmailText(String subject, String text, String html) {

    private static final Template FRAME = Template.read("email.html");
    private static final Template FACT = Template.read("email-fact.html");
    private static final Template OFFER = Template.read("email-offer.html");
    private static final Template BAR = Template.read("email-bar.html");

    private static final int FULL = 100;
    private static final int NEARLY_FULL = 80;

    static EmailText of(Notice notice) {
        return of(
                Wording.of(notice),
                "RateGuard · " + notice.workspace(),
                notice.link(),
                "of an alert rule or a test in workspace \"" + notice.workspace()
                        + "\".\nRules are muted and deleted under Alerts in the console",
                bar(notice),
                notice.offered().map(Notice.Offer::link).orElse(null));
    }

    static EmailText of(Posted posted) {
        return switch (posted.letter()) {
            case Letter.Invitation it ->
                of(
                        Wording.of(it),
                        "RateGuard · " + it.workspace(),
                        posted.link(),
                        it.by() + " gave this address in workspace \"" + it.workspace() + "\"",
                        "",
                        null);
            case Letter.PasswordReset it ->
                ofAccount(
                        Wording.of(it), posted, "somebody asked for a new password for the account with this address");
            case Letter.SignUp it -> ofAccount(Wording.of(it), posted, "somebody gave this address to open an account");
            case Letter.NewAddress it ->
                ofAccount(Wording.of(it), posted, it.old() + " gave this address as the new one of their account");
            case Letter.KnownAddress it -> ofAccount(Wording.known(posted.to()), posted, "somebody gave this address");
            case Letter.AddressChanged it ->
                ofAccount(Wording.of(it), posted, "this was the address of an account until now");
        };
    }

    private static EmailText ofAccount(Wording wording, Posted posted, String reason) {
        return of(wording, "RateGuard", posted.link(), reason, "", null);
    }

    /**
     * @param sender the product, and the workspace where there is one
     * @param reason why whoever has it got it
     * @param bar markup above the facts
     * @param offer where what the wording offers is taken
     */
    private static EmailText of(
            Wording wording, String sender, URI link, String reason, String bar, @Nullable URI offer) {
        String why = "RateGuard sent this because " + reason + ".";
        return new EmailText(
                wording.subject(), text(wording, link, why, offer), html(wording, sender, link, why, bar, offer));
    }

    private static String text(Wording wording, URI link, String why, @Nullable URI offer) {
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
                %s
                """.formatted(
                        wording.headline(),
                        facts,
                        wording.consequence(),
                        wording.button(),
                        link,
                        offer == null ? "" : "\n" + wording.offer() + ":\n" + offer + "\n",
                        why);
    }

    private static String html(Wording wording, String sender, URI link, String why, String bar, @Nullable URI offer) {
        String facts = wording.facts().entrySet().stream()
                .map(fact -> FACT.with(Map.of("label", fact.getKey(), "value", unbroken(fact.getValue()))))
                .collect(Collectors.joining());
        String offered = offer == null
                ? ""
                : OFFER.with(Map.of("link", offer.toString(), "text", wording.offer()))
                        .strip();
        return FRAME.with(
                Map.of(
                        "subject", wording.subject(),
                        "headline", unbroken(wording.headline()),
                        "consequence", wording.consequence(),
                        "link", link.toString(),
                        "button", wording.button(),
                        "sender", sender,
                        "why", why.replace('\n', ' ')),
                Map.of("bar", bar, "facts", facts.strip(), "offer", offered));
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

package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.domain.letter.Letter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The words of a notice, the same in every form, and of a letter.
 *
 * @param offer what the button of an offer says; empty without one
 */
record Wording(
        String subject, String headline, Map<String, String> facts, String consequence, String button, String offer) {

    private static final int FULL = 100;
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Without an offer. */
    Wording(String subject, String headline, Map<String, String> facts, String consequence, String button) {
        this(subject, headline, facts, consequence, button, "");
    }

    static Wording of(Notice notice) {
        return switch (notice) {
            case BudgetReached it -> budgetReached(it);
            case Notice.Incident it -> IncidentWording.of(it);
            case Notice.Test it ->
                new Wording(
                        "RateGuard: test of channel \"" + it.channel() + "\"",
                        "This channel works",
                        facts("Channel", it.channel(), "Workspace", it.workspace()),
                        "Somebody asked RateGuard for this test. Alerts sent to this channel will arrive here.",
                        "Open RateGuard");
        };
    }

    static Wording of(Letter.Invitation it) {
        return new Wording(
                "RateGuard: invitation to \"" + it.workspace() + "\"",
                "You are invited to \"" + it.workspace() + "\"",
                facts("Invited by", it.by(), "Role", it.role(), "Good until", UNTIL.format(it.until())),
                "The link works once, for this address alone. If you expect no invitation, you need do nothing.",
                "Join");
    }

    static Wording of(Letter.PasswordReset it) {
        return new Wording(
                "RateGuard: choose a new password",
                "Choose a new password",
                facts("Good until", UNTIL.format(it.until())),
                "Somebody asked for this where one signs in. If it was not you, you need do nothing: the password stays.",
                "Choose a new password");
    }

    static Wording of(Letter.SignUp it) {
        return new Wording(
                "RateGuard: open your account",
                "Open your account",
                facts("Good until", UNTIL.format(it.until())),
                "The link works once. If it was not you who gave this address, you need do nothing: there is no account.",
                "Open the account");
    }

    static Wording of(Letter.NewAddress it) {
        return new Wording(
                "RateGuard: your new address",
                "Is this your new address?",
                facts("Account", it.old(), "Good until", UNTIL.format(it.until())),
                "The link works once, and then you sign in with this address. If you know nothing of it, you need do"
                        + " nothing.",
                "Use this address");
    }

    /** To who gave, or whose is, the address of an account that is there. */
    static Wording known(String address) {
        return new Wording(
                "RateGuard: you have an account",
                "You have an account already",
                facts("Address", address),
                "Somebody wanted an account with this address, which has one. If it was you, sign in with it; where you sign"
                        + " in you can choose a new password too. If it was not, you need do nothing.",
                "Sign in");
    }

    static Wording of(Letter.AddressChanged it) {
        return new Wording(
                "RateGuard: the address of your account has changed",
                "The address of your account has changed",
                facts("New address", it.address()),
                "You sign in with the new address from now on. If it was not you, tell whoever runs this RateGuard: somebody"
                        + " knew your password and read the letters of the new address.",
                "Sign in");
    }

    private static Wording budgetReached(BudgetReached it) {
        String spent = Dollars.of(it.spent(), it.amount()) + " of " + Dollars.of(it.amount(), it.amount());
        Map<String, String> facts = facts("Spent", spent + " (" + share(it) + " %)");
        String counted = Windows.counted(it.window(), it.per());
        if (!counted.isEmpty()) {
            facts.put("For", counted);
        }
        facts.put("Window", Windows.name(it.window()));
        facts.put("Resets", Windows.reset(it.window(), it.zone()));
        facts.put("Workspace", it.workspace());
        return new Wording(
                "RateGuard: budget \"" + it.budget() + "\" has reached " + it.percent() + " %",
                "Budget \"" + it.budget() + "\" has reached " + it.percent() + " %",
                facts,
                consequence(it),
                "Open the budget",
                offer(it));
    }

    private static String offer(BudgetReached it) {
        return it.offer() == null
                ? ""
                : "Allow " + Dollars.of(it.offer().amount(), it.offer().amount()) + " more "
                        + (Windows.isEndless(it.window()) ? "for 7 days" : "until it resets");
    }

    private static String consequence(BudgetReached it) {
        if (!it.shutsOff()) {
            return "Requests are still let through: this budget only alerts.";
        }
        String until = Windows.isEndless(it.window()) ? "until its amount is raised" : "until it resets";
        return it.isUsedUp()
                ? "The budget is used up: requests under it are refused " + until + "."
                : "Requests are still let through. Once the budget is used up, they are refused " + until + ".";
    }

    /** Rounded down, so that nothing is said to be full before it is. */
    static int share(BudgetReached it) {
        return it.amount().nanos() == 0
                ? FULL
                : BigDecimal.valueOf(it.spent().nanos())
                        .multiply(BigDecimal.valueOf(FULL))
                        .divide(BigDecimal.valueOf(it.amount().nanos()), RoundingMode.DOWN)
                        .intValue();
    }

    private static Map<String, String> facts(String... labelsAndValues) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            facts.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return facts;
    }
}

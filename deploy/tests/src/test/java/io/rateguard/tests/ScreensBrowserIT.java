package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ViewportSize;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every screen, light on a laptop and dark on a phone: nothing clipped, overlapping or wider than the window, no error in the
 * browser's console, contrast and roles as WCAG 2 AA asks. {@code ./rateguard screenshots} walks dark on a laptop and light on
 * a phone, too. The pictures stay in {@code target/screenshots}.
 */
class ScreensBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final String LEGIBLE = script("legible.js");
    private static final List<String> AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
    private static int imports;

    private static final String FRESH = "fresh";
    private static final String FIGURES = ".figures:not(.waiting) [data-testid=spent-today]";
    private static final String KEY = "Invoice export";
    private static final String HIDDEN_BELOW = """
            () => {
              if (document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened]')) return 0;
              let most = 0;
              for (let at = document.querySelector('main'); at; at = at.parentElement) {
                if (['auto', 'scroll'].includes(getComputedStyle(at).overflowY)) {
                  most = Math.max(most, at.scrollHeight - at.clientHeight);
                }
              }
              const main = document.querySelector('main').getBoundingClientRect();
              return Math.ceil(Math.max(most, main.bottom - innerHeight + 16, document.documentElement.scrollHeight - innerHeight));
            }""";
    private static final String PUT_NOTICES_AWAY =
            "() => document.querySelectorAll('vaadin-notification').forEach(it => it.opened = false)";
    private static final int HIGHEST_PICTURE = 4_000;

    private final List<String> wrong = new ArrayList<>();
    private String variant;
    private Page page;

    @BeforeAll
    static void fillTheScreens() {
        CONSOLE.newWorkspace(FRESH, "Fresh start");
        CONSOLE.joinAsOwner(FRESH);
        DemoTraffic.send(CONSOLE);
    }

    /** Both widths and both colours; every pair of them where each is asked for. */
    static List<Arguments> looks() {
        List<Arguments> looks = new ArrayList<>(
                List.of(Arguments.of(1440, 1000, ColorScheme.LIGHT), Arguments.of(390, 844, ColorScheme.DARK)));
        if (Boolean.getBoolean("rateguard.every-look")) {
            looks.add(Arguments.of(1440, 1000, ColorScheme.DARK));
            looks.add(Arguments.of(390, 844, ColorScheme.LIGHT));
        }
        return looks;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void isLegible(int width, int height, ColorScheme scheme) {
        variant = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        try (BrowserContext context = CONSOLE.open(width, height, scheme)) {
            page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    wrong.add(variant + ": the browser says: " + message.text());
                }
            });
            page.onPageError(error -> wrong.add(variant + ": a script failed: " + error));
            page.navigate(CONSOLE.url("login"));
            page.locator("vaadin-login-form vaadin-button[theme~=submit]").waitFor();
            look("sign-in");
            signUp();
            CONSOLE.signInAsAdmin(page);
            screens();
            emptyScreens();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noticesTextThatIsClippedOrOverlapsAndIconsThatShowNothing() {
        try (BrowserContext context = CONSOLE.open(390, 844, ColorScheme.LIGHT)) {
            page = context.newPage();
            page.setContent("""
                    <p style="width: 5rem; overflow: hidden; white-space: nowrap">a long line that does not fit</p>
                    <p style="position: absolute; top: 100px">one</p><p style="position: absolute; top: 100px">two</p>
                    <div style="width: 500px">wide</div><vaadin-icon icon="vaadin:nothing"></vaadin-icon>""");

            assertThat((List<?>) page.evaluate(LEGIBLE))
                    .map(Object::toString)
                    .anyMatch(it -> it.startsWith("clipped"))
                    .anyMatch(it -> it.startsWith("overlapping"))
                    .anyMatch(it -> it.equals("no picture: icon vaadin:nothing"))
                    .anyMatch(it -> it.startsWith("wider"));
        }
    }

    private void signUp() {
        String guest = "new-" + variant + "@rateguard.test";
        page.getByTestId("sign-up").click();
        page.getByTestId("sign-up-email").locator("input").fill(guest);
        look("sign-up");
        page.getByTestId("sign-up-send").click();
        page.getByText("Look for the letter").waitFor();
        look("sign-up-sent");
        page.navigate(CONSOLE.linkMailedTo(guest));
        page.getByTestId("new-password").locator("input").fill("short");
        page.getByTestId("own-name").locator("input").fill("Guest");
        page.getByTestId("welcome").click();
        page.getByTestId("new-password").getByText("expected: 8 to 200").waitFor();
        look("welcome");
        page.getByTestId("new-password").locator("input").fill("a password of their own");
        page.getByTestId("welcome").click();
        page.getByText("Your account is ready").waitFor();
        look("welcome-ready");
        page.navigate(CONSOLE.url("welcome/used"));
        page.getByText("This link works no more").waitFor();
        look("welcome-no-more");
    }

    private void screens() {
        at("overview", FIGURES);
        look("overview");
        page.keyboard().press("Control+k");
        page.getByTestId("search-text").locator("input").fill("de");
        page.getByTestId("search-results").getByText("Demo provider").waitFor();
        look("search");
        page.keyboard().press("Escape");
        at("overview?period=30d", FIGURES);
        look("overview-30-days");
        at("costs?by=model,key", ".long-list");
        page.getByTestId("costs-list").getByText("demo-small").first().waitFor();
        PlaywrightAssertions.assertThat(page.getByTestId("costs-by-1")).hasValue("Model");
        PlaywrightAssertions.assertThat(page.getByTestId("costs-by-2")).hasValue("Key");
        look("costs");
        at("requests", ".long-list");
        page.getByTestId("request-list").locator(".status-badge").first().waitFor();
        look("requests");
        at("requests?decision=limited", ".long-list");
        openFirstRequest("Limited");
        look("request-refused");
        at("requests?decision=allowed&model=demo-small", ".long-list");
        openFirstRequest("Allowed");
        look("request-explained");
        at("apis", ".data-table");
        look("apis");
        page.getByTestId("api-add").click();
        page.getByTestId("api-base-url").locator("input").fill("ftp://files.example");
        page.getByTestId("api-secret").locator("input").fill("sk-something");
        page.getByTestId("api-save").click();
        page.getByTestId("api-base-url").getByText("expected: http://").waitFor();
        look("api-add");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test connection Demo provider"))
                .click();
        page.getByTestId("connection").getByText("Connected").waitFor();
        look("api-test");
        at("keys", ".data-table");
        look("keys");
        page.getByTestId("key-create").click();
        page.getByTestId("key-name").locator("input").fill(KEY);
        look("key-create");
        page.getByTestId("key-belonging").locator("vaadin-details-summary").click();
        page.getByTestId("key-tags").locator("input").fill("search");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("On a day"))
                .check();
        page.getByTestId("key-save").click();
        page.getByTestId("key-tags").getByText("expected: name:value").waitFor();
        look("key-create-belonging");
        page.getByTestId("key-owner").locator("input").fill("Ada");
        page.getByTestId("key-project").locator("input").fill("apollo");
        page.getByTestId("key-tags").locator("input").fill("team:search");
        page.getByTestId("key-save").click();
        page.getByTestId("key-last-day").getByText("expected: a day").waitFor();
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("In a year"))
                .check();
        page.getByTestId("key-save").click();
        page.getByTestId("key-secret").waitFor();
        look("key-created");
        page.getByTestId("key-done").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Edit " + KEY))
                .first()
                .click();
        page.getByTestId("key-models").locator("input").fill("demo-*");
        look("key-edit");
        page.getByTestId("key-edit-save").click();
        comesAndGoes("on every proxy within a second");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Rotate " + KEY))
                .first()
                .click();
        page.getByTestId("key-grace").waitFor();
        look("key-rotate");
        page.getByTestId("key-rotate-confirm").click();
        page.getByTestId("key-secret").waitFor();
        look("key-rotated");
        page.getByTestId("key-done").click();
        look("keys-rotated");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke " + KEY))
                .first()
                .click();
        page.getByText("cannot be brought back").waitFor();
        look("key-revoke");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke key"))
                .click();
        limits();
        budgets();
        alerts();
        prices();
        playground();
        members();
        account();
        settings();
        auditLog();
    }

    private void limits() {
        at("limits", ".data-table");
        look("limits");
        page.getByTestId("limit-add").click();
        page.getByTestId("limit-name").locator("input").fill("Crawler");
        page.getByTestId("limit-amount").locator("input").fill("2");
        page.getByTestId("limit-amount").locator("input").press("Tab");
        page.getByText("2 requests in any minute").waitFor();
        page.getByTestId("backtest").click();
        page.getByTestId("backtest-result").locator(".backtest-summary").waitFor();
        look("limit-add");
    }

    private void playground() {
        at("playground", "[data-testid=try-body]");
        page.getByTestId("try-api").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Demo provider"))
                .click();
        page.getByTestId("try-path").locator("input").fill("v1");
        page.getByTestId("try-send").click();
        page.getByTestId("try-path").getByText("expected: a path").waitFor();
        look("playground");
        page.getByTestId("try-path").locator("input").fill("/v1/chat/completions");
        page.getByTestId("try-send").click();
        page.getByTestId("reply-cost").getByText("Price per million").first().waitFor(attached());
        page.getByTestId("reply-headers").locator("vaadin-details-summary").click();
        look("playground-reply");
    }

    private void budgets() {
        at("budgets", ".gauge");
        look("budgets");
        page.getByTestId("budget-add").click();
        page.getByTestId("budget-name").locator("input").fill("Search team");
        page.getByTestId("budget-amount").locator("input").fill("250");
        page.getByTestId("budget-thresholds").locator("input").fill("50, most");
        page.getByTestId("budget-save").click();
        page.getByTestId("budget-thresholds")
                .getByText("expected: whole numbers")
                .waitFor();
        look("budget-add");
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        page.getByTestId("budget-zone").waitFor();
        look("budget-add-more");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .click();
        page.getByTestId("budget-increase").first().click();
        look("budget-increase");
    }

    private void settings() {
        page.navigate(CONSOLE.url("w/" + FRESH + "/settings"));
        page.getByTestId("workspace-suspend").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Suspend workspace").setExact(true))
                .click();
        page.getByTestId("suspended").waitFor(attached());
        look("settings");
        page.getByTestId("workspace-resume").click();
        page.getByTestId("workspace-suspend").waitFor();
        page.getByTestId("workspace-delete").click();
        page.getByTestId("workspace-slug").locator("input").fill("fresh start");
        look("workspace-delete");
    }

    /** Behind the menu on a phone. */
    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }

    private void members() {
        at("members", ".data-table");
        page.getByTestId("member-invite").click();
        page.getByTestId("invite-email").locator("input").fill("nobody");
        page.getByTestId("invite-send").click();
        page.getByTestId("invite-email").getByText("expected: an email address").waitFor();
        look("member-invite");
        page.getByTestId("invite-email").locator("input").fill("guest-" + variant + "@rateguard.test");
        page.getByTestId("invite-send").click();
        comesAndGoes("is on its way");
        look("members");
        page.navigate(CONSOLE.linkMailedTo("guest-" + variant + "@rateguard.test"));
        page.getByTestId("join").waitFor();
        look("join");
        page.navigate(CONSOLE.url("join/used"));
        page.getByText("This link works no more").waitFor();
        look("join-no-more");
    }

    private void alerts() {
        page.navigate(CONSOLE.screen("alerts"));
        page.getByTestId("alert-history").waitFor();
        page.getByTestId("channel-add").click();
        page.getByTestId("channel-name").locator("input").fill("On call " + variant);
        page.getByTestId("channel-to").locator("input").fill("nobody");
        page.getByTestId("channel-save").click();
        page.getByTestId("channel-to").getByText("expected: an email address").waitFor();
        look("channel-add");
        page.getByTestId("channel-to").locator("input").fill("ada@acme.example, bob@acme.example");
        page.getByTestId("channel-save").click();
        comesAndGoes("Its test says whether it works");
        page.getByTestId("rule-add").click();
        page.getByTestId("rule-type").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Requests fail"))
                .click();
        page.getByTestId("rule-name").locator("input").fill("Errors " + variant);
        page.getByTestId("rule-percent").locator("input").fill("500");
        page.getByTestId("rule-channels").locator("input").fill("On call " + variant);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("On call " + variant))
                .click();
        page.keyboard().press("Tab");
        page.getByTestId("rule-save").click();
        page.getByTestId("rule-percent").getByText("expected: 1 to 100").waitFor();
        look("rule-add");
        page.getByTestId("rule-percent").locator("input").fill("5");
        page.getByTestId("rule-save").click();
        comesAndGoes("watches from now on");
        named("Test On call " + variant).click();
        comesAndGoes("is on its way");
        named("Mute Errors " + variant).click();
        page.getByText("told nobody, not later either").waitFor();
        look("rule-mute");
        page.getByTestId("rule-mute-confirm").click();
        comesAndGoes("is silent");
        look("alerts");
        named("Delete Errors " + variant).click();
        named("Delete rule").click();
        comesAndGoes("is deleted");
        page.navigate(CONSOLE.screen("increase?offer=none"));
        page.getByText("This link offers nothing").waitFor();
        look("increase-none");
    }

    private Locator named(String button) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true));
    }

    private void prices() {
        at("prices", ".data-table");
        look("prices");
        page.getByTestId("price-add").click();
        page.getByTestId("price-model").locator("input").fill("house-" + variant);
        page.getByTestId("price-input").locator("input").fill("two");
        page.getByTestId("price-output").locator("input").fill("8");
        page.getByTestId("price-save").click();
        page.getByTestId("price-input").getByText("expected: a decimal").waitFor();
        look("price-add");
        page.getByTestId("price-input").locator("input").fill("2");
        page.getByTestId("price-save").click();
        comesAndGoes("has a price of its own");
        page.getByTestId("price-unpriced-change").click();
        page.getByTestId("unpriced-choice").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Charge at a ceiling"))
                .click();
        page.getByTestId("unpriced-input").locator("input").fill("thirty");
        page.getByTestId("unpriced-output").locator("input").fill("150");
        page.getByTestId("unpriced-save").click();
        page.getByTestId("unpriced-input").getByText("expected: a decimal").waitFor();
        look("price-unpriced");
        page.getByTestId("unpriced-input").locator("input").fill("30");
        page.getByTestId("unpriced-save").click();
        page.getByTestId("price-unpriced").getByText("$30").waitFor();
        comesAndGoes("saved");
        page.getByTestId("price-import").click();
        page.getByTestId("import-file")
                .locator("input[type=file]")
                .setInputFiles(new FilePayload("prices.json", "application/json", liteLlm()));
        page.getByTestId("import-apply").waitFor();
        look("price-import");
        page.getByTestId("import-apply").click();
        page.getByTestId("price-history").getByText("Holds").waitFor();
        comesAndGoes("from now on");
        look("prices-own");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete the price of house-" + variant))
                .click();
        page.getByText("What was charged stays").waitFor();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete price"))
                .click();
        page.getByText("is deleted").waitFor();
    }

    /** Each time another price. */
    private static byte[] liteLlm() {
        return """
                {"gpt-4o":{"litellm_provider":"openai","input_cost_per_token":%de-6,"output_cost_per_token":1e-5},
                 "gpt-house":{"litellm_provider":"openai","input_cost_per_token":1e-6,"output_cost_per_token":2e-6}}
                """.formatted(3 + ++imports).getBytes(StandardCharsets.UTF_8);
    }

    /** What is told in passing does not stand before what is looked at. */
    private void comesAndGoes(String notice) {
        page.getByText(notice).first().waitFor();
        page.evaluate(PUT_NOTICES_AWAY);
        page.getByText(notice).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    private void account() {
        page.navigate(CONSOLE.url("account"));
        page.getByTestId("change-password").waitFor();
        look("account");
        page.getByTestId("current-password").locator("input").fill("not the password");
        page.getByTestId("new-password").locator("input").fill("a long password that is good");
        page.getByTestId("change-password").click();
        page.getByTestId("current-password")
                .getByText("expected: the password of")
                .waitFor();
        look("account-refused");
        page.getByTestId("second-factor-set-up").click();
        page.getByTestId("second-factor-secret").waitFor();
        look("second-factor");
        page.navigate(CONSOLE.url("first-workspace"));
        page.getByTestId("workspace-create").waitFor();
        look("first-workspace");
        page.navigate(CONSOLE.url("account"));
        page.getByTestId("new-address").locator("input").fill("moved-" + variant + "@rateguard.test");
        page.getByTestId("address-current")
                .locator("input")
                .fill(CONSOLE.product().text("adminPassword"));
        page.getByTestId("new-address-send").click();
        page.navigate(CONSOLE.linkMailedTo("moved-" + variant + "@rateguard.test"));
        page.getByTestId("address").waitFor();
        look("new-address");
        page.navigate(CONSOLE.url("forgot"));
        page.getByTestId("forgot-email").locator("input").fill("nobody@rateguard.test");
        look("forgot");
        page.getByTestId("forgot-send").click();
        page.getByText("a letter is on its way").waitFor();
        look("forgot-sent");
    }

    private void auditLog() {
        at("audit?resource=keys", ".long-list");
        page.getByTestId("audit-list").getByText(KEY).first().waitFor();
        look("audit");
        page.getByTestId("audit-list").getByText("Revoked").first().click();
        page.getByRole(AriaRole.DIALOG).getByText("revokedAt").waitFor();
        look("audit-entry");
    }

    private void emptyScreens() {
        for (String screen : List.of("apis", "limits")) {
            page.navigate(CONSOLE.url("w/" + FRESH + "/" + screen));
            page.locator(".empty-state").waitFor();
            look("empty-" + screen);
        }
        page.navigate(CONSOLE.url("w/" + FRESH + "/requests"));
        page.getByText("No request has come yet").waitFor();
        look("empty-requests");
        page.navigate(CONSOLE.url("w/" + FRESH + "/overview"));
        page.getByTestId("first-steps").waitFor();
        look("first-steps");
        page.navigate(CONSOLE.url("w/nobody/overview"));
        page.getByText("There is nothing here").waitFor();
        look("not-found");
    }

    private void openFirstRequest(String decision) {
        page.getByTestId("request-list").getByText(decision).first().click();
        page.getByRole(AriaRole.DIALOG).getByText("Request id").waitFor();
    }

    private void at(String address, String ready) {
        page.navigate(CONSOLE.screen(address));
        page.locator(ready).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    }

    private void look(String name) {
        page.evaluate("() => document.fonts.ready");
        page.waitForFunction(
                "() => [...document.querySelectorAll('spend-chart, line-chart')].every(it => it.querySelector('svg'))");
        page.waitForFunction(
                "() => !document.getAnimations().some(it => it.playState === 'running' && it.effect.getComputedTiming().endTime < 5000)");
        ViewportSize before = showAllOfThePage();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("rateguard.screenshots"), name + "-" + variant + ".png")));
        ((List<?>) page.evaluate(LEGIBLE)).forEach(it -> wrong.add(name + " " + variant + ": " + it));
        for (Rule rule : new AxeBuilder(page).withTags(AA).analyze().getViolations()) {
            rule.getNodes()
                    .forEach(node -> wrong.add(name + " " + variant + ": " + rule.getId() + " " + node.getTarget()
                            + " " + node.getHtml().lines().findFirst().orElse("") + " "
                            + node.getAny().stream()
                                    .findFirst()
                                    .map(it -> it.getMessage())
                                    .orElse("")));
        }
        page.setViewportSize(before.width, before.height);
    }

    /** The frame scrolls within the window, so the window is made as high as what is in it. */
    private ViewportSize showAllOfThePage() {
        ViewportSize before = page.viewportSize();
        int hidden = ((Number) page.evaluate(HIDDEN_BELOW)).intValue();
        if (hidden > 0) {
            page.setViewportSize(before.width, Math.min(before.height + hidden, HIGHEST_PICTURE));
            page.waitForFunction("height => innerHeight === height", Math.min(before.height + hidden, HIGHEST_PICTURE));
        }
        return before;
    }

    private static String script(String name) {
        try (InputStream file = ScreensBrowserIT.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

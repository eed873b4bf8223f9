package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A budget is made, raised for a time and for good, and deleted, all on screen. */
class BudgetsBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private final String budget = "Team " + UUID.randomUUID();
    private BrowserContext browser;

    @BeforeEach
    void openBrowser() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aBudgetIsMadeRaisedAndDeleted() {
        Page page = CONSOLE.signInAsAdmin(browser);
        page.navigate(CONSOLE.screen("budgets"));

        page.getByTestId("budget-add").click();
        fill(page, "budget-name", budget);
        fill(page, "budget-amount", "a lot");
        page.getByTestId("budget-save").click();
        assertThat(page.getByTestId("budget-amount")).containsText("expected: dollars, such as 250 or 0.50");
        fill(page, "budget-amount", "1,250.5");
        choose(page, "budget-scope", "One value of a tag");
        fill(page, "budget-scope-value", "team");
        page.getByTestId("budget-save").click();
        assertThat(page.getByTestId("budget-scope-value")).containsText("a tag as name:value");
        fill(page, "budget-scope-value", "team:" + budget.replace(' ', '-'));
        fill(page, "budget-thresholds", "50, most");
        page.getByTestId("budget-save").click();
        assertThat(page.getByTestId("budget-thresholds")).containsText("expected: whole numbers");
        fill(page, "budget-thresholds", "50, 1001");
        page.getByTestId("budget-save").click();
        assertThat(page.getByTestId("budget-thresholds")).containsText("1001 (expected: whole numbers from 1 to 1000)");
        fill(page, "budget-thresholds", "50, 90");
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        fill(page, "budget-throttle-from", "95");
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        page.getByTestId("budget-save").click();
        assertThat(page.getByTestId("budget-throttle-to"))
                .containsText("missing (expected: a whole number from 1 to 99)");
        fill(page, "budget-throttle-from", "");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Strict"))
                .check();
        page.getByTestId("budget-save").click();

        CONSOLE.awaitDialogClosed(page);
        assertThat(card(page)).containsText("$1,250.50 a month");
        assertThat(card(page)).containsText("Strict: holds the most");
        assertThat(card(page)).containsText("Tag team Team-");

        card(page).getByTestId("budget-increase").click();
        fill(page, "increase-amount", "100");
        page.getByTestId("increase-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(card(page)).containsText("$1,350.50 a month");
        assertThat(card(page)).containsText("Includes $100.00 until");

        card(page).getByTestId("budget-change").click();
        assertThat(page.getByTestId("budget-thresholds").locator("input")).hasValue("50, 90");
        fill(page, "budget-amount", "2000");
        page.getByTestId("budget-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(card(page)).containsText("$2,100.00 a month");

        card(page).getByTestId("budget-delete").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete budget"))
                .click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(card(page)).hasCount(0);
    }

    @Test
    void itsDetailsSayHowItIsSpentAndWhoHoldsWhatNow() {
        JsonNode key = CONSOLE.product().manage("POST", "/keys", "{\"name\":\"" + budget + "\"}");
        JsonNode made = CONSOLE.product()
                .manage("POST", "/budgets", """
                {"name":"%s","amountNanos":10000000000,"period":"day","thresholds":[50],
                 "scope":{"type":"key","value":"%s"}}""".formatted(budget, key.path("id").asString()));
        String secret = key.path("secret").asString();
        assertThat(CONSOLE.chat(secret, "demo-small", "How much?").statusCode()).isEqualTo(200);
        Page page = CONSOLE.signInAsAdmin(browser);
        page.navigate(CONSOLE.screen("budgets"));

        card(page).getByTestId("budget-details").press("Enter");
        assertThat(page.getByTestId("burndown")).hasAttribute("aria-label", Pattern.compile("of \\$10\\.00 is spent"));
        assertThat(page.getByTestId("holds")).containsText("Nothing is held");
        page.getByText("As a table").click();
        assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Spent over time")))
                .containsText("$10");

        Thread slow = Thread.startVirtualThread(() -> CONSOLE.send(
                "/proxy/demo/v1/chat/completions",
                secret,
                "{\"model\":\"demo-small\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Wait\"}]}",
                Map.of("X-Demo-Latency-Millis", "10000")));
        assertThat(page.getByTestId("holds")).containsText("is held for 1 request under way.");
        assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("What each key’s requests hold")))
                .containsText(budget);
        assertThat(slow.isAlive()).isTrue();

        page.reload();
        assertThat(page.getByTestId("burndown")).isVisible();
        page.getByTestId("budget-details-close").click();
        CONSOLE.awaitDialogClosed(page);
        page.waitForURL("**/budgets");
        CONSOLE.product().manage("DELETE", "/budgets/" + made.path("id").asString(), "");
    }

    @Test
    void whoMayOnlyLookIsOfferedNothing() {
        Page page = CONSOLE.signInAsViewer(browser);
        page.navigate(CONSOLE.screen("budgets"));

        assertThat(page.getByText("Budgets").first()).isVisible();
        assertThat(page.getByTestId("budget-add")).hasCount(0);
        assertThat(page.getByTestId("budget-increase")).hasCount(0);
        assertThat(page.getByTestId("budget-delete")).hasCount(0);
    }

    private Locator card(Page page) {
        return page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(budget));
    }

    private static void fill(Page page, String field, String text) {
        Locator input = page.getByTestId(field).locator("input");
        input.fill(text);
        input.blur();
    }

    private static void choose(Page page, String select, String option) {
        page.getByTestId(select).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .click();
    }
}

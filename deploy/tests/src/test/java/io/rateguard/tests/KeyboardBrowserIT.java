package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys of the keyboard, and addresses, do what they say. */
class KeyboardBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private BrowserContext context;
    private Page page;

    @BeforeEach
    void signIn() {
        context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(context);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void aFewLettersOfANameLeadAnywhere() {
        assertThat(page.getByTestId("search")).isVisible();
        page.keyboard().press("Control+k");
        Locator text = page.getByTestId("search-text").locator("input");
        assertThat(text).isFocused();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(1);
        text.pressSequentially("demo prov");
        assertThat(page.getByTestId("search-results").getByRole(AriaRole.LINK)).hasCount(1);
        page.keyboard().press("Enter");
        page.waitForURL("**/apis");

        page.keyboard().press("Control+k");
        page.getByTestId("search-text").locator("input").pressSequentially("req_" + "0".repeat(26));
        page.keyboard().press("Enter");
        page.waitForURL("**/requests?request=req_**");
    }

    @Test
    void enterOnCancelCreatesNothing() {
        int before = count("keys");
        page.navigate(CONSOLE.screen("keys"));
        page.getByTestId("key-create").click();
        page.getByTestId("key-name").locator("input").fill("Never made");

        button("Cancel").press("Enter");

        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(count("keys")).isEqualTo(before);
    }

    @Test
    void enterInANameCreatesAndEscapeDoesNotTakeTheSecretAway() {
        page.navigate(CONSOLE.screen("keys"));
        page.getByTestId("key-create").click();
        Locator name = page.getByTestId("key-name").locator("input");
        name.fill("Made by keyboard");
        name.press("Enter");

        assertThat(page.getByTestId("key-secret")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("key-secret")).isVisible();
        page.getByTestId("key-done").click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Made by keyboard");
    }

    @Test
    void enterOnAListOpensIt() {
        int before = count("apis");
        page.navigate(CONSOLE.screen("apis"));
        page.getByTestId("api-add").click();
        page.getByTestId("api-secret").locator("input").fill("sk-something");

        page.getByTestId("api-profile").locator("vaadin-select-value-button").press("Enter");

        assertThat(page.getByRole(AriaRole.LISTBOX)).isVisible();
        assertThat(count("apis")).isEqualTo(before);
    }

    @Test
    void aLinkMayNameWhatIsNotThereAnyMore() {
        page.navigate(CONSOLE.screen("requests") + "?api=long-gone&model=gone-as-well");

        assertThat(page.getByTestId("filter-api")).hasValue("long-gone");
        assertThat(page.getByTestId("filter-model")).hasValue("gone-as-well");
        assertThat(page.getByText("No request matches these filters.")).isVisible();

        page.navigate(CONSOLE.screen("requests") + "?api=&model=");
        assertThat(page.getByTestId("filter-api")).hasValue("All APIs");
    }

    @Test
    void aListIsOneStopInWhichArrowsLeadFromRowToRowAndEnterOpensOne() {
        String secret = CONSOLE.product()
                .manage("POST", "/keys", "{\"name\":\"Arrows\"}")
                .path("secret")
                .asString();
        CONSOLE.chat(secret, "demo-small", "Hello");
        CONSOLE.chat(secret, "demo-small", "And?");
        CONSOLE.product()
                .await(
                        "both rows",
                        Duration.ofSeconds(30),
                        () -> CONSOLE.product()
                                        .manage("GET", "/requests?limit=2", "")
                                        .toString()
                                        .split("\"Arrows\"", -1)
                                        .length
                                == 3);
        page.navigate(CONSOLE.screen("requests"));
        Locator rows = page.getByTestId("request-list").locator("button.list-row");
        assertThat(rows.nth(1)).isVisible();
        Locator list = page.getByTestId("request-list").locator("vaadin-virtual-list");
        list.focus();
        page.keyboard().press("Tab");
        assertThat(list.locator(":focus")).hasCount(0);
        list.focus();

        page.keyboard().press("ArrowDown");

        assertThat(rows.first()).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(rows.nth(1)).isFocused();
        page.keyboard().press("Home");
        assertThat(rows.first()).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Arrows");
    }

    @Test
    void backFromAnOpenRequestLeadsToWhatTheAddressSays() {
        String secret = CONSOLE.product()
                .manage("POST", "/keys", "{\"name\":\"Back\"}")
                .path("secret")
                .asString();
        String request = CONSOLE.chat(secret, "demo-small", "Hello")
                .headers()
                .firstValue("X-RateGuard-Request-Id")
                .orElseThrow();
        CONSOLE.product()
                .await(
                        "the request's row",
                        Duration.ofSeconds(30),
                        () -> CONSOLE.product()
                                .manage("GET", "/requests?limit=50", "")
                                .toString()
                                .contains(request));
        button("Requests", AriaRole.LINK).click();
        page.waitForURL("**/requests");
        page.getByTestId("request-list").getByText("Back").first().click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText(request);

        // The address names what is open as soon as it is.
        page.waitForURL("**/requests?request=" + request);
        page.goBack();

        assertThat(page.getByTestId("screen-overview")).isVisible();
        page.waitForURL("**/overview");
        page.reload();
        assertThat(page.getByTestId("screen-overview")).isVisible();
    }

    @Test
    void theAddressOfAWorkspaceLeadsToItsOverview() {
        page.navigate(CONSOLE.url("w/" + CONSOLE.product().text("workspace")));

        assertThat(page.getByTestId("screen-overview")).isVisible();
    }

    private static int count(String list) {
        return CONSOLE.product()
                .manage("GET", "/" + list + "?limit=500", "")
                .path("items")
                .size();
    }

    private Locator button(String name) {
        return button(name, AriaRole.BUTTON);
    }

    private Locator button(String name, AriaRole role) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}

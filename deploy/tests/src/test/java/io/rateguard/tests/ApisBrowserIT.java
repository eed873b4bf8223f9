package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An API is connected, moved, rested and deleted, all on screen. */
class ApisBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private final String name = "Provider " + UUID.randomUUID();
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
    void anApiIsConnectedMovedRestedAndDeleted() {
        Page page = CONSOLE.signInAsAdmin(browser);
        page.navigate(CONSOLE.screen("apis"));
        page.getByTestId("api-add").click();
        fill(page, "api-name", name);
        fill(page, "api-base-url", "https://api.example.com/v1");
        fill(page, "api-secret", "sk-first");
        page.getByTestId("api-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(row(page)).containsText("https://api.example.com/v1");
        assertThat(row(page)).containsText("Enabled");

        row(page).getByTestId("api-change").click();
        assertThat(page.getByTestId("api-secret").locator("input")).hasValue("");
        fill(page, "api-base-url", "https://elsewhere.example.com");
        page.getByTestId("api-save").click();
        assertThat(page.getByTestId("api-secret"))
                .containsText("expected: the secret that https://elsewhere.example.com");
        fill(page, "api-secret", "sk-second");
        page.getByTestId("api-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(row(page)).containsText("https://elsewhere.example.com");

        row(page).getByTestId("api-disable").click();
        confirm(page, "Disable API");
        assertThat(row(page)).containsText("Disabled");
        row(page).getByTestId("api-enable").click();
        assertThat(row(page)).containsText("Enabled");

        row(page).getByTestId("api-delete").click();
        confirm(page, "Delete API");
        assertThat(row(page)).hasCount(0);
    }

    @Test
    void aConnectionIsTestedAsSoonAsItIsSavedAndWheneverAsked() {
        Page page = CONSOLE.signInAsAdmin(browser);
        page.navigate(CONSOLE.screen("apis"));
        page.getByTestId("api-add").click();
        fill(page, "api-name", name);
        fill(page, "api-base-url", "http://127.0.0.1:1");
        fill(page, "api-secret", "sk-first");
        page.getByTestId("api-save-and-test").click();
        assertThat(page.getByTestId("connection")).containsText("Not reached");
        assertThat(page.getByTestId("connection")).containsText("refuses connections");
        page.getByTestId("connection-close").click();
        CONSOLE.awaitDialogClosed(page);

        row(page).getByTestId("api-change").click();
        fill(page, "api-base-url", CONSOLE.product().text("demoUpstreamUrl"));
        fill(page, "api-secret", "sk-second");
        page.getByTestId("api-save-and-test").click();
        assertThat(page.getByTestId("connection")).containsText("Connected");
        assertThat(page.getByTestId("connection")).containsText("GET /v1/models");
        page.getByTestId("connection-again").click();
        assertThat(page.getByTestId("connection")).containsText("answered 200");
        page.getByTestId("connection-close").click();
        CONSOLE.awaitDialogClosed(page);

        page.navigate(CONSOLE.screen("keys"));
        assertThat(page.getByRole(AriaRole.TABLE)).not().containsText("Connection test of");
        page.navigate(CONSOLE.screen("apis"));
        row(page).getByTestId("api-delete").click();
        confirm(page, "Delete API");
    }

    @Test
    void anApiShowsHowItsProviderHasAnsweredOfLate() {
        String key = CONSOLE.product().text("demoKey");
        CONSOLE.chat(key, "demo-small", "How are you?");
        Page page = CONSOLE.signInAsAdmin(browser);

        CONSOLE.product()
                .await(
                        "the request in the health of its API",
                        Duration.ofSeconds(30),
                        () -> CONSOLE.product()
                                .manage("GET", "/apis?limit=500", "")
                                .toString()
                                .contains("\"state\":\"healthy\""));
        page.navigate(CONSOLE.screen("apis"));

        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Demo provider")))
                .containsText("Healthy");
    }

    @Test
    void whoMayOnlyLookIsOfferedNothing() {
        Page page = CONSOLE.signInAsViewer(browser);
        page.navigate(CONSOLE.screen("apis"));

        assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
        assertThat(page.getByTestId("api-add")).hasCount(0);
        assertThat(page.getByTestId("api-change")).hasCount(0);
        assertThat(page.getByTestId("api-test")).hasCount(0);
        assertThat(page.getByTestId("api-delete")).hasCount(0);
    }

    private Locator row(Page page) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static void fill(Page page, String field, String text) {
        page.getByTestId(field).locator("input").fill(text);
    }

    private static void confirm(Page page, String word) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(word).setExact(true))
                .click();
        CONSOLE.awaitDialogClosed(page);
    }
}

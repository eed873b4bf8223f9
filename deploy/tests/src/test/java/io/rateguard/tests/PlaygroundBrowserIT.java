package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An API is tried by hand: the reply comes as it does, and so does its cost. */
class PlaygroundBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final LocatorAssertions.ContainsTextOptions ONCE_RECORDED =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void open() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aRequestIsSentFromTheKeyboardAndExplained() {
        enter();
        assertThat(field("try-path")).hasValue("/v1/chat/completions");

        body().press("Control+Enter");

        assertThat(page.getByTestId("reply-summary")).containsText("200");
        assertThat(page.getByTestId("reply-summary")).containsText("First byte after");
        assertThat(page.getByTestId("reply-summary")).containsText("Ended after");
        assertThat(page.getByTestId("reply-said")).not().isEmpty();
        page.getByTestId("reply-headers").locator("vaadin-details-summary").click();
        assertThat(page.getByTestId("reply-headers")).containsText("x-rateguard-request-id");
        assertThat(page.getByTestId("reply-cost")).containsText("Price per million", ONCE_RECORDED);
        page.getByTestId("reply-account").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Playground of");
    }

    @Test
    void theLentKeyIsRevokedWhenTheScreenIsLeft() {
        enter();
        page.getByTestId("try-send").click();
        assertThat(page.getByTestId("reply-summary")).containsText("Ended after");
        org.assertj.core.api.Assertions.assertThat(lentKeys()).isEqualTo(1);

        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Keys").setExact(true))
                .click();

        assertThat(page.getByTestId("screen-keys")).isVisible();
        CONSOLE.product().await("the key to be given back", Duration.ofSeconds(10), () -> lentKeys() == 0);
    }

    @Test
    void aStreamIsShownAsItComesAndCanBeCancelled() {
        enter();
        page.getByTestId("try-headers").locator("textarea").fill("X-Demo-Chunk-Delay-Millis: 200\nX-Demo-Chunks: 500");
        page.getByTestId("try-send").click();

        assertThat(page.getByTestId("reply-said")).isVisible();
        assertThat(page.getByTestId("try-send")).isDisabled();
        page.getByTestId("try-cancel").click();

        assertThat(page.getByTestId("reply-summary")).containsText("Cancelled after");
        assertThat(page.getByTestId("try-send")).isEnabled();
    }

    @Test
    void aRefusalSaysWhatRefused() {
        JsonNode limit = CONSOLE.product().manage("POST", "/limits", """
                {"name": "No lists of models", "match": {"api": "demo", "path": "/v1/models"},
                 "limit": {"algorithm": "token-bucket", "unit": "requests", "capacity": 0, "refill": 1, "periodSeconds": 60}}
                """);
        enter();
        page.getByTestId("try-begin").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Something else"))
                .click();
        assertThat(field("try-path")).hasValue("/");
        assertThat(page.getByRole(AriaRole.LISTBOX)).hasCount(0);
        fill("try-path", "/v1/models");
        page.getByTestId("try-send").click();

        assertThat(page.locator(".try-form .form-problem")).isEmpty();
        assertThat(page.getByTestId("reply-summary")).containsText("RateGuard: 429");
        assertThat(page.getByTestId("reply-note")).containsText("No lists of models");
        assertThat(page.getByTestId("reply-note")).containsText("A limit refused it");
        assertThat(page.getByTestId("reply-cost")).containsText("never forwarded", ONCE_RECORDED);
        CONSOLE.product().manage("DELETE", "/limits/" + limit.path("id").asString(), "");
    }

    @Test
    void whatCannotBeSentIsSaidBesideItsField() {
        enter();
        fill("try-path", "v1/models");
        page.getByTestId("try-send").click();
        assertThat(page.getByTestId("try-path")).containsText("expected: a path that begins with /");

        fill("try-path", "/v1/models");
        page.getByText("One of yours").click();
        page.getByTestId("try-own-key").locator("input").fill("sk-something");
        page.getByTestId("try-send").click();
        assertThat(page.getByTestId("try-own-key")).containsText("not a RateGuard key");

        JsonNode revoked = CONSOLE.product().manage("POST", "/keys", "{\"name\":\"gone\"}");
        CONSOLE.product().manage("POST", "/keys/" + revoked.path("id").asString() + "/revoke", "");
        page.getByTestId("try-own-key")
                .locator("input")
                .fill(revoked.path("secret").asString());
        page.getByTestId("try-send").click();
        assertThat(page.getByTestId("try-own-key")).containsText("none of this workspace's that works");
    }

    @Test
    void whoMayCreateNoKeysSendsNothing() {
        page = CONSOLE.signInAsViewer(browser);
        page.navigate(CONSOLE.screen("playground"));

        assertThat(page.getByText("For those who may create keys")).isVisible();
        assertThat(page.getByTestId("try-send")).hasCount(0);
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Playground")))
                .hasCount(0);
    }

    private void enter() {
        page = CONSOLE.signInAsAdmin(browser);
        page.navigate(CONSOLE.screen("playground"));
        page.getByTestId("try-api").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Demo provider"))
                .click();
    }

    private Locator field(String testId) {
        return page.getByTestId(testId).locator("input");
    }

    private Locator body() {
        return page.getByTestId("try-body").locator("textarea");
    }

    private void fill(String testId, String text) {
        field(testId).fill(text);
    }

    private static int lentKeys() {
        int lent = 0;
        for (JsonNode key :
                CONSOLE.product().manage("GET", "/keys?limit=500", "").path("items")) {
            lent += key.has("lentFor") ? 1 : 0;
        }
        return lent;
    }
}

package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
import tools.jackson.databind.JsonNode;

/** Somebody tries a limit on what has come, saves it, and it holds. */
class LimitsBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final int CAME = 8;
    private static final int MOST = 5;

    private final String name = "Crawler " + UUID.randomUUID().toString().substring(0, 8);
    private BrowserContext context;
    private Page page;
    private JsonNode key;

    @BeforeEach
    void awaitTraffic() {
        context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(context);
        key = CONSOLE.product().manage("POST", "/keys", "{\"name\":\"" + name + "\"}");
        for (int i = 0; i < CAME; i++) {
            assertThat(chat()).isEqualTo(200);
        }
        CONSOLE.product()
                .await(
                        "the requests in the history",
                        Duration.ofSeconds(30),
                        () -> CONSOLE.product()
                                        .manage(
                                                "GET",
                                                "/requests?key="
                                                        + key.path("id").asString(),
                                                "")
                                        .path("items")
                                        .size()
                                == CAME);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void aLimitIsTriedOnWhatCameAndSaved() {
        page.navigate(CONSOLE.screen("limits"));
        page.getByTestId("limit-add").click();
        fill("limit-name", name);
        choose("limit-key", name);
        fill("limit-amount", "many");
        page.getByTestId("limit-save").click();
        assertThat(page.getByTestId("limit-amount")).containsText("expected: a whole number");
        assertThat(page.getByTestId("limit-name").locator("input")).hasValue(name);

        fill("limit-amount", "20");
        page.getByTestId("backtest").click();
        assertThat(page.getByTestId("backtest-result"))
                .containsText("It would have refused none of " + CAME + " requests.");

        fill("limit-amount", Integer.toString(MOST));
        assertThat(page.getByTestId("limit-preview"))
                .hasText(MOST + " requests in any minute. All together. Key " + name + ".");
        assertThat(page.getByTestId("backtest-result")).isEmpty();
        page.getByTestId("backtest").click();
        assertThat(page.getByTestId("backtest-result"))
                .containsText("It would have refused " + (CAME - MOST) + " of " + CAME + " requests (38 %)");

        page.getByTestId("limit-save").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(page.getByRole(AriaRole.TABLE)).containsText(name);
        CONSOLE.product().await("the limit to hold", Duration.ofSeconds(10), () -> chat() == 429);

        button("Change " + name).click();
        assertThat(page.getByTestId("limit-amount").locator("input")).hasValue(Integer.toString(MOST));
        assertThat(page.getByTestId("limit-kind")).hasAttribute("readonly", "");
        fill("limit-amount", "600");
        assertThat(page.getByTestId("limit-preview"))
                .hasText("600 requests in any minute. All together. Key " + name + ".");
        page.getByTestId("backtest").click();
        assertThat(page.getByTestId("backtest-result")).containsText("It would have refused none of");
        page.getByTestId("limit-save").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(row()).containsText("600 requests in any minute");
        CONSOLE.product().await("the limit to let pass again", Duration.ofSeconds(10), () -> chat() == 200);

        button("Delete " + name).click();
        button("Delete limit").click();
        assertThat(row()).hasCount(0);
        CONSOLE.product().await("the limit to be gone", Duration.ofSeconds(10), () -> chat() == 200);
    }

    @Test
    void aBucketThatWasMadeElsewhereKeepsWhatTheFormDoesNotShow() {
        String id = CONSOLE.product()
                .manage("POST", "/limits", """
                        {"name":"%s","match":{"path":"/v1/chat/**","model":"demo-*"},"per":["tag:team"],"onStoreFailure":"closed",
                         "limit":{"algorithm":"token-bucket","unit":"cost","capacity":5000000000,"refill":2000000000,"periodSeconds":900}}""".formatted(name))
                .path("id")
                .asString();

        page.navigate(CONSOLE.screen("limits"));
        button("Change " + name).click();
        assertThat(page.getByTestId("limit-amount").locator("input")).hasValue("2");
        assertThat(page.getByTestId("limit-burst").locator("input")).hasValue("5");
        assertThat(page.getByTestId("limit-preview"))
                .hasText("$2.00 every 15 minutes, up to $5.00 at once. Each value of team."
                        + " Model demo-*, path /v1/chat/**.");
        fill("limit-burst", "$7.50");
        page.getByTestId("limit-save").click();
        assertThat(row()).containsText("$2.00 every 15 minutes, up to $7.50 at once");

        JsonNode saved = CONSOLE.product().manage("GET", "/limits/" + id, "");
        assertThat(saved.path("limit").toString())
                .isEqualTo("{\"algorithm\":\"token-bucket\",\"unit\":\"cost\",\"capacity\":7500000000,"
                        + "\"refill\":2000000000,\"periodSeconds\":900}");
        assertThat(saved.path("match").toString()).isEqualTo("{\"path\":\"/v1/chat/**\",\"model\":\"demo-*\"}");
        assertThat(saved.path("per").toString()).isEqualTo("[\"tag:team\"]");
        assertThat(saved.path("onStoreFailure").asString()).isEqualTo("closed");
        CONSOLE.product().manage("DELETE", "/limits/" + id, "");
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private Locator row() {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    private int chat() {
        return CONSOLE.chat(key.path("secret").asString(), "demo-small", "Next page?")
                .statusCode();
    }

    private void fill(String testId, String value) {
        page.getByTestId(testId).locator("input").fill(value);
        page.getByTestId(testId).locator("input").press("Tab");
    }

    private void choose(String testId, String option) {
        page.getByTestId(testId).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .click();
    }
}

package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Somebody who has nothing yet signs up, connects an API, and sees what the first requests cost and why one was refused. */
class FirstDayBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final String PASSWORD = "a password of their own";
    private static final String CHAT = """
            {"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"What does this cost?"}]}""";
    private static final int MOST = 2;
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);

    private final String slug = "day-" + UUID.randomUUID().toString().substring(0, 8);
    private final String email = slug + "@rateguard.test";
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void openBrowser() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = browser.newPage();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void leadsFromSigningUpToTheFirstRequestAndTheFirstRefusal() {
        signUp();
        createWorkspace();
        connectAnApi();
        String key = createKey();
        addALimit();
        addABudget();

        HttpResponse<String> reply = chat(key);
        assertThat(reply.statusCode()).isEqualTo(200);
        seeIt(reply);

        CONSOLE.product()
                .await(
                        "the limit to refuse",
                        Duration.ofSeconds(10),
                        () -> chat(key).statusCode() == 429);
        seeWhyItWasRefused();
    }

    private void signUp() {
        page.navigate(CONSOLE.url("login"));
        page.getByTestId("sign-up").click();
        fill("sign-up-email", email);
        page.getByTestId("sign-up-send").click();
        page.navigate(CONSOLE.linkMailedTo(email));
        fill("own-name", "Ada");
        fill("new-password", PASSWORD);
        page.getByTestId("welcome").click();
        assertThat(page.getByText("Your account is ready")).isVisible();
        CONSOLE.giveCredentials(page, email, PASSWORD);
        page.waitForURL("**/first-workspace");
    }

    private void createWorkspace() {
        page.getByTestId("workspace-create").click();
        fill("workspace-name", "First day");
        fill("workspace-slug", slug);
        page.getByTestId("workspace-save").click();
        page.waitForURL("**/w/" + slug + "/overview");
        assertThat(page.getByTestId("first-steps")).isVisible();
    }

    private void connectAnApi() {
        String provider = "";
        for (JsonNode api : CONSOLE.product().manage("GET", "/apis", "").path("items")) {
            provider = api.path("slug").asString().equals("demo")
                    ? api.path("baseUrl").asString()
                    : provider;
        }
        at("apis");
        page.getByTestId("api-add").click();
        fill("api-base-url", provider);
        fill("api-secret", "sk-of-the-demo-provider");
        page.getByTestId("api-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(page.getByRole(AriaRole.TABLE)).containsText(provider);
    }

    private String createKey() {
        at("keys");
        page.getByTestId("key-create").click();
        fill("key-name", "First service");
        page.getByTestId("key-save").click();
        String secret = page.getByTestId("key-secret").locator("code").textContent();
        page.getByTestId("key-done").click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("First service");
        return secret;
    }

    private void addALimit() {
        at("limits");
        page.getByTestId("limit-add").click();
        fill("limit-name", "Not too fast");
        fill("limit-amount", Integer.toString(MOST));
        page.getByTestId("limit-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Not too fast");
    }

    private void addABudget() {
        at("budgets");
        page.getByTestId("budget-add").click();
        fill("budget-name", "First month");
        fill("budget-amount", "10");
        page.getByTestId("budget-save").click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(budget()).containsText("$10.00 a month");
    }

    private void seeIt(HttpResponse<String> reply) {
        long nanos = new BigDecimal(
                        reply.headers().firstValue("X-RateGuard-Cost-Cents").orElseThrow())
                .movePointRight(7)
                .longValueExact();
        assertThat(nanos).isPositive();
        at("overview");
        assertThat(page.getByTestId("spent-today")).hasAttribute("title", exactly(nanos), SOON);
        at("requests");
        page.getByTestId("request-list").getByText("gpt-4o").first().click();
        Locator story = page.getByRole(AriaRole.DIALOG);
        assertThat(story).containsText("(%,d nano-dollars)".formatted(nanos));
        assertThat(story).containsText("First service");
        at("budgets");
        assertThat(budget().getByText("Spent").locator("..").locator(".money")).hasAttribute("title", exactly(nanos));
    }

    private void seeWhyItWasRefused() {
        at("requests?decision=limited");
        page.getByTestId("request-list").getByText("Limited").first().click();
        Locator story = page.getByRole(AriaRole.DIALOG);
        assertThat(story).containsText("Rule “Not too fast”: " + MOST + " of " + MOST);
        assertThat(story).containsText("Worth another try from");
    }

    private static Pattern exactly(long nanos) {
        return Pattern.compile(".*\\(%,d nano-dollars\\)".formatted(nanos));
    }

    private Locator budget() {
        return page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("First month"));
    }

    private HttpResponse<String> chat(String key) {
        return CONSOLE.send("/proxy/openai/v1/chat/completions", key, CHAT, Map.of());
    }

    private void at(String screen) {
        page.navigate(CONSOLE.url("w/" + slug + "/" + screen));
    }

    private void fill(String field, String text) {
        Locator input = page.getByTestId(field).locator("input");
        input.fill(text);
        input.blur();
    }
}

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the sign-in to the first cost, in a browser. */
class SpendBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final double SHOWN_WITHIN_MILLIS = 5_000;
    private static final Pattern NANOS = Pattern.compile("\\(([0-9,]+) nano-dollars\\)");

    private BrowserContext context;

    @BeforeEach
    void openBrowser() {
        context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void showsTheCostOfARequestWithinSecondsAndItsRow() {
        Page overview = CONSOLE.signInAsAdmin(context);
        Page page = context.newPage();
        String secret = createKey(page, "Checkout service");
        Locator today = overview.getByTestId("spent-today");
        long before = nanos(today);

        HttpResponse<String> reply = CONSOLE.chat(secret, "demo-small", "What does this cost?");

        assertThat(reply.statusCode()).isEqualTo(200);
        long cost = cost(reply);
        assertThat(cost).isPositive();
        assertThat(today)
                .hasAttribute(
                        "title",
                        Pattern.compile(".* USD \\(%,d nano-dollars\\)".formatted(before + cost)),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(SHOWN_WITHIN_MILLIS));

        page.navigate(CONSOLE.screen("requests"));
        Locator row =
                page.getByTestId("request-list").getByText("Checkout service").first();
        row.click();
        Locator story = page.getByRole(AriaRole.DIALOG);
        assertThat(story)
                .containsText(
                        reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
        assertThat(story).containsText("(%,d nano-dollars)".formatted(cost));
        assertThat(story.getByRole(AriaRole.TABLE, new Locator.GetByRoleOptions().setName("How the cost came about")))
                .containsText("Output tokens");
    }

    @Test
    void refusesAKeyOnceItIsRevokedOnScreen() {
        CONSOLE.signInAsAdmin(context).close();
        Page page = context.newPage();
        String secret = createKey(page, "Short-lived");
        assertThat(CONSOLE.chat(secret, "demo-small", "Hello").statusCode()).isEqualTo(200);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke Short-lived"))
                .first()
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke key"))
                .click();

        CONSOLE.awaitDialogClosed(page);
        page.getByTestId("keys-ended").locator("input").check();
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Short-lived"));
        assertThat(row.first()).containsText("Revoked");
        CONSOLE.product()
                .await(
                        "the key to be refused",
                        Duration.ofSeconds(10),
                        () -> CONSOLE.chat(secret, "demo-small", "Hello").statusCode() == 401);
    }

    @Test
    void saysBesideTheFieldWhatAnApiExpects() {
        CONSOLE.signInAsAdmin(context).close();
        Page page = context.newPage();
        page.navigate(CONSOLE.screen("apis"));
        page.getByTestId("api-add").click();
        page.getByTestId("api-base-url").locator("input").fill("ftp://files.example");
        page.getByTestId("api-secret").locator("input").fill("sk-something");
        page.getByTestId("api-save").click();

        assertThat(page.getByTestId("api-base-url")).containsText("expected: http:// or https://");

        page.getByTestId("api-base-url").locator("input").fill("https://api.openai.com");
        page.getByTestId("api-save").click();

        assertThat(page.getByRole(AriaRole.TABLE)).containsText("https://api.openai.com");
        CONSOLE.product().manage("DELETE", "/apis/openai", "");
    }

    private static String createKey(Page page, String name) {
        page.navigate(CONSOLE.screen("keys"));
        page.getByTestId("key-create").click();
        page.getByTestId("key-name").locator("input").fill(name);
        page.getByTestId("key-save").click();
        String secret = page.getByTestId("key-secret").locator("code").textContent();
        page.getByTestId("key-done").click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText(name);
        return secret;
    }

    /** Zero while the overview still shows the first steps. */
    private static long nanos(Locator figure) {
        figure.page()
                .waitForFunction(
                        "() => document.querySelector('[data-testid=\"first-steps\"], [data-testid=\"spent-today\"]')");
        if (figure.count() == 0) {
            return 0;
        }
        Matcher exact = NANOS.matcher(String.valueOf(figure.getAttribute("title")));
        return exact.find() ? Long.parseLong(exact.group(1).replace(",", "")) : 0;
    }

    private static long cost(HttpResponse<String> reply) {
        return new BigDecimal(
                        reply.headers().firstValue("X-RateGuard-Cost-Cents").orElseThrow())
                .movePointRight(7)
                .longValueExact();
    }
}

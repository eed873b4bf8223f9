package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Somebody allows a budget more by the link in the mail that says that it is nearly spent. */
class IncreaseBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final Pattern OFFER = Pattern.compile("http\\S+/increase\\?offer=\\S+");
    private static final String ALLOW = "increase-allow";

    private final String name = "Nightly " + UUID.randomUUID().toString().substring(0, 8);
    private final String to = UUID.randomUUID() + "@rateguard.test";
    private BrowserContext context;
    private JsonNode budget;
    private String link;

    @BeforeEach
    void awaitTheMailOfABudgetThatIsNearlySpent() {
        context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        JsonNode key = manage("/keys", "{'name':'%s'}".formatted(name));
        budget = manage("/budgets", """
                {'name':'%s','scope':{'type':'key','value':'%s'},'amountNanos':100000000,'period':'month',
                 'thresholds':[50]}""".formatted(name, key.path("id").asString()));
        JsonNode channel =
                manage("/channels", "{'name':'%s','type':'email','target':{'to':['%s']}}".formatted(name, to));
        manage("/alert-rules", """
                {'name':'%s','when':{'type':'budget-threshold','subject':'%s'},'channels':['%s']}""".formatted(
                        name, budget.path("id").asString(), channel.path("id").asString()));
        assertThat(CONSOLE.send(
                                "/proxy/demo/v1/chat/completions",
                                key.path("secret").asString(),
                                """
                        {"model":"demo-small","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}""",
                                Map.of("X-Demo-Input-Tokens", "400000"))
                        .statusCode())
                .isEqualTo(200);
        link = CONSOLE.linkMailedTo(to, OFFER);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void whoFollowsItSignsInSeesWhatIsAskedAndAllowsItOnce() {
        Page page = context.newPage();
        page.navigate(link);
        page.locator("input[name=username]").fill(CONSOLE.product().text("adminEmail"));
        page.locator("input[name=password]").fill(CONSOLE.product().text("adminPassword"));
        page.locator("vaadin-login-form vaadin-button[theme~=submit]").click();

        assertThat(page.getByText("Allow $0.03 more for “" + name + "”?")).isVisible();
        assertThat(page.getByText("The budget of $0.10 a month has $0.03 more until"))
                .isVisible();
        page.getByTestId(ALLOW).click();
        page.waitForURL("**/budgets");
        Locator shown = page.locator("li").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(shown).containsText("$0.13");
        assertThat(amount()).isEqualTo(130_000_000);
        page.navigate(CONSOLE.screen("audit?resource=increases"));
        assertThat(page.getByTestId("audit-list"))
                .containsText(CONSOLE.product().text("adminEmail"));

        page.navigate(link);
        assertThat(page.getByText("This was allowed already")).isVisible();
        assertThat(page.getByTestId(ALLOW)).hasCount(0);
        assertThat(amount()).isEqualTo(130_000_000);
    }

    @Test
    void whoMayOnlyLookIsToldWhoMayAllowIt() {
        Page page = CONSOLE.signInAsViewer(context);

        page.navigate(link);

        assertThat(page.getByText("Your role may not change budgets")).isVisible();
        assertThat(page.getByTestId(ALLOW)).hasCount(0);
    }

    @Test
    void whatWasMailedTooLongAgoOffersNothing() {
        String late = UUID.randomUUID() + "@rateguard.test";
        manage("/channels", "{'name':'%s','type':'email','target':{'to':['%s']}}".formatted(late, late));
        CONSOLE.change("""
                INSERT INTO deliveries (workspace_id, crossing_id, channel_id, created_at)
                SELECT c.workspace_id, c.id, ch.id, now() - interval '8 days'
                FROM crossings c JOIN budgets b ON b.id = c.budget_id JOIN channels ch ON ch.name = ?
                WHERE b.name = ?""", late, name);
        Page page = CONSOLE.signInAsAdmin(context);

        page.navigate(CONSOLE.linkMailedTo(late, OFFER));

        assertThat(page.getByText("This could be allowed until")).isVisible();
        assertThat(page.getByTestId(ALLOW)).hasCount(0);
    }

    private long amount() {
        return CONSOLE.product()
                .manage("GET", "/budgets/" + budget.path("id").asString(), "")
                .path("amountInForceNanos")
                .asLong();
    }

    /** @param body JSON with single quotes */
    private static JsonNode manage(String path, String body) {
        return CONSOLE.product().manage("POST", path, body.replace('\'', '"'));
    }
}

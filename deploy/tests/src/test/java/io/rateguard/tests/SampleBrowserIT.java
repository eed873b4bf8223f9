package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the admin finds in the workspace that is filled from the start. */
class SampleBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final Duration FILLED_WITHIN = Duration.ofSeconds(120);

    @Test
    void isReachedFromTheWorkspaceOfTheirOwn() {
        try (BrowserContext context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT)) {
            Page page = CONSOLE.signInAsAdmin(context);
            CONSOLE.product().await("a switcher between workspaces", FILLED_WITHIN, () -> {
                page.reload();
                page.getByTestId("role").waitFor();
                return page.getByTestId("workspace").isVisible();
            });
            page.navigate(CONSOLE.screen("budgets"));

            page.getByTestId("workspace").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Sample"))
                    .click();

            page.waitForURL("**/w/sample/budgets");
            assertThat(page.getByTestId("role")).hasText("Owner");
            CONSOLE.product().await("budgets that are charged", FILLED_WITHIN, () -> {
                page.reload();
                page.getByTestId("role").waitFor();
                return budget(page, "Hackathon").getByText("Nearly spent").isVisible();
            });
            assertThat(budget(page, "All teams")).isVisible();

            page.navigate(CONSOLE.url("w/sample/overview?period=30d"));
            assertThat(page.getByTestId("latency-chart"))
                    .hasAttribute(
                            "aria-label", Pattern.compile("Latency of the last 30 days: slowest at .+ of them .+"));
            page.getByText("As a table").click();
            Locator table = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Latency over time"));
            assertThat(table.getByRole(AriaRole.ROW)).hasCount(31);
            assertThat(table).containsText(Pattern.compile("\\d m?s"));
        }
    }

    private static Locator budget(Page page, String name) {
        return page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(name).setExact(true))));
    }
}

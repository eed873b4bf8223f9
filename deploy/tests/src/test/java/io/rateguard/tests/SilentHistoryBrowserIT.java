package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While the history of requests does not answer, screens say so and show the rest; they go on by themselves. */
class SilentHistoryBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    /** A heartbeat of the screen and the patience of a question. */
    private static final double SOON_MILLIS = 20_000;

    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void showFigures() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(browser);
        CONSOLE.chat(CONSOLE.product().text("demoKey"), "demo-small", "Hello");
        assertThat(page.locator(".figures:not(.waiting)").getByTestId("spent-today"))
                .hasText(Pattern.compile("\\$.+"), new LocatorAssertions.HasTextOptions().setTimeout(SOON_MILLIS));
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void screensSayWhatIsNotKnownAndGoOnWhenItIsAgain() throws IOException, InterruptedException {
        Locator stale = page.getByTestId("stale");
        assertThat(stale).isHidden();
        signal("-STOP");
        try {
            assertThat(stale).containsText("Figures as of", soon());
            assertThat(page.getByTestId("spent-today")).isVisible();

            page.navigate(CONSOLE.screen("overview?period=30d"));
            assertThat(stale).containsText("there are no figures yet", soon());
            assertThat(page.getByTestId("spent-today")).isHidden();

            page.navigate(CONSOLE.screen("keys"));
            assertThat(page.getByRole(AriaRole.TABLE)).containsText("Not known now", soon());

            page.navigate(CONSOLE.screen("requests"));
            assertThat(page.getByTestId("request-list")).containsText("Asking the request history", soon());
            assertThat(page.getByTestId("request-list")).containsText("does not answer now", soon());

            page.navigate(CONSOLE.screen("costs"));
            assertThat(page.getByTestId("costs-sum")).containsText("Asking the request history", soon());
            assertThat(page.getByTestId("costs-sum")).containsText("There is no answer now", soon());

            page.navigate(CONSOLE.screen("apis"));
            assertThat(demo()).containsText("The request history does not answer now.", soon());
        } finally {
            signal("-CONT");
        }

        assertThat(demo()).containsText(" in 15 minutes", soon());
        assertThat(page.getByTestId("freshness")).isVisible();
        page.navigate(CONSOLE.screen("overview"));
        assertThat(page.locator(".figures:not(.waiting)").getByTestId("spent-today"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON_MILLIS));
        assertThat(stale).isHidden();
    }

    private Locator demo() {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Demo provider"));
    }

    /** Frozen, ClickHouse keeps its connections and answers nothing. */
    private static void signal(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(CONSOLE.product().pid("clickhouse"));
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MILLIS);
    }
}

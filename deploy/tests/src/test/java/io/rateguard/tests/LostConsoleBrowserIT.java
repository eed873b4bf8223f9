package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two consoles behind a balancer, and a page of the one that is killed. */
class LostConsoleBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final double SOON_MILLIS = 15_000;

    private final Balancer balancer = new Balancer();
    private BrowserContext browser;
    private Page page;
    private String costs;

    LostConsoleBrowserIT() throws IOException {}

    @BeforeEach
    void openBrowser() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = browser.newPage();
        costs = balancer.url("w/" + CONSOLE.product().text("workspace") + "/costs?period=7d&by=model,key");
    }

    @AfterEach
    void close() throws IOException {
        browser.close();
        balancer.close();
    }

    @Test
    void aPageOfALostConsoleSaysSoAndLoadsItselfAnewAtAnotherWhereItWas() throws IOException {
        List<String> loaded = new ArrayList<>();
        try (AnotherConsole lost = openCostsAtAnother(loaded)) {
            balancer.leadNowhere();
            lost.kill();

            page.keyboard().press("Control+K");
            assertThat(page.locator("vaadin-connection-indicator"))
                    .containsText(
                            "Connection lost, trying again …",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MILLIS));
            balancer.leadTo(ownPort());

            awaitLoaded(loaded);
        }
    }

    @Test
    void aPageThatIsOnlyLookedAtLoadsItselfAnewToo() throws IOException {
        List<String> loaded = new ArrayList<>();
        try (AnotherConsole lost = openCostsAtAnother(loaded)) {
            balancer.leadTo(ownPort());
            lost.kill();

            awaitLoaded(loaded);
        }
    }

    @Test
    void whoSignsOutIsSignedOutOfEachConsole() throws IOException {
        balancer.leadTo(ownPort());
        signIn();
        try (AnotherConsole other = AnotherConsole.beside(CONSOLE.product())) {
            page.navigate("about:blank");
            balancer.leadTo(other.port());
            page.navigate(costs);
            assertFiltered();

            page.getByTestId("sign-out").click();
            page.waitForURL("**/login");

            assertThat(browser.cookies()).noneMatch(cookie -> cookie.name.equals("rateguard_signin"));
            page.navigate(costs);
            assertThat(page).hasURL(balancer.url("login"));
        }
        balancer.leadTo(ownPort());
        page.navigate(costs);
        assertThat(page).hasURL(balancer.url("login"), new PageAssertions.HasURLOptions().setTimeout(SOON_MILLIS));
    }

    /** @param loaded is told of each load that comes after */
    private AnotherConsole openCostsAtAnother(List<String> loaded) throws IOException {
        AnotherConsole console = AnotherConsole.beside(CONSOLE.product());
        balancer.leadTo(console.port());
        signIn();
        page.navigate(costs);
        assertFiltered();
        page.onDOMContentLoaded(it -> loaded.add(it.url()));
        return console;
    }

    /** Once, and with no sign-in page before it. */
    private void awaitLoaded(List<String> loaded) {
        page.waitForCondition(() -> !loaded.isEmpty(), new Page.WaitForConditionOptions().setTimeout(SOON_MILLIS));
        assertFiltered();
        assertThat(loaded).containsExactly(costs);
    }

    private void signIn() {
        page.navigate(balancer.url("login"));
        CONSOLE.fillCredentials(
                page, CONSOLE.product().text("adminEmail"), CONSOLE.product().text("adminPassword"));
        page.waitForURL("**/overview");
    }

    private void assertFiltered() {
        assertThat(page.getByTestId("account")).hasText(CONSOLE.product().text("adminEmail"));
        assertThat(page.getByTestId("costs-by-1")).hasValue("Model");
        assertThat(page.getByTestId("costs-by-2")).hasValue("Key");
        assertThat(page).hasURL(costs);
    }

    private static int ownPort() {
        return URI.create(CONSOLE.product().text("consoleUrl")).getPort();
    }
}

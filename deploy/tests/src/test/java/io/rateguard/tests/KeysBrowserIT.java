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

/** A key gets a new secret while programs still use the old one. */
class KeysBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private final String name = "Worker " + UUID.randomUUID().toString().substring(0, 8);
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void openBrowser() {
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(browser);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aKeyIsRotatedAndTheOldSecretWorksForItsGrace() {
        page.navigate(CONSOLE.screen("keys"));
        page.getByTestId("key-create").click();
        page.getByTestId("key-name").locator("input").fill(name);
        page.getByTestId("key-save").click();
        String old = takeSecret();
        assertThat(status(old)).isEqualTo(200);

        row("Active").getByTestId("key-rotate").click();
        page.getByTestId("key-grace")
                .getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("A day"))
                .check();
        page.getByTestId("key-rotate-confirm").click();
        assertThat(page.getByText("The old secret works until")).isVisible();
        String successor = takeSecret();

        assertThat(successor).isNotEqualTo(old);
        CONSOLE.product().await("the new secret to work", Duration.ofSeconds(10), () -> status(successor) == 200);
        assertThat(status(old)).isEqualTo(200);
        assertThat(row("Rotated")).isVisible();

        row("Rotated").getByTestId("key-revoke").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke key"))
                .click();
        CONSOLE.awaitDialogClosed(page);
        assertThat(row("Revoked")).hasCount(0);
        page.getByTestId("keys-ended").locator("input").check();
        assertThat(row("Revoked")).isVisible();
        page.waitForURL(url -> url.contains("ended"));
        page.reload();
        assertThat(row("Revoked")).isVisible();
        CONSOLE.product().await("the old secret to be refused", Duration.ofSeconds(10), () -> status(old) == 401);
        assertThat(status(successor)).isEqualTo(200);
    }

    @Test
    void aListThatIsTakenAwayIsAskedAboutFirst() {
        CONSOLE.product().manage("POST", "/keys", "{\"name\":\"%s\",\"apis\":[\"demo\"]}".formatted(name));
        page.navigate(CONSOLE.screen("keys"));
        page.getByTestId("keys-text").locator("input").fill(name);
        page.getByTestId("keys-text").locator("input").press("Enter");
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);

        row("Active").getByTestId("key-edit").click();
        Locator apis = page.getByTestId("key-apis");
        apis.locator("[slot=input]").press("Backspace");
        apis.locator("[slot=input]").press("Backspace");
        assertThat(apis.locator("[slot=input]")).hasAttribute("placeholder", "All APIs, those to come too");
        page.getByTestId("key-edit-save").click();
        assertThat(page.getByText("Within a second it works for every API, those to come too."))
                .isVisible();
        assertThat(row("demo")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open key"))
                .click();

        assertThat(row("All APIs")).isVisible();
    }

    @Test
    void aFormDoesNotOverwriteWhatSomebodyHasChangedSinceItWasOpened() {
        String id = CONSOLE.product()
                .manage("POST", "/keys", "{\"name\":\"" + name + "\"}")
                .path("id")
                .asString();
        page.navigate(CONSOLE.screen("keys"));
        row("Active").getByTestId("key-edit").click();
        page.getByTestId("key-name").locator("input").fill(name + " mine");
        CONSOLE.product().manage("PATCH", "/keys/" + id, "{\"ipRanges\":[\"192.0.2.7\"]}");

        page.getByTestId("key-edit-save").click();

        assertThat(page.getByText("Somebody has changed it since this form was opened."))
                .isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .click();
        CONSOLE.awaitDialogClosed(page);
        row("Active").getByTestId("key-edit").click();
        page.getByTestId("key-name").locator("input").fill(name + " mine");
        page.getByTestId("key-edit-save").click();
        CONSOLE.awaitDialogClosed(page);
        JsonNode key = CONSOLE.product().manage("GET", "/keys/" + id, "");
        assertThat(key.path("name").asString()).isEqualTo(name + " mine");
        assertThat(key.path("ipRanges").path(0).asString()).isEqualTo("192.0.2.7");
    }

    private String takeSecret() {
        String secret = page.getByTestId("key-secret").locator("code").textContent();
        page.getByTestId("key-done").click();
        CONSOLE.awaitDialogClosed(page);
        return secret;
    }

    private Locator row(String state) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(name))
                .filter(new Locator.FilterOptions().setHasText(state));
    }

    private static int status(String secret) {
        return CONSOLE.chat(secret, "demo-small", "Hello").statusCode();
    }
}

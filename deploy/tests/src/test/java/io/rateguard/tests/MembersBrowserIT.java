package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Someone is invited, comes in, gets another role and is taken out again. */
class MembersBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final String PASSWORD = "a password of their own";

    private final String guest = UUID.randomUUID() + "@rateguard.test";
    private BrowserContext atAdmin;
    private BrowserContext atGuest;

    @BeforeEach
    void openBrowsers() {
        atAdmin = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        atGuest = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowsers() {
        atAdmin.close();
        atGuest.close();
    }

    @Test
    void aGuestComesByALetterAndGoes() {
        Page admin = CONSOLE.signInAsAdmin(atAdmin);
        admin.navigate(CONSOLE.screen("members"));
        admin.getByTestId("member-invite").click();
        admin.getByTestId("invite-email").locator("input").fill(guest);
        admin.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Viewer"))
                .check();
        admin.getByTestId("invite-send").click();
        assertThat(row(admin, "Invited")).containsText("Viewer");

        Page page = atGuest.newPage();
        String link = CONSOLE.linkMailedTo(guest);
        page.navigate(link);
        page.getByTestId("join-name").locator("input").fill("Guest");
        page.getByTestId("join-password").locator("input").fill("short");
        page.getByTestId("join").click();
        assertThat(page.getByTestId("join-password")).containsText("expected: 8 to 200");
        page.getByTestId("join-password").locator("input").fill(PASSWORD);
        page.getByTestId("join").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        CONSOLE.signIn(page, guest, PASSWORD);
        assertThat(page.getByTestId("role")).hasText("Viewer");
        page.navigate(CONSOLE.screen("members"));
        assertThat(page.getByRole(AriaRole.TABLE)).containsText(guest);
        assertThat(page.getByTestId("member-invite")).hasCount(0);
        assertThat(page.getByTestId("member-remove")).hasCount(0);
        page.navigate(link);
        assertThat(page.getByText("This link works no more")).isVisible();

        admin.navigate(CONSOLE.screen("members"));
        row(admin, "Members").getByTestId("member-change").click();
        admin.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Developer"))
                .check();
        admin.getByTestId("member-role-save").click();
        assertThat(row(admin, "Members")).containsText("Developer");
        row(admin, "Members").getByTestId("member-remove").click();
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove member"))
                .click();
        assertThat(row(admin, "Members")).hasCount(0);

        page.navigate(CONSOLE.screen("overview"));
        assertThat(page.getByText("There is nothing here")).isVisible();
    }

    private Locator row(Page page, String table) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(guest));
    }
}

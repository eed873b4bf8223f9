package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
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
        page.getByTestId("own-name").locator("input").fill("Guest");
        page.getByTestId("new-password").locator("input").fill("short");
        page.getByTestId("join").click();
        assertThat(page.getByTestId("new-password")).containsText("expected: 8 to 200");
        page.getByTestId("new-password").locator("input").fill(PASSWORD);
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
        page.navigate(CONSOLE.screen("requests"));
        assertThat(page.getByTestId("request-list")).isVisible();
        row(admin, "Members").getByTestId("member-remove").click();
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove member"))
                .click();
        assertThat(page.getByText("There is nothing here"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(2_000));
        assertThat(row(admin, "Members")).hasCount(0);

        page.navigate(CONSOLE.screen("overview"));
        assertThat(page.getByText("There is nothing here")).isVisible();
    }

    @Test
    void whoSignsUpProvesTheAddressCreatesAWorkspaceAndMovesToAnotherAddress() {
        Page page = atGuest.newPage();
        page.navigate(CONSOLE.url("login"));
        page.getByTestId("sign-up").click();
        page.getByTestId("sign-up-email").locator("input").fill("nobody");
        page.getByTestId("sign-up-send").click();
        assertThat(page.getByTestId("sign-up-email")).containsText("expected: an email address");
        page.getByTestId("sign-up-email").locator("input").fill(guest);
        page.getByTestId("sign-up-send").click();
        assertThat(page.getByText("A letter is on its way to " + guest)).isVisible();

        String link = CONSOLE.linkMailedTo(guest);
        page.navigate(link);
        page.getByTestId("own-name").locator("input").fill("Guest");
        page.getByTestId("new-password").locator("input").fill(PASSWORD);
        page.getByTestId("welcome").click();
        assertThat(page.getByText("Your account is ready")).isVisible();
        page.navigate(link);
        assertThat(page.getByText("This link works no more")).isVisible();

        CONSOLE.giveCredentials(page, guest, PASSWORD);
        page.waitForURL("**/first-workspace");
        String slug = "first-" + guest.substring(0, 8);
        page.getByTestId("workspace-create").click();
        page.getByTestId("workspace-name").locator("input").fill("First");
        page.getByTestId("workspace-slug").locator("input").fill(slug);
        page.getByTestId("workspace-save").click();
        page.waitForURL("**/w/" + slug + "/overview");
        assertThat(page.getByTestId("role")).hasText("Owner");

        String moved = "moved-" + guest;
        page.getByTestId("account").click();
        page.getByTestId("new-address").locator("input").fill(moved);
        page.getByTestId("address-current").locator("input").fill("not the password");
        page.getByTestId("new-address-send").click();
        assertThat(page.getByTestId("address-current")).containsText("expected: the password of " + guest);
        page.getByTestId("address-current").locator("input").fill(PASSWORD);
        page.getByTestId("new-address-send").click();
        page.navigate(CONSOLE.linkMailedTo(moved));
        page.getByTestId("address").click();
        assertThat(page.getByText("Your address is changed")).isVisible();
        // Within seconds this session would have ended by itself.
        atGuest.clearCookies();
        CONSOLE.signIn(page, moved, PASSWORD);
        assertThat(page.getByTestId("account")).hasText(moved);
    }

    @Test
    void whoForgotThePasswordComesInWithANewOneAndFromThenOnWithACodeAsWell() {
        CONSOLE.joinWithoutPassword(guest);
        Page page = atGuest.newPage();
        page.navigate(CONSOLE.url("login"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Forgot your password?"))
                .click();
        page.getByTestId("forgot-email").locator("input").fill(guest);
        page.getByTestId("forgot-send").click();

        page.navigate(CONSOLE.linkMailedTo(guest));
        page.getByTestId("new-password").locator("input").fill(PASSWORD);
        page.getByTestId("reset").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        CONSOLE.signIn(page, guest, PASSWORD);

        page.getByTestId("account").click();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("This one");
        assertThat(page.getByTestId("role")).hasText("Viewer");

        page.getByTestId("second-factor-set-up").click();
        String secret = page.getByTestId("second-factor-secret").locator("code").textContent();
        page.getByTestId("second-factor-code").locator("input").fill(AuthenticatorApp.code(secret, Instant.now()));
        page.getByTestId("second-factor-on").click();
        String recovery = page.getByTestId("recovery-codes")
                .locator("code")
                .textContent()
                .lines()
                .findFirst()
                .orElseThrow();
        page.getByTestId("second-factor-done").click();
        page.getByTestId("sign-out").click();
        page.locator("input[name=username]").waitFor();

        CONSOLE.giveCredentials(page, guest, PASSWORD);
        page.getByTestId("second-step-code").locator("input").fill("000000");
        page.getByTestId("second-step").click();
        assertThat(page.getByTestId("second-step-code")).containsText("not used before");
        page.navigate(CONSOLE.screen("overview"));
        assertThat(page.getByTestId("role")).hasCount(0);
        page.navigate(CONSOLE.url("second-step"));
        page.getByTestId("second-step-code").locator("input").fill(recovery);
        page.getByTestId("second-step").click();
        page.waitForURL("**/overview");
        assertThat(page.getByTestId("role")).hasText("Viewer");
    }

    @Test
    void anOwnerSuspendsAWorkspaceOfTheirOwnAndDeletesIt() {
        String slug = "own-" + guest.substring(0, 8);
        Page page = CONSOLE.signInAsAdmin(atAdmin);
        page.getByTestId("account").click();
        page.getByTestId("workspace-create").click();
        page.getByTestId("workspace-name").locator("input").fill("My own");
        page.getByTestId("workspace-slug").locator("input").fill("main");
        page.getByTestId("workspace-save").click();
        assertThat(page.getByTestId("workspace-slug")).containsText("exists or existed");
        page.getByTestId("workspace-slug").locator("input").fill(slug);
        page.getByTestId("workspace-save").click();
        page.waitForURL("**/w/" + slug + "/overview");

        page.navigate(CONSOLE.url("w/" + slug + "/settings"));
        page.getByTestId("retention-days").locator("input").fill("0");
        page.getByTestId("retention-save").click();
        assertThat(page.getByTestId("retention-days")).containsText("expected: 1 to 3650");
        page.getByTestId("retention-days").locator("input").fill("90");
        page.getByTestId("retention-save").click();
        assertThat(page.getByText("(UTC) are removed for good")).isVisible();
        button(page, "Remove older requests").click();
        assertThat(page.getByText("kept for 90 days")).isVisible();
        page.reload();
        assertThat(page.getByTestId("retention-days").locator("input")).hasValue("90");
        page.getByTestId("retention-days").locator("input").fill("91");
        page.getByTestId("retention-save").click();
        assertThat(page.getByText("kept for 91 days")).isVisible();
        page.getByTestId("workspace-suspend").click();
        assertThat(page.getByTestId("suspended")).not().isVisible();
        button(page, "Suspend workspace").click();
        assertThat(page.getByTestId("suspended")).isVisible();
        page.getByTestId("workspace-resume").click();
        assertThat(page.getByTestId("suspended")).not().isVisible();
        page.getByTestId("workspace-delete").click();
        assertThat(page.getByTestId("workspace-delete-confirm")).isDisabled();
        page.getByTestId("workspace-slug").locator("input").fill(slug);
        page.getByTestId("workspace-delete-confirm").click();
        page.waitForURL("**/overview");
        page.navigate(CONSOLE.url("w/" + slug + "/overview"));
        assertThat(page.getByText("There is nothing here")).isVisible();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator row(Page page, String table) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(guest));
    }
}

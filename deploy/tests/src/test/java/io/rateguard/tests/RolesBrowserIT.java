package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person sees of what they may not do: nothing. */
class RolesBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

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
    void showsAViewerKeysAndApisWithoutTheMeansToChangeThem() {
        Page page = CONSOLE.signInAsViewer(context);

        page.navigate(CONSOLE.screen("keys"));
        assertThat(page.getByTestId("role")).hasText("Viewer");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("demo");
        assertThat(page.getByTestId("key-create")).hasCount(0);
        assertThat(page.getByTestId("key-revoke")).hasCount(0);

        page.navigate(CONSOLE.screen("apis"));
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("Demo provider");
        assertThat(page.getByTestId("api-add")).hasCount(0);
    }

    @Test
    void showsAViewerTheAlertsWithoutTheMeansToChangeThem() {
        Page page = CONSOLE.signInAsViewer(context);

        page.navigate(CONSOLE.screen("alerts"));
        assertThat(page.getByTestId("alert-history")).isVisible();
        for (String means : List.of(
                "rule-add",
                "channel-add",
                "channel-test",
                "channel-delete",
                "rule-mute",
                "rule-unmute",
                "rule-delete")) {
            assertThat(page.getByTestId(means)).hasCount(0);
        }
    }

    @Test
    void showsAViewerThePricesWithoutTheMeansToChangeThem() {
        Page page = CONSOLE.signInAsViewer(context);

        page.navigate(CONSOLE.screen("prices"));
        page.getByTestId("catalogue-search").locator("input").fill("gpt-4o-mini");
        assertThat(page.getByTestId("catalogue-list").getByRole(AriaRole.TABLE)).containsText("$0.15");
        assertThat(page.getByTestId("catalogue-more")).hasCount(0);
        assertThat(page.getByTestId("price-add")).hasCount(0);
        assertThat(page.getByTestId("price-import")).hasCount(0);
        assertThat(page.getByTestId("price-go-back")).hasCount(0);
        assertThat(page.getByTestId("price-delete")).hasCount(0);
    }

    @Test
    void showsTheAuditLogToThoseWhoAdministerAlone() {
        Page viewer = CONSOLE.signInAsViewer(context);
        viewer.navigate(CONSOLE.screen("audit"));
        assertThat(viewer.getByText("Your role may not read the audit log")).isVisible();
        assertThat(viewer.getByTestId("audit-list")).hasCount(0);
        assertThat(viewer.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit log")))
                .hasCount(0);

        try (BrowserContext other = CONSOLE.open(1440, 1000, ColorScheme.LIGHT)) {
            Page admin = CONSOLE.signInAsAdmin(other);
            admin.navigate(CONSOLE.screen("audit?resource=sign-ins&action=signed-in"));
            assertThat(admin.getByTestId("audit-list")).containsText("viewer@rateguard.test");
            admin.getByTestId("filter-actor").locator("input").fill("nobody@rateguard.test");
            admin.getByTestId("filter-actor").locator("input").press("Enter");
            assertThat(admin.getByText("Nothing was done that these filters let through"))
                    .isVisible();
            admin.waitForURL("**/audit?**actor=nobody%40rateguard.test**");
        }
    }

    @Test
    void doesNotFindAWorkspaceOfOthers() {
        CONSOLE.newWorkspace("of-others", "Others");
        Page page = CONSOLE.signInAsAdmin(context);

        for (String slug : new String[] {"of-others", "nobody"}) {
            page.navigate(CONSOLE.url("w/" + slug + "/keys"));
            assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is nothing here");
        }
    }

    @Test
    void leadsToTheSameScreenOfAnotherWorkspace() {
        CONSOLE.newWorkspace("research", "Research");
        CONSOLE.joinAsOwner("research");
        Page page = CONSOLE.signInAsAdmin(context);
        page.navigate(CONSOLE.screen("limits"));

        page.getByTestId("workspace").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Research"))
                .click();

        page.waitForURL("**/w/research/limits");
        assertThat(page.getByText("No limit yet")).isVisible();
    }
}

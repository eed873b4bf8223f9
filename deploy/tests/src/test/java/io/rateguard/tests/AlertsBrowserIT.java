package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody sets up where alerts go, and receives the test by mail and by Slack. */
class AlertsBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String name = "Call " + UUID.randomUUID().toString().substring(0, 8);
    private final String address = name.replace(' ', '-').toLowerCase(Locale.ROOT) + "@rateguard.test";
    private final Queue<JsonNode> slack = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void openBrowser() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/services/T0/B0/x", exchange -> {
            slack.add(JsonMapper.shared()
                    .readTree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        browser = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(browser);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
        receiver.stop(0);
    }

    @Test
    void channelsByMailAndSlackAreAddedAndTheirTestsArrive() {
        page.navigate(CONSOLE.screen("alerts"));
        page.getByTestId("channel-add").click();
        fill("channel-name", name + " mail");
        fill("channel-to", "nobody");
        page.getByTestId("channel-save").click();
        assertThat(page.getByTestId("channel-to")).containsText("expected: an email address");
        assertThat(page.getByTestId("channel-name").locator("input")).hasValue(name + " mail");
        fill("channel-to", address);
        page.getByTestId("channel-save").click();
        CONSOLE.awaitDialogClosed(page);

        page.getByTestId("channel-add").click();
        page.getByTestId("channel-type").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Slack"))
                .click();
        fill("channel-name", name + " chat");
        fill("channel-slack", "hooks.slack.com/services");
        page.getByTestId("channel-save").click();
        assertThat(page.getByTestId("channel-slack")).containsText("expected: https://");
        fill("channel-slack", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/services/T0/B0/x");
        page.getByTestId("channel-save").click();
        CONSOLE.awaitDialogClosed(page);

        test(name + " mail");
        test(name + " chat");

        CONSOLE.product().await("the mail", SOON, () -> mails() == 1);
        CONSOLE.product().await("the message to Slack", SOON, () -> !slack.isEmpty());
        assertThat(slack).singleElement().satisfies(message -> {
            assertThat(message.path("text").asString()).startsWith("This channel works. Channel: " + name + " chat.");
            assertThat(message.path("blocks").isArray()).isTrue();
        });
        page.reload();
        assertThat(page.getByTestId("alert-history").getByText(name + " chat").first())
                .isVisible();
    }

    private void test(String channel) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test " + channel))
                .click();
        assertThat(page.getByText("is on its way").last()).isVisible();
    }

    private long mails() {
        HttpRequest all = HttpRequest.newBuilder(URI.create(CONSOLE.product().text("mailUrl") + "/mails"))
                .build();
        return JsonMapper.shared()
                .readTree(CONSOLE.product().send(all).body())
                .valueStream()
                .filter(mail -> mail.path("to").asString().contains(address))
                .count();
    }

    private void fill(String field, String text) {
        Locator input = page.getByTestId(field).locator("input");
        input.fill(text);
        input.blur();
    }
}

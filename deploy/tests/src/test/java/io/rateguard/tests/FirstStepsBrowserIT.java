package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Walks {@code docs/first-steps.md} from its first line to its last: runs its commands as they stand and looks for what it
 * says one will see. What it sees on the way stays in {@code target/pictures}; {@code ./rateguard screenshots --guide} takes
 * it into the guide.
 */
class FirstStepsBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = ProductInBrowser.ofItsOwn();

    private static final Document GUIDE = Document.read("docs/first-steps.md");
    private static final double WITHIN_SECONDS_MILLIS = 20_000;
    private static final Duration WITHIN_SECONDS = Duration.ofSeconds(20);
    private static final String LIMIT = "Small model: 3 requests a minute";
    private static final String BUDGET = "Demo provider: 10 cents a day";

    private final Map<String, String> terminal = new HashMap<>();
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void openBrowser() {
        context = CONSOLE.open(1440, 900, ColorScheme.LIGHT);
        page = context.newPage();
        terminal.put("RATEGUARD_PROXY", CONSOLE.product().text("proxyUrl"));
        terminal.put("RATEGUARD_CONSOLE", CONSOLE.product().text("consoleUrl"));
        terminal.put("RATEGUARD_TOKEN", CONSOLE.product().text("managementToken"));
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void leadsFromTheStartToTheAlertMail() {
        start();
        signIn();
        firstRequest();
        seeIt();
        aKeyOfYourOwn();
        aLimit();
        aBudgetAndHowItIsSpent();
        theAlert();
        whyWasItRefused();
    }

    private void start() {
        String printed = CONSOLE.product().said();

        assertThat(labels(printed)).containsSubsequence(labels(GUIDE.block("up prints")));
    }

    private void signIn() {
        CONSOLE.signInAsAdmin(page);

        assertThat(page.getByTestId("first-steps")).isVisible();
        look("overview-empty");
    }

    private void firstRequest() {
        String printed = CONSOLE.product()
                .said()
                .lines()
                .filter(line -> line.strip().startsWith("curl -i "))
                .findFirst()
                .orElseThrow();

        List<String> reply = Command.shell(printed.replace("curl -i", "curl -sS -i"), Map.of())
                .run()
                .lines()
                .toList();

        assertThat(reply.getFirst()).contains("200");
        for (String header : GUIDE.block("reply headers").lines().toList()) {
            String name = header.substring(0, header.indexOf(':') + 1);
            boolean varies = Pattern.matches("(?i).*(Request-Id|-Ms|Reset):", name);
            assertThat(reply).as(header).anyMatch(it -> it.startsWith(varies ? name : header));
        }
    }

    private void seeIt() {
        assertThat(page.getByTestId("spent-today"))
                .hasAttribute(
                        "title",
                        Pattern.compile(".*\\(30,750 nano-dollars\\)"),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(WITHIN_SECONDS_MILLIS));
        look("overview");

        page.navigate(CONSOLE.screen("requests"));
        page.getByTestId("request-list").getByText("demo-small").first().click();
        Locator story = page.getByRole(AriaRole.DIALOG);
        assertThat(story).containsText("(30,750 nano-dollars)");
        assertThat(story.getByRole(AriaRole.TABLE, named("How the cost came about")))
                .containsText("Output tokens");
        assertThat(story.getByRole(AriaRole.TABLE, named("Charges to budgets"))).containsText("Held before");
        look("request");
    }

    private void aKeyOfYourOwn() {
        page.navigate(CONSOLE.screen("keys"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create key"))
                .click();
        page.getByTestId("key-name").locator("input").fill("My application");
        page.getByTestId("key-save").click();
        Locator secret = page.getByTestId("key-secret").locator("code");
        assertThat(secret).containsText("rg_live_");
        look("key");
        terminal.put("RATEGUARD_KEY", secret.textContent());
        page.getByTestId("key-done").click();
    }

    private void aLimit() {
        run("limit");
        awaitHeader("RateLimit-Policy", LIMIT);
        page.navigate(CONSOLE.screen("limits"));
        assertThat(page.getByRole(AriaRole.TABLE)).containsText(LIMIT);

        assertThat(run("four requests")).isEqualTo(GUIDE.block("four requests"));

        HttpResponse<String> refused = CONSOLE.chat(terminal.get("RATEGUARD_KEY"), "demo-small", "Hello");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate_limited\"");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 20);
    }

    private void aBudgetAndHowItIsSpent() {
        run("budget");
        awaitHeader("X-RateGuard-Budget-Limit-Cents", "10");

        assertThat(run("spend")).isEqualTo(GUIDE.block("spend"));

        assertThat(CONSOLE.send("/proxy/demo/v1/chat/completions", terminal.get("RATEGUARD_KEY"), """
                        {"model":"demo-large","max_tokens":1000,"messages":[{"role":"user","content":"One more"}]}""", Map.of())
                        .body())
                .contains("\"code\":\"budget_exhausted\"");
        page.navigate(CONSOLE.screen("budgets"));
        Locator budget = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(BUDGET));
        assertThat(budget).containsText("Nearly spent");
        assertThat(budget).containsText("90");
        look("budgets");
    }

    private void theAlert() {
        String mailUrl = CONSOLE.product().text("mailUrl");
        assertThat(CONSOLE.product().said()).containsPattern("Mail +" + Pattern.quote(mailUrl));
        CONSOLE.product().await("two mails", WITHIN_SECONDS, () -> {
            page.navigate(mailUrl);
            return page.locator("article h2").count() == 2;
        });

        for (String percent : List.of("50", "80")) {
            assertThat(page.getByRole(
                                    AriaRole.HEADING,
                                    new Page.GetByRoleOptions()
                                            .setName("RateGuard: budget \"" + BUDGET + "\" has reached " + percent
                                                    + " %"))
                            .first())
                    .isVisible();
        }
        Locator eighty = page.locator("article")
                .filter(new Locator.FilterOptions().setHasText("has reached 80 %"))
                .first();
        assertThat(eighty.frameLocator("iframe").locator("h1")).containsText("has reached 80 %");
        eighty.scrollIntoViewIfNeeded();
        look("mail");
    }

    private void whyWasItRefused() {
        page.navigate(CONSOLE.screen("requests"));
        page.getByTestId("request-list").getByText("Over budget").first().click();
        Locator story = page.getByRole(AriaRole.DIALOG);
        assertThat(story).containsText("Rule “" + BUDGET + "”: $0.09");
        assertThat(story).containsText("Worth another try from");
        look("refused");
    }

    /** Runs a code block of the guide in what it calls the second terminal. */
    private String run(String block) {
        return Command.shell(GUIDE.block("run: " + block), terminal).run();
    }

    /** A change holds within a second. A key of its own asks, since limits hold for each key apart. */
    private void awaitHeader(String name, String part) {
        CONSOLE.product()
                .await(
                        name + ": " + part,
                        Duration.ofSeconds(5),
                        () -> CONSOLE.chat(CONSOLE.product().text("demoKey"), "demo-small", "Hello")
                                .headers()
                                .firstValue(name)
                                .orElse("")
                                .contains(part));
    }

    private void look(String name) {
        page.evaluate("() => document.fonts.ready");
        page.waitForFunction(
                "() => [...document.querySelectorAll('spend-chart, line-chart')].every(it => it.querySelector('svg'))");
        page.waitForFunction(
                "() => !document.getAnimations().some(it => it.playState === 'running' && it.effect.getComputedTiming().endTime < 5000)");
        keepSmall(page.screenshot(), Path.of(System.getProperty("rateguard.pictures"), name + ".png"));
    }

    /** The same picture in three quarters of the bytes: the browser is in more of a hurry than a document is. */
    private static void keepSmall(byte[] screenshot, Path file) {
        ImageWriter png = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = png.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(screenshot));
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
                png.setOutput(out);
                png.write(null, new IIOImage(picture, null, null), smallest);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            png.dispose();
        }
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    /** The words at the beginning of lines such as {@code sign in as   admin@…}. */
    private static List<String> labels(String text) {
        return text.lines()
                .map(line -> Pattern.compile("^ {2,4}([A-Za-z].*?) {2,}\\S.*")
                        .matcher(line)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse(""))
                .filter(label -> !label.isEmpty())
                .toList();
    }
}

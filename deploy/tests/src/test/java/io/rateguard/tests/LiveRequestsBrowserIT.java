package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The Requests screen while requests come in, and what it and the overview save. */
class LiveRequestsBrowserIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final int MORE_THAN_A_SCREEN = 60;
    private static final String SCROLL_TOP = "list => list.querySelector('vaadin-virtual-list').scrollTop";
    /** Counts, in {@code window.drawn}, how often a list draws a row with what is in it, and how often without. */
    private static final String COUNT_ROWS_DRAWN = """
            window.drawn = { filled: 0, empty: 0 };
            customElements.whenDefined('vaadin-virtual-list').then(() => {
              const list = customElements.get('vaadin-virtual-list').prototype;
              const draw = list.__updateElement;
              list.__updateElement = function (row, index) {
                window.drawn[this.items[index] ? 'filled' : 'empty']++;
                return draw.call(this, row, index);
              };
            });""";

    private BrowserContext context;
    private Page page;
    private String name;
    private String keyId;
    private String key;

    @BeforeEach
    void openBrowser() {
        context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT);
        page = CONSOLE.signInAsAdmin(context);
        name = "Live " + UUID.randomUUID().toString().substring(0, 8);
        JsonNode created = CONSOLE.product().manage("POST", "/keys", "{\"name\":\"%s\"}".formatted(name));
        keyId = created.path("id").asString();
        key = created.path("secret").asString();
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    @Test
    void aRequestAppearsByItselfUnlessTheFilterIsOfOthers() {
        Page filtered = context.newPage();
        page.navigate(CONSOLE.screen("requests"));
        filtered.navigate(CONSOLE.screen("requests?model=gpt-4o-mini"));
        Locator list = page.getByTestId("request-list");
        assertThat(list).isVisible();
        assertThat(filtered.getByTestId("request-list")).isVisible();
        assertThat(list.getByText(name)).hasCount(0);

        CONSOLE.chat(key, "gpt-4o", "Hello");
        CONSOLE.chat(key, "gpt-4o-mini", "Hello");

        assertThat(list.getByText(name).first()).isVisible();
        Locator ofModel = filtered.getByTestId("request-list");
        assertThat(ofModel.getByText(name).first()).isVisible();
        assertThat(ofModel.getByText("gpt-4o", new Locator.GetByTextOptions().setExact(true)))
                .hasCount(0);
    }

    @Test
    void aRowIsNotDrawnBeforeThereIsWhatIsInIt() {
        CONSOLE.chat(key, "gpt-4o", "Hello");
        awaitInHistory(1);
        page.addInitScript(COUNT_ROWS_DRAWN);

        page.navigate(CONSOLE.screen("requests?model=gpt-4o"));
        assertThat(page.getByTestId("request-list").getByText(name)).hasCount(1);

        assertThat(number(page.evaluate("drawn.filled"))).isPositive();
        assertThat(number(page.evaluate("drawn.empty"))).isZero();
    }

    @Test
    void aWindowThatBecomesNarrowShowsCardsAndAWideOneATable() {
        CONSOLE.chat(key, "gpt-4o", "Hello");
        awaitInHistory(1);
        page.navigate(CONSOLE.screen("requests?model=gpt-4o"));
        Locator list = page.getByTestId("request-list");
        Locator title = list.locator(".row-title");
        assertThat(list.getByText(name)).hasCount(1);
        assertThat(title).hasCount(0);

        page.setViewportSize(390, 844);

        assertThat(title.first()).hasText("gpt-4o");
        assertThat(list.getByText("Latency")).isHidden();
        page.setViewportSize(1440, 1000);
        assertThat(list.getByText(name)).hasCount(1);
        assertThat(list.getByText("Latency")).isVisible();
        assertThat(title).hasCount(0);
    }

    @Test
    void whoReadsFurtherDownIsNotMovedAndToldOfWhatIsNew() {
        for (int i = 0; i < MORE_THAN_A_SCREEN; i++) {
            CONSOLE.chat(key, "demo-small", "Hello " + i);
        }
        awaitInHistory(MORE_THAN_A_SCREEN);
        page.navigate(CONSOLE.screen("requests"));
        Locator list = page.getByTestId("request-list");
        assertThat(list.getByText(name).first()).isVisible();
        list.evaluate("list => list.querySelector('vaadin-virtual-list').scrollTop = 700");
        page.waitForCondition(() -> number(list.evaluate(SCROLL_TOP)) > 0);
        double before = number(list.evaluate(SCROLL_TOP));

        CONSOLE.chat(key, "gpt-4o", "Something new");

        Locator news = page.getByTestId("requests-news");
        assertThat(news).hasText(Pattern.compile("\\d+ new requests?"));
        assertThat(number(list.evaluate(SCROLL_TOP))).isEqualTo(before);
        news.click();
        assertThat(news).isHidden();
        page.waitForCondition(() -> number(list.evaluate(SCROLL_TOP)) == 0);
        assertThat(list.getByText("gpt-4o").first()).isVisible();
    }

    @Test
    void whoReadsToTheEndIsShownAllThatThereIs() {
        for (int i = 0; i < MORE_THAN_A_SCREEN; i++) {
            CONSOLE.chat(key, "demo-small", "Hello " + i);
        }
        awaitInHistory(MORE_THAN_A_SCREEN);
        page.navigate(CONSOLE.screen("requests?model=demo-small"));
        Locator list = page.getByTestId("request-list");
        assertThat(list.getByText(name).first()).isVisible();

        page.waitForCondition(() -> (boolean) list.evaluate("""
                list => {
                  const scroller = list.querySelector('vaadin-virtual-list');
                  scroller.scrollTop = scroller.scrollHeight;
                  const rows = [...list.querySelectorAll('[role=listitem]')].filter(row => !row.hidden);
                  const last = rows.find(row => row.ariaPosInSet === row.ariaSetSize);
                  return +last?.ariaSetSize >= %d && rows.every(row => row.textContent.trim());
                }""".formatted(MORE_THAN_A_SCREEN)));
    }

    @Test
    void aTabThatWasHiddenShowsWhatHasComeWhenItIsSeenAgain() {
        CONSOLE.chat(key, "gpt-4o", "Hello");
        page.navigate(CONSOLE.screen("requests?model=gpt-4o"));
        Locator rows = page.getByTestId("request-list").getByText(name);
        assertThat(rows).hasCount(1);
        hide(true);
        CONSOLE.chat(key, "gpt-4o", "And?");
        awaitInHistory(2);
        assertThat(rows).hasCount(1);

        hide(false);

        assertThat(rows).hasCount(2);
    }

    /** As the browser says it. */
    private void hide(boolean hidden) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
                  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", hidden);
    }

    @Test
    void whatIsShownCanBeSaved() throws IOException {
        CONSOLE.chat(key, "gpt-4o", "Hello");
        page.navigate(CONSOLE.screen("requests?model=gpt-4o"));
        assertThat(page.getByTestId("request-list").getByText(name).first()).isVisible();
        List<String> requests = saved(page);
        page.navigate(CONSOLE.screen("overview"));
        assertThat(page.getByTestId("freshness")).hasText(Pattern.compile("Complete up to [0-9:]{8}\\."));
        List<String> usage = saved(page);

        assertThat(requests.getFirst()).startsWith("request_id,time,");
        assertThat(requests.subList(1, requests.size() - 1)).isNotEmpty().allMatch(line -> line.contains("gpt-4o"));
        assertThat(requests.getLast()).startsWith("# end of export,");
        assertThat(usage.getFirst()).contains("api", "key", "model", "cost_nanos");
        assertThat(usage.getLast()).startsWith("# end of export,");
    }

    @Test
    void costsAreCutByModelThenByKey() throws IOException {
        CONSOLE.chat(key, "gpt-4o", "Hello");
        awaitInHistory(1);
        page.navigate(CONSOLE.screen("costs?period=today&by=model,key"));
        Locator costs = page.getByTestId("costs-list");
        Locator model =
                costs.locator("button").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^gpt-4o\\$")));
        assertThat(model).hasAttribute("aria-expanded", "false");
        assertThat(costs.getByText(name)).hasCount(0);

        model.press("Enter");

        assertThat(costs.getByText(name)).isVisible();
        assertThat(model).hasAttribute("aria-expanded", "true");
        assertThat(model).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(costs.locator("[role=listitem] > [role=group]").first()).isFocused();
        model.click();
        assertThat(costs.getByText(name)).isHidden();
        assertThat(saved(page).getFirst()).contains("key", "model", "cost_nanos");
    }

    private void awaitInHistory(int requests) {
        CONSOLE.product()
                .await(
                        requests + " requests in the history",
                        Duration.ofSeconds(30),
                        () -> CONSOLE.product()
                                        .manage("GET", "/requests?limit=500&key=" + keyId, "")
                                        .path("items")
                                        .size()
                                == requests);
    }

    private static List<String> saved(Page page) throws IOException {
        Download file = page.waitForDownload(() -> page.getByTestId("csv").click());
        assertThat(file.suggestedFilename()).endsWith(".csv");
        return Files.readAllLines(file.path());
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}

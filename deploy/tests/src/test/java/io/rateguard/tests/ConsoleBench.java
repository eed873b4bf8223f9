package io.rateguard.tests;

import static java.util.Locale.ROOT;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long the screens take, with the events behind them that {@code ./rateguard bench --analytics --data FOLDER} has filled in.
 * {@code ./rateguard bench --console --data FOLDER} runs it; it is no test, and has no name of one.
 */
class ConsoleBench {

    @RegisterExtension
    static final ProductInBrowser CONSOLE =
            ProductInBrowser.over(adopted(Path.of(System.getProperty("rateguard.bench-data", "target/bench-data"))));

    /** The workspace that makes a fifth of the requests. */
    private static final String LARGEST = "77777777-7777-7777-0077-777777777777";

    private static final String SLUG = "large";
    /** Not counted, as the first rounds are not: a console that has just started compiles itself meanwhile. */
    private static final int WARM_UP_LOADS = 15;

    private static final int FIRST_LOADS = 20;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 20;
    /** A window is open for a while before an address is typed. */
    private static final int WINDOW_OPENS_WITHIN_MILLIS = 300;
    /** Nobody goes on sooner; what a screen still asks when it is shown is answered meanwhile. */
    private static final int LOOKED_AT_MILLIS = 300;

    /** Notes, in {@code window.shown}, how many milliseconds after the start of its navigation a page has an element. */
    private static final String NOTE_WHEN_SHOWN = """
            const look = () => {
              const there = document.querySelector("%s");
              if (there && there.getBoundingClientRect().height > 0 && there.textContent.trim()) {
                window.shown = performance.now();
              } else {
                requestAnimationFrame(look);
              }
            };
            requestAnimationFrame(look);""";

    /** Answers how many milliseconds pass from a click in the navigation until an element is there that has something in it. */
    private static final String FOLLOW = """
            ([path, ready]) => new Promise(done => {
              const link = [...document.querySelectorAll('vaadin-side-nav-item')].find(it => it.path?.endsWith(path));
              const before = document.querySelector(ready);
              const start = performance.now();
              const look = () => {
                const there = document.querySelector(ready);
                if (there && there !== before && there.getBoundingClientRect().height > 0 && there.textContent.trim()) {
                  done(performance.now() - start);
                } else {
                  requestAnimationFrame(look);
                }
              };
              link.shadowRoot.querySelector('a').click();
              requestAnimationFrame(look);
            })""";

    /** In the order of visits: the last parts of addresses, and what shows that a screen is there. */
    private static final Map<String, String> SCREENS = screens();

    @Test
    void measures() throws IOException {
        CONSOLE.change(
                "INSERT INTO workspaces (id, slug, name) VALUES (?::uuid, '" + SLUG
                        + "', 'Large') ON CONFLICT DO NOTHING",
                LARGEST);
        CONSOLE.joinAsOwner(SLUG);
        StringBuilder text = new StringBuilder("| Milliseconds | p50 | p95 |\n|---|--:|--:|\n");
        try (BrowserContext context = CONSOLE.open(1440, 1000, ColorScheme.LIGHT)) {
            Page page = CONSOLE.signInAsAdmin(context);
            String overview = CONSOLE.url("w/" + SLUG + "/overview");
            page.navigate(overview);
            page.waitForSelector(SCREENS.get("/overview"));
            text.append(line("first load of the overview", firstLoads(context, overview)));
            navigations(page).forEach((screen, millis) -> text.append(line("to " + screen.substring(1), millis)));
        }
        Path file = Path.of(System.getProperty("rateguard.root"), "target", "bench", "console.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** In a browser that has nothing of the console but the session. */
    private static List<Double> firstLoads(BrowserContext signedIn, String address) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UP_LOADS + FIRST_LOADS; i++) {
            try (BrowserContext empty = CONSOLE.open(1440, 1000, ColorScheme.LIGHT)) {
                empty.addCookies(signedIn.cookies().stream()
                        .map(cookie -> new Cookie(cookie.name, cookie.value)
                                .setDomain(cookie.domain)
                                .setPath(cookie.path))
                        .toList());
                Page page = empty.newPage();
                page.addInitScript(NOTE_WHEN_SHOWN.formatted(SCREENS.get("/overview")));
                page.waitForTimeout(WINDOW_OPENS_WITHIN_MILLIS);
                page.navigate(address);
                page.waitForFunction("window.shown");
                millis.add(((Number) page.evaluate("window.shown")).doubleValue());
            }
        }
        return millis.subList(WARM_UP_LOADS, millis.size());
    }

    private static Map<String, List<Double>> navigations(Page page) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            for (Map.Entry<String, String> screen : SCREENS.entrySet()) {
                page.waitForTimeout(LOOKED_AT_MILLIS);
                Object took = page.evaluate(FOLLOW, List.of(screen.getKey(), screen.getValue()));
                if (round >= WARM_UP_ROUNDS) {
                    millis.computeIfAbsent(screen.getKey(), any -> new ArrayList<>())
                            .add(((Number) took).doubleValue());
                }
            }
        }
        return millis;
    }

    private static String line(String name, List<Double> millis) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return String.format(
                ROOT,
                "| %s | %.0f | %.0f |%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1));
    }

    /** {@code up} takes a folder for its own that has its lock. */
    private static Path adopted(Path folder) {
        try {
            Path lock = folder.resolve("up.lock");
            return Files.exists(lock) ? folder : Files.createFile(lock).getParent();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> screens() {
        Map<String, String> screens = new LinkedHashMap<>();
        // Of a row: the headings are there before.
        screens.put("/costs", "[data-testid=costs-list] .money");
        screens.put("/requests", "[data-testid=request-list] .status-badge");
        screens.put("/apis", "main h1");
        screens.put("/keys", "main h1");
        screens.put("/limits", "main h1");
        screens.put("/budgets", "main h1");
        screens.put("/alerts", "main h1");
        screens.put("/overview", ".figures:not(.waiting) [data-testid=spent-today]");
        return screens;
    }
}

package io.rateguard.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product and a browser in front of it, started once for all browser tests of a run, but for those that want one of
 * their own. With the system property {@code rateguard.ready-file} the others look at a product that runs already.
 */
final class ProductInBrowser implements BeforeAllCallback {

    private static final Pattern LINK = Pattern.compile("http\\S+/rgl_\\w+");
    private static final String VIEWER = "viewer@rateguard.test";

    private final boolean shared;
    private final Optional<Path> data;
    private Running running;

    ProductInBrowser() {
        this(true, Optional.empty());
    }

    private ProductInBrowser(boolean shared, Optional<Path> data) {
        this.shared = shared;
        this.data = data;
    }

    /** One in which nothing has happened yet; it ends with the test class. */
    static ProductInBrowser ofItsOwn() {
        return new ProductInBrowser(false, Optional.empty());
    }

    /** One without the demo, over what is in a folder already; it ends with the test class. */
    static ProductInBrowser over(Path data) {
        return new ProductInBrowser(false, Optional.of(data));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        String readyFile = shared ? System.getProperty("rateguard.ready-file", "") : "";
        running = (shared ? context.getRoot() : context)
                .getStore(shared ? ExtensionContext.Namespace.GLOBAL : ExtensionContext.Namespace.create(getClass()))
                .computeIfAbsent(Running.class, type -> Running.start(readyFile, data), Running.class);
    }

    RunningProduct product() {
        return running.product;
    }

    String url(String path) {
        return running.product.text("consoleUrl") + "/" + path;
    }

    /** An address within the workspace of the ready file. */
    String screen(String segment) {
        return url("w/" + running.product.text("workspace") + "/" + segment);
    }

    BrowserContext open(int width, int height, ColorScheme scheme) {
        BrowserContext context = running.browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale("en-US")
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(15_000);
        return context;
    }

    /** A dialog takes the clicks of what is behind it until the server knows that it is gone. */
    void awaitDialogClosed(Page page) {
        assertThat(page.locator("vaadin-dialog, vaadin-confirm-dialog")).hasCount(0);
    }

    Page signInAsAdmin(BrowserContext context) {
        return signIn(context, running.product.text("adminEmail"));
    }

    /** A member of the same workspace who may look only. */
    Page signInAsViewer(BrowserContext context) {
        change("""
                INSERT INTO users (email, name, password_hash)
                SELECT ?, 'Viewer', password_hash FROM users WHERE email = ? ON CONFLICT DO NOTHING
                """, VIEWER, running.product.text("adminEmail"));
        joinAsViewer(VIEWER);
        return signIn(context, VIEWER);
    }

    /** A viewer of the same workspace who cannot sign in yet. */
    void joinWithoutPassword(String email) {
        change("INSERT INTO users (email, name) VALUES (?, 'Guest')", email);
        joinAsViewer(email);
    }

    private void joinAsViewer(String email) {
        change("""
                INSERT INTO memberships (workspace_id, user_id, role)
                SELECT w.id, u.id, 'viewer' FROM workspaces w, users u WHERE w.slug = ? AND u.email = ?
                ON CONFLICT DO NOTHING
                """, running.product.text("workspace"), email);
    }

    void signInAsAdmin(Page page) {
        signIn(page, running.product.text("adminEmail"));
    }

    private Page signIn(BrowserContext context, String email) {
        Page page = context.newPage();
        signIn(page, email);
        // Whoever belongs to several workspaces may have come to another one.
        page.navigate(screen("overview"));
        return page;
    }

    /** Whoever has no password of their own has the admin's. */
    private void signIn(Page page, String email) {
        signIn(page, email, running.product.text("adminPassword"));
    }

    /** Somebody with a workspace. */
    void signIn(Page page, String email, String password) {
        giveCredentials(page, email, password);
        page.waitForURL("**/overview");
    }

    void giveCredentials(Page page, String email, String password) {
        page.navigate(url("login"));
        fillCredentials(page, email, password);
    }

    /** At the sign-in page. */
    void fillCredentials(Page page, String email, String password) {
        page.locator("input[name=username]").fill(email);
        page.locator("input[name=password]").fill(password);
        page.locator("vaadin-login-form vaadin-button[theme~=submit]").click();
    }

    /** A workspace of the admin's in which nothing has happened yet. */
    void newWorkspace(String slug, String name) {
        change("INSERT INTO workspaces (slug, name) VALUES (?, ?) ON CONFLICT DO NOTHING", slug, name);
    }

    void joinAsOwner(String slug) {
        change("""
                INSERT INTO memberships (workspace_id, user_id, role)
                SELECT w.id, u.id, 'owner' FROM workspaces w, users u WHERE w.slug = ? AND u.email = ?
                ON CONFLICT DO NOTHING
                """, slug, running.product.text("adminEmail"));
    }

    /** The link in the last letter to an address, once it has come. */
    String linkMailedTo(String address) {
        return linkMailedTo(address, LINK);
    }

    String linkMailedTo(String address, Pattern wanted) {
        Deque<String> links = new ArrayDeque<>();
        HttpRequest mails = HttpRequest.newBuilder(URI.create(running.product.text("mailUrl") + "/mails"))
                .build();
        running.product.await("a letter to " + address, Duration.ofSeconds(20), () -> {
            for (JsonNode mail :
                    JsonMapper.shared().readTree(running.product.send(mails).body())) {
                Matcher link = wanted.matcher(mail.path("text").asString());
                if (mail.path("to").asString().contains(address) && link.find()) {
                    links.add(link.group());
                }
            }
            return !links.isEmpty();
        });
        return links.getFirst();
    }

    /** A chat through the proxy. */
    HttpResponse<String> chat(String key, String model, String question) {
        String body = """
                {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"%s"}]}""".formatted(model, question);
        return send("/proxy/demo/v1/chat/completions", key, body, Map.of());
    }

    HttpResponse<String> send(String path, String key, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.product.text("proxyUrl") + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return running.product.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Changes rows as the database's owner. */
    void change(String sql, String... values) {
        try (Connection owner = DriverManager.getConnection(running.product.text("postgresUrl"));
                PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private record Running(RunningProduct product, Playwright playwright, Browser browser, Path folder)
            implements AutoCloseable {

        static Running start(String readyFile, Optional<Path> data) {
            try {
                Path folder = Files.createTempDirectory("rateguard-browser");
                RunningProduct product = product(readyFile, folder, data);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser =
                        playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()));
                return new Running(product, playwright, browser, folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static RunningProduct product(String readyFile, Path folder, Optional<Path> data) throws IOException {
            if (!readyFile.isEmpty()) {
                return RunningProduct.of(Path.of(readyFile));
            }
            return data.isEmpty()
                    ? RunningProduct.start(folder.resolve("data"))
                    : RunningProduct.start(data.get(), "--no-demo");
        }

        private static Path chromium() {
            return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                    .map(Path::of)
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "Chromium: not found (expected: Debian's package chromium; ./rateguard test installs it)"));
        }

        @Override
        public void close() throws IOException {
            browser.close();
            playwright.close();
            product.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}

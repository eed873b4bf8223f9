package io.rateguard.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told besides the page, and how it gets the files that a page is made of. */
class PagesIT {

    private static final Pattern NONCE = Pattern.compile("script-src 'self' 'unsafe-eval' 'nonce-([\\w+/]{22})'");
    private static final Pattern SCRIPT = Pattern.compile("<script\\b([^>]*)>");
    private static final Pattern BUILT = Pattern.compile("\\./(VAADIN/build/[\\w-]+\\.js)");

    private final Browser browser = new Browser(RunningConsole.get(), "test");

    @AfterEach
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/sign-up", "/second-step"})
    void runsNoScriptWithinAPageButThoseOfThisAnswer(String path) throws Exception {
        HttpResponse<String> page = browser.get(path);
        String nonce = nonce(page);
        List<String> scripts =
                all(SCRIPT, page.body()).map(script -> script.group(1)).toList();

        assertThat(scripts).isNotEmpty().allSatisfy(it -> assertThat(it).contains("nonce=\"" + nonce + "\""));
        assertThat(nonce(browser.get(path))).isNotEqualTo(nonce);
    }

    @Test
    void tellsWhatABrowserMayDoWithAPage() throws Exception {
        HttpResponse<String> page = browser.get("/login");

        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("script-src 'self' 'unsafe-inline'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Permissions-Policy")).contains("camera=()");
        assertThat(header(page, "Cache-Control")).contains("no-store");
        assertThat(header(browser.get("/"), "Content-Security-Policy")).contains("script-src 'self' 'unsafe-eval';");
    }

    @Test
    void givesTheFilesOfAPageToKeepAndBeginsNoSessionForThem() throws Exception {
        List<String> built = all(BUILT, browser.get("/login").body())
                .map(file -> file.group(1))
                .toList();

        assertThat(built)
                .anyMatch(it -> it.contains("FlowClient"))
                .anyMatch(it -> it.contains("generated-flow-imports"));
        for (String path : built) {
            HttpResponse<String> file = stranger("/" + path);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(header(file, "Content-Type")).isEqualTo("text/javascript");
            assertThat(header(file, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
            assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(file.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(stranger("/styles/rateguard.css").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(stranger("/VAADIN/build/none.js").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> stranger(String path) throws IOException, InterruptedException {
        try (Browser stranger = new Browser(RunningConsole.get(), "stranger")) {
            return stranger.get(path);
        }
    }

    private static String nonce(HttpResponse<String> page) {
        Matcher nonce = NONCE.matcher(header(page, "Content-Security-Policy"));
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
